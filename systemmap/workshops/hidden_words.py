"""Sentences and ideas that the facilitator took off wall and phones, or put together.

They stay as they were sent; the workshop remembers which are not shown, and why.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.model.text import clean_label
from systemmap.model.workshop import LinkStatement, Proposal, Workshop

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.model.programme import Programme

HIDDEN_WORDS = "hidden_words"
"""What a workshop's `extra` holds: ids of sentences and ideas that are hidden, with why."""
JOINED_IDEAS = "joined_ideas"
"""What it holds of ideas that say the same: each one's id with the id of the one that stands."""


def hidden_in(workshop: Workshop) -> Mapping[str, str]:
    """Return the ids of what is hidden, each with the reason that was given."""
    return _noted(workshop, HIDDEN_WORDS)


def joined_in(workshop: Workshop) -> Mapping[str, str]:
    """Return ideas that were put together with another: id to the id that stands."""
    return _noted(workshop, JOINED_IDEAS)


def sentences_said(programme: Programme, workshop_id: str) -> list[LinkStatement]:
    """Return a workshop's sentences about links that are shown, in the order they came."""
    workshop = programme.all(Workshop).get(workshop_id)
    hidden = hidden_in(workshop) if workshop else {}
    return [
        said
        for said in programme.all(LinkStatement).values()
        if said.workshop_id == workshop_id and said.id not in hidden
    ]


def ideas_shown(programme: Programme, workshop_id: str) -> list[Proposal]:
    """Return a workshop's ideas that are shown, each once, in the order they came."""
    workshop = programme.all(Workshop).get(workshop_id)
    away = {**hidden_in(workshop), **joined_in(workshop)} if workshop else {}
    return [
        idea
        for idea in programme.all(Proposal).values()
        if idea.workshop_id == workshop_id and idea.id not in away
    ]


def hidden_words(
    programme: Programme, workshop_id: str
) -> list[LinkStatement | Proposal]:
    """Return the sentences and ideas that are hidden."""
    hidden = hidden_in(programme.find(Workshop, workshop_id))
    said = [s for s in programme.all(LinkStatement).values() if s.id in hidden]
    ideas = [p for p in programme.all(Proposal).values() if p.id in hidden]
    return [*said, *ideas]


def hide_words(
    draft: Programme, workshop_id: str, ids: Iterable[str], reason: str = ""
) -> int:
    """Take sentences or ideas off wall and phones, in a draft; return how many."""
    workshop = draft.find(Workshop, workshop_id)
    known = {said.id for said in sentences_said(draft, workshop_id)}
    known |= {idea.id for idea in ideas_shown(draft, workshop_id)}
    fresh = dict.fromkeys((key for key in ids if key in known), clean_label(reason))
    _note(draft, workshop, HIDDEN_WORDS, {**hidden_in(workshop), **fresh})
    return len(fresh)


def show_words(draft: Programme, workshop_id: str, ids: Iterable[str]) -> int:
    """Show hidden sentences or ideas again, in a draft; return how many."""
    workshop = draft.find(Workshop, workshop_id)
    before = hidden_in(workshop)
    wanted = set(ids)
    stay = {key: why for key, why in before.items() if key not in wanted}
    _note(draft, workshop, HIDDEN_WORDS, stay)
    return len(before) - len(stay)


def note_joined(
    draft: Programme, workshop_id: str, ids: Iterable[str], keep: str
) -> None:
    """Remember in a draft that ideas are one with another, which stands for them."""
    workshop = draft.find(Workshop, workshop_id)
    gone = set(ids)
    before = {
        key: keep if to in gone else to for key, to in joined_in(workshop).items()
    }
    _note(draft, workshop, JOINED_IDEAS, {**before, **dict.fromkeys(gone, keep)})


def _noted(workshop: Workshop, name: str) -> dict[str, str]:
    said = workshop.extra.get(name)
    return {str(k): str(v) for k, v in said.items()} if isinstance(said, dict) else {}


def _note(
    draft: Programme, workshop: Workshop, name: str, ids: Mapping[str, str]
) -> None:
    extra = {key: value for key, value in workshop.extra.items() if key != name}
    draft.replace(
        replace(workshop, extra={**extra, **({name: dict(ids)} if ids else {})})
    )
