"""Two names of one thing in opposite directions: an opposite word decides, nothing else."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from systemmap.language.factor_names import MARKERS, names_a_kind, stems_of
from systemmap.language.name_words import NameWord, word_set, words_of_name
from systemmap.language.same_words import are_same_set, carrying, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXTRA = word_set(
    "access quality enough available availability provision have level good high "
    "higher more many increased increasing very too"
)
_LONGEST = 60  # words of a name
_PREFIXES = ("un", "in", "non", "dis", "im", "mis")


def is_opposite_wording(one: str, other: str) -> bool:
    """Say whether two names are one thing named in opposite directions.

    One of them must carry a word that turns it round ("lack of", "no", "poor",
    "diffyg", "brak"), or each one word of a pair such as cheap and expensive, or
    one an opposite prefix; and all other words must be the same. Of a text of more
    than 60 words that is not asked: it is a note, and no name.
    """
    first, second = words_of_name(one), words_of_name(other)
    if max(len(first), len(second)) > _LONGEST:
        return False
    first, second, _ = joined(one, other)
    return (
        _turned_by_word(first, second)
        or _turned_by_pair(first, second)
        or _turned_by_prefix(first, second)
    )


def _turned_by_word(first: Sequence[NameWord], second: Sequence[NameWord]) -> bool:
    lacks = [[w for w in side if _lacks(w)] for side in (first, second)]
    if bool(lacks[0]) == bool(lacks[1]):
        return False
    rests = [
        [w for w in carrying(side) if not _lacks(w) and w.form not in _EXTRA]
        for side in (first, second)
    ]
    return bool(rests[0]) and are_same_set(*rests)


def _turned_by_pair(first: Sequence[NameWord], second: Sequence[NameWord]) -> bool:
    turned = [
        [w for w in carrying(side) if {w.plain, w.form} & _paired()]
        for side in (first, second)
    ]
    if not len(turned[0]) == len(turned[1]) == 1:
        return False
    (one,), (other,) = turned
    if frozenset((one.plain, other.plain)) not in _antonyms():
        return False
    rests = [
        [w for w in carrying(side) if not {w.plain, w.form} & _paired()]
        for side in (first, second)
    ]
    return bool(rests[0]) and are_same_set(*rests)


def _turned_by_prefix(first: Sequence[NameWord], second: Sequence[NameWord]) -> bool:
    for long, short in ((first, second), (second, first)):
        plain = {w.plain for w in short}
        for word in long:
            bare = _without_prefix(word.plain)
            if bare and bare in plain and word.plain not in plain:
                kept = [w for w in carrying(long) if w is not word]
                rest = [w for w in carrying(short) if w.plain != bare]
                named = " ".join(w.written for w in (*kept, *rest))
                return not names_a_kind(stems_of(named)) and are_same_set(kept, rest)
    return False


def _without_prefix(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) > len(prefix) + 3:
            return word[len(prefix) :]
    return ""


def _lacks(word: NameWord) -> bool:
    return not _lacking().isdisjoint((word.plain, word.form))


@cache
def _rows() -> list[tuple[str, str]]:
    text = files("systemmap.language").joinpath("opposite_words.csv")
    rows = csv.DictReader(text.read_text(encoding="utf-8").splitlines())
    return [(row["word"], row["opposite"]) for row in rows]


@cache
def _lacking() -> frozenset[str]:
    return MARKERS | {word for word, opposite in _rows() if not opposite}


@cache
def _antonyms() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(row) for row in _rows() if row[1])


@cache
def _paired() -> frozenset[str]:
    return frozenset(word for pair in _antonyms() for word in pair)
