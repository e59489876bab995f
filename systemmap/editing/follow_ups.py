"""What follows: an action carried forward, a phase begun again, a point acted on."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from systemmap.editing.actions import due_from, new_action, tie
from systemmap.editing.dated_updates import add_update
from systemmap.errors import InvalidValue
from systemmap.model.meetings import Event, EventPoint
from systemmap.model.plan import Phase, Step
from systemmap.model.response import Action, ActionFactor, ActionLink
from systemmap.model.text import clean, folded, slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.programme import Programme
    from systemmap.model.values import Due

_DAY = len("2026-11-28")
_FEW = 3
_ENOUGH = 0.25
_LONG_ENOUGH = 4
_COMMON = frozenset(
    [
        "with",
        "that",
        "this",
        "from",
        "into",
        "over",
        "under",
        "their",
        "they",
        "have",
        "been",
        "were",
        "will",
        "work",
        "working",
        "develop",
        "development",
        "delivery",
        "deliver",
        "support",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """An action that a point may report on, and the words that both say."""

    action: Action
    words: tuple[str, ...]
    likeness: float


def carry_forward(
    programme: Programme,
    action_id: str,
    *,
    due: str = "",
    workstream_id: str | None = None,
) -> Action:
    """Take an action over into the next cycle; the earlier one says so and ends.

    The new action has its own date and no progress yet; who leads, what it is
    for and the causes it acts on go with it.

    Raises
    ------
    InvalidValue
        It was carried forward already.
    """
    before = programme.find(Action, action_id)
    for later in programme.actions.values():
        if later.carried_from == action_id:
            msg = f"“{before.title}” was carried forward already, as “{later.title}”."
            raise InvalidValue(msg)
    after = [a.position for a in programme.actions.values()]
    made = replace(
        before,
        id=slug(before.title, programme.actions, fallback="action"),
        ref="",
        workstream_id=workstream_id or before.workstream_id,
        position=max(after, default=-1) + 1,
        status="",
        status_note="",
        progress_raw="",
        stage="",
        due=due_from(due),
        start=None,
        end=None,
        in_force=False,
        verified_on=None,
        carried_from=before.id,
        as_typed={},
        rating="",
        rating_reason="",
        rated_on=None,
    )
    programme.add(made)
    programme.replace(replace(before, status="carried_forward"))
    for held in list(programme.all(ActionFactor).values()):
        if held.action_id == before.id:
            programme.add(replace(held, action_id=made.id))
    return made


def begin_next_cycle(programme: Programme, phase_id: str, *, due: str = "") -> Phase:
    """Open a phase again: its next cycle, with its steps and none of its progress.

    Raises
    ------
    InvalidValue
        A later cycle of the phase is there already.
    """
    before = programme.find(Phase, phase_id)
    same = [
        p
        for p in programme.all(Phase).values()
        if (p.workstream_id, p.number) == (before.workstream_id, before.number)
    ]
    if any(p.cycle > before.cycle for p in same):
        msg = f"Cycle {before.cycle + 1} of “{before.name}” has begun already."
        raise InvalidValue(msg)
    made = Phase(
        id=slug(
            f"{before.name} cycle {before.cycle + 1}",
            programme.all(Phase),
            fallback="phase",
        ),
        number=before.number,
        name=before.name,
        goal=before.goal,
        cycle=before.cycle + 1,
        workstream_id=before.workstream_id,
        position=before.position,
        aims=before.aims,
        owners=before.owners,
        owners_raw=before.owners_raw,
        due=due_from(due),
        status="not_started",
        extra={"carried_from": before.id},
    )
    programme.add(made)
    for step in list(programme.all(Step).values()):
        if step.phase_id == before.id:
            key = slug(step.text, programme.all(Step), fallback="step")
            programme.add(
                Step(
                    id=key,
                    phase_id=made.id,
                    text=step.text,
                    position=step.position,
                    source=step.source,
                    owners=step.owners,
                )
            )
    return made


def action_from_point(
    programme: Programme, point_id: str, *, owner: str = "", due: str = ""
) -> Action:
    """Make an action of a recommendation or a next step; the point says it came from it."""
    point = programme.find(EventPoint, point_id)
    made = new_action(
        programme, point.text, owner=owner, due=due, origin="recommendation"
    )
    made = replace(
        made,
        populations=point.populations,
        places=point.places,
        frameworks=point.frameworks,
    )
    programme.replace(made)
    for cause in point.causes:
        if cause in programme.system_map().factors:
            tie(programme, made.id, cause, reason=point.text)
    programme.replace(replace(point, actions=(*point.actions, made.id)))
    return made


def progress_from_point(programme: Programme, point_id: str, action_id: str) -> None:
    """Make a dated update of an action of what a minute says; no day is invented.

    The update has the day of the event where one single day was read.
    """
    point = programme.find(EventPoint, point_id)
    event = programme.find(Event, point.event_id)
    add_update(programme, f"action:{action_id}", point.text, on=single_day(event.on))
    if action_id not in point.actions:
        programme.replace(replace(point, actions=(*point.actions, action_id)))


def single_day(due: Due | None) -> date | None:
    """Return the one day that a date names; None when it is vaguer or not given."""
    if due is None or due.precision != "day" or not due.start:
        return None
    return date.fromisoformat(due.start) if len(due.start) == _DAY else None


def likely_actions(programme: Programme, text: str) -> tuple[Likely, ...]:
    """Return up to three actions that a line of progress may report on, likest first.

    Two texts are alike by the words they share, a rare word counting for more
    than one that many actions say. A person decides.
    """
    words = {a.id: _words(_said(a)) for a in programme.actions.values()}
    often = Counter(word for found in words.values() for word in found)
    line = _words(text)

    def weight(found: Iterable[str]) -> float:
        return sum(1 / math.log2(2 + often.get(word, 0)) for word in found)

    found = []
    for action in programme.actions.values():
        shared = line & words[action.id]
        whole = min(weight(line), weight(words[action.id]))
        likeness = weight(shared) / whole if whole else 0.0
        if len(shared) > 1 and likeness >= _ENOUGH:
            said = tuple(word for word in _in_order(text) if word in shared)
            found.append(Likely(action=action, words=said, likeness=likeness))
    found.sort(key=lambda each: -each.likeness)
    return tuple(found[:_FEW])


def link_actions(
    programme: Programme, action_id: str, kind: str, others: Iterable[str]
) -> None:
    """Say which actions one needs, or is a part of; those no longer named are let go.

    Raises
    ------
    InvalidValue
        An action would be tied to itself.
    """
    wanted = tuple(others)
    if action_id in wanted:
        raise InvalidValue("An action cannot be tied to itself. Choose another.")
    for key, link in list(programme.all(ActionLink).items()):
        gone = link.other_id not in wanted
        if link.action_id == action_id and link.kind == kind and gone:
            programme.remove(ActionLink, key)
    for other in wanted:
        known = programme.all(ActionLink).get(f"{action_id}/{other}")
        made = known or ActionLink(action_id=action_id, other_id=other)
        programme.put(replace(made, kind=kind))


def _said(action: Action) -> str:
    return " ".join((action.title, *action.aims, action.outcomes))


def _in_order(text: str) -> list[str]:
    """Return the telling words of a text: long ones, and short ones of a name ("Say Yes")."""
    parts = "".join(c if c.isalnum() else " " for c in clean(text)).split()
    named = {folded(word) for word in parts[1:] if word[0].isupper() and len(word) > 1}
    words = map(folded, parts)
    return list(dict.fromkeys(w for w in words if _tells(w) or w in named))


def _words(text: str) -> set[str]:
    return set(_in_order(text))


def _tells(word: str) -> bool:
    return len(word) >= _LONG_ENOUGH and word not in _COMMON
