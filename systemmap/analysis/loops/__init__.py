"""Feedback loops: reinforcing, balancing or undetermined."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING

from systemmap.analysis.graph import signs_of
from systemmap.analysis.loops.loop_search import shortest_cycle_through, shortest_cycles
from systemmap.analysis.settings import SETTINGS
from systemmap.data_frames import Column, data_frame
from systemmap.model.values import Influence, Strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from systemmap.analysis.loops.loop_search import Cycle
    from systemmap.model.system_map import SystemMap

LOOP_COLUMNS = (
    Column("loop", "string", "The loop's factors by id, with commas: its key."),
    Column("kind", "string", "R reinforcing, B balancing, ? a sign is not agreed."),
    Column("length", "Int64", "How many factors it has."),
    Column("delays", "Int64", "How many of its links are marked slow."),
    Column("unsettled", "Int64", "How many of its links have no agreed sign."),
    Column("factors", "object", "The ids as a tuple, in the order of the links."),
)


class LoopKind(StrEnum):
    """What a loop does to a push. Reinforcing is not bad, balancing is not good."""

    REINFORCING = "R"
    BALANCING = "B"
    UNDETERMINED = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A closed chain of links in which no factor comes twice.

    Attributes
    ----------
    factors : tuple[str, ...]
        Ids in the order of the links, starting with the alphabetically first.
    kind : LoopKind
        By the product of the signs; one unknown or disputed sign makes it
        undetermined.
    delays : int
        How many of the links are marked slow.
    unsettled : tuple[tuple[str, str], ...]
        The links whose direction is not agreed: what to settle.
    """

    factors: tuple[str, ...]
    kind: LoopKind
    delays: int = 0
    unsettled: tuple[tuple[str, str], ...] = ()

    def __len__(self) -> int:
        return len(self.factors)

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """(source, target) of each link; the last one returns to the start."""
        return _pairs(self.factors)

    @property
    def key(self) -> str:
        """The loop's factors with commas, by which notes and proposals point to it."""
        return ",".join(self.factors)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopList:
    """The loops found, and how complete the list is.

    Attributes
    ----------
    loops : tuple[Loop, ...]
        Fewer factors first, then more links rated strong, more themes crossed,
        with a factor somebody here can influence, alphabetical.
    capped : bool
        Whether there are more loops than listed; the shortest are kept.
    counted_length : int
        The largest length up to which all loops are listed.
    """

    loops: tuple[Loop, ...]
    capped: bool
    counted_length: int
    max_length: int = SETTINGS.loop_length

    def __iter__(self) -> Iterator[Loop]:
        return iter(self.loops)

    def __len__(self) -> int:
        return len(self.loops)

    @property
    def sentence(self) -> str:
        """How many loops there are, in words that stay true when the list was cut."""
        if self.capped:
            return (
                f"Showing the {len(self):,} shortest loops of up to "
                f"{self.max_length} causes. There are more."
            )
        noun = "loop" if len(self) == 1 else "loops"
        return f"{len(self):,} {noun} of up to {self.max_length} causes."

    def counts(self) -> dict[str, int]:
        """Return in how many loops each factor is, up to the length counted completely.

        A factor in no such loop is left out; it may still be in a longer one.
        """
        return dict(
            Counter(
                factor
                for loop in self.loops
                if len(loop) <= self.counted_length
                for factor in loop.factors
            )
        )

    def frame(self) -> pd.DataFrame:
        """Return one row a loop, in the order of the list; see `LOOP_COLUMNS`."""
        return data_frame(
            LOOP_COLUMNS,
            (
                (
                    loop.key,
                    loop.kind.value,
                    len(loop),
                    loop.delays,
                    len(loop.unsettled),
                    loop.factors,
                )
                for loop in self.loops
            ),
        )

    def up_to(self, max_length: int) -> LoopList:
        """Return the list as a search up to a smaller length would have found it."""
        counted_length = min(max_length, self.counted_length)
        return LoopList(
            loops=tuple(loop for loop in self.loops if len(loop) <= max_length),
            capped=counted_length < max_length,
            counted_length=counted_length,
            max_length=max_length,
        )

    def through(self, factor_id: str) -> tuple[Loop, ...]:
        """Return the listed loops that pass through one factor."""
        return tuple(loop for loop in self.loops if factor_id in loop.factors)


