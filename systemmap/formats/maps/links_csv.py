"""CSV tables of factors and links, one file or both in a zip.

Carries signs, unknown signs, delays, strengths, directions, themes, notes and
positions. Loses named loops, formatting, and who said what beyond counts.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.fixed_zip import zipped
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.maps._file_table import Table
from systemmap.formats.maps._losses import ALL_ITEMS, losses_of
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._map_columns import (
    FACTOR_HEADINGS,
    LINK_HEADINGS,
    factor_rows,
    link_rows,
)
from systemmap.formats.maps._map_headings import (
    FACTOR_NAMES,
    LINK_NAMES,
    is_register,
    meanings,
)
from systemmap.formats.maps._map_proposal import ends_are_dates, link_columns
from systemmap.formats.maps._map_said import LINKS, NOTHING_SAID, SQUARE, TURNED
from systemmap.formats.maps._map_tables import take_factors, take_links
from systemmap.formats.maps._matrix import is_matrix, take_matrix
from systemmap.formats.maps._outline_words import is_rule
from systemmap.formats.maps._prsm_rows import is_prsm_csv, take_prsm_csv
from systemmap.formats.maps._sign_words import read_sign
from systemmap.formats.maps._table_csv import table_csv, unguarded
from systemmap.formats.maps._workbook_tables import without_people
from systemmap.formats.reading.file_text import decode
from systemmap.formats.reading.limits import LIMITS, check_count, check_size
from systemmap.formats.reading.zip_parts import check_zip, zip_part
from systemmap.formats.sighting import (
    NO,
    certain,
    delimiter,
    likely,
    possible,
    says_so,
)
from systemmap.language.phrases import listed
from systemmap.model.text import ID_PATTERN, folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme

Numbered = list[tuple[int, list[str]]]  # a line's number, and its cells
_NAME = "table"  # of the one table there is
_HEADER_WITHIN = 30  # title lines that may stand above the headings
_CARRIED = ALL_ITEMS - {"original wordings", "statements behind links"}

csv.field_size_limit(LIMITS.file_bytes)


def recognise(sighting: Sighting) -> Recognition:
    """Say whether this is a table with headings for links, or keys and labels of factors."""
    if {"factors.csv", "links.csv"} <= sighting.parts:
        return says_so("the zip holds factors.csv and links.csv")
    rows = list(enumerate(map(list, sighting.rows), 1))
    start = _heading_row(rows[:_HEADER_WITHIN])
    if start is not None and not ends_are_dates([cells for _, cells in rows[start:]]):
        if is_register(rows[start][1]):
            return possible(f"{_evidence(rows[start][1])}, beside those of a register")
        return certain(_evidence(rows[start][1]))
    if is_matrix(rows):
        return certain("its first row and its first column name the same things")
    if is_prsm_csv(rows[:-1] if len(rows) == 400 else rows):
        return certain(
            "each row holds two names and three style numbers, as PRSM's own CSV does"
        )
    if are_pairs(rows):
        return likely(
            f"each of its {len(rows):,} rows holds two names, as links without a heading row do"
        )
    found = _proposed_in(rows)
    if found is None:
        return NO
    ends = [rows[found[0]][1][found[1][end]].strip() for end in ("from", "to")]
    return possible(f"many names stand under '{ends[0]}' and under '{ends[1]}' alike")


def _proposed_in(rows: Numbered) -> tuple[int, dict[str, int]] | None:
    """Return the heading row, and the columns told from the cells below it."""
    start = next(
        (
            n
            for n, (_, cells) in enumerate(rows)
            if sum(map(bool, map(str.strip, cells))) > 1
        ),
        None,
    )
    if start is None:
        return None
    found = link_columns([cells for _, cells in rows[start + 1 :]])
    return (start, found) if found else None


def _evidence(cells: Sequence[str]) -> str:
    """Say which headings name links, or factors."""
    names = LINK_NAMES if _is_links(cells) else FACTOR_NAMES
    known = [cells[at].strip() for at in meanings(cells, names).values()]
    what = "links" if _is_links(cells) else "factors"
    return f"it has the headings of {what}: {listed(known)}"


def are_pairs(rows: Sequence[tuple[int, list[str]]]) -> bool:
    """Say whether each row holds two short names, some of which stand on both sides."""
    pairs = [[cell.strip() for cell in cells] for _, cells in rows]
    if len(pairs) < 2 or any(len(pair) not in (2, 3) for pair in pairs):
        return False
    if any(not pair[0] or not pair[1] or len(pair[0]) > 80 for pair in pairs):
        return False
    if any(len(pair) == 3 and read_sign(pair[2]).word for pair in pairs):
        return False
    ends = {folded(pair[0]) for pair in pairs}
    return any(folded(pair[1]) in ends for pair in pairs) or len(ends) < len(pairs)


def read(sighting: Sighting) -> Reading:
    """Read a table of links, a table of factors, a matrix, or our zip of two tables.

    From and To hold keys when every value looks like one (`car-use`), else labels.
    """
    return read_mapped(sighting, NOTHING_SAID)


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read the table as a person said."""
    data = sighting.data
    if sighting.kind == "zip":
        return read_pair(*_unzipped(data), sighting.name, mapping)
    builder = MapBuilder("links_csv", mapping=mapping)
    builder.name = sighting.stem
    rows = _read_rows(data, builder)
    filled = [row for row in rows if any(map(str.strip, row[1]))]
    start = _heading_row(rows[:_HEADER_WITHIN])
    said = mapping.tables.get(_NAME, "")
    proposed: dict[str, int] = {}
    if start is None and not said:
        if is_prsm_csv(rows):
            take_prsm_csv(builder, rows)
            return builder.reading()
        if is_matrix(rows):
            said = SQUARE
        elif are_pairs(filled):
            _take_pairs(builder, filled, blank=len(rows) - len(filled))
            return builder.reading()
    if said in (SQUARE, TURNED):
        take_matrix(builder, _unguarded(rows), _NAME, turned=said == TURNED)
        return builder.reading()
    if start is None:
        start, proposed = _proposed_in(rows) or (None, {})
    if start is None:
        start = next((n for n, row in enumerate(rows) if row in filled[:1]), None)
        if start is None or not (said or mapping.columns):
            raise ReadError(_NO_HEADINGS)
    table = replace(_table(rows, start, "", builder), name=_NAME, proposed=proposed)
    take_one(builder, table, said or (LINKS if proposed or mapping.columns else ""))
    return builder.reading()


