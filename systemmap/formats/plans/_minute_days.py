"""When a minute's meeting was, by when its steps are due, and who only spoke."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.model.due import read_due

if TYPE_CHECKING:
    from systemmap.model.values import Due

_LONGEST_SENTENCE, _LONGEST_LINE, _LONGEST_DUE = 200, 60, 40
_WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
_HELD = (" held on ", " meeting on ", " meeting of ", " meeting: ")
_DATED = (
    "meeting",
    "date",
    "date of meeting",
    "meeting date",
    "held on",
    "meeting held on",
)
_SPOKE = (" presented ", " introduced ", " gave the following", " reported that ")


def day_of(text: str) -> Due | None:
    """Return the day of the meeting from the line that says it; None = it says none.

    A line that says nothing else, or one on when the meeting was held. A day and a
    time are as typed, without the weekday.

    Examples
    --------
    >>> day_of("Minutes of the meeting held on Tuesday 3 March 2026 at 2.00 p.m.").start
    '2026-03-03'
    >>> day_of("The next meeting is in the spring.")
    """
    before, colon, after = text.partition(":")
    label = " ".join(before.lower().split())
    said = ""
    if not colon or label in _DATED:
        said = after if colon and label in _DATED else text
    for words in _HELD:
        place = f" {text.lower()}".find(words)
        if place >= 0 and len(text) <= _LONGEST_SENTENCE:
            said = text[place + len(words) - 1 :]
            break
    else:
        if len(text) > _LONGEST_LINE:
            return None
    first, _, rest = said.strip().partition(" ")
    said = rest if first.strip(",").lower() in _WEEKDAYS else said
    due = read_due(said.partition(" at ")[0].strip(" ,."))
    return due if due and due.precision == "day" and due.start else None


def due_in(words: str) -> Due | None:
    """Return by when something is to be done, where its words end by saying so."""
    said = words.rpartition(" by ")[2].rstrip(". ") if " by " in words else ""
    due = read_due(said) if len(said) <= _LONGEST_DUE else None
    return due if due and due.start else None


def is_on_who_spoke(text: str) -> bool:
    """Say whether a line only leads to what somebody said, and names who did."""
    ends = text.rstrip().endswith((":", ":-", ":\u2013"))
    return ends and any(words in f"{text.casefold()} " for words in _SPOKE)
