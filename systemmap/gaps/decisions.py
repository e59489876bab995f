"""What people decide about a gap, written into a programme: agreed, left, given to somebody …"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.model.response import GapDecision
from systemmap.model.text import clean, clean_label, slug

if TYPE_CHECKING:
    from datetime import date

    from systemmap.model.programme import Programme

STATES = ("accepted", "dismissed", "agreed", "assigned", "reopened")
_NEEDS_REASON = ("accepted", "dismissed")


def decide(
    programme: Programme,
    gap: tuple[str, str],
    state: str,
    *,
    on: date,
    map_id: str = "main",
    reason: str = "",
    role: str = "",
    review_on: date | None = None,
    action_id: str | None = None,
) -> GapDecision:
    """Add a decision about a gap to a programme; the latest one stands.

    Parameters
    ----------
    programme : Programme
        The draft the decision is added to.
    gap : tuple[str, str]
        The gap's rule and subject.
    state : str
        ``accepted`` (left on purpose), ``dismissed`` (not a gap), ``agreed``
        (an action will be taken, named by `action_id`), ``assigned`` (still
        open, and `role` sees to it) or ``reopened``.
    reason, role : str
        Why, and in which role it was decided; names of people are not asked for.
    review_on : date | None
        When to look again; None = not set.

    Raises
    ------
    InvalidValue
        A gap is to be left, or called no gap, without a reason or a role.
    """
    reason = clean(reason).strip()
    if state not in STATES:
        msg = f"'{state}' is not a decision. Use one of: {', '.join(STATES)}."
        raise InvalidValue(msg)
    if state in _NEEDS_REASON and not reason:
        raise InvalidValue(
            "Say why, in one line: whoever reads this next year will ask."
        )
    if state in _NEEDS_REASON and not clean_label(role):
        raise InvalidValue(
            "Say in which role or group this was decided: names of people are not needed."
        )
    if state == "assigned" and not clean_label(role):
        raise InvalidValue("Say which organisation or role sees to it.")
    rule, subject = gap
    decision = GapDecision(
        id=slug(f"{rule} {subject}", programme.all(GapDecision), fallback="decision"),
        rule=rule,
        subject=subject,
        state=state,
        map_id=map_id,
        reason=reason,
        role=clean_label(role),
        on=on,
        review_on=review_on,
        action_id=action_id,
    )
    programme.add(decision)
    return decision