def find_loops(
    system_map: SystemMap,
    max_length: int = SETTINGS.loop_length,
    cap: int = SETTINGS.loop_cap,
) -> LoopList:
    r"""Find the feedback loops of up to `max_length` factors.

    Parameters
    ----------
    system_map : SystemMap
        The map to search. It is not changed.
    max_length : int
        The most factors a loop may have. All loops are never offered: a map of
        108 factors has more of them than can be listed.
    cap : int
        How many loops to keep; the shortest are kept and `capped` says so.

    Returns
    -------
    LoopList
        Undirected links are left out; links of unknown direction are followed
        and make the loop undetermined.

    Examples
    --------
    >>> from systemmap.testing import map_from
    >>> found = find_loops(map_from("stress -> snacking +\n snacking -> stress -"))
    >>> [(loop.factors, str(loop.kind)) for loop in found]
    [(('snacking', 'stress'), 'B')]
    """
    signed = _Signed(system_map)
    cycles, counted_length = shortest_cycles(signed.signs, max_length, cap)
    loops = signed.loops(cycles)
    return LoopList(
        loops=tuple(_in_order(loops, system_map)),
        capped=counted_length < max_length,
        counted_length=counted_length,
        max_length=max_length,
    )


def shortest_loops(system_map: SystemMap) -> dict[str, Loop]:
    """Return the shortest loop through each factor that is in any loop.

    There is no length limit. Ties are broken alphabetically, so a factor may
    be in another loop just as short.
    """
    signed = _Signed(system_map)
    found = (
        (name, shortest_cycle_through(signed.signs, name))
        for name in sorted(system_map.factors)
    )
    through = {name: cycle for name, cycle in found if cycle}
    loops = signed.loops(map(signed.with_sign, through.values()))
    return dict(zip(through, loops, strict=True))


def loop_from(system_map: SystemMap, factors: Sequence[str]) -> Loop:
    """Return the loop through these factors in this order, for instance from its key.

    Raises
    ------
    UnknownItem
        A factor or a link between two of them is gone.
    """
    for source, target in _pairs(factors):
        system_map.link(source, target)
    signed = _Signed(system_map)
    return signed.loops([signed.with_sign(tuple(factors))])[0]


class _Signed:
    """A map's links as a loop needs them: where they lead, their signs, which are slow."""

    def __init__(self, system_map: SystemMap) -> None:
        self.signs: dict[str, dict[str, int]] = {n: {} for n in system_map.factors}
        for (source, target), sign in signs_of(system_map).items():
            self.signs[source][target] = sign
        self.slow = {
            pair for pair, link in system_map.links.items() if link.delay is True
        }

    def with_sign(self, nodes: tuple[str, ...]) -> Cycle:
        """Return nodes that are known to be a cycle, with the product of their signs."""
        return nodes, prod(self.signs[a][b] for a, b in _pairs(nodes))

    def loops(self, cycles: Iterable[Cycle]) -> list[Loop]:
        """Return the loops along some cycles; there may be thousands."""
        is_slow = self.slow.__contains__
        loops = []
        for cycle, sign in cycles:
            first = cycle.index(min(cycle))
            factors = cycle[first:] + cycle[:first]
            loops.append(
                Loop(
                    factors=factors,
                    kind=_KINDS[sign],
                    delays=sum(map(is_slow, _pairs(factors))) if self.slow else 0,
                    unsettled=() if sign else self._unsettled(factors),
                )
            )
        return loops

    def _unsettled(self, factors: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return tuple((a, b) for a, b in _pairs(factors) if not self.signs[a][b])


_KINDS = {
    1: LoopKind.REINFORCING,
    -1: LoopKind.BALANCING,
    0: LoopKind.UNDETERMINED,
}
_WITHIN_REACH = (Influence.LOCAL, Influence.SHARED)


def _pairs(factors: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(pairwise((*factors, factors[0])))


def _in_order(loops: list[Loop], system_map: SystemMap) -> list[Loop]:
    factors = system_map.factors
    strong = {
        pair for pair, x in system_map.links.items() if x.strength is Strength.STRONG
    }
    ours = {key for key, x in factors.items() if x.influence in _WITHIN_REACH}
    theme_of = {key: x.theme for key, x in factors.items()}.__getitem__

    def rank(loop: Loop) -> tuple[int, int, int, bool, tuple[str, ...]]:
        chain = loop.factors
        return (
            len(chain),
            -len(strong.intersection(loop.links)) if strong else 0,
            -len({*map(theme_of, chain)}),
            ours.isdisjoint(chain),
            chain,
        )

    return sorted(loops, key=rank)
