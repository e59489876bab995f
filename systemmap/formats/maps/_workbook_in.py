"""A map workbook on its way in: ours, PRSM's, Kumu's, or any with links on a sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._map_headings import (
    LINK_NAMES,
    PARTNERS,
    heading_key,
    meanings,
)
from systemmap.formats.maps._map_proposal import ends_are_dates, link_columns
from systemmap.formats.maps._map_said import (
    CAUSES,
    LEAVE_OUT,
    LINKS,
    SQUARE,
    TURNED,
)
from systemmap.formats.maps._map_tables import take_factors, take_links
from systemmap.formats.maps._matrix import is_matrix, take_matrix, without_titles
from systemmap.formats.maps._spacing import noted_in
from systemmap.formats.maps._workbook_tables import (
    ends_are_keys,
    ends_by_reference,
    full_names,
    kind_of_sheet,
    several_targets,
    tables_of,
    without_people,
)
from systemmap.formats.reading.spreadsheets import (
    Sheet,
    cell_text,
    read_sheets,
)
from systemmap.formats.sighting import NO, certain, possible, says_so
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.formats.format import Reading
    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.maps._file_table import Table
    from systemmap.formats.sighting import Recognition, Sighting

KEY = "workbook"
SPREAD = "Positions are spread so (keep this)"  # on the sheet README
_LONGEST_HEADING = 60
_LOOPS = ("loops", "loop")  # named on a sheet of Kumu's; here loops are found


def map_seen_in(sighting: Sighting) -> Recognition:
    """Say whether a workbook has the sheets of a map: ours, PRSM's or Kumu's."""
    sheets = {
        name: rows for name, rows in sighting.sheets.items() if "(ignore)" not in name
    }
    if {"factors", "links"} <= {name.casefold() for name in sheets}:
        return says_so("it has the sheets Factors and Links")
    for name, rows in sheets.items():
        if any(_kind_of(row) for row in rows[:1]):
            kind = _kind_of(rows[0])
            return certain(f"sheet '{name[:31]}' begins with the headings of {kind}")
    if any(_may_be_square(rows) for rows in sheets.values()):
        book = read_sheets(sighting.data)
        for sheet in book.sheets:
            if is_matrix(_numbered(sheet)):
                return certain(
                    f"on sheet '{sheet.name[:31]}' the first row and the first column name the same things"
                )
    for name, rows in sheets.items():
        start = next((n for n, row in enumerate(rows[:10]) if _names_ends(row)), None)
        if start is not None and not ends_are_dates(rows[start:]):
            how = certain if _are_partners(rows[start]) else possible
            return how(f"sheet '{name[:31]}' has headings for both ends of links")
        if link_columns(rows[1:]):
            return possible(
                f"on sheet '{name[:31]}' many names stand in two columns alike"
            )
    return NO


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read the sheets as a person said."""
    book = read_sheets(sighting.data)
    ours = any(sheet.name == "README (ignore)" for sheet in book.sheets)
    sheets = [sheet for sheet in book.sheets if "(ignore)" not in sheet.name]
    prsm = {s.name for s in book.sheets} >= {"Factors", "Links"}
    tables = [table for sheet in sheets for table in tables_of(sheet, _is_heading)]
    kumu = any(_kind_of(table.headings) for table in tables)
    dialect = "systemmap" if ours else "PRSM" if prsm else "Kumu" if kumu else "table"
    builder = MapBuilder(KEY, dialect, own_ids=ours, mapping=mapping)
    kinds = _kinds(builder, tables, {sheet.name: sheet for sheet in sheets})
    _remarks(builder, book.formulas, tables)
    about = _facts_of(book.sheets)
    builder.name = about.get("Map", "") or sighting.stem
    spacing = noted_in(about.get(SPREAD, ""))
    both = list(zip(tables, kinds, strict=True))
    if all(kind == LEAVE_OUT for kind in kinds) and not mapping.tables:
        raise ReadError(
            "Sheet Factors is missing. A map workbook needs sheets Factors and Links; download the template."
        )
    for table in (t for t, kind in both if kind == CAUSES):
        take_factors(
            builder, full_names(without_people(builder, table)), spacing=spacing
        )
        if ours and table.headings[-1] == "Ref":
            for _, cells in table.rows:
                builder.alias(cells[0] if cells else "", cells[-1] if cells else "")
    links = [table for table, kind in both if kind == LINKS]
    for table in links:
        _take_link_sheet(builder, table, ours=ours, strict=prsm or ours)
    for table, kind in both:
        if kind in (SQUARE, TURNED):
            rows = _numbered(next(s for s in sheets if s.name == table.name))
            take_matrix(builder, rows, table.name, turned=kind == TURNED)
        elif kind == LEAVE_OUT:
            builder.said.show(LEAVE_OUT, table)
            filled = sum(any(c.strip() for c in cells) for _, cells in table.rows)
            builder.set_aside(
                filled,
                f"Sheet '{table.name}' was left out: its {counted(filled, 'row')} are no table of a map.",
            )
    used = [table.name for table, kind in both if kind != LEAVE_OUT]
    reading = builder.reading(sheets=", ".join(used))
    if not ours:
        return reading
    revision = about.get("Revision", "")
    at = int(revision) if revision.isascii() and revision.isdigit() else 0
    return replace(reading, made_of=about.get("Programme id", ""), made_at=at)


