"""Who acts on what: each factor's block, its rung on the cover ladder, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from systemmap.analysis.settings import SETTINGS
from systemmap.coverage.rungs import (
    RUNG_WORDS,
    Rung,
    rung_of,
    rung_sentences,
    rung_words,
)
from systemmap.coverage.thin_flags import ThinFlag, thin_flags
from systemmap.data_frames import Column, data_frame
from systemmap.language.phrases import Subject, counted
from systemmap.model.response import ActionFactor
from systemmap.model.values import Influence, StatusGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import pandas as pd

    from systemmap.analysis.settings import AnalysisSettings
    from systemmap.model.elements import Factor
    from systemmap.model.programme import Programme
    from systemmap.model.response import Action

__all__ = [
    "BLOCK_WORDS",
    "GRID_BLOCKS",
    "LEFT_OUT",
    "RUNG_WORDS",
    "Block",
    "Coverage",
    "FactorCover",
    "Rung",
    "Share",
    "block_of",
    "find_coverage",
]


class Block(StrEnum):
    """Where a factor is counted: nobody is lost, each factor is in exactly one."""

    ACTIONABLE = "actionable"
    UNSORTED = "unsorted"
    NATIONAL = "national"
    OUTCOME = "outcome"
    OUT_OF_SCOPE = "out_of_scope"
    NOT_MODIFIABLE = "not_modifiable"


BLOCK_WORDS: Mapping[Block, str] = MappingProxyType(
    {
        Block.ACTIONABLE: "can be changed here (local or shared)",
        Block.UNSORTED: "not sorted yet by who could change them",
        Block.NATIONAL: "for lobbying (national)",
        Block.OUTCOME: "the outcome",
        Block.OUT_OF_SCOPE: "out of scope",
        Block.NOT_MODIFIABLE: "not modifiable",
    }
)
GRID_BLOCKS = (Block.ACTIONABLE, Block.UNSORTED)
LEFT_OUT = (Block.OUTCOME, Block.OUT_OF_SCOPE, Block.NOT_MODIFIABLE)

_BLOCK_OF = {
    Influence.LOCAL: Block.ACTIONABLE,
    Influence.SHARED: Block.ACTIONABLE,
    Influence.NATIONAL: Block.NATIONAL,
    Influence.NOT_MODIFIABLE: Block.NOT_MODIFIABLE,
    Influence.UNKNOWN: Block.UNSORTED,
}


COVERAGE_COLUMNS = (
    Column("factor", "string", "The factor's id."),
    Column("name", "string", "Its name."),
    Column("block", "string", "Where it is counted; each factor is in one block."),
    Column("rung", "Int64", "Its rung on the cover ladder, 0 to 4."),
    Column("cover", "string", "The rung in words."),
    *(
        Column(group.value, "Int64", f"How many tied actions are {group.value}.")
        for group in StatusGroup
    ),
    Column("flags", "object", "What is thin about the current work, as a tuple."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorCover:
    """What is listed against one factor.

    Attributes
    ----------
    actions : Mapping[StatusGroup, tuple[Action, ...]]
        Every tied action by status group, by title.
    current : tuple[Action, ...]
        Those that count as cover under the setting of the run.
    flags : tuple[ThinFlag, ...]
        What is thin about the current work; empty below rung 3.
    words : str
        The rung in words, as shown on screen.
    sentences : tuple[str, ...]
        Why the factor stands there, naming the actions.
    here : tuple[str, ...]
        The same under a heading that names the factor.
    """

    factor: Factor
    block: Block
    rung: Rung
    actions: Mapping[StatusGroup, tuple[Action, ...]] = field(default_factory=dict)
    current: tuple[Action, ...] = ()
    flags: tuple[ThinFlag, ...] = ()
    words: str = ""
    sentences: tuple[str, ...] = ()
    here: tuple[str, ...] = ()

    @property
    def live(self) -> tuple[Action, ...]:
        """The actions that have started and not ended, by title."""
        return self.actions.get(StatusGroup.LIVE, ())

    @property
    def covered(self) -> bool:
        """Whether any current work is listed (rung 3 or 4)."""
        return self.rung >= Rung.LIVE_BUT_THIN

    @property
    def tied(self) -> tuple[Action, ...]:
        """Every tied action, whatever its status."""
        return tuple(action for group in self.actions.values() for action in group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole that always says what the whole is."""

    part: int
    whole: int
    words: str

    def __str__(self) -> str:
        return f"{self.part} of {self.whole} {self.words}"

    @property
    def percent(self) -> float | None:
        """The share in per cent; None when there is nothing to share."""
        return 100 * self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The cover of every factor of one map on one day.

    Attributes
    ----------
    factors : Mapping[str, FactorCover]
        Every factor of the map by id, alphabetical by name.
    untied : tuple[Action, ...]
        Actions tied to no factor of this map; they stay in the register,
        outside all denominators.
    denominators : str
        How the map's factors divide, in one sentence whose numbers add up.
    """

    map_id: str
    today: date
    settings: AnalysisSettings
    factors: Mapping[str, FactorCover]
    untied: tuple[Action, ...]
    denominators: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # worked out once: every gap carries it
        object.__setattr__(self, "denominators", self._divided())

    def block(self, *blocks: Block) -> tuple[FactorCover, ...]:
        """Return the factors of some blocks, alphabetical by name."""
        return tuple(c for c in self.factors.values() if c.block in blocks)

    @property
    def in_grid(self) -> tuple[FactorCover, ...]:
        """The factors of the gap grid: actionable, or not sorted yet."""
        return self.block(*GRID_BLOCKS)

    def frame(self) -> pd.DataFrame:
        """Return one row a factor, alphabetical by name; see `COVERAGE_COLUMNS`.

        A count is a number of listed actions; lists are never complete.
        """
        return data_frame(
            COVERAGE_COLUMNS,
            (
                (
                    cover.factor.id,
                    cover.factor.label,
                    cover.block.value,
                    int(cover.rung),
                    cover.words,
                    *(len(cover.actions.get(group, ())) for group in StatusGroup),
                    tuple(flag.key for flag in cover.flags),
                )
                for cover in self.factors.values()
            ),
        )

    def is_current(self, action: Action) -> bool:
        """Say whether an action counts as cover in this run."""
        return action.group in _current_groups(self.settings)

    @property
    def headline(self) -> Share:
        """How many actionable factors have live, complete work."""
        return self.share(self.block(Block.ACTIONABLE), at_least=Rung.COMPLETE_ON_PAPER)

    def _divided(self) -> str:
        found = Counter(cover.block for cover in self.factors.values())
        parts = [f"{found[b]} {BLOCK_WORDS[b]}" for b in Block if found[b]]
        whole = counted(len(self.factors), "cause")
        return (
            f"{whole} on this map: {'; '.join(parts)}."
            if parts
            else f"{whole} on this map."
        )

    def share(self, covers: Iterable[FactorCover], *, at_least: Rung) -> Share:
        """Return how many of some factors reach a rung."""
        among = list(covers)
        return Share(
            part=sum(cover.rung >= at_least for cover in among),
            whole=len(among),
            words=f"causes: {RUNG_WORDS[at_least]}"
            if at_least is not Rung.LIVE_BUT_THIN
            else "causes: live or planned work listed",
        )


def find_coverage(
    programme: Programme,
    map_id: str = "main",
    *,
    today: date,
    settings: AnalysisSettings = SETTINGS,
) -> Coverage:
    """Set the register of actions against one map.

    Parameters
    ----------
    programme : Programme
        Whose map and actions to read. It is not changed.
    today : date
        The day against which dates are read.
    settings : AnalysisSettings
        What counts as cover, and how soon an end is near.

    Returns
    -------
    Coverage
        Every factor once. A status left blank is unknown and counts as an
        idea; ended work never counts as cover.

    Raises
    ------
    UnknownItem
        The programme has no such map.
    """
    system_map = programme.system_map(map_id)
    tied: dict[str, dict[str, Action]] = defaultdict(dict)
    for tie in programme.all(ActionFactor).values():
        if tie.map_id == map_id:
            tied[tie.factor_id][tie.action_id] = programme.actions[tie.action_id]
    placed = {action_id for actions in tied.values() for action_id in actions}
    ordered = sorted(
        system_map.factors.values(), key=lambda f: (f.label.casefold(), f.id)
    )
    return Coverage(
        map_id=map_id,
        today=today,
        settings=settings,
        factors=MappingProxyType(
            {
                factor.id: _cover(
                    factor,
                    block_of(factor, system_map.outcome),
                    tied[factor.id].values(),
                    today,
                    settings,
                )
                for factor in ordered
            }
        ),
        untied=tuple(
            _by_title(a for a in programme.actions.values() if a.id not in placed)
        ),
    )


def block_of(factor: Factor, outcome: str | None) -> Block:
    """Say where a factor is counted; the first reason to leave it out wins."""
    if factor.id == outcome:
        return Block.OUTCOME
    if not factor.in_scope:
        return Block.OUT_OF_SCOPE
    return _BLOCK_OF[factor.influence]


def _cover(
    factor: Factor,
    block: Block,
    tied: Iterable[Action],
    today: date,
    settings: AnalysisSettings,
) -> FactorCover:
    actions = _grouped(tied)
    current = tuple(a for g in _current_groups(settings) for a in actions.get(g, ()))
    flags = thin_flags(current, today=today, horizon_months=settings.ending_soon_months)
    rung = rung_of(actions, current, flags)
    return FactorCover(
        factor=factor,
        block=block,
        rung=rung,
        actions=MappingProxyType(actions),
        current=current,
        flags=flags,
        words=rung_words(rung, actions, flags),
        sentences=rung_sentences(Subject(factor.label), rung, actions, flags),
        here=rung_sentences(
            Subject(factor.label, in_heading=True), rung, actions, flags
        ),
    )


def _current_groups(settings: AnalysisSettings) -> tuple[StatusGroup, ...]:
    """Return what counts as cover: the one setting, the same everywhere."""
    planned = (StatusGroup.PLANNED,) if settings.planned_is_cover else ()
    return (StatusGroup.LIVE, *planned)


def _by_title(actions: Iterable[Action]) -> list[Action]:
    return sorted(actions, key=lambda action: (action.title.casefold(), action.id))


def _grouped(tied: Iterable[Action]) -> dict[StatusGroup, tuple[Action, ...]]:
    ordered = _by_title(tied)
    groups = {g: tuple(a for a in ordered if a.group is g) for g in StatusGroup}
    return {group: actions for group, actions in groups.items() if actions}
