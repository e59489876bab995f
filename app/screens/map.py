"""Map: the picture with focus and layers, the same as tables, and the same in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import url_state
from app.components.heat import choose_heat, heat_of
from app.components.map_canvas import map_canvas
from app.components.map_tools import save_picture, tidy
from app.components.map_views import offer_views, telling
from app.components.tables import plain_table
from app.components.text import caution, empty, finding, quiet
from app.screens._screen import Screen
from app.wording import safe_text
from systemmap.drawing.view import Choice
from systemmap.drawing.words import factor_table, link_table, map_in_words
from systemmap.vocab import label

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.drawing.view import View
    from systemmap.model.system_map import SystemMap

_LAYERS = {"gaps": "gaps", "actions": "actions", "assets": "assets"}
_STEPS = {1: "1 step", 2: "2 steps", 3: "3 steps"}
_HEIGHT = 720
_ROOMY = """<style>
[data-testid="stMainBlockContainer"] { padding: 3.5rem 1.5rem 2rem; }
</style>"""  # the map gets the width that other screens leave empty


def draw(workspace: Workspace) -> None:
    """Draw the finding, what to show, and the map in its three forms."""
    if not any(
        workspace.programme.system_map(m).factors for m in workspace.programme.maps
    ):
        empty(
            "Nothing has been drawn on a map yet.",
            "Import a map",
            lambda: workspace.go("import_export"),
            key="map.import",
            icon=":material/upload_file:",
        )
        return
    st.html(_ROOMY)
    heading = st.container()
    choice, fill = telling(workspace), ""
    if choice is None:
        choice = _choose(workspace)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            fill = choose_heat(choice.map_id)
            offer_views(workspace, choice)
    view = workspace.view(choice)
    with heading:
        finding(view.caption.title)
    picture, table, words = st.tabs(["Map", "Table", "In words"])
    with picture:
        _picture(workspace, choice, fill)
    with table:
        plain_table(factor_table(view.scene))
        plain_table(link_table(view.scene))
    with words:
        _in_words(view)
    save_picture(workspace, view)
    tidy(workspace, choice.map_id)
    if view.caption.notice:
        quiet(view.caption.notice)
    caution()


def _choose(workspace: Workspace) -> Choice:
    """Ask which map, around what, and with what on top."""
    programme = workspace.programme
    names = {version.id: version.name for version in programme.maps.values()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        map_id = "main"
        if len(names) > 1:
            map_id = st.selectbox(
                "Map",
                list(names),
                format_func=names.__getitem__,
                key="map.map",
                width=240,
            )
        system_map = programme.system_map(map_id)
        focus = _focus(system_map)
        steps = 2
        if focus:
            steps = st.selectbox(
                "How far",
                list(_STEPS),
                index=1,
                format_func=_STEPS.__getitem__,
                key="map.steps",
                width=120,
            )
        themes = _themes(system_map)
        layers = _layers()
    return Choice(map_id=map_id, focus=focus, steps=steps, themes=themes, layers=layers)


def _layers() -> tuple[str, ...]:
    return tuple(
        key
        for key, words in _LAYERS.items()
        if st.checkbox(f"Show {words}", value=key == "gaps", key=f"map.layer.{key}")
    )


def _focus(system_map: SystemMap) -> str:
    ids = sorted(
        system_map.factors, key=lambda i: system_map.factor(i).label.casefold()
    )
    wanted = url_state.value("focus")
    chosen = st.selectbox(
        "Around",
        ["", *ids],
        index=ids.index(wanted) + 1 if wanted in ids else 0,
        format_func=lambda i: system_map.factor(i).label if i else "The whole map",
        key=f"map.focus.{system_map.id}",
        width=320,
    )
    url_state.keep("focus", chosen)
    return chosen


def _themes(system_map: SystemMap) -> tuple[str, ...]:
    present = sorted({factor.theme for factor in system_map.factors.values()} - {""})
    chosen = st.multiselect(
        "Themes",
        present,
        format_func=lambda key: label("themes", key),
        placeholder="All themes",
        key=f"map.themes.{system_map.id}",
        width=320,
    )
    return tuple(chosen)


def _picture(workspace: Workspace, choice: Choice, fill: str) -> None:
    heat = heat_of(workspace, workspace.programme.system_map(choice.map_id), fill)
    workspace.with_store(
        map_canvas,
        choice.map_id,
        height=_HEIGHT,
        part={
            "focus": choice.focus,
            "steps": choice.steps,
            "themes": list(choice.themes),
            "heat": heat,
            "layers": list(choice.layers),
        },
    )
    quiet(
        "Tab leads into the map, arrow keys walk along its links, Enter chooses, L draws a link. "
        "The tabs Table and In words say everything the picture says."
    )


def _in_words(view: View) -> None:
    for theme in map_in_words(view.scene):
        st.subheader(safe_text(theme.heading), anchor=False)
        for factor in theme.factors:
            st.markdown(
                f"**{safe_text(factor.label)}**  \n{safe_text(' '.join(factor.sentences))}"
            )


SCREEN = Screen(
    key="map",
    title="Map",
    section="3 Mapping",
    icon=":material/hub:",
    draw=draw,
    position=20,
)
