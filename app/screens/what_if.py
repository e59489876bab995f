"""What if: which way a push travels, and the fewest causes from which all is near."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.map_way import Way, way_on_map
from app.components.screen_text import caution, empty, finding, quiet, say, section
from app.screens._screen import Screen
from app.wording import count, listed
from systemmap.analysis.effects import Direction, in_runs
from systemmap.analysis.pushes import what_if
from systemmap.analysis.reach_plan import plan_reach, reach_sentence
from systemmap.analysis.settings import SETTINGS
from systemmap.errors import SystemMapError
from systemmap.model.values import Influence

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from app.workspace import Workspace
    from systemmap.analysis.effects import Effect
    from systemmap.model.system_map import SystemMap

_DIRECTIONS = {
    Direction.MORE: "more",
    Direction.LESS: "less",
    Direction.UNCLEAR: "direction unclear",
    Direction.NONE: "no route",
}
_HOW_FAR = {1: "1 step", 2: "2 steps", 3: "3 steps"}


def draw(workspace: Workspace) -> None:
    """Draw the push and its answer, then the reach planner."""
    system_map = workspace.analysis().system_map
    if system_map.outcome is None:
        empty(
            "Choose an outcome first: a push is followed towards what you care about.",
            "Choose the outcome",
            lambda: workspace.go("importance"),
            key="what_if.outcome",
            icon=":material/filter_center_focus:",
        )
        return
    with way_on_map(workspace) as way:
        _pushed(workspace, system_map, way)


def _pushed(workspace: Workspace, system_map: SystemMap, way: Way) -> None:
    """Draw the push, its answer and the planner; the canvas shows what moves."""
    push, drop = _ask(system_map)
    if not push:
        with way.heading:
            finding(
                "Choose a cause to raise or lower, and see which way the rest of the map moves."
            )
    else:
        effects = _answer(workspace, system_map, push, way.heading, drop=drop)
        way.part["heat"] = {
            key: [effect.bar / 5, _DIRECTIONS[effect.direction]]
            for key, effect in effects.items()
            if effect.direction is not Direction.NONE
        }
    _planner(workspace, system_map)
    caution(workspace)


def _ask(system_map: SystemMap) -> tuple[dict[str, float], bool]:
    names = _names(system_map)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        more = st.multiselect(
            "Suppose there is more",
            names,
            format_func=names.__getitem__,
            key="what_if.more",
            placeholder="Choose causes",
            width=380,
            select_all=False,
        )
        less = st.multiselect(
            "Suppose there is less",
            names,
            format_func=names.__getitem__,
            key="what_if.less",
            placeholder="Choose causes",
            width=380,
            select_all=False,
        )
    drop = st.checkbox(
        "Also leave out one link in ten, at random, to test the drawing itself",
        key="what_if.drop",
    )
    return {**dict.fromkeys(more, 1.0), **dict.fromkeys(less, -1.0)}, drop


def _names(system_map: SystemMap) -> dict[str, str]:
    ids = sorted(
        system_map.factors, key=lambda key: system_map.factor(key).label.casefold()
    )
    return {key: system_map.factor(key).label for key in ids}


def _answer(
    workspace: Workspace,
    system_map: SystemMap,
    push: dict[str, float],
    heading: DeltaGenerator,
    *,
    drop: bool,
) -> dict[str, Effect]:
    question = tuple(sorted(push.items()))
    effects = workspace.answer(
        "what if",
        question,
        drop,
        ask=lambda: what_if(workspace.analysis(), push, drop_links=drop),
    )
    with heading:
        finding(_finding(system_map, effects))
    moved = [
        effect for effect in effects.values() if effect.direction is not Direction.NONE
    ]
    quiet(
        f"Out of {SETTINGS.draws} runs with strengths drawn at random between none and full. They say which way, not how much and not when."
    )
    table(
        (_row(system_map, effect) for effect in sorted(moved, key=_order)),
        alt="Every cause with a route from those chosen, the clearest first",
    )
    rest = len(effects) - len(moved)
    quiet(
        f"{count(rest, 'cause')} {'has' if rest == 1 else 'have'} no route from those chosen, so nothing moves there on this map."
    )
    return effects


def _finding(system_map: SystemMap, effects: dict[str, Effect]) -> str:
    outcome = system_map.outcome or ""
    name = system_map.factor(outcome).label
    effect = effects.get(outcome)
    if effect is None or effect.direction is Direction.NONE:
        return f"On this map no route leads from these to “{name}”."
    if effect.direction is Direction.UNCLEAR:
        return f"“{name}” rises in some runs and falls in others: talk it through."
    return f"On this map there is {effect.direction} “{name}”, in {in_runs(effect)} of runs."


def _order(effect: Effect) -> tuple[bool, int, int, str]:
    return (
        effect.direction is Direction.UNCLEAR,
        effect.steps or 0,
        -effect.bar,
        effect.factor_id,
    )


def _row(system_map: SystemMap, effect: Effect) -> dict[str, object]:
    clear = effect.direction in (Direction.MORE, Direction.LESS)
    return {
        "Cause": system_map.factor(effect.factor_id).label,
        "On this map": _DIRECTIONS[effect.direction],
        "In how many runs": in_runs(effect) if clear else "",
        "How much, in five steps": f"{'■' * effect.bar}{'□' * (5 - effect.bar)} {effect.bar} of 5"
        if clear
        else "",
        "Links away": effect.steps,
        "Slow links on the way": effect.slow_links or "",
    }


def _planner(workspace: Workspace, system_map: SystemMap) -> None:
    section("Reach: the fewest causes from which these are near")
    names = _names(system_map)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        targets = st.multiselect(
            "What should be near",
            names,
            format_func=names.__getitem__,
            key="what_if.targets",
            placeholder="Every cause on the map",
            width=420,
            select_all=False,
        )
        steps = st.selectbox(
            "How near",
            list(_HOW_FAR),
            index=1,
            format_func=_HOW_FAR.__getitem__,
            key="what_if.steps",
            width=120,
        )
        wanted_in = st.multiselect(
            "Work on these in any case",
            names,
            format_func=names.__getitem__,
            key="what_if.in",
            placeholder="None",
            width=300,
            select_all=False,
        )
        out = st.multiselect(
            "Do not work on these",
            names,
            format_func=names.__getitem__,
            key="what_if.out",
            placeholder="None",
            width=300,
            select_all=False,
        )
    ours = (Influence.LOCAL, Influence.SHARED)
    if not wanted_in and not any(
        f.influence in ours for f in system_map.factors.values()
    ):
        say(
            "Nobody has said yet who can change what. Mark causes as local or shared when you edit them on the map, or choose some to work on above."
        )
        return
    try:
        plan = workspace.answer(
            "reach",
            tuple(targets),
            steps,
            tuple(wanted_in),
            tuple(out),
            ask=lambda: plan_reach(
                workspace.analysis(),
                targets or None,
                steps=steps,
                force_in=wanted_in,
                force_out=out,
            ),
        )
    except SystemMapError as error:
        workspace.explain(error)
        return
    say(reach_sentence(plan, system_map))
    table(
        (
            {
                "Work on": names[key],
                "Brings near": listed(
                    [names[t] for t, near in plan.reached_from.items() if key in near],
                    limit=6,
                ),
            }
            for key in plan.chosen
        ),
        alt="Each cause to work on, and what it brings near",
    )


SCREEN = Screen(
    key="what_if",
    title="What if",
    place="map",
    icon=":material/alt_route:",
    draw=draw,
    position=40,
)
