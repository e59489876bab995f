"""Many live actions from many organisations: the opposite of a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.coverage.thin_flags import owners_of
from systemmap.gaps.gap import GRID, GapRule, about
from systemmap.language.phrases import counted, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import Found, GapContext


def find(context: GapContext) -> Iterator[Found]:
    """Yield every factor with as many live actions and owners as the settings name."""
    for cover in context.in_grid:
        owners = owners_of(cover.live)
        if (
            len(cover.live) >= context.settings.crowded_actions
            and len(owners) >= context.settings.crowded_organisations
        ):
            yield about(
                cover,
                f"{counted(len(cover.live), 'live action')} from {counted(len(owners), 'organisation')} "
                f"({listed(owners)}) work on {quoted(cover.factor.label)}: agree who leads.",
            )


GAP_RULE = GapRule(
    key="crowded",
    title="Crowded",
    question="Where do many organisations work on the same factor?",
    caution="Many hands may be needed; the question is whether they know of each other.",
    filters=GRID,
    next_step="Bring the owners together and agree who leads.",
    find=find,
    positive=True,
)