def _take_link_sheet(
    builder: MapBuilder, table: Table, *, ours: bool, strict: bool
) -> None:
    """Read one sheet of links: Kumu's may name several targets, or ids, in a cell."""
    found = without_people(builder, table)
    where_is = builder.said.columns_of(LINKS, found, LINK_NAMES)
    by_key = False
    if {"from", "to"} <= set(where_is):
        places = where_is["from"], where_is["to"]
        found = several_targets(found, where_is["to"])
        found = ends_by_reference(builder, found, places)
        ends = builder.said.mapping.ends
        known = ends_are_keys(builder, found, places)
        by_key = ends == "id" if ends else not ours and known
        builder.said.ends = "id" if by_key else "name"
    take_links(
        builder, found, by_key=by_key, strict=strict, pairs=builder.dialect == "Kumu"
    )


def _kinds(
    builder: MapBuilder, tables: list[Table], sheets: Mapping[str, Sheet]
) -> list[str]:
    """Say what each table holds; columns are proposed where no heading names ends."""
    kinds = [_kind(table) for table in tables]
    if not any(kinds):
        for n, table in enumerate(tables):
            if table.name in sheets and is_matrix(_numbered(sheets[table.name])):
                kinds[n] = SQUARE
                break
    for n, table in enumerate(tables):
        kinds[n] = builder.said.kind_of(table.name, kinds[n])
        if not {"from", "to"} <= set(meanings(table.headings, LINK_NAMES)) and (
            kinds[n] == LINKS or not any(kinds)
        ):
            proposed = link_columns([cells for _, cells in table.rows])
            if proposed or kinds[n] == LINKS:
                tables[n] = replace(table, proposed=proposed)
                kinds[n] = LINKS
    return [kind or LEAVE_OUT for kind in kinds]


def _kind(table: Table) -> str:
    if table.name.strip().casefold() in _LOOPS:
        return ""
    by_words = kind_of_sheet(table.name, table.headings) or _kind_of(table.headings)
    if by_words:
        return {"factors": CAUSES, "links": LINKS}[by_words]
    return LINKS if _names_ends(table.headings) else ""


def _is_heading(cells: Sequence[str]) -> bool:
    return bool(_kind_of(cells)) or _names_ends(cells)


def _names_ends(cells: Sequence[str]) -> bool:
    """Say whether a row heads columns for both ends of links, wherever they stand."""
    plain = all(len(cell) <= _LONGEST_HEADING for cell in cells)
    return plain and {"from", "to"} <= set(meanings(cells, LINK_NAMES))


def _are_partners(cells: Sequence[str]) -> bool:
    """Say whether the two headings of the ends belong together, as Cause and Effect."""
    found = meanings(cells, LINK_NAMES)
    one, other = (heading_key(cells[found[end]]) for end in ("from", "to"))
    return one == "from" or PARTNERS.get(one) == other or one.startswith("from")


def _may_be_square(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first names down a sheet are those across its first row."""
    filled = without_titles(rows)
    across = [cell.strip() for cell in filled[0][1:] if cell.strip()] if filled else []
    down = [row[0].strip() for row in filled[1:]]
    return len(across) > 1 and len(down) > 1 and across[: len(down)] == down


def _numbered(sheet: Sheet) -> list[tuple[int, list[str]]]:
    return [(n, list(map(cell_text, row))) for n, row in enumerate(sheet.rows, 1)]


def _kind_of(headings: Sequence[str]) -> str:
    """Return "factors", "links" or "" from the first heading cells, as Kumu does."""
    keys = [heading_key(h) for h in headings[:3]]
    if keys[:1] == ["id"]:
        keys = keys[1:]
    if keys[:2] == ["from", "to"]:
        return "links"
    if keys[:1] == ["label"]:
        folded = {heading_key(h) for h in headings}
        return "links" if {"from", "to"} <= folded else "factors"
    return ""


def _remarks(builder: MapBuilder, formulas: int, tables: Iterable[Table]) -> None:
    if formulas:
        builder.remark(
            "",
            f"{counted(formulas, 'cell holds a formula', 'cells hold formulas')}. What was last saved there was read; nothing was calculated.",
        )
    for table in tables:
        repeated = {h for h in table.headings if h and table.headings.count(h) > 1}
        for heading in sorted(repeated):
            builder.conflict(
                f"Sheet {table.name}",
                f"The heading '{heading}' stands twice. The first column was read.",
                heading,
            )


def _facts_of(sheets: Iterable[Sheet]) -> dict[str, str]:
    """Return what a workbook of ours says of itself."""
    about = [sheet for sheet in sheets if sheet.name == "README (ignore)"]
    rows = (row for sheet in about[:1] for row in sheet.rows if len(row) > 1)
    return {cell_text(row[0]): cell_text(row[1]) for row in rows}
