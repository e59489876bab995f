"""The phases of the guide and their steps: laid out, and changed as the form says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.bundled.examples import from_template
from systemmap.editing.actions import due_from
from systemmap.editing.rating_given import rated
from systemmap.model.owners import read_owners
from systemmap.model.plan import Phase, Step, Workstream
from systemmap.model.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from systemmap.model.programme import Programme


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


def revise_phase(
    phase: Phase,
    *,
    owner: str,
    due: str,
    status: str,
    status_note: str,
    rating: str,
    rating_reason: str,
    today: date,
    known: Iterable[str] = (),
) -> Phase:
    """Return a phase as the form says; a new rating or reason is dated today.

    `known` are the names that this programme knows to be one.

    Raises
    ------
    InvalidValue
        Red or amber without a reason.
    """
    same_owner = clean(owner).strip() == phase.owners_raw.strip()
    return replace(
        phase,
        owners_raw=phase.owners_raw if same_owner else clean(owner).strip(),
        owners=phase.owners if same_owner else read_owners(owner, known).names,
        due=due_from(due, phase.due),
        status=status,
        status_note=clean(status_note).strip(),
        **rated(phase, rating, rating_reason, today),
    )


def revise_step(step: Step, *, status: str, status_note: str = "") -> Step:
    """Return a step with another status."""
    return replace(step, status=status, status_note=clean(status_note).strip())
