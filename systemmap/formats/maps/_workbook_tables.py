"""A map workbook's sheets as tables: its sections, its names, its ids, no people."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.formats.maps._file_table import Table
from systemmap.formats.maps._map_headings import heading_key
from systemmap.formats.reading.spreadsheets import cell_text
from systemmap.model.text import clean_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from systemmap.formats.maps._map_builder import MapBuilder
    from systemmap.formats.reading.spreadsheets import Sheet

FULL_NAME = "Full name"  # the label as it is here, when the other tools need another
KEPT = " (kept)"
_TITLES = 10  # rows of a table among which its headings are looked for
_LOOKED_AT = 500  # cells of a column
_PERSONAL = {
    "creator",
    "createdby",
    "modifiedby",
    "lastmodifiedby",
    "lastupdatedby",
    "emailaddress",
    "phone",
    "telephone",
    "createdtime",
    "modifier",
    "modifiedtime",
    "email",
    "created",
    "modified",
}


def kind_of_sheet(name: str, headings: Sequence[str]) -> str:
    """Return "factors" or "links" for a sheet that PRSM finds by its name, or ""."""
    keys = {heading_key(h) for h in headings}
    plain = name.partition(", table ")[0].strip().casefold()
    if plain == "links" and {"from", "to"} <= keys:
        return "links"
    return "factors" if plain == "factors" and "label" in keys else ""


def tables_of(sheet: Sheet, is_heading: Callable[[Sequence[str]], bool]) -> list[Table]:
    """Return the sheet's tables: two blank rows start another with its own headings.

    Title lines above the headings of a table are passed over.
    """
    rows = [(n, tuple(map(cell_text, row))) for n, row in enumerate(sheet.rows, 1)]
    sections: list[list[tuple[int, tuple[str, ...]]]] = [[]]
    blank = 0
    for n, cells in rows:
        if any(c.strip() for c in cells):
            if blank >= 2 and sections[-1]:
                sections.append([])
            blank = 0
            sections[-1].append((n, cells))
        else:
            blank += 1
            if blank < 2 and sections[-1]:
                sections[-1].append((n, cells))
    found: list[Table] = []
    for section in filter(None, sections):
        start = next(
            (n for n, row in enumerate(section[:_TITLES]) if is_heading(row[1])), 0
        )
        headings = tuple(c.strip() for c in section[start][1])
        body = tuple(
            (f"Sheet {sheet.name}, row {n}", cells) for n, cells in section[start + 1 :]
        )
        name = sheet.name if not found else f"{sheet.name}, table {len(found) + 1}"
        found.append(Table(name, headings, body))
    return found


def without_people(builder: MapBuilder, table: Table) -> Table:
    """Leave out columns that say which person made or changed a row, or is to be asked.

    They are told by their headings, or by addresses and numbers in most cells.
    """
    people = [
        n
        for n, h in enumerate(table.headings)
        if heading_key(h) in _PERSONAL
        or _are_details([c[n] for _, c in table.rows if n < len(c)])
    ]
    if not people:
        return table
    names = ", ".join(table.headings[n] for n in people)
    builder.remark(
        f"Sheet {table.name}", f"Columns about people were left out: {names}."
    )

    def rest(cells: Sequence[str]) -> tuple[str, ...]:
        return tuple(c for n, c in enumerate(cells) if n not in people)

    rows = tuple((where, rest(cells)) for where, cells in table.rows)
    return replace(table, headings=rest(table.headings), rows=rows)


def _are_details(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()][:_LOOKED_AT]
    mails = sum("@" in cell and len(cell.split()) == 1 for cell in filled)
    return 2 * mails > len(filled)


def full_names(table: Table) -> Table:
    """Give factors back the names that other tools could not have."""
    headings = tuple(h.removesuffix(KEPT) for h in table.headings)
    if FULL_NAME not in headings:
        return replace(table, headings=headings)
    full, label = headings.index(FULL_NAME), 0

    def restored(cells: tuple[str, ...]) -> tuple[str, ...]:
        name = cells[full] if full < len(cells) else ""
        plain = re.sub(r" \(\d+\)\Z", "", cells[label]) if cells else ""
        same = bool(name) and tidy(name) in (cells[label], plain)
        cells = (name, *cells[1:]) if same else cells
        return tuple(c for n, c in enumerate(cells) if n != full)

    rest = tuple(h for n, h in enumerate(headings) if n != full)
    return Table(table.name, rest, tuple((w, restored(c)) for w, c in table.rows))


def several_targets(table: Table, at: int) -> Table:
    """Split a cell of column `at` that names several factors, as Kumu reads it."""
    headings = tuple(h.removesuffix(KEPT) for h in table.headings)
    rows = []
    for where, cells in table.rows:
        targets = cells[at].split("|") if at < len(cells) else [""]
        rows += [(where, (*cells[:at], t.strip(), *cells[at + 1 :])) for t in targets]
    return replace(table, headings=headings, rows=tuple(rows))


def ends_by_reference(
    builder: MapBuilder, table: Table, ends: tuple[int, int]
) -> Table:
    """Return a sheet of links of ours in which an end renamed elsewhere is known again.

    A name that nothing has any more, because it was changed on the sheet of
    factors, is looked up in the row's reference.
    """
    keys = [heading_key(h) for h in table.headings]

    def known(cells: tuple[str, ...]) -> tuple[str, ...]:
        found = list(cells)
        halves = cells[-1].partition("-side-")[0].split("--")
        for at, half in zip(ends, halves, strict=False):
            factor_id = builder.keyed(half) if len(halves) == len(ends) else None
            if at < len(found) and factor_id and not builder.has_label(found[at]):
                found[at] = builder.factors[factor_id].label
        return tuple(found)

    if keys[-1] != "ref":
        return table
    return replace(table, rows=tuple((w, known(c) if c else c) for w, c in table.rows))


def ends_are_keys(builder: MapBuilder, table: Table, places: tuple[int, int]) -> bool:
    """Say whether every end is an id of the sheet of elements, and not all are names."""
    ends = [c[at] for _, c in table.rows for at in places if at < len(c) and c[at]]
    known = all(builder.keyed(end) is not None for end in ends)
    return known and not all(map(builder.has_label, ends))


def tidy(label: str) -> str:
    """Return a label without the bar at which Kumu cuts a cell."""
    return clean_label(label.replace("|", "/"))
