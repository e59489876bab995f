"""What a plan's progress cell says: a status, a note, and words kept apart from both."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A progress cell as read.

    Attributes
    ----------
    status : str
        A key of the vocabulary ``statuses``. "" = the cell is blank (no
        update) or its words could not be read (flag ``not_read``): neither is
        "not started".
    note : str
        What follows the leading word, to the letter.
    rating : str
        A red, amber, green or blue the cell begins with; never a status.
    flags : tuple[str, ...]
        ``overdue`` and ``delayed`` (a remark, not a status), ``guessed`` (no
        mark divides the leading word from the note), ``not_read``.
    """

    status: str = ""
    note: str = ""
    rating: str = ""
    flags: tuple[str, ...] = ()


# Longer phrases first: "not started" must be met before "started".
_STATUSES = (
    ("not planned yet", "not_planned"),
    ("not yet planned", "not_planned"),
    ("not planned", "not_planned"),
    ("to be incorporated", "not_planned"),
    ("not yet started", "not_started"),
    ("not started", "not_started"),
    ("yet to start", "not_started"),
    ("not begun", "not_started"),
    ("carried forward", "carried_forward"),
    ("carried over", "carried_forward"),
    ("in progress", "ongoing"),
    ("on track", "ongoing"),
    ("on target", "ongoing"),
    ("working on it", "ongoing"),
    ("underway", "ongoing"),
    ("under way", "ongoing"),
    ("ongoing", "ongoing"),
    ("on-going", "ongoing"),
    ("started", "ongoing"),
    ("booked", "booked"),
    ("scheduled", "booked"),
    ("not completed", "ongoing"),
    ("not complete", "ongoing"),
    ("incomplete", "ongoing"),
    ("completed", "complete"),
    ("complete", "complete"),
    ("done", "complete"),
    ("closed", "complete"),
    ("paused", "paused"),
    ("on hold", "paused"),
    ("stopped", "stopped"),
    ("withdrawn", "stopped"),
    ("proposed", "proposed"),
)
# Begun or not, done or given up: to be confirmed.
_DOUBTFUL = ("not completed", "not complete", "incomplete", "closed")
# As the whole cell: "Open a club" is no status.
_ALONE = {
    **dict.fromkeys(("open", "live", "active", "doing"), "ongoing"),
    **dict.fromkeys(("to do", "todo", "to-do", "backlog"), "not_started"),
    **dict.fromkeys(("achieved", "delivered", "finished", "implemented"), "complete"),
    **dict.fromkeys(("cancelled", "ceased", "abandoned"), "stopped"),
    **dict.fromkeys(("stuck", "stalled", "blocked"), "paused"),
    **dict.fromkeys(("partially complete", "partly complete"), "ongoing"),
    **dict.fromkeys(("nearly complete", "almost complete"), "ongoing"),
}
_LEADING = re.compile(
    "(" + "|".join(phrase.replace(" ", r"\s+") for phrase, _ in _STATUSES) + r")\b",
    re.IGNORECASE,
)
_RATING = re.compile(
    r"(?:(?:b?rag|rating)\s*+(?::\s*+)?)?(red|amber|green|blue)\b", re.IGNORECASE
)
_LETTERS = {
    "r": "red",
    "a": "amber",
    "g": "green",
    "b": "blue",
    "grn": "green",
    "amb": "amber",
    "yellow": "amber",  # the middle light in Smartsheet, and of many workbooks
}
TICKS = ("\u2713", "\u2714", "\u2611", "\u2705", "[x]", "[X]")
_YES = frozenset(("y", "yes", "true"))
_NO = frozenset(("n", "no", "false"))
_CROSSES = ("\u2717", "\u2718", "\u2715", "\u274c", "\u2610", "\u2b1c", "[ ]", "[]")
NOT_COMPLETE = "Not complete"
_LIGHTS = {
    **dict.fromkeys(("\U0001f534", "\U0001f7e5"), "red"),
    **dict.fromkeys(("\U0001f7e0", "\U0001f7e1", "\U0001f7e7", "\U0001f7e8"), "amber"),
    **dict.fromkeys(("\U0001f7e2", "\U0001f7e9"), "green"),
    **dict.fromkeys(("\U0001f535", "\U0001f7e6"), "blue"),
}
_UNSEEN = dict.fromkeys(map(ord, "\ufe0e\ufe0f"))  # only how a sign is drawn
_WHOLE = 100
_SHARES = (" complete", " completed", " done")
_DIVIDER = re.compile("\\s*[-\u2010-\u2015\u2212:.,;]+\\s*|\\s*\n\\s*|\\s*(?=\\()")
_FLAGS = (
    ("overdue", re.compile(r"\boverdue\b", re.IGNORECASE)),
    ("delayed", re.compile(r"\bdelay(?:s|ed)?\b", re.IGNORECASE)),
)
# "Complete review of services" is an order, not a report.
_ORDERS = re.compile(
    r"\s+(?:a|an|all|and|any|by|of|our|review|the|this|to)\b", re.IGNORECASE
)


