"""Loops: the feedback people drew, as sentences, with the actions that touch each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.links import links_table
from app.components.map_loop import tell_on_map, told_on_map
from app.components.map_way import way_on_map
from app.components.screen_text import caution, empty, finding, quiet, say, section
from app.components.still_pictures import part_picture
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import count, listed
from systemmap.analysis.loops import LoopKind
from systemmap.analysis.loops.sentences import loop_sentence, loop_steps
from systemmap.analysis.loops.touching import actions_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.workspace import Workspace
    from systemmap.analysis.loops import Loop, LoopList
    from systemmap.model.system_map import SystemMap

_KINDS = {
    LoopKind.REINFORCING: "Feeds itself (reinforcing)",
    LoopKind.BALANCING: "Pushes back (balancing)",
    LoopKind.UNDETERMINED: "Not settled (undetermined)",
}
_SHORTEST, _UP_TO_6, _UP_TO_8 = (
    "The shortest through each cause",
    "Up to 6 causes",
    "Up to 8 causes",
)
_PAGE = 8


def draw(workspace: Workspace) -> None:
    """Draw the finding, the choice, and the loops one by one."""
    system_map = workspace.analysis().system_map
    found = workspace.analysis().loops_up_to(6)
    if not system_map.links:
        empty(
            "There are no links yet, so there are no loops.",
            "Import a map",
            lambda: workspace.go("import_export"),
            key="loops.import",
            icon=":material/upload_file:",
        )
        return
    with way_on_map(workspace) as way:
        with way.heading:
            finding(_finding(found))
        way.part["loop"] = told_on_map(workspace)
        _listed(workspace, system_map, found)


def _listed(workspace: Workspace, system_map: SystemMap, found: LoopList) -> None:
    """Draw the choice, and the loops one after the other."""
    quiet(_order_words(found))
    loops = _chosen(workspace, system_map, found)
    section(count(len(loops), "loop"))
    limit = workspace.recall("loops.limit", _PAGE)
    for number, loop in enumerate(loops[:limit]):
        _card(workspace, system_map, loop, open_=number == 0)
    if len(loops) > limit and pressed(
        st.button,
        f"Show {min(_PAGE, len(loops) - limit):,} more",
        key="loops.more",
        icon=":material/expand_more:",
    ):
        workspace.remember("loops.limit", limit + _PAGE)
        st.rerun()
    caution(workspace)


def _finding(found: LoopList) -> str:
    kinds = [loop.kind for loop in found]
    parts = [
        f"{kinds.count(LoopKind.REINFORCING):,} feed themselves",
        f"{kinds.count(LoopKind.BALANCING):,} push back",
    ]
    if unsettled := kinds.count(LoopKind.UNDETERMINED):
        parts.append(f"{unsettled:,} cannot be told until a direction is agreed")
    return f"{found.sentence} {listed(parts)}."


def _order_words(found: LoopList) -> str:
    cut = (
        f" All loops of up to {found.counted_length} causes are listed."
        if found.capped
        else ""
    )
    return (
        "Shorter loops first, then those with more links rated strong, more themes crossed, "
        f"a cause somebody here can influence, and the alphabet.{cut} Loops longer than 8 are too many to list."
    )


def _chosen(workspace: Workspace, system_map: SystemMap, found: LoopList) -> list[Loop]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        which = st.selectbox(
            "Which loops", [_SHORTEST, _UP_TO_6, _UP_TO_8], key="loops.which", width=300
        )
        kind = st.selectbox(
            "Kind",
            ["", *_KINDS],
            format_func=lambda k: _KINDS[LoopKind(k)] if k else "All kinds",
            key="loops.kind",
            width=260,
        )
        ids = sorted(
            system_map.factors, key=lambda key: system_map.factor(key).label.casefold()
        )
        through = st.selectbox(
            "Through",
            ["", *ids],
            format_func=lambda key: (
                system_map.factor(key).label if key else "Any cause"
            ),
            key="loops.through",
            width=280,
        )
    loops: Sequence[Loop] = found.loops
    if which == _SHORTEST:
        by_factor = workspace.analysis().shortest_loops
        own = (by_factor[through],) if through in by_factor else ()
        unique = {loop.key: loop for loop in (own if through else by_factor.values())}
        loops = sorted(unique.values(), key=lambda loop: (len(loop), loop.factors))
        quiet("Of two loops just as short, the first in the alphabet is shown.")
    elif which == _UP_TO_8:
        longer = workspace.analysis().loops_up_to(8)
        loops = longer.loops
        if longer.capped:
            say(longer.sentence)
    return [
        loop
        for loop in loops
        if (not kind or loop.kind == kind) and (not through or through in loop.factors)
    ]


def _card(
    workspace: Workspace, system_map: SystemMap, loop: Loop, *, open_: bool
) -> None:
    with st.container(border=True):
        say(loop_sentence(loop, system_map))
        for source, target in loop.unsettled:
            quiet(
                f"To settle: {system_map.factor(source).label} → {system_map.factor(target).label}."
            )
        actions = actions_on(workspace.programme, loop, system_map.id)
        quiet(
            f"Actions that touch it: {listed([a.title for a in actions], limit=3)}."
            if actions
            else "No action listed touches any cause of this loop."
        )
        with st.expander("See it, and why", expanded=open_):
            _told(workspace, system_map, loop)
            links_table(system_map, loop.links, alt="The links of this loop, in order")


def _told(workspace: Workspace, system_map: SystemMap, loop: Loop) -> None:
    """Show the loop whole, or link by link for a room that learns to read its map."""
    steps = loop_steps(loop, system_map)
    name = f"loops.step.{loop.key}"
    step = workspace.recall(name, 0)
    sentence, links = (
        steps[step - 1] if step else (loop_sentence(loop, system_map), loop.links)
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if pressed(
            st.button,
            "Back",
            key=f"{name}.back",
            disabled=step == 0,
            icon=":material/arrow_back:",
        ):
            workspace.remember(name, step - 1)
            st.rerun()
        if pressed(
            st.button,
            "Next link" if step else "Tell it link by link",
            key=f"{name}.next",
            disabled=step == len(steps),
            icon=":material/arrow_forward:",
        ):
            workspace.remember(name, step + 1)
            st.rerun()
        if pressed(
            st.button, "Show on the map", key=f"{name}.map", icon=":material/hub:"
        ):
            tell_on_map(workspace, loop)
        if step:
            say(f"{step} of {len(steps)}: {sentence}")
    part_picture(system_map, loop.factors, links, ring=loop.factors, alt=sentence)


SCREEN = Screen(
    key="loops",
    title="Loops",
    place="map",
    icon=":material/autorenew:",
    draw=draw,
    position=10,
)
