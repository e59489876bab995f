"""Lines of a chat as it is pasted: who wrote, and when, in front of what was said."""

from __future__ import annotations

_MOST_NAMES = 5  # words of who wrote


def said_in_chat(line: str) -> str | None:
    """Return what a line of a chat says, without who and when; None = it is none of a chat.

    "" = it says who wrote, and when, and nothing else.

    Examples
    --------
    >>> said_in_chat("[03/11/2025, 10:14] Jo: takeaways near schools")
    'takeaways near schools'
    >>> said_in_chat("10:14:22 From Jo to Everyone: cost of food")
    'cost of food'
    >>> said_in_chat("[03/11/2025 10:14] Jo Field"), said_in_chat("[sic] Stress")
    ('', None)
    """
    text = line.strip().lstrip("\u200e")
    if text.startswith("["):
        stamp, closed, rest = text[1:].partition("]")
        if not (closed and _is_time(stamp)):
            return None
    else:
        stamp, sender, rest = text.partition(" From ")
        if not (sender and _is_time(stamp)):
            return None
    who, colon, words = rest.strip().partition(":")
    if not colon:
        return "" if len(who.split()) <= _MOST_NAMES else who
    return words.strip() if len(who.split()) <= _MOST_NAMES else rest.strip()


def _is_time(text: str) -> bool:
    """Say whether a text is a time of day, perhaps after a day."""
    hour, colon, minute = text.rpartition(" ")[2].strip().partition(":")
    if text.strip().lower().endswith(("am", "pm")):
        return any(map(str.isdigit, text)) and ":" in text
    return bool(colon) and hour.isdigit() and minute[:2].isdigit()
