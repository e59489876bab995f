"""How much a factor matters on this map: three lenses, three classes, in sentences."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from systemmap.analysis.effects import Direction, effects_on
from systemmap.analysis.graph import to_digraph
from systemmap.analysis.loops import find_loops
from systemmap.analysis.settings import SETTINGS
from systemmap.data_frames import Column, data_frame
from systemmap.language.phrases import counted, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    import pandas as pd

    from systemmap.analysis.effects import Effect
    from systemmap.analysis.loops import LoopList
    from systemmap.analysis.settings import AnalysisSettings
    from systemmap.model.system_map import SystemMap


IMPORTANCE_COLUMNS = (
    Column("factor", "string", "The factor's id; the outcome itself is left out."),
    Column("importance", "string", "high, medium or lower: how many lenses it passes."),
    Column("band", "string", "How far from the outcome, in links and in words."),
    Column("effect", "boolean", "Whether it stands out by its effect on the outcome."),
    Column("loops", "boolean", "Whether it stands out by the loops it is part of."),
    Column("links_out", "boolean", "Whether it stands out by the links that leave it."),
    Column(
        "direction_unclear",
        "boolean",
        "Whether raising it helps in some draws and harms in others.",
    ),
    Column("reasons", "object", "The sentences behind the class, as a tuple."),
)


class Importance(StrEnum):
    """The class of a factor: it passes two or three lenses, one, or none."""

    HIGH = "high"
    MEDIUM = "medium"
    LOWER = "lower"


class Lens(StrEnum):
    """What is looked at."""

    EFFECT = "effect"
    LOOPS = "loops"
    LINKS_OUT = "links_out"


class Band(StrEnum):
    """How far a factor lies from the outcome, in links."""

    NEXT_TO = "next to the outcome"
    TWO_STEPS = "2 steps away"
    FURTHER = "3 or more steps away"
    NO_ROUTE = "no route"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one lens says about one factor, and whether it stands out there."""

    lens: Lens
    passed: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorImportance:
    """One factor's class with its reasons.

    `direction_unclear`: pushes on it help in some runs and harm in others.
    """

    factor_id: str
    importance: Importance
    reasons: tuple[Reason, ...]
    band: Band
    direction_unclear: bool

    def passes(self, lens: Lens) -> bool:
        """Say whether the factor stands out under one lens."""
        return any(r.passed for r in self.reasons if r.lens is lens)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The reasons that made the class; for "lower", all of them."""
        passed = tuple(r.sentence for r in self.reasons if r.passed)
        return passed or tuple(reason.sentence for reason in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportanceResult:
    """The importance of every factor but the outcome.

    Attributes
    ----------
    outcome : str | None
        None = none is chosen; then there are no classes and `factors` is empty.
    factors : dict
        By factor id, in alphabetical order.
    counted_length : int
        Up to this many factors all loops were counted.
    rests_on : str
        How many factors and links the classes rest on.
    """

    outcome: str | None
    factors: Mapping[str, FactorImportance]
    counted_length: int
    rests_on: str

    @property
    def classes(self) -> dict[str, Importance]:
        """The class by factor id."""
        return {key: entry.importance for key, entry in self.factors.items()}

    def frame(self) -> pd.DataFrame:
        """Return one row a factor, alphabetical by id; see `IMPORTANCE_COLUMNS`.

        Without an outcome there are no classes, and the frame has no rows.
        """
        return data_frame(
            IMPORTANCE_COLUMNS,
            (
                (
                    entry.factor_id,
                    entry.importance.value,
                    entry.band.value,
                    *(entry.passes(lens) for lens in Lens),
                    entry.direction_unclear,
                    entry.sentences,
                )
                for entry in self.factors.values()
            ),
        )

    @property
    def sentence(self) -> str:
        """What to say first: how many are in each class, or what is missing."""
        if self.outcome is None:
            return "Choose an outcome first: importance says what matters for it."
        classes = list(self.classes.values())
        counts = ", ".join(f"{classes.count(each)} {each}" for each in Importance)
        return f"Importance on this map: {counts}. It rests on {self.rests_on}."


def find_importance(
    system_map: SystemMap, settings: AnalysisSettings = SETTINGS
) -> ImportanceResult:
    """Sort the factors into high, medium and lower importance for the outcome.

    A factor passes a lens when its value is at or above that of the last
    factor of the top quarter, and above zero. High = two or three lenses,
    medium = one.

    Parameters
    ----------
    system_map : SystemMap
        The map. It is not changed.

    Returns
    -------
    ImportanceResult
        Without classes while no outcome is chosen.
    """
    graph, outcome = to_digraph(system_map), system_map.outcome
    return importance_from(
        system_map,
        graph=graph,
        loops=find_loops(system_map, settings.loop_length, settings.loop_cap),
        effects=effects_on(graph, outcome, settings) if outcome is not None else {},
        settings=settings,
    )


def importance_from(
    system_map: SystemMap,
    *,
    graph: nx.DiGraph[str],
    loops: LoopList,
    effects: Mapping[str, Effect],
    settings: AnalysisSettings,
) -> ImportanceResult:
    """Return what `find_importance` does, from what is known of the map already.

    `effects` is not read while no outcome is chosen.
    """
    rests_on = f"{counted(len(graph), 'cause')} and {counted(graph.size(), 'link')}"
    outcome = system_map.outcome
    entries = {}
    if outcome is not None:
        counts = loops.counts()
        values = {
            Lens.EFFECT: {key: abs(effect.median) for key, effect in effects.items()},
            Lens.LOOPS: {key: float(counts.get(key, 0)) for key in effects},
            Lens.LINKS_OUT: {key: float(graph.out_degree(key)) for key in effects},
        }
        cuts = {lens: cut(list(values[lens].values()), settings) for lens in Lens}
        name = quoted(system_map.factor(outcome).label)
        wording = _Wording(values=values, cuts=cuts, outcome=name)
        entries = {key: _entry(effects[key], wording) for key in effects}
    return ImportanceResult(
        outcome=outcome,
        factors=entries,
        counted_length=loops.counted_length,
        rests_on=rests_on,
    )


def cut(values: list[float], settings: AnalysisSettings = SETTINGS) -> float:
    """Return the value from which on a factor stands out; infinity when none does.

    A tie at the cut is taken whole, unless the group would grow beyond the
    tie limit; then it is left out whole.
    """
    above = sorted((value for value in values if value > 0), reverse=True)
    place = int(len(values) * settings.top_share)
    if not place or not above:
        return float("inf")
    at_cut = above[min(place, len(above)) - 1]
    if sum(value >= at_cut for value in above) <= len(values) * settings.tie_limit:
        return at_cut
    return min((value for value in above if value > at_cut), default=float("inf"))


@dataclass(frozen=True, kw_only=True)
class _Wording:
    """What the sentences need to know about all factors together."""

    values: Mapping[Lens, Mapping[str, float]]
    cuts: Mapping[Lens, float]
    outcome: str

    @cached_property
    def _ranked(self) -> Mapping[Lens, list[float]]:
        return {lens: sorted(each.values()) for lens, each in self.values.items()}

    def _at_least(self, lens: Lens, value: float) -> int:
        ranked = self._ranked[lens]
        return len(ranked) - bisect_left(ranked, value)

    def passed(self, lens: Lens, key: str) -> bool:
        return self.values[lens][key] >= self.cuts[lens]

    def group(self, lens: Lens) -> int:
        return self._at_least(lens, self.cuts[lens])

    def as_many(self, lens: Lens, key: str) -> int:
        """Count the other factors with a value at least as high."""
        return self._at_least(lens, self.values[lens][key]) - 1


def _entry(effect: Effect, wording: _Wording) -> FactorImportance:
    key = effect.factor_id
    sentences = {
        Lens.EFFECT: _effect_words(effect, wording),
        Lens.LOOPS: _loop_words(key, wording),
        Lens.LINKS_OUT: _link_words(key, wording),
    }
    reasons = tuple(
        Reason(lens=lens, passed=wording.passed(lens, key), sentence=sentences[lens])
        for lens in Lens
    )
    passes = sum(reason.passed for reason in reasons)
    return FactorImportance(
        factor_id=key,
        importance=_CLASSES[passes],
        reasons=reasons,
        band=_band(effect.steps),
        direction_unclear=effect.direction is Direction.UNCLEAR,
    )


_CLASSES = (Importance.LOWER, Importance.MEDIUM, Importance.HIGH, Importance.HIGH)


def _band(steps: int | None) -> Band:
    if steps is None:
        return Band.NO_ROUTE
    return {1: Band.NEXT_TO, 2: Band.TWO_STEPS}.get(steps, Band.FURTHER)


def _effect_words(effect: Effect, wording: _Wording) -> str:
    if wording.passed(Lens.EFFECT, effect.factor_id):
        group = wording.group(Lens.EFFECT)
        if group == 1:
            return f"Moves {wording.outcome} most of all causes on this map."
        return f"Among the {group} causes that move {wording.outcome} most on this map."
    if effect.direction is Direction.NONE:
        return f"No route to {wording.outcome} on this map."
    return f"Not among the causes that move {wording.outcome} most on this map."


def _loop_words(key: str, wording: _Wording) -> str:
    loops = int(wording.values[Lens.LOOPS][key])
    sentence = f"In {counted(loops, 'short loop')}" if loops else "In no short loop"
    if not wording.passed(Lens.LOOPS, key):
        return f"{sentence}."
    others = wording.as_many(Lens.LOOPS, key)
    if not others:
        return f"{sentence}; no other cause is in as many."
    verb = "is" if others == 1 else "are"
    return f"{sentence}; only {counted(others, 'other cause')} {verb} in as many."


def _link_words(key: str, wording: _Wording) -> str:
    links = int(wording.values[Lens.LINKS_OUT][key])
    if not links:
        return "Affects no other cause directly."
    return f"Affects {counted(links, 'cause')} directly."
