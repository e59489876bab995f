"""Where nobody acts, or too thinly: one file per rule, one report for all.

Every finding carries its rule, filters, run date, settings, denominator, at
least one sentence, a suggested next step and its state. Classes and
sentences, never a score.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from systemmap.analysis.map_analysis import MapAnalysis
from systemmap.analysis.settings import SETTINGS
from systemmap.analysis.template_share import template_share
from systemmap.coverage.cover import Block, find_coverage
from systemmap.gaps import rules as rules_folder
from systemmap.gaps.gap import (
    STATE_WORDS,
    Found,
    Gap,
    GapContext,
    GapRule,
    GapState,
)
from systemmap.gaps.gap_report import (
    IMPORTANCE,
    NEEDS_OUTCOME,
    NOT_SET,
    FactorRow,
    GapReport,
)
from systemmap.gaps.gap_states import resolved_gaps, standing_decisions, with_states
from systemmap.registry import discover

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from systemmap.analysis.settings import AnalysisSettings
    from systemmap.coverage.cover import FactorCover
    from systemmap.model.programme import Programme

__all__ = [
    "GAP_RULES",
    "IMPORTANCE",
    "NEEDS_OUTCOME",
    "NOT_SET",
    "STATE_WORDS",
    "FactorRow",
    "Found",
    "Gap",
    "GapContext",
    "GapReport",
    "GapRule",
    "GapState",
    "find_gaps",
]

GAP_RULES = discover(rules_folder, "GAP_RULE", GapRule)


def find_gaps(
    programme: Programme,
    map_id: str = "main",
    *,
    today: date,
    settings: AnalysisSettings = SETTINGS,
    rules: Mapping[str, GapRule] | None = None,
    analysis: MapAnalysis | None = None,
) -> GapReport:
    """Ask every gap rule about one map of a programme.

    Parameters
    ----------
    programme : Programme
        Whose map, actions and assets to read. It is not changed.
    map_id : str
        Which of its maps.
    today : date
        The day of the run, against which dates are read.
    settings : AnalysisSettings
        The judgement values; they travel with every finding.
    rules : Mapping[str, GapRule] | None
        The rules to ask; None = all of `GAP_RULES`.
    analysis : MapAnalysis | None
        That map's analysis, when the caller has it; then its settings hold.

    Returns
    -------
    GapReport
        The same for the same programme, whatever the order of its rows.
        Without an outcome importance is "not set", and rules that need it are
        named in `not_run`.

    Raises
    ------
    UnknownItem
        The programme has no such map.
    """
    asked = GAP_RULES if rules is None else rules
    analysis = analysis or MapAnalysis(programme.system_map(map_id), settings)
    settings = analysis.settings
    context = GapContext(
        programme=programme,
        analysis=analysis,
        coverage=find_coverage(programme, map_id, today=today, settings=settings),
        today=today,
    )
    not_run = tuple(
        f"“{rule.title}” was not asked. {NEEDS_OUTCOME}"
        for rule in asked.values()
        if rule.needs_outcome and context.importance is None
    )
    plain_settings = asdict(settings)
    able = [
        rule
        for rule in asked.values()
        if context.importance is not None or not rule.needs_outcome
    ]
    found = [
        _gap(rule, item, context, plain_settings)
        for rule in able
        for item in rule.find(context)
    ]
    gaps = _stated(found, context, asked, plain_settings)
    return GapReport(
        map_id=map_id,
        run_on=today,
        settings=plain_settings,
        coverage=context.coverage,
        has_importance=context.importance is not None,
        rows=_rows(context.in_grid, context, gaps),
        national=_rows(context.coverage.block(Block.NATIONAL), context, gaps),
        gaps=tuple(gaps),
        not_run=not_run,
        share=template_share(analysis.system_map),
        asked=tuple(rule.key for rule in able),
    )


def _gap(
    rule: GapRule, found: Found, context: GapContext, settings: Mapping[str, object]
) -> Gap:
    covers = [context.coverage.factors[factor_id] for factor_id in found.factors]
    single = covers[0] if found.subject.startswith("factor:") and covers else None
    ranks = [_importance(context, factor_id) for factor_id in found.factors]
    return Gap(
        rule=rule.key,
        code=rule.code,
        title=rule.title,
        subject=found.subject,
        name=found.name,
        sentences=found.sentences,
        here=found.here or found.sentences,
        next_step=found.next_step or rule.next_step,
        filters=rule.filters,
        denominator=found.denominator or context.coverage.denominators,
        run_on=context.today,
        settings=settings,
        factors=found.factors,
        importance=min(ranks, key=_rank, default=None),
        rung=single.rung if single else None,
        thin_flags=len(single.flags) if single else 0,
        on_ladder=rule.on_ladder,
        positive=rule.positive,
    )


def _stated(
    found: list[Gap],
    context: GapContext,
    rules: Mapping[str, GapRule],
    settings: Mapping[str, object],
) -> list[Gap]:
    programme = context.programme
    decisions = standing_decisions(programme, context.map_id)
    blank = Gap(
        rule="",
        code="",
        title="",
        subject="",
        name="",
        sentences=(),
        next_step="",
        filters="",
        denominator=context.coverage.denominators,
        run_on=context.today,
        settings=settings,
    )
    stated = with_states(found, decisions, programme)
    agreed = resolved_gaps(found, decisions, programme, rules, blank)
    return sorted([*stated, *(_placed(gap, context) for gap in agreed)], key=_order)


def _placed(gap: Gap, context: GapContext) -> Gap:
    """Return a gap that is found no more with its cause's importance and rung."""
    kind, _, factor_id = gap.subject.partition(":")
    cover = context.coverage.factors.get(factor_id) if kind == "factor" else None
    if cover is None:
        return gap
    return replace(
        gap,
        factors=(factor_id,),
        importance=_importance(context, factor_id),
        rung=cover.rung,
        thin_flags=len(cover.flags),
    )


def _rows(
    covers: Iterable[FactorCover], context: GapContext, gaps: Iterable[Gap]
) -> tuple[FactorRow, ...]:
    about: dict[str, list[Gap]] = {}
    for gap in gaps:
        about.setdefault(gap.subject.partition("/")[0], []).append(gap)
    rows = [
        FactorRow(
            cover=cover,
            importance=_importance(context, cover.factor.id),
            gaps=tuple(about.get(f"factor:{cover.factor.id}", ())),
        )
        for cover in covers
    ]
    return tuple(sorted(rows, key=_row_order))


def _importance(context: GapContext, factor_id: str) -> str | None:
    return context.importance.get(factor_id) if context.importance else None


def _rank(importance: str | None) -> int:
    return IMPORTANCE.index(importance) if importance in IMPORTANCE else len(IMPORTANCE)


def _order(gap: Gap) -> tuple[int, int, int, str, str, str]:
    rung = len(IMPORTANCE) + 2 if gap.rung is None else int(gap.rung)
    name = gap.name.casefold()
    return _rank(gap.importance), rung, -gap.thin_flags, name, gap.rule, gap.subject


def _row_order(row: FactorRow) -> tuple[int, int, int, str, str]:
    cover = row.cover
    return (
        _rank(row.importance),
        int(cover.rung),
        -len(cover.flags),
        row.name.casefold(),
        row.factor_id,
    )
