"""Many live actions from many organisations: the opposite of a gap."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from systemmap.coverage.thin_flags import owners_of
from systemmap.gaps.gap import GRID, GapRule, about_factor
from systemmap.language.phrases import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.coverage.cover import FactorCover
    from systemmap.gaps.gap import Found, GapContext
    from systemmap.language.phrases import Subject


def find(context: GapContext) -> Iterator[Found]:
    """Yield every factor with as many live actions and owners as the settings name."""
    for cover in context.in_grid:
        owners = owners_of(cover.live)
        if (
            len(cover.live) >= context.settings.crowded_actions
            and len(owners) >= context.settings.crowded_organisations
        ):
            yield about_factor(cover, partial(_sentence, cover, owners))


def _sentence(cover: FactorCover, owners: tuple[str, ...], it: Subject) -> str:
    work = f"{counted(len(cover.live), 'live action')} from {counted(len(owners), 'organisation')}"
    return f"{work} ({listed(owners)}) work on {it}: agree who leads."


GAP_RULE = GapRule(
    key="crowded",
    title="Crowded",
    question="Where do many organisations work on the same cause?",
    caution="Many hands may be needed; the question is whether they know of each other.",
    filters=GRID,
    next_step="Bring the owners together and agree who leads.",
    find=find,
    positive=True,
)
