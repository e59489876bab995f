"""Set side by side: two maps of a programme, two gap lists."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.map_questions import programme_named
from app.commands.shared import (
    OPERATOR,
    Data,
    Json,
    MapOption,
    as_json,
    opened,
    programme_id,
    say,
)
from app.commands.stored_programmes import Name  # noqa: TC001 - typer reads it at run time
from systemmap.comparing.groups import compare_groups
from systemmap.errors import UnknownItem
from systemmap.gaps import find_gaps
from systemmap.gaps.runs import compare_gap_runs, gap_run_from
from systemmap.model.response import GapRun
from systemmap.model.text import slug
from systemmap.model.values import now


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
    changes = {how: each for how, _, each in found.groups}
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
    for _, title, each in found.groups:
        words = title.lower()
        say(*(f"  {words}: {change.name}: {change.sentence}" for change in each))


COMMANDS = (
    compare_maps,
    gap_runs,
)
