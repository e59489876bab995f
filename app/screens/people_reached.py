"""Who is reached: whom and where live actions name, against the causes that matter to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.screen_text import caution, empty, finding, quiet, say, section
from app.screens._screen import Screen
from app.wording import count, listed
from systemmap.coverage.groups_reached import find_reach

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.coverage.groups_reached import GroupReach, ReachTable
    from systemmap.model.system_map import SystemMap


def draw(workspace: Workspace) -> None:
    """Draw the finding, then groups of people and places."""
    programme = workspace.programme
    if not programme.actions:
        empty(
            "No actions are listed yet, so nobody can see whom they reach.",
            "Import a plan",
            lambda: workspace.go("import_export"),
            key="people_reached.import",
            icon=":material/upload_file:",
        )
        return
    found = find_reach(programme, workspace.gaps().coverage)
    finding(_finding(found))
    _reach(found, programme.system_map())
    caution(workspace)


def _finding(found: ReachTable) -> str:
    behind = [group for group in found.groups if group.priority and group.behind_points]
    if behind:
        return max(behind, key=lambda group: group.behind_points or 0.0).sentence
    marked = sum(bool(group.relevant) for group in found.groups)
    groups = count(
        len(found.groups), "group of people or place", "groups of people and places"
    )
    return f"{groups} listed; causes are marked as relevant to {marked} of them."


def _reach(found: ReachTable, system_map: SystemMap) -> None:
    for kind, noun in (("population", "Group of people"), ("place", "Place")):
        rows = [group for group in found.groups if group.kind == kind]
        if rows:
            section("Groups of people" if kind == "population" else "Places")
            table(
                (_reach_row(noun, group, system_map) for group in rows),
                alt=f"{noun}: on how many relevant causes live actions name them",
            )
    if not found.groups:
        say(
            "No group of people and no place is listed yet, so nothing can be said about whom actions reach."
        )
    behind = [group for group in found.groups if group.priority and group.behind_points]
    for group in behind:
        say(group.sentence)
    if found.crossed:
        with st.expander("Groups of people by place"):
            names = {group.id: group.name for group in found.groups}
            table(
                (
                    {
                        "Group": names[one],
                        "Place": names[other],
                        "Reached": f"{len(cell.reached)} of {len(cell.relevant)}",
                    }
                    for (one, other), cell in found.crossed.items()
                ),
                alt="Relevant causes on which a live action names both the group and the place",
            )
    quiet(found.caution)


def _reach_row(
    noun: str, group: GroupReach, system_map: SystemMap
) -> dict[str, object]:
    unreached = [system_map.factor(key).label for key in group.unreached]
    return {
        noun: f"{group.name} (priority)" if group.priority else group.name,
        "Reached": f"{len(group.reached)} of {len(group.relevant)}"
        if group.relevant
        else "not known: no cause marked",
        "Behind the best served": f"{group.behind_points:.0f} points"
        if group.behind_points
        else "",
        "Ratio": f"{group.ratio:.2f}" if group.ratio is not None else "",
        "Not reached on": listed(unreached, limit=4),
    }


SCREEN = Screen(
    key="people_reached",
    title="Who is reached",
    place="gaps",
    icon=":material/diversity_3:",
    draw=draw,
    position=20,
)
