"""The words and marks other tools use for a link's sign, delay and direction.

Unknown stays unknown: only a word of the list below, or a number in a column
that is known to hold signs, becomes + or − (formats.md 3).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.model.values import Polarity, Strength

if TYPE_CHECKING:
    from collections.abc import Iterable

_SAME = {
    "+",
    "＋",
    "positive",
    "pos",
    "positive (+)",
    "+ve",
    "same",
    "s",
    "increases",
    "increase",
    "more",
    "promotes",
    "promote",
    "raises",
    "▲",
    "↑",
    "△",
    "⇧",
}
_OPPOSITE = {
    "-",
    "−",
    "–",
    "—",
    "－",
    "‐",
    "‑",
    "‒",
    "negative",
    "neg",
    "negative (-)",
    "-ve",
    "inverse",
    "opposite",
    "o",
    "decreases",
    "decrease",
    "reduces",
    "reduce",
    "lowers",
    "inhibits",
    "less",
    "▼",
    "↓",
    "▽",
    "⇩",
}
_DOUBTFUL = {"+-", "-+", "±", "+/-", "mixed", "depends"}
_PAIRS = {"++", "--", "+-", "-+"}
_BLANK = {"", "?", "unknown", "none", "sample", "sign not agreed"}
_DASHES = str.maketrans(dict.fromkeys("−–—－‐‑‒", "-") | {"＋": "+"})
SIGN_HEADINGS = {"sign", "polarity", "influence", "effectsign"}
DELAY_MARK = "(delay)"  # in the label of a link, where a tool has no other place
_DELAYED = {
    "true",
    "yes",
    "1",
    "delay",
    "delayed",
    DELAY_MARK,
    "//",
    "||",
    "⌛",
    "⏳",
    "t",
    "y",
}
_PROMPT = {"false", "no", "0", "f", "n", "not delayed"}

_STRENGTHS = {
    "high": Strength.STRONG,
    "moderate": Strength.MEDIUM,
    "low": Strength.WEAK,
}
MEDIUM_FROM, STRONG_FROM = 0.4, 0.8  # between Mental Modeler's L .25, M .62 and H 1


@dataclass(frozen=True, slots=True)
class Sign:
    """What a sign cell said: a polarity, perhaps a strength, perhaps a word."""

    polarity: Polarity = Polarity.UNKNOWN
    strength: Strength = Strength.UNRATED
    doubtful: bool = False  # the file says "both" or "depends"
    no_effect: bool = False  # a plain 0: listed, but no link
    word: str = ""  # what was there, when it was no plain sign


def read_sign(raw: str) -> Sign:
    """Read one sign, word or mark; a number counts as a sign only below zero."""
    word = " ".join(raw.translate(_DASHES).split()).casefold()
    if word in _SAME or word.endswith("(+)"):
        return Sign(Polarity.SAME)
    if word in _OPPOSITE or word.endswith("(-)"):
        return Sign(Polarity.OPPOSITE)
    if word in _DOUBTFUL:
        return Sign(doubtful=True, word=raw.strip())
    if word in ("++", "--"):
        polarity = Polarity.SAME if word == "++" else Polarity.OPPOSITE
        return Sign(polarity, Strength.STRONG)
    if word in _BLANK:
        return Sign()
    number = number_from(word, decimal_comma=True)
    if number is None:
        return Sign(word=raw.strip())
    if number == 0:
        return Sign(no_effect=True, word=raw.strip())
    polarity = Polarity.OPPOSITE if number < 0 else Polarity.UNKNOWN
    return Sign(polarity, strength_from(abs(number)), word=raw.strip())


def read_signs(
    raws: Iterable[str], heading: str = "sign", *, pairs: bool = False
) -> list[Sign]:
    """Read a whole column of signs, which decides what numbers and `--` mean.

    Positive numbers are + only beside a negative one, or under a heading that
    speaks of signs. They say how strong a link is only where they are shares of 1:
    beside a 2, or where all are 1, they do not. Where `+-` occurs, or where `pairs`
    says so, two signs are change to change as Kumu defines them: `++` and `--` move
    the same way ("less leads to less"), `+-` and `-+` the opposite way.
    """
    raws = list(raws)
    signs = [read_sign(raw) for raw in raws]
    two_signs = pairs or bool(two_sign_pairs(raws))
    signed = any(s.polarity is Polarity.OPPOSITE for s in signs)
    plain = "".join(c for c in heading.casefold() if c.isalpha())
    numbers = [abs(n) for raw in raws if (n := number_from(raw, decimal_comma=True))]
    shares = all(n <= 1 for n in numbers) and any(n < 1 for n in numbers)
    for n, sign in enumerate(signs):
        mark = " ".join(raws[n].translate(_DASHES).split())
        if two_signs and mark in _PAIRS:
            same = mark[0] == mark[1]
            signs[n] = Sign(Polarity.SAME if same else Polarity.OPPOSITE, word=mark)
        number = number_from(mark, decimal_comma=True)
        strength = sign.strength if shares else Strength.UNRATED
        if number and number > 0 and (signed or plain in SIGN_HEADINGS):
            signs[n] = replace(sign, polarity=Polarity.SAME, strength=strength)
        elif number:
            signs[n] = replace(sign, strength=strength)
    return signs


def two_sign_pairs(raws: Iterable[str], *, always: bool = False) -> dict[str, int]:
    """Return how often each pair of signs stands in a column of change-to-change pairs.

    Examples
    --------
    >>> two_sign_pairs(["--", "+-", "+", "--"])
    {'+-': 1, '--': 2}
    >>> two_sign_pairs(["--", "+"])  # here it says: strong
    {}
    """
    marks = [" ".join(raw.translate(_DASHES).split()) for raw in raws]
    if not always and not {"+-", "-+"} & set(marks):
        return {}
    pairs = Counter(mark for mark in marks if mark in _PAIRS)
    return dict(sorted(pairs.items()))


def pairs_in_words(raws: Iterable[str], *, always: bool) -> str:
    """Say how the pairs of signs of a column were read; "" = it has none."""
    raws = list(raws)
    if found := two_sign_pairs(raws, always=always):
        listed = ", ".join(f"{pair} ({count})" for pair, count in found.items())
        return f"The signs come in pairs: {listed}. As Kumu defines them, ++ and -- were read as the same direction ('less leads to less'), +- and -+ as opposite."
    if two_sign_pairs(raws, always=True):
        return "'++' and '--' were read as strong signs. If they say how one change follows another, '--' is 'less leads to less', the same direction: set it so."
    return ""


def strength_from(size: float) -> Strength:
    """Return the strength word for a size between 0 and 1."""
    if size < MEDIUM_FROM:
        return Strength.WEAK
    return Strength.MEDIUM if size < STRONG_FROM else Strength.STRONG


def read_strength(raw: str) -> Strength | None:
    """Return the strength a word or a number between 0 and 1 names, or None."""
    word = raw.strip().casefold()
    if word in ("", "not rated"):
        return Strength.UNRATED
    if word in set(Strength):
        return Strength(word)
    if word in _STRENGTHS:
        return _STRENGTHS[word]
    number = number_from(word, decimal_comma=True)
    return strength_from(abs(number)) if number and abs(number) <= 1 else None


def read_delay(raw: str, label: str = "") -> bool | None:
    """Return whether a link is slow, by its cell or its label; None = it is not said."""
    if not raw.strip() and DELAY_MARK in label:
        return True
    word = raw.strip().casefold()
    if word in _DELAYED:
        return True
    return False if word in _PROMPT else None


def number_from(raw: object, *, decimal_comma: bool = False) -> float | None:
    """Return a finite number, or None for anything else."""
    if isinstance(raw, bool) or raw is None:
        return None
    text = str(raw).strip()
    try:
        number = float(text.replace(",", ".") if decimal_comma else text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
