"""See what a map says: what matters, what follows, what a push does, where effort goes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.asking import programme_named
from app.commands.keeping import Name  # noqa: TC001 - typer reads it at run time
from app.commands.shared import (
    OPERATOR,
    Data,
    Json,
    as_json,
    opened,
    picked,
    programme_id,
    say,
)
from systemmap.balance import find_layer_balance, find_scale_balance
from systemmap.checks import CHECKS, run_checks
from systemmap.comparing import compare_groups
from systemmap.coverage import find_coverage
from systemmap.effects import in_runs
from systemmap.effects import what_if as push_travels
from systemmap.errors import UnknownItem
from systemmap.gap_runs import compare_gap_runs, gap_run_from
from systemmap.gaps import find_gaps
from systemmap.importance import find_importance
from systemmap.inequality import find_reach
from systemmap.measures import MEASURES
from systemmap.model.response import GapRun
from systemmap.model.text import slug
from systemmap.model.values import now
from systemmap.pathways import between, routes_sentence
from systemmap.pathways.recipes import Build, Combine, Recipe
from systemmap.pathways.sub_maps import sub_map
from systemmap.phrases import STRUCTURE_NOTE
from systemmap.reach import plan_reach, reach_sentence

if TYPE_CHECKING:
    from systemmap.effects import Effect
    from systemmap.model.system_map import SystemMap

Source = Annotated[
    str, typer.Argument(metavar="NAME|FILE", help="A programme, or a file with a map.")
]
Cause = Annotated[str, typer.Argument(help="A cause: its id or name.")]
MapOption = Annotated[str, typer.Option("--map", help="Which map.")]


def outcome(
    cause: Cause,
    *,
    into: Annotated[str, typer.Option("--in", metavar="NAME", help="The programme.")],
    map_id: MapOption = "main",
    data: Data = None,
) -> None:
    """Choose the cause you care about most; importance and what-if need it."""
    with opened(data) as store:
        name = programme_id(store, into)
        system_map = store.load(name).system_map(map_id)
        factor = _cause(system_map, cause)
        label = f"Set “{system_map.factor(factor).label}” as the outcome"
        with store.editing(name, actor=OPERATOR, label=label) as draft:
            draft.put(replace(system_map.version, outcome=factor))
        say(f"“{system_map.factor(factor).label}” is now the outcome.")


def importance(
    source: Source, *, map_id: MapOption = "main", json: Json = False, data: Data = None
) -> None:
    """Say which causes stand out on a map for its outcome, and why."""
    system_map = programme_named(source, data).system_map(map_id)
    found = find_importance(system_map)
    if json:
        factors = [
            {
                "factor": key,
                "importance": each.importance,
                "band": each.band,
                "reasons": list(each.sentences),
                "direction_unclear": each.direction_unclear,
            }
            for key, each in found.factors.items()
        ]
        as_json(
            {"outcome": found.outcome, "rests_on": found.rests_on, "factors": factors}
        )
        return
    say(found.sentence)
    for key, each in sorted(found.factors.items(), key=lambda item: item[1].importance):
        say(
            f"{each.importance:>6}  {system_map.factor(key).label} ({each.band}): {' '.join(each.sentences)}"
        )
    say("", STRUCTURE_NOTE)


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
    starts = tuple(_cause(system_map, cause) for cause in causes)
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
    ends = _cause(system_map, start), _cause(system_map, end)
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
    push = {_cause(system_map, cause): 1.0 for cause in more or []} | {
        _cause(system_map, cause): -1.0 for cause in less or []
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
    say("", STRUCTURE_NOTE)


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
        [_cause(system_map, each) for each in to] if to else None,
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


def effort(
    name: Name, *, map_id: MapOption = "main", json: Json = False, data: Data = None
) -> None:
    """Say where actions go beside causes, how deep, and whom they reach."""
    programme = programme_named(name, data)
    coverage = find_coverage(programme, map_id, today=now().astimezone().date())
    layers, scales, groups = (
        find_layer_balance(programme, coverage),
        find_scale_balance(programme, coverage),
        find_reach(programme, coverage),
    )
    if json:
        as_json(
            {
                "denominator": layers.denominator,
                "layers": [
                    {
                        "layer": row.layer,
                        "causes": row.causes,
                        "actions": row.actions,
                        "cause_share": row.cause_share,
                        "action_share": row.action_share,
                        "benchmark_share": row.benchmark_share,
                    }
                    for row in layers.rows
                ],
                "scales": {
                    key: len(actions) for key, actions in scales.overall.actions.items()
                },
                "groups": [
                    {
                        "kind": g.kind,
                        "id": g.id,
                        "relevant": list(g.relevant),
                        "reached": list(g.reached),
                        "behind_points": g.behind_points,
                        "ratio": g.ratio,
                    }
                    for g in groups.groups
                ],
            }
        )
        return
    say(
        *(sentence for row in layers.rows for sentence in row.sentences),
        layers.denominator,
        layers.note,
        "",
    )
    say(*(group.sentence for group in groups.groups), groups.caution)


def health(
    source: Source, *, map_id: MapOption = "main", json: Json = False, data: Data = None
) -> None:
    """List questions to put to the group about what it drew."""
    programme = programme_named(source, data)
    found = run_checks(programme.system_map(map_id), programme)
    if json:
        as_json(
            {
                key: [each.question for each in findings]
                for key, findings in found.items()
            }
        )
        return
    for key, findings in found.items():
        say(
            f"{CHECKS[key].title} ({len(findings)})",
            *(f"  - {each.question}" for each in findings),
        )
    if not found:
        say("No open question about this map.")


def measure(
    source: Source,
    key: Annotated[
        str, typer.Argument(metavar="MEASURE", help=f"One of: {', '.join(MEASURES)}.")
    ],
    *,
    map_id: MapOption = "main",
    json: Json = False,
    data: Data = None,
) -> None:
    """Show one measure of each cause, with its question, caution and reference."""
    asked = picked("measure", key, MEASURES.values(), lambda each: (each.key,))
    system_map = programme_named(source, data).system_map(map_id)
    values = asked.compute(system_map)
    words = {
        "question": asked.question,
        "caution": asked.caution,
        "reference": asked.reference,
    }
    if json:
        as_json({"measure": asked.key, **words, "values": dict(values)})
        return
    say(asked.question, asked.caution, f"Source: {asked.reference}", "")
    for name in sorted(
        values, key=lambda each: (values[each] is None, -(values[each] or 0.0), each)
    ):
        say(f"{system_map.factor(name).label}: {asked.in_words(values[name])}")


def compare_maps(
    name: Name,
    one: Annotated[str, typer.Argument(help="One map's id.")],
    other: Annotated[str, typer.Argument(help="The other map's id.")],
    *,
    json: Json = False,
    data: Data = None,
) -> None:
    """Set two maps of a programme side by side, disagreements first."""
    programme = programme_named(name, data)
    found = compare_groups(programme.system_map(one), programme.system_map(other))
    if json:
        as_json(
            {
                "one": found.one,
                "other": found.other,
                "disagreements": [
                    {"source": d.source, "target": d.target, "sentence": d.sentence}
                    for d in found.disagreements
                ],
                "factors": {
                    "both": list(found.factors.both),
                    "only_one": list(found.factors.only_one),
                    "only_other": list(found.factors.only_other),
                },
                "links": {
                    "both": list(found.links.both),
                    "only_one": list(found.links.only_one),
                    "only_other": list(found.links.only_other),
                },
            }
        )
        return
    say(*found.sentences)


def gap_runs(
    name: Name,
    *,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep today's gap list first.")
    ] = False,
    map_id: MapOption = "main",
    json: Json = False,
    data: Data = None,
) -> None:
    """Compare the last gap list that was kept with today's."""
    with opened(data) as store:
        key = programme_id(store, name)
        at = now()
        report = find_gaps(store.load(key), map_id, today=at.astimezone().date())
        if keep:
            with store.editing(
                key, actor=OPERATOR, label="Keep today's gap list"
            ) as draft:
                draft.add(
                    gap_run_from(
                        report, slug(f"gaps {at:%Y-%m-%d}", draft.all(GapRun)), at
                    )
                )
        kept = [
            run for run in store.load(key).all(GapRun).values() if run.map_id == map_id
        ]
    if not kept:
        raise UnknownItem(
            "No gap list has been kept yet. Keep today's: systemmap gap-runs NAME --keep."
        )
    last = max(kept, key=lambda run: run.at)
    found = compare_gap_runs(last, gap_run_from(report, "today", at))
    changes = {"opened": found.opened, "closed": found.closed, "changed": found.changed}
    if json:
        plain = {
            how: [
                {
                    "rule": c.rule,
                    "subject": c.subject,
                    "name": c.name,
                    "sentence": c.sentence,
                }
                for c in each
            ]
            for how, each in changes.items()
        }
        as_json(
            {
                "kept": len(kept),
                "since": last.at,
                "sentence": found.sentence,
                **plain,
                "same": found.same,
                "notes": list(found.notes),
            }
        )
        return
    say(found.sentence)
    for how, each in changes.items():
        say(*(f"  {how}: {change.name}: {change.sentence}" for change in each))


COMMANDS = (
    outcome,
    importance,
    follow,
    paths,
    what_if,
    reach,
    effort,
    health,
    measure,
    compare_maps,
    gap_runs,
)


def _cause(system_map: SystemMap, wanted: str) -> str:
    return picked(
        "cause", wanted, system_map.factors.values(), lambda f: (f.id, f.label)
    ).id


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "factor": effect.factor_id,
        "direction": effect.direction,
        "agreeing": effect.agreeing,
        "draws": effect.draws,
        "bar": effect.bar,
        "steps": effect.steps,
    }
