"""Groups' maps side by side: disagreements first, then both, only one, only the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.language.phrases import counted, listed, quoted
from systemmap.model.text import folded
from systemmap.model.values import Confidence, Polarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.model.elements import Link
    from systemmap.model.system_map import SystemMap

_KNOWN = (Polarity.SAME, Polarity.OPPOSITE)
_PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAgreement:
    """One link over several groups, by the names of its ends.

    Attributes
    ----------
    groups, of : int
        How many groups drew it, out of how many that have both its factors
        (those that lack one could not draw it).
    disagreed : bool
        Whether two groups gave it opposite directions.
    """

    source: str
    target: str
    groups: int
    of: int
    disagreed: bool

    @property
    def words(self) -> str:
        """How many groups, for a label: "4 of 5 groups"."""
        return f"{self.groups} of {counted(self.of, 'group')}"

    @property
    def sentence(self) -> str:
        """What the groups say about it."""
        arrow = f"{quoted(self.source)} → {quoted(self.target)}"
        if self.disagreed and self.groups == _PAIR:
            return f"Two groups drew {arrow} in opposite directions."
        if self.disagreed:
            return f"The {self.groups} groups that drew {arrow} do not agree on its direction."
        return f"{arrow}: drawn by {self.words} that have both causes."


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What both have, only the first has, only the second has; alphabetical."""

    both: tuple[str, ...]
    only_one: tuple[str, ...]
    only_other: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many either has."""
        return len(self.both) + len(self.only_one) + len(self.only_other)

    def shared(self, noun: str) -> str:
        """Say how much of everything either drew was drawn by both."""
        if not self.total:
            return f"Neither group drew any {noun}s to compare."
        share = 100 * len(self.both) / self.total
        return f"Of {counted(self.total, noun)} either group drew, {len(self.both)} ({share:.0f} %) were drawn by both."


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupComparison:
    """Two groups' maps; links are compared only among factors both have."""

    one: str
    other: str
    disagreements: tuple[LinkAgreement, ...]
    factors: Parts
    links: Parts

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to say, disagreements first. The lists matter more than the shares."""
        return (
            *(d.sentence for d in self.disagreements),
            *_said("Both drew", self.factors.both),
            *_said(f"Only {quoted(self.one)} drew", self.factors.only_one),
            *_said(f"Only {quoted(self.other)} drew", self.factors.only_other),
            self.factors.shared("cause"),
            f"Among the causes both have: {self.links.shared('link')}",
        )


def compare_groups(
    one: SystemMap,
    other: SystemMap,
    matches: Mapping[tuple[str, str], str] | None = None,
) -> GroupComparison:
    """Set two groups' maps side by side.

    Parameters
    ----------
    one, other : SystemMap
        The maps. They are not changed.
    matches : Mapping[tuple[str, str], str] | None
        What people matched: (map id, factor id) to a name both go by. Where
        nothing was matched only the very same name counts.

    Returns
    -------
    GroupComparison
        An unknown direction disagrees with nothing.
    """
    names = [matched_names(each, matches) for each in (one, other)]
    first, second = (
        _links(each, name) for each, name in zip((one, other), names, strict=True)
    )
    shared = set(names[0].values()) & set(names[1].values())
    within = [
        {pair for pair in links if set(pair) <= shared} for links in (first, second)
    ]
    return GroupComparison(
        one=one.version.name,
        other=other.version.name,
        disagreements=tuple(
            a for a in agreement_on_links((one, other), matches) if a.disagreed
        ),
        factors=_parts(names[0].values(), names[1].values()),
        links=_parts(*([f"{s} → {t}" for s, t in pairs] for pairs in within)),
    )


def agreement_on_links(
    maps: Sequence[SystemMap], matches: Mapping[tuple[str, str], str] | None = None
) -> list[LinkAgreement]:
    """Return every link any group drew, with how many groups drew it.

    Disagreements come first, then links more groups drew, then alphabetical.
    """
    names = [matched_names(each, matches) for each in maps]
    links = [_links(each, name) for each, name in zip(maps, names, strict=True)]
    found = []
    for pair in sorted({pair for each in links for pair in each}):
        drawn = [each[pair] for each in links if pair in each]
        found.append(
            LinkAgreement(
                source=pair[0],
                target=pair[1],
                groups=len(drawn),
                of=sum(set(pair) <= set(name.values()) for name in names),
                disagreed=set(_KNOWN) <= {sign for signs in drawn for sign in signs},
            )
        )
    return sorted(found, key=lambda a: (not a.disagreed, -a.groups, a.source, a.target))


def matched_names(
    system_map: SystemMap, matches: Mapping[tuple[str, str], str] | None = None
) -> dict[str, str]:
    """Return the name by which each factor is compared, by its id.

    Names that differ only in case or in kinds of dash and quote are one; the
    first letter is shown as a capital.
    """
    chosen = matches or {}
    return {
        factor.id: _shown(chosen.get((system_map.id, factor.id), factor.label))
        for factor in system_map.factors.values()
    }


def _shown(label: str) -> str:
    text = folded(label)
    return text[:1].upper() + text[1:]


def _links(
    system_map: SystemMap, names: Mapping[str, str]
) -> dict[tuple[str, str], set[Polarity]]:
    """Return the directions a group gave each link, by the names of its ends."""
    found: dict[tuple[str, str], set[Polarity]] = {}
    for link in system_map.links.values():
        pair = names[link.source], names[link.target]
        if link.directed and pair[0] != pair[1]:
            found.setdefault(pair, set()).update(_signs(link))
    return found


def _signs(link: Link) -> set[Polarity]:
    """Return the direction of a link; of a disputed one, what was claimed."""
    if link.confidence is Confidence.DISPUTED:
        return {claim.polarity for claim in link.claims} or set(_KNOWN)
    return {link.polarity}


def _parts(one: Iterable[str], other: Iterable[str]) -> Parts:
    first, second = set(one), set(other)
    return Parts(
        both=tuple(sorted(first & second)),
        only_one=tuple(sorted(first - second)),
        only_other=tuple(sorted(second - first)),
    )


def _said(start: str, names: Sequence[str]) -> tuple[str, ...]:
    return (f"{start} {listed(names, limit=len(names))}.",) if names else ()
