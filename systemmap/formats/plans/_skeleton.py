"""The template's untouched phases, which a place's own plan takes over.

The starter template lays out the six phases with the guide's words. A plan
that is brought in has the same six with its own words; without this the
programme would have twelve. Once somebody has recorded anything in a phase it
is theirs, and an import treats it like any other record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.model.plan import Phase, Workstream

if TYPE_CHECKING:
    from systemmap.model.kinds import Record
    from systemmap.model.programme import Programme

_RECORDED = (
    "aims",
    "owners",
    "owners_raw",
    "due",
    "status_note",
    "progress_raw",
    "outcomes",
    "rating",
    "evidence",
    "as_typed",
)


def untouched(programme: Programme, record: Record) -> bool:
    """Say whether a phase, or a workstream of phases, is still as laid out.

    A status of "" or "not planned yet" is how phases are laid out.
    """
    if isinstance(record, Phase):
        laid_out = record.status in ("", "not_planned")
        return laid_out and not any(getattr(record, name) for name in _RECORDED)
    if not isinstance(record, Workstream) or record.kind != "phases":
        return False
    within = [
        phase
        for phase in programme.all(Phase).values()
        if phase.workstream_id == record.id
    ]
    return bool(
        within
        and not record.headings
        and all(untouched(programme, phase) for phase in within)
    )


def taken_over(programme: Programme, incoming: Record) -> Record | None:
    """Return the untouched record whose place an incoming one takes; None if not one."""
    found = [
        record
        for record in programme.all(type(incoming)).values()
        if _same_place(record, incoming) and untouched(programme, record)
    ]
    return found[0] if len(found) == 1 else None


def _same_place(one: Record, other: Record) -> bool:
    if isinstance(one, Phase) and isinstance(other, Phase):
        return (one.workstream_id, one.number, one.cycle) == (
            other.workstream_id,
            other.number,
            other.cycle,
        )
    return isinstance(other, Workstream) and other.kind == "phases"
