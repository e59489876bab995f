"""Home: where we are, what changed, what comes next."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from app.components.beginning import first_start
from app.components.ratings import rating_badge
from app.components.screen_text import caution, finding, quiet, section
from app.screens._screen import Screen
from app.wording import day, safe_text
from systemmap.model.plan import Phase
from systemmap.overview.summary import coming_up, is_past, standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.workspace import Workspace
    from systemmap.store import Transaction

_LATEST = 8
_LOOKED_AT = 80
_ABREAST = 3


def draw(workspace: Workspace) -> None:
    """Draw the finding, the six phases, what changed and what is coming up."""
    if not workspace.id:
        first_start(workspace)
        return
    found = standing(workspace.programme, workspace.gaps())
    if found.sentence:
        finding(found.sentence)
        _next_step(workspace, can_have_gaps=found.causes > 0)
    else:
        finding("This programme is empty: bring in a plan or a map to begin.")
        with st.container(horizontal=True):
            _to_import(workspace)
            if st.button(
                "Plan a workshop", key="home.workshop", icon=":material/groups:"
            ):
                workspace.go("workshops")
    _phases(workspace.programme.all(Phase).values(), workspace.today)
    left, right = st.columns(2, gap="large")
    with left:
        _small_map(workspace)
        _changes(workspace)
    with right:
        _coming(workspace)
    caution()


def _next_step(workspace: Workspace, *, can_have_gaps: bool) -> None:
    """Lead to what is missing first: a map, then a plan; then to the gaps."""
    if not can_have_gaps:
        _to_import(workspace)
    elif not workspace.programme.actions:
        _to_import(workspace, "Bring in your plan")
    elif st.button(
        "See the gaps", key="home.gaps", type="primary", icon=":material/grid_view:"
    ):
        workspace.go("gaps")


def _to_import(workspace: Workspace, words: str = "Import a file") -> None:
    if st.button(
        words,
        key="home.import",
        type="primary",
        icon=":material/upload_file:",
    ):
        workspace.go("import_export")


def _phases(phases: Iterable[Phase], today: date) -> None:
    """Six cards in order: word, rating, next date, and whether that date has passed."""
    ordered = sorted(phases, key=lambda p: (p.position, p.number))
    for row in (ordered[i : i + _ABREAST] for i in range(0, len(ordered), _ABREAST)):
        for column, phase in zip(st.columns(_ABREAST, gap="small"), row, strict=False):
            with column, st.container(border=True, height="stretch"):
                st.markdown(f"**{phase.number:d} {safe_text(phase.name)}**")
                with st.container(horizontal=True, vertical_alignment="center"):
                    rating_badge(phase)
                    quiet(phase.due.raw if phase.due else "No date given")
                    if is_past(phase, today):
                        st.badge(
                            "Date has passed",
                            color="orange",
                            icon=":material/event_busy:",
                        )


def _small_map(workspace: Workspace) -> None:
    """Show the main map at a glance, gaps dotted; it is there to be opened."""
    picture = workspace.picture()
    if picture:
        section("The map")
        st.image(picture.svg, width="stretch", alt=picture.says)
        if st.button("Open the map", key="home.map", icon=":material/hub:"):
            workspace.go("map")


def _changes(workspace: Workspace) -> None:
    section("What changed")
    for label, on, times in _told(workspace.history(limit=_LOOKED_AT))[:_LATEST]:
        often = f" ({times} times)" if times > 1 else ""
        st.markdown(f"{safe_text(label + often)}  \n:gray[{safe_text(on)}]")


def _told(history: Iterable[Transaction]) -> list[tuple[str, str, int]]:
    """Put the same thing done again and again, as dots from phones, in one line."""
    same = groupby((change.label, day(change.at.astimezone())) for change in history)
    return [(label, on, len(list(each))) for (label, on), each in same]


def _coming(workspace: Workspace) -> None:
    section("Coming up")
    ahead = coming_up(workspace.programme, workspace.today)
    if not ahead:
        st.write("No date ahead is listed.")
    for item in ahead[:_LATEST]:
        st.markdown(f"{safe_text(item.what)}  \n:gray[{safe_text(item.when)}]")


SCREEN = Screen(
    key="home",
    title="Home",
    section="",
    icon=":material/home:",
    draw=draw,
    needs_programme=False,
)
