"""The words of a factor's name that carry its meaning, and those that turn it round."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import snowballstemmer

from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP_WORDS = _listed(
    "a an and as at be being by for from in into is it its of on or our that the their "
    "this to too very with"
)
LEVEL_WORDS = _listed(
    "level levels rate rates availability available degree amount number high "
    "higher more increased increasing good"
)
MARKERS = _listed(
    "lack lacking no not poor low lower less little limited insufficient inadequate without "
    "absence absent shortage scarce scarcity few fewer reduced reducing declining decline "
    "decreased decreasing loss missing weak bad never worse restricted non"
)
_LIGHT = STOP_WORDS | LEVEL_WORDS | MARKERS
_PREFIXES = ("un", "in", "non", "dis", "im", "mis")
_STEMMER = snowballstemmer.stemmer("english")
_KIND_WORDS = _listed(
    "food snack drink meal option product takeaway outlet choic motoris"
)


@lru_cache(maxsize=20_000)
def _tokens(label: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", folded(label).replace("'", "")))


@lru_cache(maxsize=20_000)
def stems_of(label: str) -> tuple[str, ...]:
    """Return the stems that carry a name's meaning, in order."""
    return tuple(_STEMMER.stemWords(list(_kept(label))))


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """Return the stem of one word."""
    return str(_STEMMER.stemWord(word))


def _bare(token: str) -> str:
    for prefix in _PREFIXES:
        if token.startswith(prefix) and len(token) > len(prefix) + 3:
            return token[len(prefix) :]
    return token


@lru_cache(maxsize=20_000)
def _kept(label: str) -> tuple[str, ...]:
    """Return the words that carry a name's meaning; all of them if none would be left."""
    tokens = _tokens(label)
    return tuple(t for t in tokens if t not in _LIGHT) or tokens


@lru_cache(maxsize=20_000)
def bare_stems(label: str) -> dict[str, str]:
    """Return the stems without an opposite prefix, by the stem with it."""
    bare = [(token, _bare(token)) for token in _kept(label)]
    return {_STEMMER.stemWord(t): _STEMMER.stemWord(b) for t, b in bare if b != t}


def without_prefix(
    one: str, other: str
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return both names with an opposite prefix taken off, if just one side has it."""
    for long, short in ((one, other), (other, one)):
        there = stems_of(short)
        for stem, bare in bare_stems(long).items():
            if bare in there and stem not in there:
                return tuple(bare if w == stem else w for w in stems_of(long)), there
    return None


def names_a_kind(words: Iterable[str]) -> bool:
    """Healthy and unhealthy food are two kinds of thing, not two ends of one."""
    return not _KIND_WORDS.isdisjoint(words)
