"""A theme in which few factors have current work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.coverage.cover import Block, Rung
from systemmap.gaps.gap import Found, GapRule
from systemmap.language.menu_words import theme_name
from systemmap.language.phrases import listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import GapContext


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
                sentences=(
                    f"In {quoted(name)} current work is listed on {covered} of {len(actionable)} factors that can be changed here.",
                    f"Without current work: {listed(c.factor.label for c in bare)}.",
                ),
                factors=tuple(cover.factor.id for cover in bare),
                denominator=f"{share}.",
            )


GAP_RULE = GapRule(
    key="theme_gap",
    title="A theme with little cover",
    question="In which themes do few factors have current work?",
    caution="Themes differ in how finely people split them into factors.",
    filters="Themes, by their factors that can be changed here",
    next_step="Invite the partners of this theme and ask what work is not listed.",
    find=find,
)