def read_progress(raw: str) -> Progress:
    """Read a progress cell by its leading word.

    Examples
    --------
    >>> read_progress("Ongoing - board session booked for end of Jan 23.")
    Progress(status='ongoing', note='board session booked for end of Jan 23.',
             rating='', flags=())
    >>> read_progress("")
    Progress(status='', note='', rating='', flags=())
    """
    text = raw.strip().translate(_UNSEEN)
    if not text:
        return Progress()
    if text in TICKS:
        return Progress(status="complete", flags=("guessed",))
    flags = tuple(name for name, pattern in _FLAGS if pattern.search(text))
    letter = _LETTERS.get(text.casefold(), "")
    rating, rest = (letter, "") if letter else _rating(text)
    if share := _share(rest):
        return Progress(
            status=share, note=rest, rating=rating, flags=(*flags, "guessed")
        )
    if alone := _ALONE.get(rest.casefold()):
        return Progress(status=alone, rating=rating, flags=(*flags, "guessed"))
    words = rest[1:].lstrip() if rest[:1] in TICKS else rest
    status, note, guessed = _status(words)
    note = note if status else rest
    if guessed:
        flags += ("guessed",)
    if not status and rest and not set(flags) & {"overdue", "delayed"}:
        flags += ("not_read",)
    return Progress(status=status, note=note, rating=rating, flags=flags)


def read_answer(raw: str) -> Progress | None:
    """Read an answer to "Is it complete?"; None = it is no yes, no, tick or cross.

    "No" says that it is not complete, and nothing of whether it was begun: that
    is no status.

    Examples
    --------
    >>> read_answer("Yes \u2013 May 2026").status, read_answer("N")
    ('complete', Progress(status='', note='Not complete', rating='', flags=()))
    >>> read_answer("Ongoing")
    """
    text = raw.strip().translate(_UNSEEN)
    if text in TICKS:
        return Progress(status="complete")
    if text in _CROSSES:
        return Progress(note=NOT_COMPLETE)
    word = next((n for n, c in enumerate(text) if not c.isalpha()), len(text))
    first, rest = text[:word].casefold(), text[word:]
    divider = _DIVIDER.match(rest)
    if first not in _YES | _NO or (rest and divider is None):
        return None
    note = rest[divider.end() :] if divider else ""
    if first in _YES:
        return Progress(status="complete", note=note)
    return Progress(note=" \u2013 ".join(filter(None, (NOT_COMPLETE, note))))


def _share(text: str) -> str:
    """Return the status that a share done comes to, such as "40% complete"; "" = it is none."""
    number, sign, rest = text.partition("%")
    number = number.strip()
    if not sign or not (number.isascii() and number.isdigit()) or len(number) > 3:
        return ""
    if rest.casefold().rstrip(" .") not in ("", *_SHARES):
        return ""
    share = int(number)
    words = {0: "not_started", _WHOLE: "complete"}
    return words.get(share, "ongoing" if share < _WHOLE else "")


def read_rating(raw: str) -> str:
    """Return the rating a cell gives, as a key; "" = it gives none.

    Examples
    --------
    >>> read_rating("A"), read_rating("RAG: Green"), read_rating("Amber \u2013 late"), read_rating("High")
    ('amber', 'green', 'amber', '')
    """
    text = raw.strip().translate(_UNSEEN)
    return _LETTERS.get(text.casefold()) or _rating(text)[0]


def read_rating_reason(raw: str) -> str:
    """Return why a cell's rating is as it is, in its own words; "" = it does not say.

    A status alone is no reason.

    Examples
    --------
    >>> read_rating_reason("Amber \u2013 two schools are late"), read_rating_reason("Green: on track")
    ('two schools are late', '')
    """
    why = _rating(raw.strip().translate(_UNSEEN))
    status, note, _ = _status(why[1])
    return why[1] if why[0] and (note or not status) else ""


def _rating(text: str) -> tuple[str, str]:
    if light := _LIGHTS.get(text[:1]):
        rest = text[1:].lstrip()
        said, words = _rating(rest)
        return (light, rest) if said not in ("", light) else (light, words)
    match = _RATING.match(text)
    if match is None:
        return "", text
    rest = text[match.end() :]
    divider = _DIVIDER.match(rest)
    if rest and divider is None:  # "Green spaces audit" is no rating
        return "", text
    return match[1].lower(), rest[divider.end() :] if divider else ""


def _status(text: str) -> tuple[str, str, bool]:
    match = _LEADING.match(text)
    if match is None:
        return "", text, False
    found = " ".join(match[1].lower().split())
    status, rest = dict(_STATUSES)[found], text[match.end() :]
    if divider := _DIVIDER.match(rest):
        return status, rest[divider.end() :], found == "closed"
    if not rest:
        return status, "", found in _DOUBTFUL
    if not rest[0].isspace() or (found == "complete" and _ORDERS.match(rest)):
        return "", text, False
    return status, rest.strip(), True
