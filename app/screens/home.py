"""Home: where we are, what changed, what comes next."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from app.components.beginning import first_start
from app.components.phase_strip import phase_strip
from app.components.screen_text import caution, finding, quiet, section
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import safe_text
from systemmap.language.phrases import counted, day
from systemmap.overview.summary import coming_up, latest_phases, summary_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.workspace import Workspace
    from systemmap.store import Transaction

_LATEST = 6
_LOOKED_AT = 80
_DRAWN = 300
"""Up to so many causes the map is drawn: beyond, none can be told apart at this size."""


def draw(workspace: Workspace) -> None:
    """Draw the finding, the six phases, what changed and what is coming up."""
    if not workspace.id:
        with st.container(key="home.first"):
            first_start(workspace)
        return
    with st.container(key="home.standing"):
        _standing(workspace)


def _standing(workspace: Workspace) -> None:
    found = summary_of(workspace.programme, workspace.gaps())
    if found.sentence:
        finding(found.sentence)
        if found.causes:
            quiet(workspace.gaps().size)
        _next_step(workspace, can_have_gaps=found.causes > 0)
    else:
        finding("This programme is empty: bring in a plan or a map to begin.")
        with st.container(horizontal=True):
            _to_import(workspace)
            if pressed(
                st.button, "Begin the map", key="home.begin", icon=":material/hub:"
            ):
                workspace.go("map")
            if pressed(
                st.button,
                "Plan a workshop",
                key="home.workshop",
                icon=":material/groups:",
            ):
                workspace.go("workshops")
    phases = latest_phases(workspace.programme)
    if phases:
        opened = phase_strip(phases, workspace.today, key="home")
        if opened:
            workspace.go("programme", phase=opened)
    left, right = st.columns([3, 2], gap="large")
    if workspace.programme.system_map().factors:
        with right:
            _coming(workspace)
            _changes(workspace)
        with left:  # last: a map that nobody has placed is laid out first, for seconds
            _small_map(workspace)
    else:
        with left:
            _coming(workspace)
        with right:
            _changes(workspace)
    caution(workspace)


def _next_step(workspace: Workspace, *, can_have_gaps: bool) -> None:
    """Lead to what is missing first: a map, then a plan; then to the gaps."""
    if not can_have_gaps:
        _to_import(workspace)
    elif not workspace.programme.actions:
        _to_import(workspace, "Bring in your plan")
    elif pressed(
        st.button,
        "See the gaps",
        key="home.gaps",
        type="primary",
        icon=":material/grid_view:",
    ):
        workspace.go("gaps")


def _to_import(workspace: Workspace, words: str = "Import a file") -> None:
    if pressed(
        st.button,
        words,
        key="home.import",
        type="primary",
        icon=":material/upload_file:",
    ):
        workspace.go("import_export")


def _small_map(workspace: Workspace) -> None:
    """Show the main map at a glance, gaps dotted; it is there to be opened."""
    drawn = workspace.programme.system_map()
    dark = st.context.theme.type == "dark"
    section("The map")
    picture = None
    if len(drawn.factors) <= _DRAWN:
        with st.spinner("Drawing the map …"):
            picture = workspace.picture(dark=dark)
    if picture:
        st.image(picture.svg, width="stretch", alt=picture.says)
    else:
        size = f"{counted(len(drawn.factors), 'cause')} and {counted(len(drawn.links), 'link')}"
        st.write(f"It has {size}: too many to draw this small.")
    if pressed(st.button, "Open the map", key="home.map", icon=":material/hub:"):
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
    section("Next")
    ahead = coming_up(workspace.programme, workspace.today)
    if not ahead:
        st.write("No date ahead is listed.")
    for item in ahead[:_LATEST]:
        st.markdown(f"{safe_text(item.what)}  \n:gray[{safe_text(item.when)}]")


SCREEN = Screen(
    key="home",
    title="Home",
    place="home",
    icon=":material/home:",
    draw=draw,
    needs_programme=False,
)
