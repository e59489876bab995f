"""See what stands out on a map, where effort goes, and what to ask the group."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from app.commands.map_questions import described, programme_named
from app.commands.shared import (
    OPERATOR,
    Cause,
    Data,
    Json,
    MapOption,
    Source,
    as_json,
    cause_named,
    opened,
    picked,
    programme_id,
    say,
)
from app.commands.stored_programmes import Name  # noqa: TC001 - typer reads it at run time
from systemmap.analysis.checks import CHECKS, run_checks
from systemmap.analysis.four_boxes import four_boxes
from systemmap.analysis.map_analysis import MapAnalysis
from systemmap.analysis.measures import MEASURES
from systemmap.analysis.template_share import template_share
from systemmap.coverage.balance import find_layer_balance, find_scale_balance
from systemmap.coverage.cover import find_coverage
from systemmap.coverage.groups_reached import find_reach
from systemmap.model.values import now


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
        factor = cause_named(system_map, cause)
        label = f"Set “{system_map.factor(factor).label}” as the outcome"
        with store.editing(name, actor=OPERATOR, label=label) as draft:
            draft.put(replace(system_map.version, outcome=factor))
        say(f"“{system_map.factor(factor).label}” is now the outcome.")


def importance(
    source: Source, *, map_id: MapOption = "main", json: Json = False, data: Data = None
) -> None:
    """Say which causes stand out on a map for its outcome, and why."""
    system_map = programme_named(source, data).system_map(map_id)
    analysis = MapAnalysis(system_map)
    found, boxes = analysis.importance, four_boxes(analysis).roles
    if json:
        factors = [
            {
                "factor": key,
                "importance": each.importance,
                "band": each.band,
                "reasons": list(each.sentences),
                "direction_unclear": each.direction_unclear,
                "box": boxes[key],
            }
            for key, each in found.factors.items()
        ]
        as_json(
            {
                "outcome": found.outcome,
                "rests_on": found.rests_on,
                **described(system_map),
                "factors": factors,
            }
        )
        return
    say(found.sentence)
    for key, each in sorted(found.factors.items(), key=lambda item: item[1].importance):
        say(
            f"{each.importance:>6}  {system_map.factor(key).label} ({each.band}): {' '.join(each.sentences)}"
        )
    say("", template_share(system_map).note)


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
    values = asked.values(system_map)
    words = {
        "question": asked.question,
        "caution": asked.caution,
        "reference": asked.reference,
    }
    if json:
        said = {**words, **described(system_map)}
        as_json({"measure": asked.key, **said, "values": dict(values)})
        return
    say(asked.question, asked.caution, f"Source: {asked.reference}", "")
    for name in sorted(
        values, key=lambda each: (values[each] is None, -(values[each] or 0.0), each)
    ):
        say(f"{system_map.factor(name).label}: {asked.in_words(values[name])}")
    say("", template_share(system_map).note)


def health(
    source: Source, *, map_id: MapOption = "main", json: Json = False, data: Data = None
) -> None:
    """List questions to put to the group about what it drew."""
    programme = programme_named(source, data)
    system_map = programme.system_map(map_id)
    found = run_checks(system_map, programme)
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
    say("", template_share(system_map).note)


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


COMMANDS = (
    outcome,
    importance,
    measure,
    health,
    effort,
)
