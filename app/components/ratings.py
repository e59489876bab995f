"""A rating or a status in colour, word and sign, never colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import streamlit as st

from app.wording import safe_text
from systemmap.vocab import label

if TYPE_CHECKING:
    from systemmap.model.plan import Phase, Step
    from systemmap.model.response import Action

Colour = Literal["red", "orange", "green", "blue", "gray"]

_RATINGS: dict[str, tuple[Colour, str]] = {
    "red": ("red", "▼ Red"),
    "amber": ("orange", "● Amber"),
    "green": ("green", "▲ Green"),
    "blue": ("blue", "✓ Complete"),
}
_STATUSES: dict[str, tuple[Colour, str]] = {
    "proposed": ("gray", "○"),
    "not_planned": ("gray", "–"),
    "not_started": ("gray", "○"),
    "booked": ("blue", "◔"),
    "ongoing": ("green", "◑"),
    "paused": ("orange", "‖"),
    "complete": ("blue", "✓"),
    "stopped": ("gray", "×"),
    "carried_forward": ("gray", "→"),
}


def rating_badge(rated: Phase | Step) -> None:
    """Show a rating; without one, the status, "Not planned yet" or "No update"."""
    if rated.rating:
        colour, words = _RATINGS[rated.rating]
        st.badge(words, color=colour)
    elif rated.status or not rated.status_note:
        status_badge(rated.status)
    else:
        st.badge("In words", color="gray")  # progress was told, and no status named


def status_badge(status: str) -> None:
    """Show a status; one that nobody stated is "No update", not "Not started"."""
    colour, sign = _STATUSES.get(status, ("gray", "·"))
    st.badge(f"{sign} {safe_text(status_words(status))}", color=colour)


def status_words(status: str) -> str:
    """Return a status in words."""
    return label("statuses", status) if status else "No update"


def action_rating(action: Action) -> str:
    """Return an action's rating with its sign and a stop, or "" when it has none."""
    words = rating_words(action.rating) if action.rating else ""
    return f"{words}. " if words else ""


def rating_words(rating: str) -> str:
    """Return a rating with its sign, in words."""
    known = _RATINGS.get(rating, ("gray", rating))  # a plan's own words
    return known[1] if rating else "Not rated"
