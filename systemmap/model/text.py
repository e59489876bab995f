"""People's words on their way in: cleaned once, then kept to the letter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from systemmap.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

LABEL_LIMIT = 2_000
NOTE_LIMIT = 32_000  # xlsx cuts silently above 32,767 characters
ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")

_ONE_BY_ONE = 50  # numbers after a name that are tried in turn
_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
    r"|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0010fffe\U0010ffff]"
)
# Signs that no one sees: overrides of direction, places where a word may break.
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u00ad\u200b\u2060\ufeff]")


_STACKED = 30  # marks on one letter, as Unicode's own limit for text in a stream
_JOINER = "\u034f"  # invisible, and no mark itself: it ends a stack


def composed(text: str, form: Literal["NFC", "NFKD"] = "NFC") -> str:
    r"""Return text in a Unicode normal form, in time that grows with it alone.

    Sorting the marks stacked on one letter takes the square of their number. No
    language stacks more than a few: a taller stack gets an invisible joiner after
    each 30 marks (Unicode Standard Annex 15, stream-safe text), so that nothing
    is lost.

    Examples
    --------
    >>> composed("e\u0301") == "\u00e9"
    True
    >>> composed("a" + "\u0323" * 31).count("\u034f")
    1
    """
    if len(text) > _STACKED and not text.isascii():
        text = "".join(_unstacked(text))
    return unicodedata.normalize(form, text)


def _unstacked(text: str) -> Iterator[str]:
    height = 0
    for letter in text:
        marks = _marks_in(letter) if letter >= "\u0300" else 0
        height = height + marks if marks else 0
        if height > _STACKED:
            height = marks
            yield _JOINER
        yield letter


@lru_cache(maxsize=4_000)
def _marks_in(letter: str) -> int:
    """Count the marks a sign is, or is made of: two signs are two marks at once."""
    parts = unicodedata.normalize("NFKD", letter)
    return len(parts) if unicodedata.combining(parts[0]) else 0


def clean(text: str, *, limit: int = NOTE_LIMIT) -> str:
    r"""Return a note as it will be kept: NFC, newlines as \\n, no control signs.

    Everything the project calls raw text is the text after this function.

    Examples
    --------
    >>> clean("one\x0btwo\x00")
    'one\ntwo'
    """
    if text.isascii() and text.isprintable():  # most labels: nothing to be done
        return text[:limit]
    text = _NEWLINES.sub("\n", text)
    text = composed(_UNWANTED.sub("", text))
    return text[:limit]


def clean_label(text: str, *, limit: int = LABEL_LIMIT) -> str:
    r"""Return a label as it will be kept: one line, single spaces, nothing unseen.

    Examples
    --------
    >>> clean_label("  Cost of  healthy\nfood ")
    'Cost of healthy food'
    """
    return " ".join(_UNSEEN.sub("", clean(text)).split())[:limit].rstrip()


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return the form in which two labels are compared; it is never stored."""
    text = composed(text).casefold()
    text = re.sub("[\u2010-\u2015\u2212\uff0d]", "-", text)
    text = re.sub("[\u2018\u2019\u02bc]", "'", text)
    return " ".join(re.sub("[\u201c\u201d]", '"', text).split())


def slug(label: str, taken: Container[str] = (), *, fallback: str = "item") -> str:
    """Make a readable id from a label, different from those already taken.

    Examples
    --------
    >>> slug("Cost of healthy food")
    'cost-of-healthy-food'
    >>> slug("Stress!", taken={"stress"})
    'stress-2'
    """
    base = _id_letters(label) or fallback
    if base not in taken:
        return base
    n = 2
    while f"{base}-{n}" in taken and n < _ONE_BY_ONE:
        n += 1
    if f"{base}-{n}" in taken:
        n = _number_after(n, lambda number: f"{base}-{number}" in taken)
    return f"{base}-{n}"


@lru_cache(maxsize=20_000)
def _id_letters(label: str) -> str:
    """Return what of a label may stand in an id; "" = nothing."""
    plain = label
    if not label.isascii():
        plain = composed(label, "NFKD").encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:60].strip("-")


def _number_after(low: int, is_taken: Callable[[int], bool]) -> int:
    """Return a free number whose forerunner is taken, in few steps; `low` is taken."""
    high = low * 2
    while is_taken(high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_taken(middle) else (low, middle)
    return high


def check_id(value: str, noun: str) -> None:
    """Refuse an id that files, addresses and other tools could not carry.

    Raises
    ------
    InvalidValue
        The id holds something other than lower-case letters, digits and
        single hyphens.
    """
    if not ID_PATTERN.match(value):
        msg = (
            f"{noun} id '{value}' is not usable. Use lower-case letters, digits "
            "and single hyphens, for example 'portion-size'."
        )
        raise InvalidValue(msg)
