"""What a gap rule is here: what it reads, what it finds, and the gap it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

from systemmap.coverage.asset_use import assets_by_factor
from systemmap.errors import InvalidValue
from systemmap.language.phrases import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    import networkx as nx

    from systemmap.analysis.loops import LoopList
    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.analysis.settings import AnalysisSettings
    from systemmap.coverage.cover import Coverage, FactorCover, Rung
    from systemmap.model.programme import Programme
    from systemmap.model.response import Asset, GapDecision
    from systemmap.model.system_map import SystemMap


GRID = "Causes in scope that can be changed here, or that nobody has sorted yet"


class GapState(StrEnum):
    """Where people stand on a gap. Open until somebody decides."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    AGREED = "agreed"
    RESOLVED = "resolved"


STATE_WORDS: Mapping[GapState, str] = {
    GapState.OPEN: "open",
    GapState.ACCEPTED: "left on purpose",
    GapState.DISMISSED: "not a gap",
    GapState.AGREED: "agreed, action named",
    GapState.RESOLVED: "resolved",
}


@dataclass(frozen=True, kw_only=True)
class GapContext:
    """What every rule may read. Nothing in it is changed."""

    programme: Programme
    analysis: MapAnalysis
    coverage: Coverage
    today: date

    @property
    def system_map(self) -> SystemMap:
        """The map that is looked at."""
        return self.analysis.system_map

    @property
    def settings(self) -> AnalysisSettings:
        """The judgement values of this run."""
        return self.analysis.settings

    @property
    def map_id(self) -> str:
        """The id of the map that is looked at."""
        return self.system_map.id

    @cached_property
    def in_grid(self) -> tuple[FactorCover, ...]:
        """The factors of the gap grid, alphabetical by name."""
        return self.coverage.in_grid

    @property
    def graph(self) -> nx.DiGraph[str]:
        """The map as a directed graph; undirected links are left out."""
        return self.analysis.graph

    @property
    def loops(self) -> LoopList:
        """The loops up to the length of the settings."""
        return self.analysis.loops

    @cached_property
    def importance(self) -> Mapping[str, str] | None:
        """High, medium or lower by factor id; None without an outcome: unknown, not lower."""
        if self.system_map.outcome is None:
            return None
        classes = self.analysis.importance.classes
        return {key: importance.value for key, importance in classes.items()}

    @cached_property
    def assets_by_factor(self) -> Mapping[str, tuple[Asset, ...]]:
        """The assets tied to each factor of this map, in the order of their names."""
        return assets_by_factor(self.programme, self.map_id)

    @cached_property
    def by_theme(self) -> Mapping[str, tuple[FactorCover, ...]]:
        """The factors of the grid by theme key, themes alphabetical; "" is left out."""
        found: dict[str, list[FactorCover]] = {}
        for cover in self.in_grid:
            if cover.factor.theme:
                found.setdefault(cover.factor.theme, []).append(cover)
        return {theme: tuple(found[theme]) for theme in sorted(found)}

    def labels(self, factor_ids: Iterable[str]) -> list[str]:
        """Return the names of some factors, in the order given."""
        return [self.system_map.factor(factor_id).label for factor_id in factor_ids]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing a rule found: about what, and why in words.

    Attributes
    ----------
    subject : str
        What it is about, for instance ``factor:stress`` or ``theme:schools``.
        With the rule it identifies the gap from run to run.
    name : str
        The subject's name as people know it.
    sentences : tuple[str, ...]
        At least one; each names the real items it rests on.
    here : tuple[str, ...]
        The same under a heading that names the subject; () = as they are.
    factors : tuple[str, ...]
        The ids of the factors concerned; the first decides where it sorts.
    denominator : str
        Out of how many of what.
    next_step : str
        A suggestion that fits this finding better than the rule's own.
    """

    subject: str
    name: str
    sentences: tuple[str, ...]
    here: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    denominator: str = ""
    next_step: str = ""

    def __post_init__(self) -> None:
        if not any(sentence.strip() for sentence in self.sentences):
            msg = (
                f"The finding about '{self.subject}' says nothing. Give it a sentence."
            )
            raise InvalidValue(msg)


def about(
    cover: FactorCover,
    *sentences: str,
    here: tuple[str, ...] = (),
    next_step: str = "",
) -> Found:
    """Return a finding about one factor."""
    return Found(
        subject=f"factor:{cover.factor.id}",
        name=cover.factor.label,
        sentences=sentences,
        here=here,
        factors=(cover.factor.id,),
        next_step=next_step,
    )


class _Told(TypedDict):
    sentences: tuple[str, ...]
    here: tuple[str, ...]


def told(name: str, say: Callable[[Subject], str | tuple[str, ...]]) -> _Told:
    """Return what a rule says of a subject, with its name and under a heading of it.

    Parameters
    ----------
    name : str
        The subject's name.
    say : callable
        From the subject to its sentence or sentences.
    """

    def said(subject: Subject) -> tuple[str, ...]:
        words = say(subject)
        return (words,) if isinstance(words, str) else words

    return {
        "sentences": said(Subject(name)),
        "here": said(Subject(name, in_heading=True)),
    }


def about_factor(
    cover: FactorCover, say: Callable[[Subject], str | tuple[str, ...]]
) -> Found:
    """Return a finding about one factor, from a sentence built for its subject."""
    words = told(cover.factor.label, say)
    return about(cover, *words["sentences"], here=words["here"])


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRule:
    """A rule for "needs attention", with the words that travel with it.

    Attributes
    ----------
    key, code : str
        Its name, and its code G1–G9 if it has one.
    title : str
        A short heading, for instance "No action listed".
    question : str
        What it asks of the map, as a facilitator would say it.
    caution : str
        What a finding does not mean.
    filters : str
        Which items it looks at.
    next_step : str
        What people could do about a finding; a suggestion, never an order.
    find : callable
        From a context to its findings, in a stable order.
    needs_outcome : bool
        Whether it says nothing until the map's outcome is chosen.
    on_ladder : bool
        Whether it is about a factor's rung or thin flags.
    positive : bool
        Whether it is the opposite of a gap, shown in a list of its own.
    """

    key: str
    code: str = ""
    title: str
    question: str
    caution: str
    filters: str
    next_step: str
    find: Callable[[GapContext], Iterable[Found]]
    needs_outcome: bool = False
    on_ladder: bool = False
    positive: bool = False

    def __post_init__(self) -> None:
        for name in ("key", "title", "question", "caution", "filters", "next_step"):
            if not getattr(self, name).strip():
                msg = f"The gap rule '{self.key}' has no {name}. A finding never travels without its words."
                raise InvalidValue(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One instance of a rule, with its reason, its place in the grid and its state.

    `here` are its sentences for a place under a heading that names its subject.
    """

    rule: str
    code: str
    title: str
    subject: str
    name: str
    sentences: tuple[str, ...]
    here: tuple[str, ...] = ()
    next_step: str
    filters: str
    denominator: str
    run_on: date
    settings: Mapping[str, object] = field(repr=False)
    factors: tuple[str, ...] = ()
    importance: str | None = None
    rung: Rung | None = None
    thin_flags: int = 0
    state: GapState = GapState.OPEN
    decision: GapDecision | None = None
    state_sentence: str = ""
    on_ladder: bool = False
    positive: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What identifies the gap from run to run: its rule and its subject."""
        return self.rule, self.subject
