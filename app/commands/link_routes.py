"""Follow links: what leads where, what a push does, from where all is near."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.map_questions import programme_named
from app.commands.shared import (
    Cause,
    Data,
    Json,
    MapOption,
    Source,
    as_json,
    cause_named,
    say,
)
from systemmap.analysis.effects import in_runs
from systemmap.analysis.pathways import between, routes_sentence
from systemmap.analysis.pathways.recipes import Build, Combine, Recipe
from systemmap.analysis.pathways.sub_maps import sub_map
from systemmap.analysis.pushes import what_if as push_travels
from systemmap.analysis.reach_plan import plan_reach, reach_sentence
from systemmap.analysis.template_share import template_share

if TYPE_CHECKING:
    from systemmap.analysis.effects import Effect


def follow(
    source: Source,
    causes: Annotated[list[str], typer.Argument(help="Causes to start from.")],
    *,
    show: Annotated[
        Build,
        typer.Option(help="What follows, what leads to them, or both by one step."),
    ] = Build.DOWNSTREAM,
    within: Annotated[int, typer.Option(min=1, max=3, help="Steps to follow.")] = 2,
    combine: Annotated[
        Combine, typer.Option(help="Linked to any, or to all of them.")
    ] = Combine.UNION,
    map_id: MapOption = "main",
    json: Json = False,
    data: Data = None,
) -> None:
    """Follow links from one or more causes."""
    system_map = programme_named(source, data).system_map(map_id)
    starts = tuple(cause_named(system_map, cause) for cause in causes)
    found = sub_map(
        system_map, Recipe(starts=starts, build=show, combine=combine, within=within)
    )
    if json:
        as_json(
            {
                "sentence": found.sentence,
                "starts": list(found.starts),
                "found": list(found.found),
                "links": [list(pair) for pair in found.links],
            }
        )
        return
    say(found.sentence, *(f"  {system_map.factor(key).label}" for key in found.found))


def paths(
    source: Source,
    start: Cause,
    end: Cause,
    *,
    map_id: MapOption = "main",
    json: Json = False,
    data: Data = None,
) -> None:
    """List the routes of up to five links from one cause to another."""
    system_map = programme_named(source, data).system_map(map_id)
    ends = cause_named(system_map, start), cause_named(system_map, end)
    found = between(system_map, *ends)
    sentence = routes_sentence(found, *(system_map.factor(key).label for key in ends))
    if json:
        routes = [
            {"factors": list(route.factors), "direction": route.sense}
            for route in found.pathways
        ]
        as_json(
            {
                "sentence": sentence,
                "more": found.more,
                "direction": found.sense,
                "routes": routes,
            }
        )
        return
    say(sentence)
    say(
        *(
            f"  {' → '.join(system_map.factor(key).label for key in route.factors)} ({route.sense})"
            for route in found.pathways
        )
    )


def what_if(
    source: Source,
    *,
    more: Annotated[
        list[str] | None, typer.Option(help="Suppose there is more of this cause.")
    ] = None,
    less: Annotated[
        list[str] | None, typer.Option(help="Suppose there is less of this cause.")
    ] = None,
    drop_links: Annotated[
        bool,
        typer.Option("--drop-links", help="Also leave out one link in ten at random."),
    ] = False,
    map_id: MapOption = "main",
    json: Json = False,
    data: Data = None,
) -> None:
    """Say which way a push travels, and in how many runs."""
    system_map = programme_named(source, data).system_map(map_id)
    push = {cause_named(system_map, cause): 1.0 for cause in more or []} | {
        cause_named(system_map, cause): -1.0 for cause in less or []
    }
    found = push_travels(system_map, push, drop_links=drop_links)
    if json:
        as_json(
            {
                "push": push,
                "drop_links": drop_links,
                "effects": [_effect(each) for each in found.values()],
            }
        )
        return
    for each in found.values():
        if each.steps is not None:
            runs = f", in {in_runs(each)} of runs" if each.bar else ""
            say(f"{each.direction:>8}  {system_map.factor(each.factor_id).label}{runs}")
    say("", template_share(system_map).note)


def reach(
    source: Source,
    *,
    to: Annotated[
        list[str] | None,
        typer.Option(help="A cause that should be near; all unless given."),
    ] = None,
    steps: Annotated[int, typer.Option(min=1, max=3, help="How near is near.")] = 2,
    map_id: MapOption = "main",
    json: Json = False,
    data: Data = None,
) -> None:
    """Find the fewest causes from which everything is near."""
    system_map = programme_named(source, data).system_map(map_id)
    plan = plan_reach(
        system_map,
        [cause_named(system_map, each) for each in to] if to else None,
        steps=steps,
    )
    if json:
        as_json(
            {
                "chosen": list(plan.chosen),
                "unreachable": list(plan.unreachable),
                "exact": plan.exact,
                "steps": plan.steps,
            }
        )
        return
    say(
        reach_sentence(plan, system_map),
        *(f"  {system_map.factor(key).label}" for key in plan.chosen),
    )


COMMANDS = (
    follow,
    paths,
    what_if,
    reach,
)


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "factor": effect.factor_id,
        "direction": effect.direction,
        "agreeing": effect.agreeing,
        "draws": effect.draws,
        "bar": effect.bar,
        "steps": effect.steps,
    }
