"""What is said of a plan's columns that nothing is read of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import Problem
from systemmap.formats.plans._plan_table.headings import (
    DUE,
    PROGRESS,
    RATING,
    RESPONSIBLE,
    START,
)
from systemmap.formats.plans._plan_table.periods import is_only_period
from systemmap.formats.plans._plan_table.sorts_of_cells import mostly
from systemmap.language.personal_names import may_be_person
from systemmap.language.phrases import counted, listed

if TYPE_CHECKING:
    from systemmap.formats.plans._plan_table.told_tables import Table

_PARTINGS = (" - ", " \u2013 ", "(", ")", "/", ";", "&", "\n", " and ")


def remarks_of(table: Table) -> list[Problem]:
    """Return what a person should know of a table's columns as they were read."""
    return [*_people_among(table), *_colours(table), *_bars(table)]


def _people_among(table: Table) -> list[Problem]:
    """Remark on people among those who lead; the names are not repeated."""
    lead = table.place_of(RESPONSIBLE)
    cells = table.filled(lead) if lead is not None else []
    named = sum(any(map(may_be_person, _parts(cell))) for cell in cells)
    if lead is None or not named:
        return []
    heading = " ".join(table.headings[lead].split())
    what = f"{counted(named, 'cell')} of “{heading}” may name people. What was typed is kept: write the organisation or the role instead, or leave the column out."
    return [Problem("", what, "note")]


def _parts(cell: str) -> list[str]:
    """Return what stands beside each other in a cell: "Transport - Mo Khan"."""
    for parting in _PARTINGS:
        cell = cell.replace(parting, ",")
    return cell.split(",")


def _colours(table: Table) -> list[Problem]:
    """Remark on cells in the colours of a rating where no column is one."""
    places = [p for p, found in table.colours.items() if found]
    if not places or RATING in table.meanings.values():
        return []
    if places == [table.place_of(PROGRESS)] and not table.filled(places[0]):
        return []  # each of its cells is remarked on by itself
    named = listed([table.name(place) for place in places])
    what = f"Cells of {named} are coloured as a rating is, and no column is headed as one, so no rating was read. Say which column is the rating, or write the rating in one."
    return [Problem("", what, "note")]


def _bars(table: Table) -> list[Problem]:
    """Remark on signs under months that say when, where nothing else does."""
    places = [p for p, h in enumerate(table.headings) if is_only_period(h)]
    signed = [p for p in places if mostly(table.filled(p), _is_sign)]
    if not signed or {DUE, START} & set(table.meanings.values()):
        return []
    first, last = table.name(signed[0]), table.name(signed[-1])
    what = f"Signs under “{first}” to “{last}” say when, as in a chart. No date was read of them; they are kept beside each action."
    return [Problem("", what, "note")]


def _is_sign(cell: str) -> bool:
    return len(cell) == 1
