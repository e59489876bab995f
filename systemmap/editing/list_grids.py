"""Assets, partners, causes and the details of actions as grids."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.editing.actions import new_action, remove_action
from systemmap.editing.assets import new_asset
from systemmap.editing.dated_updates import UPDATES
from systemmap.editing.follow_ups import link_actions
from systemmap.editing.framework_lists import FRAMEWORKS, INDICATORS, POPULATIONS
from systemmap.editing.governance import BOARDS, DECISIONS, EVENTS, POINTS, REVIEWS
from systemmap.editing.grids import Grid, GridColumn
from systemmap.editing.owner_list import OWNERS
from systemmap.editing.partners import new_stakeholder
from systemmap.editing.phase_cycles import PHASES, STORY
from systemmap.editing.place_list import PLACES
from systemmap.editing.plan_grid import PLAN
from systemmap.editing.record_fields import (
    RecordField,
    columns_of,
    given_of,
    listed_rows,
)
from systemmap.editing.update_lines import add_updates, change_updates, update_cells
from systemmap.errors import InvalidValue
from systemmap.model.elements import Factor
from systemmap.model.owners import organisation_from
from systemmap.model.people import Stakeholder
from systemmap.model.response import Action, ActionLink, Asset, AssetFactor
from systemmap.model.values import Influence

if TYPE_CHECKING:
    from systemmap.editing.grids import Cells
    from systemmap.model.programme import Programme


_ACTION = (
    RecordField("title", "Action", label=True),
    RecordField("aims", "Aims", reads="lines"),
    RecordField("partners", "Partners", "organisations", many=True, open=True),
    RecordField("populations", "Populations", "populations", many=True),
    RecordField("places", "Places", "places", many=True),
    RecordField("settings", "Settings", "settings", many=True),
    RecordField("layer", "Layer", "layers"),
    RecordField("action_scale", "Action Scales level", "action_scales"),
    RecordField("scale_reason", "Why this level"),
    RecordField("frameworks", "Frameworks", "frameworks", many=True, open=True),
    RecordField("measures", "Measures", many=True),
    RecordField("evidence", "Evidence"),
    RecordField("stage", "Stage", "stages"),
    RecordField("origin", "Came from", "origins"),
    RecordField("carried_from", "Carried forward from", "actions"),
    RecordField("note", "Note"),
)
_LINKS = (
    RecordField("needs", "Needs first", "actions", many=True),
    RecordField("part_of", "Is part of", "actions", many=True),
)
_ASSET = (
    RecordField("name", "Asset", label=True),
    RecordField("type", "Type", "asset_types"),
    RecordField("organisation", "Organisation"),
    RecordField("place", "Place"),
    RecordField("populations", "Populations", many=True),
    RecordField("capacity", "Capacity"),
    RecordField("web", "Web address"),
    RecordField("theme", "Theme", "themes"),
    RecordField("note", "Note"),
)
_STAKEHOLDER = (
    RecordField("organisation", "Organisation", label=True),
    RecordField("role", "Role in the programme", "stakeholder_roles"),
    RecordField("sector", "Sector", "sectors"),
    RecordField("title", "Job title or role"),
    RecordField("engaged_on", "Engaged on", many=True),
    RecordField("note", "Note"),
)
_CAUSE = (
    RecordField("label", "Cause", label=True),
    RecordField("influence", "Who can change it", "influences"),
    RecordField("layer", "Layer", "layers"),
    RecordField("theme", "Theme", "themes"),
    RecordField("settings", "Settings", "settings", many=True),
    RecordField("indicators", "Indicators", "indicators", many=True),
    RecordField("note", "Note"),
)

_TOLD = (
    GridColumn(
        key="updates",
        heading="Dated updates",
        lines=True,
        typed="One on each line, the day first: “14 September 2026: 40 people came”. With its kind: “14 September 2026 (Impact): …”. A line taken out is removed.",
    ),
    GridColumn(
        key="new_update",
        heading="Add an update",
        lines=True,
        typed="Joins the dated updates when you save, and those before stay: “14 September 2026: 40 people came”.",
    ),
)


def _action_columns(programme: Programme) -> tuple[GridColumn, ...]:
    title, aims, *more = columns_of(_ACTION)(programme)
    return (title, aims, *_TOLD, *more, *columns_of(_LINKS)(programme))


def _action_rows(programme: Programme) -> dict[str, dict[str, str]]:
    links: dict[tuple[str, str], list[str]] = {}
    names = columns_of(_LINKS)(programme)[0].words
    for link in programme.all(ActionLink).values():
        other = names[link.other_id]
        links.setdefault((link.action_id, link.kind), []).append(other)
    rows = listed_rows(_ACTION, _by_position)(programme)
    told = update_cells(programme)
    for key, cells in rows.items():
        cells |= {"updates": told.get(key, ""), "new_update": ""}
        for field in _LINKS:
            cells[field.name] = "; ".join(links.get((key, field.name), ()))
    return rows


def _change_action(draft: Programme, key: str, cells: Cells) -> None:
    given = given_of(draft, _ACTION, cells)
    if given.get("carried_from") == key:
        raise InvalidValue("An action cannot be carried forward from itself.")
    draft.replace(replace(draft.find(Action, key), **given))
    if given.get("carried_from"):
        before = draft.find(Action, given["carried_from"])
        draft.replace(replace(before, status="carried_forward"))
    for kind, others in given_of(draft, _LINKS, cells).items():
        link_actions(draft, key, kind, others)
    if "updates" in cells:
        change_updates(draft, key, cells["updates"])
    add_updates(draft, key, cells.get("new_update", ""))


def _add_action(draft: Programme, cells: Cells) -> str:
    made = new_action(draft, cells.get("title", ""))
    _change_action(draft, made.id, {k: v for k, v in cells.items() if v})
    return made.id


def _change_asset(draft: Programme, key: str, cells: Cells) -> None:
    given = given_of(draft, _ASSET, cells)
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
    given = given_of(draft, _STAKEHOLDER, cells)
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
    given = given_of(draft, _CAUSE, cells)
    if "influence" in given:
        given["influence"] = Influence(given["influence"] or "unknown")
    draft.replace(replace(draft.find(Factor, f"main/{key}"), **given))


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
    columns=_action_columns,
    rows=_action_rows,
    change=_change_action,
    add=_add_action,
    remove=remove_action,
)
ASSETS = Grid(
    key="assets",
    title="Assets",
    noun="asset",
    name="name",
    columns=columns_of(_ASSET),
    rows=listed_rows(_ASSET, lambda p: p.assets),
    change=_change_asset,
    add=_add_asset,
    remove=_remove_asset,
)
STAKEHOLDERS = Grid(
    key="stakeholders",
    title="Partners",
    noun="organisation",
    name="organisation",
    columns=columns_of(_STAKEHOLDER),
    rows=listed_rows(_STAKEHOLDER, lambda p: p.all(Stakeholder)),
    change=_change_stakeholder,
    add=_add_stakeholder,
    remove=lambda draft, key: draft.remove(Stakeholder, key),
)
CAUSES = Grid(
    key="causes",
    title="Causes",
    noun="cause",
    name="label",
    columns=columns_of(_CAUSE),
    rows=listed_rows(_CAUSE, _causes),
    change=_change_cause,
)

GRIDS = {grid.key: grid for grid in (PLAN, ACTIONS, ASSETS, STAKEHOLDERS, CAUSES)}
"""The lists of the programme by their keys."""
FURTHER = {
    grid.key: grid
    for grid in (
        UPDATES,
        FRAMEWORKS,
        INDICATORS,
        POPULATIONS,
        PLACES,
        PHASES,
        STORY,
        OWNERS,
    )
}
"""What is kept beside them: dated updates, frameworks, groups, cycles, the story."""
EVERY_GRID = {
    **GRIDS,
    **{grid.key: grid for grid in (BOARDS, EVENTS, POINTS, DECISIONS, REVIEWS)},
    **FURTHER,
}
"""Every table that is edited in cells, by its key."""
