"""People's words on their way in: cleaned once, then kept to the letter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Container

LABEL_LIMIT = 2_000
NOTE_LIMIT = 32_000  # xlsx cuts silently above 32,767 characters
ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")

_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
    r"|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0010fffe\U0010ffff]"
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean(text: str, *, limit: int = NOTE_LIMIT) -> str:
    r"""Return a note as it will be kept: NFC, newlines as \\n, no control signs.

    Everything the project calls raw text is the text after this function.

    Examples
    --------
    >>> clean("one\x0btwo\x00")
    'one\ntwo'
    """
    text = _NEWLINES.sub("\n", text)
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", text))
    return text[:limit]


def clean_label(text: str, *, limit: int = LABEL_LIMIT) -> str:
    r"""Return a label as it will be kept: one line, single spaces, no overrides.

    Examples
    --------
    >>> clean_label("  Cost of  healthy\nfood ")
    'Cost of healthy food'
    """
    return " ".join(_BIDI.sub("", clean(text)).split())[:limit].rstrip()


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return the form in which two labels are compared; it is never stored."""
    text = unicodedata.normalize("NFC", text).casefold()
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
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    base = "-".join(words)[:60].strip("-") or fallback
    name, n = base, 1
    while name in taken:
        n += 1
        name = f"{base}-{n}"
    return name


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
