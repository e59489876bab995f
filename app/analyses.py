"""What each map says, kept by map and revision for screens, tablets and the presenter.

The gaps found on it are kept beside it, for the day they were looked for.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from systemmap.analysis.map_analysis import MapAnalysis
from systemmap.store import whole_store

if TYPE_CHECKING:
    from datetime import date

    from systemmap.gaps import GapReport
    from systemmap.model.programme import Programme
    from systemmap.store import ProgrammeStore

MOST = 16
"""So many maps at one revision are kept; the one not asked for longest goes first."""

_GAPS: OrderedDict[tuple[ProgrammeStore, str, int, str, date], GapReport] = (
    OrderedDict()
)
_KEPT: OrderedDict[tuple[ProgrammeStore, str, int, str], MapAnalysis] = OrderedDict()
_LOCK = Lock()


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
    key = (whole_store(store), programme.id, programme.revision, map_id)
    with _LOCK:
        if (kept := _KEPT.get(key)) is not None:
            _KEPT.move_to_end(key)
            return kept
    made = MapAnalysis(programme.system_map(map_id))
    with _LOCK:
        alike = [k for k in _KEPT if (k[0], k[1], k[3]) == (key[0], key[1], key[3])]
        earlier = _KEPT[max(alike, key=lambda k: k[2])] if alike else None
    if earlier is not None:
        made.take_over(earlier)
    with _LOCK:
        kept = _KEPT.setdefault(key, made)  # another visitor may have been quicker
        while len(_KEPT) > MOST:
            _KEPT.popitem(last=False)
    return kept


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

    key = (whole_store(store), programme.id, programme.revision, map_id, today)
    with _LOCK:
        if (kept := _GAPS.get(key)) is not None:
            _GAPS.move_to_end(key)
            return kept
    analysis = analysis_of(store, programme, map_id)
    made = find_gaps(programme, map_id, today=today, analysis=analysis)
    with _LOCK:
        kept = _GAPS.setdefault(key, made)
        while len(_GAPS) > MOST:
            _GAPS.popitem(last=False)
    return kept
