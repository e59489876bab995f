"""Where effort goes: actions by layer and depth beside causes, and whom they reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.screen_text import caution, empty, finding, quiet, say, section
from app.components.still_pictures import picture
from app.screens._screen import Screen
from app.wording import listed
from systemmap.coverage.balance import find_layer_balance, find_scale_balance
from systemmap.coverage.groups_reached import find_reach
from systemmap.drawing.bars import Bar, bars_svg
from systemmap.vocab import terms

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.coverage.balance import LayerBalance, ScaleBalance, ScaleRow
    from systemmap.coverage.groups_reached import GroupReach, ReachTable
    from systemmap.model.system_map import SystemMap


def draw(workspace: Workspace) -> None:
    """Draw the finding, the layers, the Action Scales levels, and whom actions reach."""
    programme, coverage = workspace.programme, workspace.gaps().coverage
    if not programme.actions:
        empty(
            "No actions are listed yet, so nobody can see where effort goes.",
            "Import a plan",
            lambda: workspace.go("import_export"),
            key="effort.import",
            icon=":material/upload_file:",
        )
        return
    layers = find_layer_balance(programme, coverage)
    finding(_finding(layers))
    if not layers.shares_shown and st.button(
        "Tie actions to causes",
        key="effort.actions",
        type="primary",
        icon=":material/link:",
    ):
        workspace.go("actions")
    _layers(layers)
    _scales(find_scale_balance(programme, coverage))
    _reach(find_reach(programme, coverage), programme.system_map())
    caution()


def _finding(balance: LayerBalance) -> str:
    known = [row for row in balance.rows if row.difference is not None and row.layer]
    if not known:
        return "Too few current actions are sorted into layers to compare their shares."
    widest = max(known, key=lambda row: abs(row.difference or 0.0))
    return (
        f"“{widest.label}” holds {widest.cause_share or 0.0:.0f} % of the causes "
        f"and {widest.action_share or 0.0:.0f} % of the current actions."
    )


def _percent(share: float | None) -> str:
    return "not shown" if share is None else f"{share:.1f} %"


def _layers(balance: LayerBalance) -> None:
    section("Where causes lie, and where actions lie")
    table(
        (
            {
                "Layer": row.label,
                "Causes": row.causes,
                "Share of causes": _percent(row.cause_share),
                "Current actions": row.actions,
                "Share of actions": _percent(row.action_share),
                "Benchmark": _percent(row.benchmark_share),
                "Causes minus actions": "not shown"
                if row.difference is None
                else f"{row.difference:+.0f} points",
            }
            for row in balance.rows
        ),
        alt="Causes and current actions by layer, beside the published benchmark",
    )
    groups = [
        (
            row.label,
            [
                Bar(share, _percent(share))
                for share in (row.cause_share, row.action_share, row.benchmark_share)
            ],
        )
        for row in balance.rows
        if row.cause_share is not None and row.action_share is not None and row.layer
    ]
    if groups:
        title = "Shares of causes, of current actions, and of the benchmark's actions, by layer"
        picture(
            bars_svg(
                groups,
                title=title,
                series=("Causes", "Current actions", "Benchmark actions"),
            ),
            alt=title,
        )
    quiet(balance.denominator)
    quiet(balance.note)


def _scales(balance: ScaleBalance) -> None:
    section("How deep actions go")
    rows = [balance.overall, *balance.themes]
    table(
        (_scale_row(row) for row in rows),
        alt="Current actions by Action Scales level, in all and by theme",
    )
    quiet(balance.note)


def _scale_row(row: ScaleRow) -> dict[str, object]:
    counts = {
        term.label: len(row.actions.get(key, ()))
        for key, term in terms("action_scales").items()
    }
    return {
        "Theme": row.label,
        **counts,
        "No level yet": len(row.actions.get("", ())),
        "In all": row.total,
    }


def _reach(found: ReachTable, system_map: SystemMap) -> None:
    section("Whom and where live actions reach")
    for kind, noun in (("population", "Group of people"), ("place", "Place")):
        rows = [group for group in found.groups if group.kind == kind]
        if rows:
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
    key="effort",
    title="Where effort goes",
    place="gaps",
    icon=":material/balance:",
    draw=draw,
    position=10,
)
