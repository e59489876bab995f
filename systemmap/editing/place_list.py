"""The places of a council as a list to write by hand: also where no file has their shapes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from systemmap.editing.grids import Grid, GridColumn
from systemmap.editing.record_fields import (
    RecordField,
    cells_of,
    columns_of,
    given_of,
)
from systemmap.errors import InvalidValue
from systemmap.language.phrases import counted
from systemmap.model.meetings import Event, EventPoint
from systemmap.model.people import Place
from systemmap.model.text import slug

if TYPE_CHECKING:
    from systemmap.editing.grids import Cells
    from systemmap.model.programme import Programme

_FIELDS = (
    RecordField("name", "Place", label=True),
    RecordField("code", "Code"),
    RecordField("population", "People who live there", reads="whole"),
    RecordField("decile", "Deprivation decile (1 = most deprived)", reads="whole"),
    RecordField("source", "Source"),
)
_LEVELS = {
    "neighbourhood": "Neighbourhood",
    "ward": "Ward",
    "district": "District",
    "county or unitary": "County or unitary area",
}
_PRIORITY = {"yes": "Yes", "no": "No"}
_DECILES = range(1, 11)


def _columns(programme: Programme) -> tuple[GridColumn, ...]:
    name, code, people, decile, source = columns_of(_FIELDS)(programme)
    levels = {p.level: p.level for p in programme.all(Place).values() if p.level}
    return (
        name,
        code,
        GridColumn(key="level", heading="Kind", words=levels | _LEVELS),
        GridColumn(key="priority", heading="Priority", words=_PRIORITY),
        people,
        decile,
        source,
    )


def _rows(programme: Programme) -> dict[str, dict[str, str]]:
    own, columns = columns_of(_FIELDS)(programme), _columns(programme)
    level = columns[2]
    return {
        key: cells_of(place, own, _FIELDS)
        | {
            "level": level.shown(place.level),
            "priority": "Yes" if place.priority else "No",
        }
        for key, place in programme.all(Place).items()
    }


def _given(draft: Programme, cells: Cells) -> dict[str, Any]:
    given = given_of(draft, _FIELDS, cells)
    columns = {column.key: column for column in _columns(draft)}
    if "level" in cells:
        given["level"] = columns["level"].read(cells["level"])
    if "priority" in cells:
        given["priority"] = columns["priority"].read(cells["priority"]) == "yes"
    decile = given.get("decile")
    if decile is not None and decile not in _DECILES:
        msg = f"A decile is a number from 1 to 10, and {decile} is not. Leave it empty where none is known."
        raise InvalidValue(msg)
    return given


def _add(draft: Programme, cells: Cells) -> str:
    given = _given(draft, {"name": "", **cells})
    key = slug(given["name"], draft.all(Place), fallback="place")
    draft.add(Place(id=key, **given))
    return key


def _change(draft: Programme, key: str, cells: Cells) -> None:
    draft.replace(replace(draft.find(Place, key), **_given(draft, cells)))


def _remove(draft: Programme, key: str) -> None:
    """Remove a place that nothing names.

    Raises
    ------
    InvalidValue
        Actions, events or points name it.
    """
    places = (
        *(action.places for action in draft.actions.values()),
        *(event.places for event in draft.all(Event).values()),
        *(point.places for point in draft.all(EventPoint).values()),
    )
    if uses := sum(key in named for named in places):
        msg = f"{counted(uses, 'action, event or point names', 'actions, events or points name')} it. Take it out there first."
        raise InvalidValue(msg)
    draft.remove(Place, key)


PLACES = Grid(
    key="places",
    title="Places",
    noun="place",
    name="name",
    columns=_columns,
    rows=_rows,
    change=_change,
    add=_add,
    remove=_remove,
)
