"""What each map says, kept by map and revision for screens, tablets and the presenter.

The gaps found on it are kept beside it, for the day they were looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.kept_answers import KeptAnswers
from systemmap.analysis.map_analysis import MapAnalysis
from systemmap.store import whole_store

if TYPE_CHECKING:
    from datetime import date

    from systemmap.gaps import GapReport
    from systemmap.model.programme import Programme
    from systemmap.store import ProgrammeStore

MOST = 16
"""So many maps at one revision are kept; the one not asked for longest goes first."""

_GAPS: KeptAnswers[GapReport] = KeptAnswers(MOST)
_ANALYSES: KeptAnswers[MapAnalysis] = KeptAnswers(MOST)


def analysis_of(
    store: ProgrammeStore, programme: Programme, map_id: str = "main"
) -> MapAnalysis:
    """Return the analysis of one map of a programme as it was at its revision.

    It is shared between visitors; its answers are worked out when first asked.

    Parameters
    ----------
    store : ProgrammeStore
        Where the programme is kept.
    programme : Programme
        As it was loaded. It is not changed.
    map_id : str
        Which of its maps.

    Raises
    ------
    UnknownItem
        The programme has no such map.
    """
    about = (whole_store(store), programme.id)

    def made() -> MapAnalysis:
        found = MapAnalysis(programme.system_map(map_id))
        earlier = _ANALYSES.newest(about, map_id)
        if earlier is not None:
            found.take_over(earlier)
        return found

    return _ANALYSES.answer(about, programme.revision, map_id, made)


def gaps_of(
    store: ProgrammeStore, programme: Programme, map_id: str, today: date
) -> GapReport:
    """Return the gaps of one map of a programme on a day, found once for a revision.

    Raises
    ------
    UnknownItem
        The programme has no such map.
    """
    from systemmap.gaps import find_gaps

    def found() -> GapReport:
        analysis = analysis_of(store, programme, map_id)
        return find_gaps(programme, map_id, today=today, analysis=analysis)

    about = (whole_store(store), programme.id)
    return _GAPS.answer(about, programme.revision, (map_id, today), found)
