"""Headings that ask whether an action is complete."""

from __future__ import annotations

from systemmap.model.progress import TICKS

_DONE = frozenset(
    (
        "complete",
        "completed",
        "done",
        "achieved",
        "delivered",
        "finished",
        "implemented",
        "closed",
        "actioned",
        "met",
    )
)
# What may stand beside one of them: "Has the action been completed? (Y/N)".
_ASKING = frozenset(
    (
        "action",
        "actions",
        "task",
        "target",
        "is",
        "it",
        "has",
        "been",
        "was",
        "this",
        "the",
        "y",
        "n",
        "yes",
        "no",
        "or",
        "fully",
        "tick",
        "if",
        "when",
        "due",
    )
)
_WHEN = frozenset(("date", "at", "on"))


def asks_whether_done(heading: str) -> bool:
    """Say whether a heading asks if an action is complete, so that "Y" answers it.

    Examples
    --------
    >>> asks_whether_done("Achieved (Y/N)"), asks_whether_done("Date completed")
    (True, False)
    """
    if heading.strip() in TICKS:
        return True
    words = _words(heading)
    return bool(words & _DONE) and words <= _DONE | _ASKING


def says_when_done(heading: str) -> bool:
    """Say whether a heading is of the day on which an action was completed.

    Examples
    --------
    >>> says_when_done("Completed At"), says_when_done("Completion date")
    (True, False)
    """
    words = _words(heading)
    return bool(words & _DONE and words & _WHEN) and words <= _DONE | _ASKING | _WHEN


def is_about_done(heading: str) -> bool:
    """Say whether a heading asks if, or says when, an action was completed."""
    return asks_whether_done(heading) or says_when_done(heading)


def _words(heading: str) -> set[str]:
    letters = "".join(c if c.isalpha() else " " for c in heading.casefold())
    return set(letters.split())