def take_one(builder: MapBuilder, table: Table, kind: str = "") -> None:
    """Take a table that stands alone, as what a person said it is or as it looks."""
    table = without_people(builder, table)
    if kind == LINKS or (not kind and _is_links(table.headings)):
        ends = builder.said.mapping.ends
        by_key = ends == "id" if ends else _holds_keys(builder, table)
        builder.said.ends = "id" if by_key else "name"
        builder.own_ids = by_key and not ends
        builder.dialect = "links by key" if by_key else "links by label"
        take_links(builder, table, by_key=by_key)
        return
    keyed = "id" in meanings(table.headings, FACTOR_NAMES)
    builder.dialect, builder.own_ids = "factors", keyed
    take_factors(builder, table)


def _take_pairs(
    builder: MapBuilder, rows: Sequence[tuple[int, list[str]]], *, blank: int
) -> None:
    """Read rows of two names, and perhaps a sign, without a heading row."""
    builder.dialect = "pairs without headings"
    builder.leave_blank(blank)
    cut = tuple(
        (f"Line {n}", tuple(unguarded(c.strip()) for c in cells)) for n, cells in rows
    )
    headings = (
        ("From", "To", "Sign") if any(len(c) > 2 for _, c in cut) else ("From", "To")
    )
    take_links(builder, Table("table", headings, cut))
    builder.guess(
        "", "There is no heading row. Column 1 was read as From, column 2 as To."
    )


def read_pair(
    factors: bytes,
    links: bytes,
    file_name: str = "",
    mapping: ImportMapping = NOTHING_SAID,
) -> Reading:
    """Read a table of factors and a table of links into one map."""
    builder = MapBuilder(
        "links_csv", "factors and links", own_ids=True, mapping=mapping
    )
    tables = []
    for name, data in (("factors", factors), ("links", links)):
        rows = _read_rows(data, builder)
        start = _heading_row(rows[:_HEADER_WITHIN])
        if start is None:
            raise ReadError(_NO_HEADINGS)
        tables.append(_table(rows, start, f"{name}, ", builder))
    take_map(builder, *tables)
    builder.name = file_name.rsplit(".", 1)[0]
    return builder.reading()


