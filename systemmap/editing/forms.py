"""Changed records from what a person typed: the words kept, the rest read from them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.editing.actions import due_from
from systemmap.errors import InvalidValue
from systemmap.model.owners import read_owners
from systemmap.model.text import clean, clean_label

if TYPE_CHECKING:
    from datetime import date

    from systemmap.model.plan import Phase, ProgrammeInfo, Step
    from systemmap.model.response import Action


def revise_action(
    action: Action,
    *,
    title: str,
    owner: str,
    due: str,
    status: str,
    status_note: str,
    outcomes: str,
    action_scale: str = "",
    layer: str = "",
    in_force: bool = False,
    verified_on: date | None = None,
) -> Action:
    """Return an action as the form says; `as_typed` keeps what the plan once said."""
    title = clean_label(title)
    if not title:
        raise InvalidValue("The action needs a title. Say in a few words what is done.")
    same_owner = clean(owner).strip() == action.owners_raw.strip()
    return replace(
        action,
        title=title,
        owners_raw=action.owners_raw if same_owner else clean(owner).strip(),
        owners=action.owners if same_owner else read_owners(owner).names,
        due=due_from(due, action.due),
        status=status,
        status_note=clean(status_note).strip(),
        outcomes=clean(outcomes).strip(),
        action_scale=action_scale,
        layer=layer,
        in_force=in_force,
        verified_on=verified_on,
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
) -> Phase:
    """Return a phase as the form says; a new rating or reason is dated today.

    Raises
    ------
    InvalidValue
        Red or amber without a reason.
    """
    reason = clean(rating_reason).strip()
    judged = (rating, reason) != (phase.rating, phase.rating_reason)
    same_owner = clean(owner).strip() == phase.owners_raw.strip()
    return replace(
        phase,
        owners_raw=phase.owners_raw if same_owner else clean(owner).strip(),
        owners=phase.owners if same_owner else read_owners(owner).names,
        due=due_from(due, phase.due),
        status=status,
        status_note=clean(status_note).strip(),
        rating=rating,
        rating_reason=reason,
        rated_on=(today if rating else None) if judged else phase.rated_on,
    )


def revise_step(step: Step, *, status: str, status_note: str = "") -> Step:
    """Return a step with another status."""
    return replace(step, status=status, status_note=clean(status_note).strip())


def revise_story(
    info: ProgrammeInfo, *, purpose: str, destination: str, values: str, narrative: str
) -> ProgrammeInfo:
    """Return the programme's record with its vision and narrative as typed."""
    return replace(
        info,
        purpose=clean(purpose).strip(),
        destination=clean(destination).strip(),
        values=clean(values).strip(),
        narrative=clean(narrative).strip(),
    )
