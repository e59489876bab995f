"""Workshop 2: what may be looked at, gaps first, and what is known about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analyses import analysis_of, gaps_of
from app.rooms._replies import local_time
from systemmap.errors import SystemMapError
from systemmap.gaps import GapState
from systemmap.language.menu_words import words_of
from systemmap.model.values import now
from systemmap.workshops.focus import focus_on

if TYPE_CHECKING:
    from app.rooms._room import Visit
    from app.rooms._venue import Hall
    from systemmap.model.workshop import Workshop
    from systemmap.workshops.focus import Focus

MOST = 15
"""Gaps and loops that a menu offers: those that matter most, and the shortest."""


def focus_choices(visit: Visit, hall: Hall) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what the room may look at: gaps, loops, themes and causes, each a menu's group."""
    factors = hall.factors()
    if not factors:
        return []
    names = {factor.id: factor.label for factor in factors}
    themes = words_of(hall.programme, "themes")
    used = {factor.theme for factor in factors if factor.theme}
    groups = [
        ("Gaps", _gaps(visit, hall, names)),
        ("Loops", _loops(visit, hall, names)),
        ("Themes", [(f"theme:{k}", n) for k, n in themes.items() if k in used]),
        ("Causes", [(f"factor:{f.id}", f.label) for f in factors]),
    ]
    return [(name, choices) for name, choices in groups if choices]


def focus_facts(hall: Hall, workshop: Workshop) -> Focus | None:
    """Return what is known about the part of the map that is looked at; None = nothing is."""
    if not workshop.focus:
        return None
    try:
        return focus_on(hall.programme, workshop.focus)
    except SystemMapError:  # what it pointed to was merged or removed meanwhile
        return None


def _gaps(visit: Visit, hall: Hall, names: dict[str, str]) -> list[tuple[str, str]]:
    today = local_time(now()).date()
    report = gaps_of(visit.venue.store, hall.programme, "main", today)
    found: dict[str, str] = {}
    for gap in report.gaps:
        about = gap.factors[0] if len(gap.factors) == 1 else ""
        if about in names and gap.state is GapState.OPEN and not gap.positive:
            found.setdefault(about, f"{names[about]}: {gap.title.lower()}")
    return [(f"factor:{key}", words) for key, words in found.items()][:MOST]


def _loops(visit: Visit, hall: Hall, names: dict[str, str]) -> list[tuple[str, str]]:
    loops = analysis_of(visit.venue.store, hall.programme).loops.loops[:MOST]
    return [
        (
            f"loop:{loop.key}",
            " → ".join(names[f] for f in (*loop.factors, loop.factors[0])),
        )
        for loop in loops
    ]
