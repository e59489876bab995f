"""People's notes: from what was typed or pasted to the records that keep it for ever."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.language.personal_details import why_held
from systemmap.model.text import clean
from systemmap.model.values import now
from systemmap.model.workshop import Contribution

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from systemmap.model.workshop import Workshop

NOTE_LENGTH = 1_000
"""Characters in one note from a phone: about two paragraphs."""
LIST_LENGTH = 200
"""Notes in one pasted list."""
HELD_UNREAD = "Every note waits until the facilitator has read it."

HIDDEN = "Hidden by the facilitator"
"""How the reason of a note begins that was shown once and then taken off the wall."""

_BULLET = re.compile(r"^\s*(?:[-*•·–—‣◦▪]|\d{1,3}[.)])\s+")


def is_hidden(note: Contribution) -> bool:
    """Say whether a note was shown once and then taken off wall and phones."""
    return note.held and note.held_reason.startswith(HIDDEN)


def lines_from(pasted: str) -> list[str]:
    r"""Split a pasted list into notes: one a line, bullets and numbers taken off.

    Examples
    --------
    >>> lines_from("1. Cheap takeaways\n\n • No safe route to school ")
    ['Cheap takeaways', 'No safe route to school']
    """
    rows = (_BULLET.sub("", row).strip() for row in clean(pasted).split("\n"))
    return [row for row in rows if row]


def notes_from(
    workshop: Workshop,
    texts: Sequence[str],
    *,
    key: str,
    table_id: str | None = None,
    special: bool = False,
    kind: str = "cause",
    sector: str = "",
    source: str = "phone",
    participant: str = "",
    at: datetime | None = None,
) -> list[Contribution]:
    """Make the records of one sending.

    Parameters
    ----------
    workshop : Workshop
        Where it was said. A moderated workshop holds back notes that seem to
        name a person; ``extra["hold"] == "all"`` holds back every note.
    texts : sequence of str
        One text a note. Each is kept as typed, after `clean`.
    key : str
        What the sender called this sending. The ids are made from it and the
        words, so the same sending again makes the same ids and cannot be
        counted twice, and other words under the same key are other notes.

    Raises
    ------
    InvalidValue
        There is no text, too much text, or too many notes. Nothing is lost:
        the caller still has the words.
    """
    kept = [clean(text).strip() for text in texts if text.strip()]
    _check(kept)
    moment = at or now()
    return [
        Contribution(
            id=f"n-{_digest(workshop.id, key, str(number), text)}",
            workshop_id=workshop.id,
            table_id=table_id,
            text=text,
            kind=kind,
            at=moment,
            special=special,
            held=bool(reason := _reason(workshop, text, source)),
            held_reason=reason,
            sector=sector,
            source=source,
            participant=participant,
        )
        for number, text in enumerate(kept)
    ]


def _reason(workshop: Workshop, text: str, source: str) -> str:
    if not workshop.moderated:
        return ""
    if workshop.extra.get("hold") == "all" and source == "phone":
        return HELD_UNREAD
    return why_held(text)


def _check(texts: Sequence[str]) -> None:
    if not texts:
        raise InvalidValue("The note is empty. Write a few words, then send it.")
    if len(texts) > LIST_LENGTH:
        msg = f"That list has {len(texts)} lines. Send at most {LIST_LENGTH} at a time."
        raise InvalidValue(msg)
    for text in texts:
        if len(text) > NOTE_LENGTH:
            msg = f"'{text[:30]}…' has {len(text):,} characters. Shorten it to {NOTE_LENGTH:,}, or send it as several notes."
            raise InvalidValue(msg)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
