"""The words of a name, each brought to one form: number, plural, spelling, accents.

Only what hardly ever changes a meaning is evened out. Two words that both stand
in `known_words.txt` are never taken for one word misspelt.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from systemmap.model.text import composed, folded

_WORD = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+|[^\W\d_]+")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS = {word: str(n) for n, word in enumerate(_ONES)} | {
    word: str(10 * n) for n, word in enumerate(_TENS, start=2)
}
_ORDINALS = dict(
    zip(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
        ],
        ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th"],
        strict=True,
    )
)
_PLURALS = {
    "children": "child", "men": "man", "women": "woman", "people": "person",
    "lives": "life", "wives": "wife", "knives": "knife", "leaves": "leaf",
    "halves": "half", "loaves": "loaf", "teeth": "tooth", "feet": "foot",
    "buses": "bus", "gases": "gas", "crises": "crisis", "shoes": "shoe",
    "plant": "plentyn", "ysgolion": "ysgol",
}  # fmt: skip
_NO_PLURAL = frozenset(
    [
        "news",
        "goods",
        "means",
        "customs",
        "economics",
        "politics",
        "physics",
        "always",
        "perhaps",
        "series",
        "species",
        "diabetes",
        "gas",
        "bus",
        "sports",
        "arms",
        "glasses",
        "crisps",
    ]
)
_BARRED = str.maketrans("łøđ", "lod")  # which no normal form takes apart
_WELSH = ("iau", "au", "oedd", "ydd")
_POLISH = {"y": "a", "i": "a", "e": "a"}
_POLISH_WORDS = frozenset(
    [
        "w",
        "z",
        "ze",
        "na",
        "do",
        "dla",
        "przy",
        "od",
        "po",
        "za",
        "brak",
        "ceny",
        "cena",
        "i",
        "oraz",
        "sklep",
        "sklepy",
        "jest",
        "nie",
    ]
)
_SHORT, _LONG, _VERY_LONG = 5, 7, 9  # letters


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written on a few lines."""
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class NameWord:
    """One word of a name, as it was written and in the form it is compared in."""

    written: str
    plain: str  # without accents, numbers as digits
    form: str  # spelt the usual way, in the singular
    joined: str = ""  # what stood before it: "" nothing or a space, "-" a hyphen

    @property
    def is_number(self) -> bool:
        """Whether it counts or orders something."""
        return self.form[:1].isdigit()


@lru_cache(maxsize=20_000)
def words_of_name(label: str) -> tuple[NameWord, ...]:
    """Return the words of a name, in order, numbers put together."""
    text = _GROUPED.sub("", folded(label).replace("'", ""))
    polish = not text.isascii() and any(sign in text for sign in "ąćęłńśźż")
    found: list[NameWord] = []
    end = 0
    for match in _WORD.finditer(text):
        hyphen = "-" if found and text[end : match.start()] == "-" else ""
        end = match.end()
        if match[0] == "s" and found and found[-1].is_number and not hyphen:
            continue  # "under 5s"
        found.append(_word(match[0], hyphen))
    if polish or not _POLISH_WORDS.isdisjoint(word.plain for word in found):
        found = [_polish(word) for word in found]
    return tuple(_counted(found))


def is_misspelling(one: str, other: str) -> bool:
    """Say whether one of two words is the other, typed wrong.

    Examples
    --------
    >>> is_misspelling("vegatables", "vegetables"), is_misspelling("county", "country")
    (True, False)
    """
    if one[:1] != other[:1] or one[-1:] != other[-1:]:
        return False  # an ending says more than a slip of the finger does
    if one[:1].isdigit() or min(len(one), len(other)) < _SHORT:
        return False
    known = [is_known(word) for word in (one, other)]
    if all(known):
        return False
    bases = [word.removesuffix("ing") for word in (one, other)]
    if all(b != w for b, w in zip(bases, (one, other), strict=True)) and (
        min(map(len, bases)) < _SHORT
    ):
        return False
    apart = OSA.distance(one, other, score_cutoff=3)
    shortest = min(len(one), len(other))
    if not any(known):
        return apart <= 1 and shortest >= _LONG
    return apart <= (2 if shortest >= _VERY_LONG else 1)


def is_known(word: str) -> bool:
    """Say whether a word stands in the list of words that are spelt as they should be."""
    listed = _known()
    return word in listed or _singular(word) in listed or f"{word}s" in listed


def is_listed_misspelling(word: str) -> bool:
    """Say whether a word stands in the list of common misspellings, or its singular."""
    return word in _misspellings() or _singular(word) in _misspellings()


def form_of(plain: str) -> str:
    """Return a word as it is compared: usual spelling, singular."""
    meant = _misspellings().get(plain, plain)
    single = _singular(meant)
    return _misspellings().get(single, single)


def _word(written: str, hyphen: str) -> NameWord:
    plain = _NUMBERS.get(written) or _ORDINALS.get(written) or _unaccented(written)
    form = plain if plain[:1].isdigit() else form_of(plain)
    return NameWord(written, plain, _NUMBERS.get(form, form), hyphen)


def _unaccented(word: str) -> str:
    if word.isascii():
        return word
    parts = composed(word.translate(_BARRED), "NFKD")
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _counted(words: list[NameWord]) -> list[NameWord]:
    """Put "twenty four" together into 24."""
    found: list[NameWord] = []
    for word in words:
        before = found[-1] if found else None
        if (
            before
            and before.written in _TENS
            and word.written in _ONES[1:10]
            and before.is_number
        ):
            sum_ = str(int(before.form) + int(word.form))
            found[-1] = NameWord(
                f"{before.written} {word.written}", sum_, sum_, before.joined
            )
        else:
            found.append(word)
    return found


def _polish(word: NameWord) -> NameWord:
    if word.is_number or len(word.plain) < _SHORT - 1:
        return word
    stem, last = word.plain[:-1], word.plain[-1]
    form = stem if last in (*_POLISH, "a") else word.plain
    return NameWord(word.written, word.plain, form, word.joined)


@cache
def _singular_of(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if word in _NO_PLURAL or len(word) < _SHORT - 1:
        return word
    for ending in _WELSH:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORT - 2:
            return word[: -len(ending)]
    return _without_s(word)


def _singular(word: str) -> str:
    return _singular_of(word) if len(word) < 40 else word


def _without_s(word: str) -> str:
    if word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return f"{word[:-2]}y" if word.endswith("ie") and len(word) > _SHORT else word
    if word.endswith("ies") and len(word) > _SHORT - 1:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


@cache
def _known() -> frozenset[str]:
    text = files("systemmap.language").joinpath("known_words.txt")
    return frozenset(text.read_text(encoding="utf-8").split())


@cache
def _misspellings() -> dict[str, str]:
    text = files("systemmap.language").joinpath("misspellings.csv")
    rows = csv.DictReader(text.read_text(encoding="utf-8").splitlines())
    return {row["written"]: row["meant"] for row in rows}
