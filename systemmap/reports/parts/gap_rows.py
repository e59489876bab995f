"""Gaps as rows of a table: why it is one, by which rule, and what could be built on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.coverage.building_on import Recommender
from systemmap.gaps import GapState
from systemmap.language.menu_words import theme_name
from systemmap.model.owners import named_leads
from systemmap.reports.parts.facts import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.coverage.building_on import Recommendation
    from systemmap.gaps import FactorRow, Gap
    from systemmap.reports.parts.facts import Facts

TOP = 10
SUGGESTED = (
    "Each suggestion names the rule that made it and stays a suggestion until a "
    "person accepts it. “No action listed” means just that: lists are never complete."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """One cause with what makes it a gap. `votes` "" = it was not voted on."""

    cause: str
    theme: str
    links: str
    votes: str
    actions: str
    why: str
    rule: str
    step: str
    lead: str

    @property
    def reason(self) -> str:
        """Why it is a gap, and by which rule unless the words say so already."""
        said = self.why.startswith(self.rule)
        return self.why if said else f"{self.rule}. {self.why}"


def top_gaps(facts: Facts, limit: int = TOP) -> tuple[GapRow, ...]:
    """Return the causes whose cover is an open gap, most important first, up to `limit`."""
    return gap_rows(facts, ranked(facts)[:limit])


def gap_rows(facts: Facts, rows: Sequence[FactorRow]) -> tuple[GapRow, ...]:
    """Return causes with an open gap as rows, in the order given."""
    if not rows:
        return ()
    recommender = Recommender(facts.programme, facts.report.coverage, facts.analysis)
    causes, effects = _degrees(facts)
    return tuple(
        _row(facts, row, recommender, (causes[row.factor_id], effects[row.factor_id]))
        for row in rows
    )


def ranked(facts: Facts) -> list[FactorRow]:
    """Return every cause with an open gap in its cover, in the order of the gap report.

    None while no action is listed at all: a map that nobody has set actions
    against has no gaps to show.
    """
    if not facts.programme.actions:
        return []
    return [row for row in facts.report.rows if open_gap(row)]


def open_gap(row: FactorRow) -> Gap | None:
    """Return the first open gap in a cause's cover: the lowest step of the ladder."""
    found = [g for g in row.gaps if g.on_ladder and g.state is GapState.OPEN]
    return found[0] if found else None


def rule_words(gap: Gap) -> str:
    """Name a gap's rule in words a board can read: its title, not its code."""
    return gap.title


def _row(
    facts: Facts, row: FactorRow, recommender: Recommender, links: tuple[int, int]
) -> GapRow:
    factor, gap = row.cover.factor, open_gap(row)
    found = recommender.suggest(factor.id).items
    step = found[0].sentence if found else (gap.next_step if gap else "")
    return GapRow(
        cause=tidy(factor.label),
        theme=tidy(theme_name(facts.programme, factor.theme)) if factor.theme else "",
        links=f"{links[0]} / {links[1]}",
        votes="" if factor.priority is None else str(factor.priority),
        actions=str(len(row.cover.current)),
        why=tidy(gap.here[0]) if gap else "",
        rule=rule_words(gap) if gap else "",
        step=tidy(step),
        lead=_lead(facts, found[0]) if found else "",
    )


def _lead(facts: Facts, item: Recommendation) -> str:
    if item.kind == "asset":
        return tidy(facts.programme.assets[item.id].organisation)
    owners = named_leads(facts.programme.actions[item.id])
    return tidy(owners[0]) if owners else ""


def _degrees(facts: Facts) -> tuple[Counter[str], Counter[str]]:
    directed = [link for link in facts.map.links.values() if link.directed]
    return Counter(x.target for x in directed), Counter(x.source for x in directed)
