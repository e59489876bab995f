"""The cover ladder: how far listed work covers a factor, in words that name the actions."""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from systemmap.language.phrases import listed
from systemmap.model.values import StatusGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.coverage.thin_flags import ThinFlag
    from systemmap.language.phrases import Subject
    from systemmap.model.response import Action

_PAST = (StatusGroup.STALLED, StatusGroup.ENDED)


class Rung(IntEnum):
    """How far listed work covers a factor; the best rung wins."""

    NOTHING_LISTED = 0
    IDEAS_ONLY = 1
    PAST_WORK_ONLY = 2
    LIVE_BUT_THIN = 3
    COMPLETE_ON_PAPER = 4


RUNG_WORDS: Mapping[Rung, str] = MappingProxyType(
    {
        Rung.NOTHING_LISTED: "nobody has listed an action",
        Rung.IDEAS_ONLY: "ideas only",
        Rung.PAST_WORK_ONLY: "only finished or stalled work",
        Rung.LIVE_BUT_THIN: "live or planned work, but thin",
        Rung.COMPLETE_ON_PAPER: "live work, nothing missing on paper",
    }
)
"""What a rung holds, of any factor; `rung_words` says it of one."""

THIN_WORDS = "Live work is thin where it rests on one organisation, stays at events or with individuals, ends soon, is only planned or not confirmed by its owner, or has no lead, measure or due date; otherwise nothing is missing on paper."
"""What both words for live work mean, for a reader who sees no list of reasons."""


def rung_of(
    actions: Mapping[StatusGroup, tuple[Action, ...]],
    current: tuple[Action, ...],
    flags: tuple[ThinFlag, ...],
) -> Rung:
    """Return the best rung a factor's actions reach; thin flags hold it at 3."""
    if current:
        return Rung.LIVE_BUT_THIN if flags else Rung.COMPLETE_ON_PAPER
    if any(group in actions for group in _PAST):
        return Rung.PAST_WORK_ONLY
    return Rung.IDEAS_ONLY if actions else Rung.NOTHING_LISTED


def rung_words(
    rung: Rung,
    actions: Mapping[StatusGroup, tuple[Action, ...]],
    flags: tuple[ThinFlag, ...],
) -> str:
    """Return the rung as shown on screen; planned work is named where it matters."""
    planned = StatusGroup.PLANNED in actions
    if any(flag.key == "planned_only" for flag in flags):
        return "planned, nothing started"
    if (
        rung is Rung.IDEAS_ONLY and planned
    ):  # where planned work does not count as cover
        return "ideas and plans only"
    if rung is Rung.PAST_WORK_ONLY and planned:
        return "only plans and finished or stalled work"
    return "live work, but thin" if rung is Rung.LIVE_BUT_THIN else RUNG_WORDS[rung]


def rung_sentences(
    factor: Subject,
    rung: Rung,
    actions: Mapping[StatusGroup, tuple[Action, ...]],
    flags: tuple[ThinFlag, ...],
) -> tuple[str, ...]:
    """Say why a factor stands on its rung, naming its actions."""
    if rung is Rung.NOTHING_LISTED:
        return (f"No action listed{factor.after('for')}.",)
    if rung >= Rung.LIVE_BUT_THIN:
        live = actions.get(StatusGroup.LIVE, ())
        return (
            *((f"Live{factor.after('on')}: {_titles(live)}.",) if live else ()),
            *(flag.sentence for flag in flags),
        )
    return tuple(
        f"{_standing(group, factor.after('on'))}: {_titles(found)}."
        for group, found in actions.items()
    )


def _standing(group: StatusGroup, on: str) -> str:
    words = _GROUP_WORDS[group]
    return f"{words},{on}" if on and "," in words else f"{words}{on}"


def _titles(actions: Iterable[Action]) -> str:
    return listed(action.title for action in actions)


_GROUP_WORDS = {
    StatusGroup.UNKNOWN: "Listed without a status, so counted as an idea",
    StatusGroup.IDEA: "Only an idea so far",
    StatusGroup.PLANNED: "Planned, nothing started",
    StatusGroup.LIVE: "Live",
    StatusGroup.STALLED: "Stalled",
    StatusGroup.ENDED: "Finished or stopped",
}
