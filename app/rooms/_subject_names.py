"""What a vote's options and a workshop's focus are called in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.model.elements import Factor, Link
from systemmap.model.plan import LocalTerm
from systemmap.model.workshop import Proposal, Workshop
from systemmap.vocab import label
from systemmap.workshops.hidden_words import hidden_in
from systemmap.workshops.said_links import sentence

if TYPE_CHECKING:
    from app.rooms._venue import Hall


def option_words(hall: Hall, about: str, option: str) -> str:
    """Return the words for one option of a vote on factors, links, themes or proposals."""
    if about == "factors":
        factor = hall.find(Factor, f"main/{option}")
        return factor.label if factor else option
    if about == "links":
        return _link_words(hall, option)
    if about == "themes":
        return _theme(hall, option)
    proposal = hall.find(Proposal, option)
    return _idea(hall, proposal) if proposal else option


def _idea(hall: Hall, proposal: Proposal) -> str:
    """Return an idea's words, unless they were hidden after a vote on it began."""
    workshop = hall.find(Workshop, proposal.workshop_id)
    hidden = workshop is not None and proposal.id in hidden_in(workshop)
    return "An idea the facilitator has hidden" if hidden else proposal.title


def focus_words(hall: Hall, focus: str) -> str:
    """Return the words for what workshop 2 looks at, for instance ``factor:stress``."""
    kind, _, name = focus.partition(":")
    if kind == "theme":
        return _theme(hall, name)
    if kind == "factor":
        return option_words(hall, "factors", name)
    names = [option_words(hall, "factors", part) for part in name.split(",") if part]
    return " → ".join([*names, names[0]]) if names else focus


def _theme(hall: Hall, key: str) -> str:
    own = hall.find(LocalTerm, f"themes/{key}")
    return own.label if own else label("themes", key)


def _link_words(hall: Hall, option: str) -> str:
    source, _, target = option.partition(" -> ")
    link = hall.find(Link, f"main/{source}/{target}")
    if link is None:
        return option
    ends = (option_words(hall, "factors", end) for end in (source, target))
    start, end = ends
    return sentence(start, link.polarity, end)
