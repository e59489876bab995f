"""Ask a map: its loops, and where nobody acts. Prove the store's promises."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.files import programme_of_file
from app.commands.shared import (
    Data,
    Json,
    MapOption,
    as_json,
    opened,
    programme_id,
    say,
)
from app.commands.stored_programmes import BROKEN, Name
from app.wording import count
from systemmap.analysis.loops import LoopKind, find_loops
from systemmap.analysis.loops.sentences import loop_sentence
from systemmap.analysis.loops.touching import actions_on
from systemmap.analysis.map_analysis import MapAnalysis
from systemmap.analysis.template_share import template_share
from systemmap.coverage.building_on import Recommender
from systemmap.errors import UnknownItem
from systemmap.gaps import GapState, find_gaps
from systemmap.model.values import now
from systemmap.overview.summary import summary_of

if TYPE_CHECKING:
    from systemmap.gaps import FactorRow, Gap, GapReport
    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap

_OPEN = (GapState.OPEN, GapState.AGREED)


def loops(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME|FILE", help="A programme, or a file with a map."),
    ],
    *,
    max_length: Annotated[
        int,
        typer.Option("--max-length", min=2, max=12, help="The most causes in a loop."),
    ] = 6,
    map_id: MapOption = "main",
    json: Json = False,
    data: Data = None,
) -> None:
    """List the feedback loops of a map, shortest first."""
    programme = programme_named(name, data)
    system_map = programme.system_map(map_id)
    found = find_loops(system_map, max_length)
    kinds = {kind: sum(loop.kind is kind for loop in found) for kind in LoopKind}
    if json:
        as_json(
            {
                "max_length": found.max_length,
                "total": len(found),
                "reinforcing": kinds[LoopKind.REINFORCING],
                "balancing": kinds[LoopKind.BALANCING],
                "undetermined": kinds[LoopKind.UNDETERMINED],
                "capped": found.capped,
                **described(system_map),
                "loops": [
                    {
                        "factors": list(loop.factors),
                        "kind": loop.kind.value,
                        "sentence": loop_sentence(loop, system_map),
                        "slow_links": loop.delays,
                        "actions": [
                            action.title
                            for action in actions_on(programme, loop, map_id)
                        ],
                    }
                    for loop in found
                ],
            }
        )
        return
    say(
        found.sentence,
        ", ".join(f"{number} {kind.name.lower()}" for kind, number in kinds.items())
        + ".",
    )
    say(*(f"{loop.kind.value}  {loop_sentence(loop, system_map)}" for loop in found))
    say("", template_share(system_map).note)


def described(system_map: SystemMap) -> dict[str, Any]:
    """Return what the map describes, and how much of it came with the template."""
    share = template_share(system_map)
    brought = {"causes": len(share.factors), "links": len(share.links)}
    return {"from_template": brought, "note": share.note}


def gaps(
    name: Name, *, map_id: MapOption = "main", json: Json = False, data: Data = None
) -> None:
    """Say where nobody acts, why it matters, and what could be built on."""
    programme = programme_named(name, data)
    moment = now()
    analysis = MapAnalysis(programme.system_map(map_id))
    today = moment.astimezone().date()
    report = find_gaps(programme, map_id, today=today, analysis=analysis)
    recommender = Recommender(programme, report.coverage, analysis)
    rows = [row for row in (*report.rows, *report.national) if _open(row)]
    if json:
        as_json(
            {
                "programme": programme.info.name,
                "run_at": moment.isoformat(),
                "denominator": report.coverage.denominators,
                **described(analysis.system_map),
                "gaps": [_gap(row, recommender) for row in rows],
                "others": [_finding(gap) for gap in _others(report)],
                "left_on_purpose": [_finding(gap) for gap in _accepted(report)],
            }
        )
        return
    _say_gaps(programme, report, rows, recommender)


def faults(
    name: Annotated[
        str,
        typer.Argument(
            metavar="X",
            help="Which fault; 'list' names them, 'all' tries every promise.",
        ),
    ],
    *,
    runs: Annotated[
        int, typer.Option("--runs", min=1, help="How many faults to make.")
    ] = 100,
    json: Json = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="With 'all': a trial of each, in minutes.")
    ] = False,
    only: Annotated[
        str, typer.Option("--only", help="With 'all': keys such as R7,S2.")
    ] = "",
    page: Annotated[
        Path | None,
        typer.Option("--page", help="With 'all': the page to write figures into."),
    ] = None,
) -> None:
    """Make faults on purpose and count what was lost. Exit code 1: a promise was broken."""
    from systemmap.faults import FAULT_TESTS

    if name == "all":
        from app.commands.every_promise import try_all, write_page

        found = try_all(quick=quick, only=filter(None, only.split(",")))
        if page is not None:
            write_page(page, found, quick=quick)
        if any(one.kept is False for one in found):
            raise typer.Exit(BROKEN)
        return

    if name == "list":
        for key, one in FAULT_TESTS.items():
            say(f"{key}: {one.promise}")
        return
    if name not in FAULT_TESTS:
        raise UnknownItem.named("fault test", name, FAULT_TESTS)
    result = FAULT_TESTS[name].run(runs)
    if json:
        as_json(asdict(result))
    else:
        say(
            result.promise,
            f"{count(result.runs, 'fault')}, {result.acknowledged:,} acknowledged, "
            f"{result.lost} lost, {result.wrong} wrong, in {result.seconds:.1f} s.",
            *(
                f"{name}: {value:,.{0 if value == int(value) else 2}f}"
                for name, value in result.figures.items()
            ),
        )
    if result.lost or result.wrong:
        raise typer.Exit(BROKEN)


def programme_named(name: str, data: str | None) -> Programme:
    """Return a programme by its name, or what a file of that name holds."""
    path = Path(name)
    if path.suffix and path.is_file():
        return programme_of_file(path)
    with opened(data) as store:
        return store.load(programme_id(store, name))


def _open(row: FactorRow) -> list[Any]:
    return [gap for gap in row.gaps if gap.state in _OPEN and not gap.positive]


def _others(report: GapReport) -> list[Gap]:
    """Return what is open about themes, loops, groups, actions and assets."""
    return [
        gap
        for gap in report.gaps
        if not gap.subject.startswith("factor:")
        and gap.state in _OPEN
        and not gap.positive
    ]


def _accepted(report: GapReport) -> list[Gap]:
    return [gap for gap in report.gaps if gap.state is GapState.ACCEPTED]


def _finding(gap: Gap) -> dict[str, Any]:
    return {
        "rule": gap.rule,
        "code": gap.code,
        "subject": gap.subject,
        "name": gap.name,
        "reasons": list(gap.sentences),
        "denominator": gap.denominator,
        "next_step": gap.next_step,
    }


def _gap(row: FactorRow, recommender: Recommender) -> dict[str, Any]:
    found = _open(row)
    return {
        "factor": row.factor_id,
        "importance": row.importance,
        "rung": int(row.cover.rung),
        "reasons": [sentence for gap in found for sentence in gap.sentences],
        "suggestions": _suggestions(row, recommender),
        "name": row.name,
        "rung_words": row.cover.words,
        "rules": [gap.rule for gap in found],
        "states": [gap.state.value for gap in found],
    }


def _suggestions(row: FactorRow, recommender: Recommender) -> list[str]:
    found = recommender.suggest(row.factor_id)
    return [item.sentence for item in found.items] or [found.sentence]


def _say_gaps(
    programme: Programme,
    report: GapReport,
    rows: list[FactorRow],
    recommender: Recommender,
) -> None:
    say(
        summary_of(programme, report).sentence,
        report.size,
        *report.not_run,
    )
    for row in rows:
        say(
            "",
            f"{row.name} ({row.importance or 'importance not set'}; {row.cover.words})",
        )
        say(*(f"  - {sentence}" for gap in _open(row) for sentence in gap.sentences))
        say(*(f"  + {sentence}" for sentence in _suggestions(row, recommender)))
    _say_findings("Beside single causes", _others(report))
    _say_findings("Left on purpose", _accepted(report))
    say("", report.note)


def _say_findings(heading: str, found: list[Gap]) -> None:
    if found:
        say("", f"{heading}:")
        say(*(f"  - {each}" for gap in found for each in gap.sentences))
