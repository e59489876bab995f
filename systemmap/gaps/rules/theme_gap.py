"""A theme in which few factors have current work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from systemmap.coverage.cover import Block, Rung
from systemmap.gaps.gap import Found, GapRule, told
from systemmap.language.menu_words import theme_name
from systemmap.language.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.coverage.cover import FactorCover
    from systemmap.gaps.gap import GapContext
    from systemmap.language.phrases import Subject


def find(context: GapContext) -> Iterator[Found]:
    """Yield every theme with less cover than the settings ask for."""
    for theme, covers in context.by_theme.items():
        actionable = [cover for cover in covers if cover.block is Block.ACTIONABLE]
        bare = [cover for cover in actionable if not cover.covered]
        covered = len(actionable) - len(bare)
        if actionable and covered / len(actionable) < context.settings.theme_cover:
            name = theme_name(context.programme, theme)
            share = context.coverage.share(actionable, at_least=Rung.LIVE_BUT_THIN)
            yield Found(
                subject=f"theme:{theme}",
                name=name,
                **told(name, partial(_sentences, actionable, bare)),
                factors=tuple(cover.factor.id for cover in bare),
                denominator=f"{share}.",
            )


def _sentences(
    actionable: list[FactorCover], bare: list[FactorCover], it: Subject
) -> tuple[str, ...]:
    covered = len(actionable) - len(bare)
    return (
        f"Current work{it.after('in')} is listed on {covered} of {len(actionable)} causes that can be changed here.",
        f"Without current work: {listed(c.factor.label for c in bare)}.",
    )


GAP_RULE = GapRule(
    key="theme_gap",
    title="A theme with little cover",
    question="In which themes do few causes have current work?",
    caution="Themes differ in how finely people split them into causes.",
    filters="Themes, by their causes that can be changed here",
    next_step="Invite the partners of this theme and ask what work is not listed.",
    find=find,
)
