"""Everything that points to a factor made to point to another, within a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.editing.merge_records import joined_text
from systemmap.model.meetings import EventPoint
from systemmap.model.plan import SavedView
from systemmap.model.response import ActionFactor, AssetFactor
from systemmap.model.workshop import (
    Contribution,
    LinkStatement,
    Proposal,
    Vote,
    VoteRound,
    Workshop,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.programme import Programme


def move_ties(draft: Programme, map_id: str, old: str, new: str) -> int:
    """Tie actions and assets to `new` that were tied to `old`; return how many.

    Where both ties exist they become one, with both reasons. Directions that
    differ are left open.
    """
    moved = 0
    for tie in [
        t
        for t in draft.all(ActionFactor).values()
        if (t.map_id, t.factor_id) == (map_id, old)
    ]:
        there = draft.all(ActionFactor).get(f"{tie.action_id}/{map_id}/{new}")
        tie_now = replace(tie, factor_id=new)
        if there:
            tie_now = replace(
                tie_now,
                reason=joined_text(there.reason, tie.reason),
                direction=_one_direction(there.direction, tie.direction),
                extra={**tie.extra, **there.extra},
            )
        draft.put(tie_now)
        draft.remove(ActionFactor, f"{tie.action_id}/{map_id}/{old}")
        moved += 1
    for helps in [
        t
        for t in draft.all(AssetFactor).values()
        if (t.map_id, t.factor_id) == (map_id, old)
    ]:
        known = draft.all(AssetFactor).get(f"{helps.asset_id}/{map_id}/{new}")
        reason = joined_text(known.reason if known else "", helps.reason)
        draft.put(replace(helps, factor_id=new, reason=reason))
        draft.remove(AssetFactor, f"{helps.asset_id}/{map_id}/{old}")
        moved += 1
    return moved


def move_notes(draft: Programme, old: tuple[str, str], new: tuple[str, str]) -> int:
    """Put notes and statements made into one (map, factor) into another; return how many.

    What was written is not touched. A statement whose two ends are now the
    same factor is untied.
    """
    moved = 0
    for note in list(draft.all(Contribution).values()):
        if (note.map_id, note.factor_id) == old:
            draft.replace(replace(note, map_id=new[0], factor_id=new[1]))
            moved += 1
    for said in list(draft.all(LinkStatement).values()):
        ends = (said.source, said.target)
        if said.map_id == old[0] == new[0] and old[1] in ends:
            source, target = (new[1] if end == old[1] else end for end in ends)
            joined = source == target
            draft.replace(
                replace(
                    said,
                    map_id=None if joined else said.map_id,
                    source=None if joined else source,
                    target=None if joined else target,
                )
            )
            moved += 1
    return moved


def move_votes(draft: Programme, old: str, new: str) -> None:
    """Count dots on `old` for `new`, where one voter keeps the larger of the two.

    A person who put a dot on each did not mean two dots for one factor.
    """
    for vote_round in list(draft.all(VoteRound).values()):
        if vote_round.about in ("factors", "links"):
            options = (_choice(option, old, new) for option in vote_round.options)
            draft.replace(replace(vote_round, options=tuple(dict.fromkeys(options))))
            _move_dots(draft, vote_round.id, old, new)


def move_subjects(draft: Programme, map_id: str, old: str, new: str) -> None:
    """Point proposals, open workshops, what was said at events and views to `new`."""
    for point in list(draft.all(EventPoint).values()):
        if map_id == "main" and old in point.causes:
            causes = tuple(_replaced(point.causes, old, new))
            draft.replace(replace(point, causes=causes))
    for proposal in list(draft.all(Proposal).values()):
        draft.replace(replace(proposal, subject=_subject(proposal.subject, old, new)))
    for workshop in list(draft.all(Workshop).values()):
        draft.replace(replace(workshop, focus=_subject(workshop.focus, old, new)))
    for view in list(draft.all(SavedView).values()):
        if view.map_id == map_id and view.kind != "mapping":
            draft.replace(
                replace(view, parameters=_parameters(view.parameters, old, new))
            )


def _one_direction(one: str, other: str) -> str:
    return one or other if not (one and other) or one == other else ""


def _move_dots(draft: Programme, round_id: str, old: str, new: str) -> None:
    votes = [v for v in draft.all(Vote).values() if v.round_id == round_id]
    moving = {v.id: _choice(v.choice, old, new) for v in votes}
    held = Counter((v.voter, v.choice) for v in votes if moving[v.id] == v.choice)
    for vote in votes:
        choice = moving[vote.id]
        if choice == vote.choice:
            continue
        if held[vote.voter, choice]:
            held[vote.voter, choice] -= 1
            draft.remove(Vote, vote.id)
        else:
            draft.replace(replace(vote, choice=choice))


def _choice(text: str, old: str, new: str) -> str:
    """Return what was voted for: a factor's id, or a link as "source -> target"."""
    return " -> ".join(new if part == old else part for part in text.split(" -> "))


def _subject(text: str, old: str, new: str) -> str:
    kind, _, key = text.partition(":")
    if kind == "factor" and key == old:
        return f"factor:{new}"
    if kind == "loop" and old in key.split(","):
        return f"loop:{','.join(_replaced(key.split(','), old, new))}"
    return text


def _replaced(names: Iterable[str], old: str, new: str) -> list[str]:
    return list(dict.fromkeys(new if name == old else name for name in names))


def _parameters(
    parameters: Mapping[str, object], old: str, new: str
) -> Mapping[str, object]:
    return {
        key: item if str(key).startswith("theme") else _swapped(item, old, new)
        for key, item in parameters.items()
    }


def _swapped(value: object, old: str, new: str) -> object:
    """Return a view's parameters with the factor's id replaced, themes left alone."""
    if isinstance(value, Mapping):
        return _parameters(value, old, new)
    if isinstance(value, (list, tuple)):
        swapped = [_swapped(item, old, new) for item in value]
        once = [item for n, item in enumerate(swapped) if item not in swapped[:n]]
        return once if old in value else swapped
    return new if value == old else value
