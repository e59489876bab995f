"""Putting the example into a store, with a past to compare it with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.examples import earlier, example
from systemmap.model.changes import changes_between

if TYPE_CHECKING:
    from systemmap.store import Actor, ProgrammeStore

EARLIER = "Review of 14 September 2026"


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
