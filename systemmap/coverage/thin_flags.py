"""Thin flags: what makes live work thin, one sentence each, over current actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.language.phrases import listed, quoted
from systemmap.model.deadlines import is_dated, last_day, months_after
from systemmap.model.owners import is_group, named_leads
from systemmap.model.text import folded
from systemmap.model.values import StatusGroup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from systemmap.model.response import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class ThinFlag:
    """One reason why current work on a factor is thin, in words."""

    key: str
    code: str  # the rule it belongs to: G2, G3, G5 or ""
    sentence: str


def thin_flags(
    current: Sequence[Action], *, today: date, horizon_months: int
) -> tuple[ThinFlag, ...]:
    """Find what is thin about the current actions on one factor.

    Parameters
    ----------
    current : sequence of Action
        The actions that count as current, in any order.
    today : date
        The day against which dates are read.
    horizon_months : int
        How soon an end counts as near, in months.

    Returns
    -------
    tuple[ThinFlag, ...]
        In a fixed order; empty when there is no current action. Unknown is
        never read as bad: an action without a level is not "events", one
        without an end date does not "end soon". A finished action that stays
        in force needs no due date.
    """
    if not current:
        return ()
    names = listed(action.title for action in current)
    found = [
        _flag("one_organisation", "", _one_organisation(current)),
        _flag("surface_only", "G3", _surface_only(current, names)),
        _flag("no_owner", "G5", _no_owner(current, names)),
        _flag("no_measure", "G5", _no_measure(current, names)),
        _flag("no_due_date", "G5", _no_due_date(current, names, today)),
        _flag(
            "ends_soon",
            "",
            _ends_soon(current, months_after(today, horizon_months), horizon_months),
        ),
        _flag("planned_only", "G2", _planned_only(current, names)),
        _flag("unverified", "G2", _unverified(current, names)),
    ]
    return tuple(flag for flag in found if flag)


def organisations(actions: Iterable[Action]) -> tuple[str, ...]:
    """Return who owns or shares in some actions, each once, as first typed.

    “Wider partners” are nobody in particular and no organisation.
    """
    return _each_once(
        name
        for action in actions
        for name in (*action.owners, *action.partners)
        if not is_group(name)
    )


def owners_of(actions: Iterable[Action]) -> tuple[str, ...]:
    """Return who owns some actions, each once, as first typed."""
    return _each_once(name for action in actions for name in named_leads(action))


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(folded(name), name)
    first.pop("", None)
    return tuple(first.values())


def _flag(key: str, code: str, sentence: str) -> ThinFlag | None:
    return ThinFlag(key=key, code=code, sentence=sentence) if sentence else None


def _each(current: Sequence[Action], test: Callable[[Action], bool]) -> bool:
    return all(test(action) for action in current)


def _one_organisation(current: Sequence[Action]) -> str:
    named = organisations(current)
    if len(named) != 1:
        return ""
    return f"Only one organisation is named on the current work: {quoted(named[0])}."


def _surface_only(current: Sequence[Action], names: str) -> str:
    levels = {action.action_scale == "events" for action in current}
    if levels == {True}:
        return f"All current work is at the level of events: {names}."
    if _each(current, lambda a: a.action_scale == "events" or a.layer == "individual"):
        return f"All current work is at the level of events or aimed at individuals: {names}."
    return ""


def _no_owner(current: Sequence[Action], names: str) -> str:
    if any(map(named_leads, current)):
        return ""
    return f"No owner is named on any current action: {names}."


def _no_measure(current: Sequence[Action], names: str) -> str:
    if any(action.measures for action in current):
        return ""
    return f"No measure is set on any current action: {names}."


def _no_due_date(current: Sequence[Action], names: str, today: date) -> str:
    working = [action for action in current if action.status != "complete"]
    if len(working) < len(current):  # a policy in force is done: it needs no date
        return ""
    if not any(is_dated(action.due) for action in working):
        return f"No due date is set on any current action: {names}."
    if any(is_dated(a.due) and not _passed(a, today) for a in working):
        return ""
    return f"Every due date on the current work has passed: {names}."


def _passed(action: Action, today: date) -> bool:
    last = last_day(action.due)
    return last is not None and last < today


def _ends_soon(current: Sequence[Action], limit: date, months: int) -> str:
    live = [action for action in current if action.group is StatusGroup.LIVE]
    if not live or not all(action.end and action.end <= limit for action in live):
        return ""
    names = listed(action.title for action in live)
    return f"All live work ends within {months} months or has passed its end date: {names}."


def _planned_only(current: Sequence[Action], names: str) -> str:
    if any(action.group is StatusGroup.LIVE for action in current):
        return ""
    return f"Planned, nothing started: {names}."


def _unverified(current: Sequence[Action], names: str) -> str:
    if any(action.verified_on for action in current):
        return ""
    return f"No current action has been confirmed by its owner: {names}."
