"""GapReport: the importance x cover grid, the sorted gaps, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.coverage.cover import LEFT_OUT, RUNG_WORDS, Block, Rung
from systemmap.data_frames import Column, data_frame
from systemmap.gaps.gap import Gap, GapState
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from systemmap.analysis.template_share import TemplateShare
    from systemmap.coverage.cover import Coverage, FactorCover

IMPORTANCE = ("high", "medium", "lower")
NOT_SET = "not set"
NEEDS_OUTCOME = (
    "Importance is not set: choose the map's outcome first, "
    "the cause the group cares about most."
)


GAP_COLUMNS = (
    Column("rule", "string", "The key of the rule that found it."),
    Column("subject", "string", "What it is about: factor:stress, theme:schools …"),
    Column("name", "string", "The subject's name as people know it."),
    Column("title", "string", "The finding in a few words."),
    Column("state", "string", "open, agreed, accepted, dismissed or resolved."),
    Column(
        "importance",
        "string",
        "high, medium or lower; missing = no outcome is chosen, or no factor.",
    ),
    Column(
        "rung",
        "Int64",
        "The first factor's rung on the cover ladder, 0 to 4; missing = no factor.",
    ),
    Column("thin_flags", "Int64", "How many things are thin about the work listed."),
    Column("factors", "object", "The ids of the factors concerned, as a tuple."),
    Column("sentences", "object", "The finding in sentences, as a tuple."),
    Column("denominator", "string", "Out of how many of what."),
    Column("next_step", "string", "What people could do; a suggestion."),
    Column("positive", "boolean", "True = the opposite of a gap: much live work."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow:
    """One factor of the grid with everything found about it."""

    cover: FactorCover
    importance: str | None
    gaps: tuple[Gap, ...]

    @property
    def factor_id(self) -> str:
        """The factor's id."""
        return self.cover.factor.id

    @property
    def name(self) -> str:
        """The factor's name."""
        return self.cover.factor.label

    @property
    def left_on_purpose(self) -> bool:
        """Whether people decided to leave every gap of its cover as it is."""
        mine = [gap for gap in self.gaps if gap.on_ladder]
        return bool(mine) and all(gap.state is GapState.ACCEPTED for gap in mine)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapReport:
    """One run of the gap analysis.

    Attributes
    ----------
    rows : tuple[FactorRow, ...]
        The factors of the grid: by importance, rung, number of thin flags
        (more first), name.
    national : tuple[FactorRow, ...]
        The block "for lobbying", in the same order.
    gaps : tuple[Gap, ...]
        Every gap found, in whatever state, and those resolved, sorted alike.
    not_run : tuple[str, ...]
        One sentence for each rule that could not be asked, with the reason.
    share : TemplateShare
        What of the map came with the template.
    asked : tuple[str, ...]
        The keys of the rules that were.
    """

    map_id: str
    run_on: date
    settings: Mapping[str, object]
    coverage: Coverage
    has_importance: bool
    rows: tuple[FactorRow, ...]
    national: tuple[FactorRow, ...]
    gaps: tuple[Gap, ...]
    not_run: tuple[str, ...]
    share: TemplateShare
    asked: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """What the map describes, and that it is no evidence."""
        return self.share.note

    @property
    def size(self) -> str:
        """How the map's causes divide; what came with the template is counted apart."""
        return " ".join(filter(None, (self.coverage.denominators, self.share.words)))

    def in_state(self, *states: GapState) -> tuple[Gap, ...]:
        """Return the gaps in some states, in order."""
        return tuple(g for g in self.gaps if g.state in states and not g.positive)

    def frame(self) -> pd.DataFrame:
        """Return one row a gap in the order of the report; see `GAP_COLUMNS`."""
        return data_frame(
            GAP_COLUMNS,
            (
                (
                    gap.rule,
                    gap.subject,
                    gap.name,
                    gap.title,
                    gap.state.value,
                    gap.importance,
                    None if gap.rung is None else int(gap.rung),
                    gap.thin_flags,
                    gap.factors,
                    gap.sentences,
                    gap.denominator,
                    gap.next_step,
                    gap.positive,
                )
                for gap in self.gaps
            ),
        )

    @property
    def open(self) -> tuple[Gap, ...]:
        """The gaps that nobody has decided on."""
        return self.in_state(GapState.OPEN)

    @property
    def crowded(self) -> tuple[Gap, ...]:
        """The opposite of a gap: many live actions that need somebody who leads."""
        return tuple(gap for gap in self.gaps if gap.positive)

    @property
    def left_out(self) -> tuple[FactorCover, ...]:
        """The factors listed below the grid: outcome, out of scope, not modifiable."""
        return self.coverage.block(*LEFT_OUT)

    @property
    def importance_words(self) -> tuple[str, ...]:
        """The rows of the grid, top first."""
        return IMPORTANCE if self.has_importance else (NOT_SET,)

    def cell(self, importance: str, rung: Rung) -> tuple[FactorRow, ...]:
        """Return the factors of one cell of the grid, in order."""
        wanted = None if importance == NOT_SET else importance
        return tuple(
            row
            for row in self.rows
            if row.importance == wanted and row.cover.rung is rung
        )

    def grid(self) -> dict[tuple[str, Rung], tuple[FactorRow, ...]]:
        """Return every cell by (importance, rung); their factors add up to `rows`."""
        return {
            (importance, rung): self.cell(importance, rung)
            for importance in self.importance_words
            for rung in Rung
        }

    @property
    def headline(self) -> str:
        """The share for a chart, in a sentence with its denominator."""
        actionable = [r for r in self.rows if r.cover.block is Block.ACTIONABLE]
        high = [r for r in actionable if r.importance == "high"]
        among = high if self.has_importance else actionable
        kind = "high-importance causes" if self.has_importance else "causes"
        waiting = (
            f" {counted(self.unsorted, 'cause')} in the grid not counted: "
            "nobody has said yet who could change them."
        )
        return f"{_share(among, kind)}{waiting if self.unsorted else ''}"

    @property
    def unsorted(self) -> int:
        """How many causes of the grid nobody has sorted by who could change them."""
        return sum(row.cover.block is Block.UNSORTED for row in self.rows)


def _share(among: list[FactorRow], kind: str) -> str:
    if not among:
        return f"There are no {kind} marked as ones that can be changed here."
    done = sum(row.cover.rung is Rung.COMPLETE_ON_PAPER for row in among)
    words = RUNG_WORDS[Rung.COMPLETE_ON_PAPER]
    return f"{done} of {len(among)} {kind} that can be changed here have {words}."
