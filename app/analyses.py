"""What each map says, kept by map and revision for screens, tablets and the presenter."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from systemmap.analysis.map_analysis import MapAnalysis

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.store import ProgrammeStore

MOST = 16
"""So many maps at one revision are kept; the one not asked for longest goes first."""

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
    key = (store, programme.id, programme.revision, map_id)
    with _LOCK:
        if (kept := _KEPT.get(key)) is not None:
            _KEPT.move_to_end(key)
            return kept
    made = MapAnalysis(programme.system_map(map_id))
    with _LOCK:
        kept = _KEPT.setdefault(key, made)  # another visitor may have been quicker
        while len(_KEPT) > MOST:
            _KEPT.popitem(last=False)
    return kept
