"""Two names in the same words, and what they differ in.

A name is the same words as another when nothing is left of either but spacing,
hyphens, a plural, how numbers are written, accents, a misspelling, "of" turned
round, and words that only say how much of it there is or that it is here.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from systemmap.language.name_words import (
    NameWord,
    form_of,
    is_listed_misspelling,
    is_misspelling,
    word_set,
    words_of_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Difference(StrEnum):
    """What two names in the same words differ in."""

    SPACING = "spacing"
    HYPHENS = "hyphens"
    PLURAL = "a plural"
    NUMBERS = "how numbers are written"
    SPELLING = "spelling"
    ACCENTS = "accents"
    ORDER = "their order"
    AMOUNT = "words for how much and where"


_GRAMMAR = word_set(
    "a an and as at be being in is it its of on the this are we us i my for among who "
    "that y yr o w z"
)
_LIGHT = _GRAMMAR | word_set(
    "our their level rate number amount degree nearby local locally here area za zbyt "
    "nifer lefel liczba poziom"
)
TURNING = word_set("of in for from at to on among about with by")
_ROUND, _HERE = word_set("near round around"), word_set("here us")


@lru_cache(maxsize=50_000)
def differences_between(one: str, other: str) -> frozenset[Difference] | None:
    """Return what two names in the same words differ in; None = other words.

    Examples
    --------
    >>> sorted(differences_between("Take aways", "Number of takeaways nearby"))
    [<Difference.SPACING: 'spacing'>, <Difference.AMOUNT: 'words for how much and where'>]
    >>> differences_between("Food", "Food waste") is None
    True
    """
    first, second, found = joined(one, other)
    a, b = carrying(first), carrying(second)
    if not a or not b:
        return None
    matched = _matched(a, b)
    if matched is None:
        matched = _matched_when_turned(first, second)
        if matched is None:
            return None
        found |= {Difference.ORDER}
    if _amounts(first) != _amounts(second):
        found |= {Difference.AMOUNT}
    return found | matched


def compared_text(label: str) -> str:
    """Return the words that carry a name's meaning, as they are compared.

    Examples
    --------
    >>> compared_text("Number of take-aways nearby")
    'take away'
    """
    return " ".join(word.form for word in carrying(words_of_name(label)))


def numbers_of(label: str) -> frozenset[str]:
    """Return the numbers a name carries."""
    return frozenset(word.form for word in words_of_name(label) if word.is_number)


def carrying(words: Sequence[NameWord]) -> tuple[NameWord, ...]:
    """Return the words that carry the meaning, those that turn it round among them."""
    return tuple(
        word
        for n, word in enumerate(words)
        if not {word.form, word.plain} & _LIGHT
        and not (
            word.form in _ROUND and n + 1 < len(words) and words[n + 1].form in _HERE
        )
    )


def _amounts(words: Sequence[NameWord]) -> set[str]:
    """Return the words that say how much there is, or that it is here."""
    return {w.form for w in words if w.form in _LIGHT and w.form not in _GRAMMAR}


@lru_cache(maxsize=1_000)  # several questions are asked of two names, one after another
def joined(
    one: str, other: str
) -> tuple[tuple[NameWord, ...], tuple[NameWord, ...], frozenset[Difference]]:
    """Return two names' words, those put together that the other name writes as one."""
    words, others = words_of_name(one), words_of_name(other)
    first, why_first = _put_together(words, others)
    second, why_second = _put_together(others, words)
    found = why_first | why_second
    if not found and [w.form for w in first] == [w.form for w in second]:
        hyphens = [w.joined for w in first] != [w.joined for w in second]
        found = frozenset({Difference.HYPHENS}) if hyphens else found
    return first, second, found


def _put_together(
    words: Sequence[NameWord], others: Sequence[NameWord]
) -> tuple[tuple[NameWord, ...], frozenset[Difference]]:
    wanted = {w.form for w in others} - {w.form for w in words}
    if not wanted:
        return tuple(words), frozenset()
    result: list[NameWord] = []
    found: set[Difference] = set()
    n = 0
    while n < len(words):
        for length in (3, 2):
            part = words[n : n + length]
            if len(part) < length:
                continue
            plain = "".join([w.plain for w in part])
            if form_of(plain) in wanted:
                hyphen = any(w.joined for w in part[1:])
                found.add(Difference.HYPHENS if hyphen else Difference.SPACING)
                result.append(
                    NameWord(
                        "".join(w.written for w in part),
                        plain,
                        form_of(plain),
                        part[0].joined,
                    )
                )
                n += length
                break
        else:
            result.append(words[n])
            n += 1
    return tuple(result), frozenset(found)


def _matched(
    one: Sequence[NameWord], other: Sequence[NameWord]
) -> frozenset[Difference] | None:
    """Return what words differ in, one by one; None where two are not the same word."""
    if len(one) != len(other):
        return None
    found: set[Difference] = set()
    for a, b in zip(one, other, strict=True):
        if a.written == b.written:
            continue
        if a.form == b.form:
            found.add(_how(a, b))
        elif is_misspelling(a.plain, b.plain) or is_misspelling(a.form, b.form):
            found.add(Difference.SPELLING)
        else:
            return None
    return frozenset(found)


def _how(a: NameWord, b: NameWord) -> Difference:
    if a.is_number:
        return Difference.NUMBERS
    if a.plain == b.plain:
        return Difference.ACCENTS
    misspelt = is_listed_misspelling(a.plain) or is_listed_misspelling(b.plain)
    return Difference.SPELLING if misspelt else Difference.PLURAL


def _matched_when_turned(
    one: Sequence[NameWord], other: Sequence[NameWord]
) -> frozenset[Difference] | None:
    """Match "prices of bread" with "bread prices": one side has the more "of"s."""
    for long, short in ((one, other), (other, one)):
        if _turnings(long) > _turnings(short):
            plain = carrying(short)
            for turned in _turned(long):
                matched = _matched(turned, plain)
                if matched is not None:
                    return matched
    return None


def _turnings(words: Sequence[NameWord]) -> int:
    return sum(word.form in TURNING for word in words)


def _turned(words: Sequence[NameWord]) -> Iterator[tuple[NameWord, ...]]:
    """Yield a name with what follows an "of" put in front of it, anywhere."""
    for place, word in enumerate(words):
        if word.form in TURNING:
            before, after = carrying(words[:place]), carrying(words[place + 1 :])
            for n in range(len(before)):
                yield before[:n] + after + before[n:]


def are_same_set(one: Sequence[NameWord], other: Sequence[NameWord]) -> bool:
    """Say whether two lists are the same words in whatever order, "to" and "from" aside."""
    a, b = (
        sorted((w for w in side if w.form not in TURNING), key=lambda w: w.form)
        for side in (one, other)
    )
    return _matched(a, b) is not None