def take_map(builder: MapBuilder, factors: Table | None, links: Table | None) -> None:
    """Hand a table of factors, a table of links, or both to the builder.

    The ends of links are keys when every one of them is the key of a factor,
    else labels.

    Raises
    ------
    ReadError
        A table has no column for names, or none for the ends of links.
    """
    if factors is not None:
        if "label" not in meanings(factors.headings, FACTOR_NAMES):
            raise ReadError(NO_NAMES)
        take_factors(builder, factors)
    if links is None:
        return
    where_is = meanings(links.headings, LINK_NAMES)
    if not {"from", "to"} <= set(where_is):
        raise ReadError(NO_ENDS)
    ends = [
        cells[where_is[end]]
        for _, cells in links.rows
        for end in ("from", "to")
        if len(cells) > where_is[end]
    ]
    by_key = all(builder.keyed(end) is not None for end in ends if end)
    take_links(builder, links, by_key=by_key)


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write factors.csv and links.csv with a README in one zip."""
    factors = [{"ID": row["Ref"], **row} for row in factor_rows(programme, map_id)]
    links = [{"ID": row["Ref"], **row} for _, row in link_rows(programme, map_id)]
    name = programme.info.name
    readme = f"{name}\n\nfactors.csv and links.csv open in Excel (UTF-8, comma). Keep both together:\nlinks name their factors by label and, in From ID and To ID, by id.\n"
    parts = {
        "factors.csv": table_csv(("ID", *FACTOR_HEADINGS), factors),
        "links.csv": table_csv(("ID", *LINK_HEADINGS, "From ID", "To ID"), links),
        "README.txt": readme.encode("utf-8", "replace"),
    }
    losses = losses_of(programme, map_id, carried=_CARRIED)
    return Written(data=zipped(parts), suffix=".csv.zip", losses=losses)


NO_NAMES = "The table of factors has no column for their names. Call one of its columns Label and try again."
NO_ENDS = "The table of links has no columns for both ends. Call them From and To and try again."
_NO_HEADINGS = "No headings were found. The first row needs names such as From, To and Sign; or key and label for factors. Add it and try again."


def _unzipped(data: bytes) -> tuple[bytes, bytes]:
    names = check_zip(data)
    if not {"factors.csv", "links.csv"} <= set(names):
        raise ReadError("The zip needs factors.csv and links.csv. Export both again.")
    return zip_part(data, "factors.csv"), zip_part(data, "links.csv")


def _read_rows(data: bytes, builder: MapBuilder) -> Numbered:
    """Return every row of a file with its line; doubt about its letters is said."""
    check_size(data)
    text = decode(data)
    if text.guessed:
        said = "The file is not UTF-8; it was read as Windows-1252. Check accents."
        builder.guess("", said, text.text[:60])
    rows = _rows_of(text.text)
    check_count(len(rows), LIMITS.rows * 4, "rows")
    return rows


def _unguarded(rows: Numbered) -> Numbered:
    return [(line, [unguarded(cell) for cell in cells]) for line, cells in rows]


def _table(rows: Numbered, start: int, name: str, builder: MapBuilder) -> Table:
    """Return the table below the heading row."""
    headings = tuple(cell.strip() for cell in rows[start][1])
    check_count(len(headings), LIMITS.columns, "columns")
    found = []
    for line, cells in rows[start + 1 :]:
        where = f"{name}line {line}".capitalize()
        if [c for c in cells[len(headings) :] if c.strip()]:
            builder.guess(
                where,
                f"It has {len(cells)} values but the heading has {len(headings)}. The first {len(headings)} were read; check for a missing quote mark.",
                "|".join(cells),
            )
        shown = (unguarded(cell.strip()) for cell in cells[: len(headings)])
        found.append((where, tuple(shown)))
    return Table(name.removesuffix(", ") or _NAME, headings, tuple(found))


def _rows_of(text: str) -> Numbered:
    """Return (line number, cells) of each row; a `sep=;` line decides the delimiter."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = re.match(r"sep=(.)\n", text)
    mark = first[1] if first else delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            ruled = mark == "|" and any(row) and is_rule("".join(row))
            if not ruled and not (first and not rows and reader.line_num == 1):
                rows.append((reader.line_num, row))
    except csv.Error:
        msg = f"Line {reader.line_num} cannot be read as a table. Check for a missing quote mark."
        raise ReadError(msg) from None
    return rows


def _heading_row(rows: Sequence[tuple[int, list[str]]]) -> int | None:
    for n, (_, cells) in enumerate(rows):
        names = meanings(cells, FACTOR_NAMES)
        factors = (
            "label" in names and ("id" in names or len(names) > 2) and len(cells) > 1
        )
        if _is_links(cells) or (factors and _no_other_table(cells)):
            return n
    return None


def _is_links(headings: Sequence[str]) -> bool:
    return {"from", "to"} <= set(meanings(headings, LINK_NAMES))


def _no_other_table(headings: Sequence[str]) -> bool:
    """Say whether nothing in the headings speaks of plans, assets or figures."""
    others = {
        "organisation",
        "address",
        "postcode",
        "action",
        "aims",
        "responsible",
        "owner",
        "status",
        *("due", "duedate", "progress", "cause"),
        *("email", "emailaddress", "starttime", "completiontime", "timestamp"),
    }
    plain = {re.sub(r"[^a-z]", "", heading.casefold()) for heading in headings}
    return not plain & others


def _holds_keys(builder: MapBuilder, table: Table) -> bool:
    where_is = builder.said.columns_of(LINKS, table, LINK_NAMES)
    ends = [
        cells[where_is[end]].strip()
        for _, cells in table.rows
        for end in ("from", "to")
        if end in where_is and len(cells) > where_is[end]
    ]
    filled = [end for end in ends if end]
    return all(map(ID_PATTERN.match, filled)) and any("-" in end for end in filled)


FORMAT = Format(
    key="links_csv",
    title="CSV tables of factors and links",
    holds="map",
    suffixes=(".csv.zip", ".csv"),
    loses="Loses named loops, formatting, original wordings and who said what beyond counts.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
    write=write,
)
