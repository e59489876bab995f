"""Assets, partners, causes and the details of actions as grids."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from systemmap.editing.actions import new_action, remove_action
from systemmap.editing.assets import new_asset
from systemmap.editing.grids import Grid, GridColumn
from systemmap.editing.partners import new_stakeholder
from systemmap.editing.plan_grid import PLAN
from systemmap.errors import InvalidValue
from systemmap.language.menu_words import words_of
from systemmap.model.elements import Factor
from systemmap.model.owners import organisation_from
from systemmap.model.people import Place, Population, Stakeholder
from systemmap.model.response import Action, Asset, AssetFactor
from systemmap.model.text import clean, clean_label
from systemmap.model.values import Influence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from systemmap.editing.grids import Cells
    from systemmap.model.programme import Programme


@dataclass(frozen=True, slots=True)
class _Field:
    """One field of a record as a column; `vocabulary` fills its menu."""

    name: str
    heading: str
    vocabulary: str = ""
    many: bool = False
    label: bool = False  # one line, never blank


_MENUS: Mapping[str, Callable[[Programme], dict[str, str]]] = {
    "populations": lambda p: {x.id: x.name for x in p.all(Population).values()},
    "places": lambda p: {x.id: x.name for x in p.all(Place).values()},
}

_ACTION = (
    _Field("title", "Action", label=True),
    _Field("partners", "Partners", many=True),
    _Field("populations", "Populations", "populations", many=True),
    _Field("places", "Places", "places", many=True),
    _Field("settings", "Settings", "settings", many=True),
    _Field("layer", "Layer", "layers"),
    _Field("action_scale", "Action Scales level", "action_scales"),
    _Field("scale_reason", "Why this level"),
    _Field("frameworks", "Frameworks", "frameworks", many=True),
    _Field("measures", "Measures", many=True),
    _Field("stage", "Stage", "stages"),
    _Field("note", "Note"),
)
_ASSET = (
    _Field("name", "Asset", label=True),
    _Field("type", "Type", "asset_types"),
    _Field("organisation", "Organisation"),
    _Field("place", "Place"),
    _Field("populations", "Populations", many=True),
    _Field("capacity", "Capacity"),
    _Field("web", "Web address"),
    _Field("theme", "Theme", "themes"),
    _Field("note", "Note"),
)
_STAKEHOLDER = (
    _Field("organisation", "Organisation", label=True),
    _Field("role", "Role in the programme", "stakeholder_roles"),
    _Field("sector", "Sector", "sectors"),
    _Field("title", "Job title or role"),
    _Field("engaged_on", "Engaged on", many=True),
    _Field("note", "Note"),
)
_CAUSE = (
    _Field("label", "Cause", label=True),
    _Field("influence", "Who can change it", "influences"),
    _Field("layer", "Layer", "layers"),
    _Field("theme", "Theme", "themes"),
    _Field("settings", "Settings", "settings", many=True),
    _Field("note", "Note"),
)


def _menu(programme: Programme, one: _Field) -> dict[str, str]:
    if not one.vocabulary:
        return {}
    known = _MENUS.get(one.vocabulary)
    return known(programme) if known else words_of(programme, one.vocabulary)


def _columns(
    fields: tuple[_Field, ...],
) -> Callable[[Programme], tuple[GridColumn, ...]]:
    return lambda programme: tuple(
        GridColumn(
            key=one.name,
            heading=one.heading,
            words=_menu(programme, one),
            many=one.many,
        )
        for one in fields
    )


def _cells(
    record: object, columns: tuple[GridColumn, ...], fields: tuple[_Field, ...]
) -> dict[str, str]:
    found = {}
    for column, one in zip(columns, fields, strict=True):
        value = getattr(record, one.name)
        found[one.name] = (
            "; ".join(map(column.shown, value))
            if one.many
            else column.shown(str(value))
        )
    return found


def _given(
    programme: Programme, fields: tuple[_Field, ...], cells: Cells
) -> dict[str, Any]:
    given: dict[str, Any] = {}
    columns = {column.key: column for column in _columns(fields)(programme)}
    for one in fields:
        if one.name not in cells:
            continue
        text, column = cells[one.name], columns[one.name]
        if one.many:
            given[one.name] = column.read_many(text)
        elif one.label:
            given[one.name] = clean_label(text)
            if not given[one.name]:
                msg = f"{one.heading} cannot be empty."
                raise InvalidValue(msg)
        else:
            given[one.name] = column.read(clean(text))
    return given


def _change_action(draft: Programme, key: str, cells: Cells) -> None:
    action = draft.find(Action, key)
    draft.replace(replace(action, **_given(draft, _ACTION, cells)))


def _add_action(draft: Programme, cells: Cells) -> str:
    made = new_action(draft, cells.get("title", ""))
    _change_action(draft, made.id, {k: v for k, v in cells.items() if v})
    return made.id


def _change_asset(draft: Programme, key: str, cells: Cells) -> None:
    given = _given(draft, _ASSET, cells)
    if "organisation" in given:
        given["organisation"] = organisation_from(given["organisation"])
    draft.replace(replace(draft.find(Asset, key), **given))


def _add_asset(draft: Programme, cells: Cells) -> str:
    made = new_asset(draft, cells.get("name", ""))
    _change_asset(draft, made.id, {k: v for k, v in cells.items() if v})
    return made.id


def _remove_asset(draft: Programme, key: str) -> None:
    for tie in [t for t, a in draft.all(AssetFactor).items() if a.asset_id == key]:
        draft.remove(AssetFactor, tie)
    for action in [a for a in draft.actions.values() if key in a.assets]:
        kept = tuple(name for name in action.assets if name != key)
        draft.replace(replace(action, assets=kept))
    draft.remove(Asset, key)


def _change_stakeholder(draft: Programme, key: str, cells: Cells) -> None:
    given = _given(draft, _STAKEHOLDER, cells)
    if "organisation" in given:
        given["organisation"] = organisation_from(given["organisation"])
    if "role" in given:
        given["invited"] = given["role"] == "missing"
    draft.replace(replace(draft.find(Stakeholder, key), **given))


def _add_stakeholder(draft: Programme, cells: Cells) -> str:
    made = new_stakeholder(draft, cells.get("organisation", ""))
    _change_stakeholder(draft, made.id, {k: v for k, v in cells.items() if v})
    return made.id


def _change_cause(draft: Programme, key: str, cells: Cells) -> None:
    given = _given(draft, _CAUSE, cells)
    if "influence" in given:
        given["influence"] = Influence(given["influence"] or "unknown")
    draft.replace(replace(draft.find(Factor, f"main/{key}"), **given))


def _listed(
    fields: tuple[_Field, ...], records: Callable[[Programme], Mapping[str, object]]
) -> Callable[[Programme], dict[str, dict[str, str]]]:
    def rows(programme: Programme) -> dict[str, dict[str, str]]:
        columns = _columns(fields)(programme)
        found = records(programme)
        return {key: _cells(record, columns, fields) for key, record in found.items()}

    return rows


def _by_position(programme: Programme) -> dict[str, object]:
    order = (key for key in PLAN.rows(programme) if key.startswith("action:"))
    keys = [key.partition(":")[2] for key in order]
    return {key: programme.actions[key] for key in keys}


def _causes(programme: Programme) -> dict[str, object]:
    factors = programme.system_map().factors.values()
    return {f.id: f for f in sorted(factors, key=lambda f: f.label.casefold())}


ACTIONS = Grid(
    key="actions",
    title="Actions: details",
    noun="action",
    name="title",
    columns=_columns(_ACTION),
    rows=_listed(_ACTION, _by_position),
    change=_change_action,
    add=_add_action,
    remove=remove_action,
)
ASSETS = Grid(
    key="assets",
    title="Assets",
    noun="asset",
    name="name",
    columns=_columns(_ASSET),
    rows=_listed(_ASSET, lambda p: p.assets),
    change=_change_asset,
    add=_add_asset,
    remove=_remove_asset,
)
STAKEHOLDERS = Grid(
    key="stakeholders",
    title="Partners",
    noun="organisation",
    name="organisation",
    columns=_columns(_STAKEHOLDER),
    rows=_listed(_STAKEHOLDER, lambda p: p.all(Stakeholder)),
    change=_change_stakeholder,
    add=_add_stakeholder,
    remove=lambda draft, key: draft.remove(Stakeholder, key),
)
CAUSES = Grid(
    key="causes",
    title="Causes",
    noun="cause",
    name="label",
    columns=_columns(_CAUSE),
    rows=_listed(_CAUSE, _causes),
    change=_change_cause,
)

GRIDS = {grid.key: grid for grid in (PLAN, ACTIONS, ASSETS, STAKEHOLDERS, CAUSES)}
"""Every grid by its key."""
