"""Putting the example into a store, with a past to compare it with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.bundled.examples import earlier, example, from_template
from systemmap.model.changes import changes_between
from systemmap.model.plan import Phase, Step, Workstream

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.store import Actor, ProgrammeStore

EARLIER = "Review of 14 September 2026"


def add_phases(programme: Programme) -> None:
    """Add the guide's six phases with their steps to a draft that has no phase yet."""
    template = from_template("starter", programme.info.name)
    used = {phase.workstream_id for phase in template.all(Phase).values()}
    streams = programme.all(Workstream)
    programme.add(
        *(
            stream
            for stream in template.all(Workstream).values()
            if stream.id in used and stream.id not in streams
        ),
        *template.all(Phase).values(),
        *template.all(Step).values(),
    )


def start_example(store: ProgrammeStore, actor: Actor) -> str:
    """Store Sampleshire as it was in September, then as it is; return its id.

    A store that has it already is left alone.
    """
    programme = example()
    if programme.id in {summary.id for summary in store.programmes()}:
        return programme.id
    before = earlier(programme)
    store.create(before, actor=actor, label="Open the Sampleshire example")
    store.name_version(
        programme.id, EARLIER, actor=actor, note="Before the mapping workshop."
    )
    store.apply(
        programme.id,
        changes_between(before, programme),
        actor=actor,
        label="Take in the mapping workshop of 3 November 2026",
    )
    return programme.id
