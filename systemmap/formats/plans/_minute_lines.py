"""The marks in front of a minute's lines: a resolution's letter, an item's number."""

from __future__ import annotations

_LONGEST_HEADING = 100
_ROMAN = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"))


def marked(text: str) -> tuple[str, str]:
    """Return the letter or number in front of a point, and what follows: "(ii) That …"."""
    text = text.strip()
    first, _, rest = text.partition(" ")
    bare = first.strip("().")
    known = (
        bare.isdigit() or bare.lower() in _ROMAN or (len(bare) == 1 and bare.isalpha())
    )
    if len(bare) <= 4 and known and first[-1:] in (")", ".") and rest.strip():
        return bare, rest.strip()
    if text.startswith("(") and ")" in text[:6]:  # "(1)That …"
        inner, _, rest = text[1:].partition(")")
        if inner.isalnum() and rest.strip():
            return inner, rest.strip()
    return "", text


def begins_an_item(text: str) -> bool:
    """Say whether a numbered line is the next item of the agenda, not a resolution."""
    number, _, words = text.partition(" ")
    short = bool(words) and len(text) <= _LONGEST_HEADING and text[-1] not in ".;,"
    return (
        short and number.rstrip(".").isdigit() and not words.startswith(("That", "To "))
    )
