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
    )
)


def asks_whether_done(heading: str) -> bool:
    """Say whether a heading asks if an action is complete, so that "Y" answers it.

    Examples
    --------
    >>> asks_whether_done("Achieved (Y/N)"), asks_whether_done("Date completed")
    (True, False)
    """
    if heading.strip() in TICKS:
        return True
    letters = "".join(c if c.isalpha() else " " for c in heading.casefold())
    words = set(letters.split())
    return bool(words & _DONE) and words <= _DONE | _ASKING
