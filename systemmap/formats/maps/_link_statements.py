"""Statements of one pair joined into one link: counted, and both sides kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.model.text import clean
from systemmap.model.values import Claim, Confidence, Polarity, Strength

if TYPE_CHECKING:
    from systemmap.model.elements import Link

Pair = tuple[str, str]


class LinkStatements:
    """The links of a map in the making, each with everything that states it."""

    def __init__(self) -> None:
        self.links: dict[Pair, Link] = {}
        self._claims: dict[Pair, list[Claim]] = {}
        self._said: dict[Pair, tuple[frozenset[Polarity], int]] = {}
        self._extras: dict[Pair, dict[str, object]] = {}  # of several rows

    def take(self, link: Link, raws: tuple[str, str]) -> tuple[bool, bool]:
        """Take one statement.

        Returns
        -------
        bool, bool
            Whether it is the first to contradict the sign stated before, and
            whether one has an arrowhead and the other none.
        """
        pair = (link.source, link.target)
        claim = Claim(
            polarity=link.polarity,
            reason=link.reason,
            source_raw=clean(raws[0]),
            target_raw=clean(raws[1]),
        )
        claims = self._claims.setdefault(pair, [])
        if claims and replace(claims[-1], count=1) == claim:
            claims[-1] = replace(claim, count=claims[-1].count + 1)
        else:
            claims.append(claim)
        known = self.links.get(pair)
        signs, said = self._said.get(pair, (frozenset(), 0))
        if link.polarity is not Polarity.UNKNOWN:
            signs |= {link.polarity}
        self._said[pair] = signs, said + 1
        if known is None:
            self.links[pair] = link
            return False, False
        self.links[pair] = self._joined(known, link, pair)
        disputed = len(signs) > 1 and known.confidence is not Confidence.DISPUTED
        return disputed, known.directed != link.directed

    def _joined(self, known: Link, link: Link, pair: Pair) -> Link:
        """Return one link for two statements of the same pair."""
        signs, counted = self._said[pair]
        disputed = len(signs) > 1 or Confidence.DISPUTED in (
            known.confidence,
            link.confidence,
        )
        said = known.mentions + max(link.mentions, 1) if known.mentions else counted
        extras = self._extras.setdefault(pair, dict(known.extra))
        for name, value in link.extra.items():
            extras.setdefault(name, value)
        sign = Polarity.UNKNOWN if disputed else next(iter(signs), Polarity.UNKNOWN)
        rated = known.strength is not Strength.UNRATED
        return replace(
            known,
            polarity=sign,
            confidence=Confidence.DISPUTED if disputed else known.confidence,
            strength=known.strength if rated else link.strength,
            delay=link.delay if known.delay is None else known.delay,
            directed=known.directed or link.directed,
            reason=known.reason or link.reason,
            note=known.note or link.note,
            mentions=said,
        )

    def whole(self) -> list[Link]:
        """Return every link with all that its statements say."""
        for pair, extra in self._extras.items():
            self.links[pair] = replace(self.links[pair], extra=extra)
        for pair, claims in self._claims.items():
            if self._said[pair][1] > 1:
                self.links[pair] = replace(self.links[pair], claims=tuple(claims))
        return list(self.links.values())

    @property
    def beside(self) -> int:
        """How many statements repeat another of the same pair."""
        return sum(n - 1 for signs, n in self._said.values() if len(signs) < 2)
