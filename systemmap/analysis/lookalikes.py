"""Names that may mean the same factor: suggested with a reason, never merged.

Words are lower-cased, stemmed and freed of stop words and words of level
("level of", "rate of", "lack of" …), then compared as sets of tokens. Where
the words of one name are all in the other, the list for imports holds the
score below "probably the same": "Female employment" is not "Employment".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from systemmap.analysis.settings import SETTINGS
from systemmap.language.factor_names import (
    MARKERS,
    bare_stems,
    stem_of,
    stems_of,
    without_prefix,
)
from systemmap.language.name_words import is_known
from systemmap.language.opposite_wording import is_opposite_wording
from systemmap.language.phrases import joined, quoted
from systemmap.language.same_words import (
    Difference,
    compared_text,
    differences_between,
    numbers_of,
)
from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from systemmap.analysis.settings import AnalysisSettings
    from systemmap.model.elements import Factor

__all__ = [
    "LIKENESS_WORDS",
    "MARKERS",
    "Cluster",
    "Likeness",
    "LookAlike",
    "find_lookalikes",
    "is_opposite",
    "likeness_of",
    "likeness_score",
    "lookalikes_of",
    "reason_for",
]

_GUARDED = 84.0


class Likeness(StrEnum):
    """Why two names are put side by side."""

    OPPOSITE = "opposite"
    SAME = "same"  # certain: the same words, written another way
    NEAR = "near"
    LOOK = "look"


LIKENESS_WORDS: Mapping[Likeness, str] = {
    Likeness.OPPOSITE: "opposite wording: rename and flip its links?",
    Likeness.SAME: "same words",
    Likeness.NEAR: "nearly the same words",
    Likeness.LOOK: "worth a look",
}


def reason_for(labels: Iterable[str], likeness: Likeness) -> str:
    """Return why names stand together, in words: what the same words differ in.

    Examples
    --------
    >>> reason_for(["Take aways", "Takeaways"], Likeness.SAME)
    'same words but for spacing'
    >>> reason_for(["Parks", "parks"], Likeness.SAME)
    'same words'
    """
    if likeness is not Likeness.SAME:
        return LIKENESS_WORDS[likeness]
    found: set[Difference] = set()
    for one, other in combinations(dict.fromkeys(labels), 2):
        found |= differences_between(one, other) or set()
    said = joined([str(kind) for kind in Difference if kind in found])
    return f"same words but for {said}" if found else LIKENESS_WORDS[likeness]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlike:
    """One factor that a name resembles. `score` orders a list; it is not shown."""

    factor_id: str
    label: str
    likeness: Likeness
    score: float
    alias: str = ""  # the wording that matched, when it was not the name itself

    @property
    def reason(self) -> str:
        """Why it is suggested, in words."""
        known = f", known as {quoted(self.alias)}" if self.alias else ""
        return f"{LIKENESS_WORDS[self.likeness]}{known}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Factors that resemble each other, every two of them, with the reason."""

    likeness: Likeness
    factor_ids: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Why they stand together, in words."""
        return reason_for(self.labels, self.likeness)


def likeness_score(one: str, other: str, *, guarded: bool) -> float:
    """Return how alike two names are, from 0 to 100.

    `guarded` holds the score at 84 when the words of one name are a strict
    part of the other's; the list for imports is guarded, the short list while
    typing is not.

    Examples
    --------
    >>> likeness_score("Female Employment", "Level of Employment", guarded=False)
    100.0
    >>> likeness_score("Female Employment", "Level of Employment", guarded=True)
    84.0
    """
    first, second = stems_of(one), stems_of(other)
    score = fuzz.token_set_ratio(" ".join(first), " ".join(second))
    return _guard(first, second, score) if guarded else score


def is_opposite(one: str, other: str) -> bool:
    """Say whether two names may be one cause named in opposite directions.

    An opposite word is needed ("lack of", "no", "poor", cheap and expensive,
    "un-", "in-" and the like), and all other words must be the same.

    Examples
    --------
    >>> is_opposite("Lack of time", "Time available")
    True
    >>> is_opposite("Lack of parks", "Parks for dogs")
    False
    """
    return is_opposite_wording(one, other)


def lookalikes_of(
    label: str,
    factors: Iterable[Factor],
    *,
    limit: int = 5,
    settings: AnalysisSettings = SETTINGS,
) -> list[LookAlike]:
    """Return the factors that a name resembles, while it is typed.

    Parameters
    ----------
    label : str
        What was typed so far.
    factors : iterable of Factor
        Where to look; their aliases are searched too.

    Returns
    -------
    list[LookAlike]
        At most `limit`, best first, then alphabetical; empty when nothing
        comes near. The plain score is used: a suggestion costs nothing.
    """
    if not stems_of(label):
        return []
    found = [best for factor in factors if (best := _best(label, factor, settings))]
    return sorted(found, key=lambda x: (-x.score, x.label.casefold(), x.factor_id))[
        :limit
    ]


def find_lookalikes(
    factors: Iterable[Factor],
    settings: AnalysisSettings = SETTINGS,
    *,
    kept_apart: Callable[[str, str], bool] | None = None,
) -> list[Cluster]:
    """Group the factors of a map, or of an import, whose names resemble each other.

    `kept_apart` says of two labels that people decided they are two things.

    Returns
    -------
    list[Cluster]
        Opposite wordings first, then the same words, those nearly the same, and
        those worth a look; alphabetical within. Within a cluster every two are alike. Nothing is
        merged: a person decides on each.
    """
    ordered = sorted(factors, key=lambda f: (f.label.casefold(), f.id))
    labels = [factor.label for factor in ordered]
    pairs = [
        (one, other, likeness)
        for one, other, likeness in _pairs(labels, settings)
        if not (kept_apart and kept_apart(labels[one], labels[other]))
    ]
    return [
        Cluster(
            likeness=likeness,
            factor_ids=tuple(ordered[n].id for n in group),
            labels=tuple(ordered[n].label for n in group),
        )
        for likeness in Likeness
        for group in _grouped([(a, b) for a, b, kind in pairs if kind is likeness])
    ]


def likeness_of(
    one: str, other: str, settings: AnalysisSettings = SETTINGS
) -> Likeness | None:
    """Return how two names are alike for the import list; None = they are not.

    The same words are certain; opposite wording is asked before "nearly the same".
    That one name holds all words of the other is no likeness.
    """
    if folded(one) == folded(other) or differences_between(one, other) is not None:
        return Likeness.SAME
    if is_opposite(one, other):
        return Likeness.OPPOSITE
    if _contains(one, other):
        return None
    score = likeness_score(one, other, guarded=True)
    if score < settings.alike_look:
        return None
    other_way = without_prefix(one, other) or numbers_of(one) != numbers_of(other)
    near = (
        score >= settings.alike_same and not other_way and not _says_other(one, other)
    )
    return Likeness.NEAR if near else Likeness.LOOK


def _says_other(one: str, other: str) -> bool:
    """Say whether each name has words of its own, all of them known: "sweet", "sweat"."""
    first, second = (
        dict(zip(map(stem_of, words), words, strict=True))
        for words in (compared_text(one).split(), compared_text(other).split())
    )
    own = [
        [word for stem, word in a.items() if stem not in b]
        for a, b in ((first, second), (second, first))
    ]
    return all(own) and all(is_known(word) for words in own for word in words)


def _contains(one: str, other: str) -> bool:
    """Say whether all words of one name are in the other, which says more."""
    first, second = set(stems_of(one)), set(stems_of(other))
    return first < second or second < first


def _best(label: str, factor: Factor, settings: AnalysisSettings) -> LookAlike | None:
    names = [factor.label, *(wording.text for wording in factor.wordings)]
    scored = [
        (likeness_score(label, name, guarded=False), -n) for n, name in enumerate(names)
    ]
    score, negative = max(scored)
    name = names[-negative]
    if score <= settings.alike_typing:
        return None
    return LookAlike(
        factor_id=factor.id,
        label=factor.label,
        likeness=likeness_of(label, name, settings) or Likeness.LOOK,
        score=score,
        alias=name if negative else "",
    )


def _pairs(
    labels: Sequence[str], settings: AnalysisSettings
) -> Iterator[tuple[int, int, Likeness]]:
    """Yield every two names that are alike, by their place in the list."""
    texts = [" ".join(stems_of(label)) for label in labels]
    bare = [" ".join(bare_stems(x).get(w, w) for w in stems_of(x)) for x in labels]
    near = _near(texts, settings)
    plain = [compared_text(label) for label in labels]
    for others in (bare, plain):
        if others != texts:
            near |= _near(others, settings)
    near |= _near([text.replace(" ", "") for text in plain], settings, fuzz.ratio)
    _thin_out(near, texts, settings.alike_most)
    for one, other in zip(*(axis.tolist() for axis in near.nonzero()), strict=True):
        likeness = (
            likeness_of(labels[one], labels[other], settings) if one < other else None
        )
        if likeness:
            yield one, other, likeness


def _near(
    texts: Sequence[str],
    settings: AnalysisSettings,
    scorer: Callable[..., float] = fuzz.token_set_ratio,
) -> NDArray[np.bool_]:
    cut = settings.alike_look
    scores = process.cdist(texts, texts, scorer=scorer, score_cutoff=cut)
    near: NDArray[np.bool_] = scores >= cut
    return near


def _thin_out(near: NDArray[np.bool_], texts: Sequence[str], most: int) -> None:
    """Leave names of a series, "Factor 1" to "Factor 900", alike to their doubles only.

    Each is near all others, which tells nobody anything and takes minutes.
    """
    in_series = (near.sum(axis=1) > most).nonzero()[0].tolist()
    same: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        same.setdefault(text, []).append(place)
    doubles = {
        name: [other for other in same[texts[name]] if near[name, other]]
        for name in in_series
    }
    for name in in_series:
        near[name] = near[:, name] = False
    for name, others in doubles.items():
        near[name, others] = near[others, name] = True


def _grouped(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Return groups of which every two are a pair, each pair in at least one group."""
    near: dict[int, set[int]] = {}
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    groups: list[set[int]] = []
    holding: dict[int, list[set[int]]] = {}
    for one, other in pairs:
        if any(other in group for group in holding.get(one, ())):
            continue
        group = next(
            (g for g in holding.get(one, ()) if g <= near[other]),
            next((g for g in holding.get(other, ()) if g <= near[one]), None),
        )
        if group is None:
            groups.append(group := set())
        for new in {one, other} - group:
            group.add(new)
            holding.setdefault(new, []).append(group)
    return sorted(tuple(sorted(group)) for group in groups)


def _guard(first: Sequence[str], second: Sequence[str], score: float) -> float:
    one, other = set(first), set(second)
    return min(score, _GUARDED) if one < other or other < one else score
