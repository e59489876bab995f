"""Every cached value in one place; kept by programme and revision.

What is returned is shared between visitors and must not be changed: edits go
through a draft of the store's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from systemmap.coverage.building_on import Recommender
    from systemmap.drawing.view import Choice, View
    from systemmap.formats import Reading
    from systemmap.gaps import GapReport
    from systemmap.model.programme import Programme
    from systemmap.store.protocol import ProgrammeStore

T = TypeVar("T")


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


@st.cache_resource(max_entries=32, show_spinner=False)
def _view(
    _programme: Programme,
    store_id: int,
    programme_id: str,
    revision: int,
    choice: Choice,
    today: date,
) -> View:
    from systemmap.drawing.view import view_of

    return view_of(_programme, choice, at=today)


def view(
    store: ProgrammeStore, programme: Programme, choice: Choice, today: date
) -> View:
    """Return a part of a map, ready to look at."""
    return _view(programme, id(store), programme.id, programme.revision, choice, today)


@st.cache_resource(max_entries=64, show_spinner=False)
def _answer(
    _ask: Callable[[], object],
    store_id: int,
    programme_id: str,
    revision: int,
    question: tuple[object, ...],
) -> object:
    return _ask()


def answer(
    store: ProgrammeStore,
    programme: Programme,
    question: tuple[object, ...],
    ask: Callable[[], T],
) -> T:
    """Return what `ask` answers about a programme, asked once for each revision.

    `question` names what is asked, with every setting that changes the answer.
    """
    return cast(
        "T", _answer(ask, id(store), programme.id, programme.revision, question)
    )


@st.cache_resource(max_entries=4, show_spinner="Reading the file …")
def reading(data: bytes, file_name: str, as_: str | None) -> Reading:
    """Return what is in a file."""
    from systemmap.formats import read_within

    return read_within(data, file_name, as_)


@st.cache_resource(max_entries=16, show_spinner=False)
def _recommender(
    _programme: Programme,
    store_id: int,
    programme_id: str,
    revision: int,
    map_id: str,
    today: date,
) -> Recommender:
    from systemmap.coverage.building_on import Recommender
    from systemmap.coverage.cover import find_coverage

    return Recommender(_programme, find_coverage(_programme, map_id, today=today))


def recommender(
    store: ProgrammeStore, programme: Programme, map_id: str, today: date
) -> Recommender:
    """Return what suggests things a gap could build on, for one map on one day."""
    return _recommender(
        programme, id(store), programme.id, programme.revision, map_id, today
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def pixels(svg: str, width: int) -> bytes:
    """Return a drawing as PNG, with our own font."""
    from systemmap.drawing.picture import png_from

    return png_from(svg, width=width)
