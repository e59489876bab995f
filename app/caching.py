"""Every cached value in one place; a programme is cached only by id and revision.

What is returned is shared between visitors and must not be changed: edits go
through a draft of the store's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from datetime import date

    from systemmap.gaps import GapReport
    from systemmap.model.programme import Programme
    from systemmap.store._store import ProgrammeStore


@st.cache_resource(max_entries=16, show_spinner=False)
def _programme(
    _store: ProgrammeStore, store_id: int, programme_id: str, revision: int
) -> Programme:
    present = _store.load(programme_id)
    if present.revision == revision:  # nearly always, and quicker than a replay
        return present
    return _store.load(programme_id, as_of=revision)


def programme(store: ProgrammeStore, programme_id: str, revision: int) -> Programme:
    """Return a programme as it was at a revision."""
    return _programme(store, id(store), programme_id, revision)


@st.cache_resource(max_entries=16, show_spinner=False)
def _gap_report(
    _programme: Programme,
    store_id: int,
    programme_id: str,
    revision: int,
    map_id: str,
    today: date,
) -> GapReport:
    from systemmap.gaps import find_gaps

    return find_gaps(_programme, map_id, today=today)


def gap_report(
    store: ProgrammeStore, programme: Programme, map_id: str, today: date
) -> GapReport:
    """Return the gap analysis of one map on one day."""
    return _gap_report(
        programme, id(store), programme.id, programme.revision, map_id, today
    )
