"""Where causes come from when a map begins: drawn, pasted, of the template, or borrowed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from app.components.map_canvas import chosen_on
from app.components.map_controls import MAP
from app.components.screen_text import finding, quiet, say
from app.components.tab_parts import tab_parts
from app.presses import pressed
from app.wording import count, listed, safe_text
from systemmap.bundled.bundled_files import foresight_map, foresight_terms
from systemmap.bundled.examples import from_template
from systemmap.editing.borrowing import already_here, borrow, open_reference
from systemmap.editing.positions import give_places
from systemmap.errors import SystemMapError
from systemmap.formats import accept
from systemmap.model.values import MapKind
from systemmap.vocab import terms

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.model.system_map import SystemMap

_MAIN = "main"
_EXAMPLE = "Stress -> Snacking +\nSnacking -> Weight +\nCost of healthy food"


def begin_map(workspace: Workspace) -> None:
    """Say that the map is empty, and offer every way to begin it, beside the canvas."""
    finding("Nothing has been drawn on this map yet.")
    say(
        "Draw it here: press Add cause on the map's bar. Or begin with one of these; "
        "each is one change, and can be undone."
    )
    with st.container(key="map-empty"):
        _ways(workspace)
    if pressed(
        st.button, "Bring in a file", key="map.import", icon=":material/upload_file:"
    ):
        workspace.go("import_export")


def more_causes(workspace: Workspace) -> None:
    """Offer the same ways once something is drawn, folded away."""
    with st.expander(
        "Add several causes", icon=":material/playlist_add:", key="map.more"
    ):
        _ways(workspace)


def borrow_here(workspace: Workspace, map_id: str) -> bool:
    """On a reference map, offer to borrow the cause that is chosen; say whether it is one."""
    versions = workspace.programme.maps
    if map_id not in versions or versions[map_id].kind is not MapKind.REFERENCE:
        return False
    source = workspace.programme.system_map(map_id)
    known = already_here(workspace.programme.system_map(), source)
    with st.container(border=True, key="map.borrow"):
        quiet(
            f"This map is here to borrow from. {len(known)} of {count(len(source.factors), 'cause')} "
            "are on your map."
        )
        chosen = chosen_on(workspace.id, map_id)
        if chosen not in source.factors:
            say("Choose a cause on it, by click or with the arrow keys and Enter.")
        elif chosen in known:
            say(f"“{source.factor(chosen).label}” is on your map.")
        elif pressed(
            st.button,
            f"Borrow “{safe_text(source.factor(chosen).label)}”",
            key="map.borrow.one",
            type="primary",
            icon=":material/add:",
        ):
            _borrowed(workspace, source, [chosen], foresight=True)
        if pressed(
            st.button,
            "Back to your map",
            key="map.borrow.back",
            icon=":material/arrow_back:",
        ):
            workspace.set_control(MAP, _MAIN)
            st.rerun()
    return True


def _ways(workspace: Workspace) -> None:
    tab_parts(
        {
            "Paste a list": lambda: _paste(workspace),
            "Template": lambda: _by_theme(workspace, _starter(), "starter"),
            "Foresight": lambda: _foresight(workspace),
        },
        key="map.begin",
    )


def _paste(workspace: Workspace) -> None:
    """Ask for a list or an outline; each line is a cause, or causes with arrows between."""
    form = "map.paste"
    key = workspace.fresh(form)
    with st.form(f"{key}.form", border=False):
        text = st.text_area(
            "Causes, one a line, with an arrow between those that belong together",
            key=f"{key}.text",
            height=200,
            placeholder=_EXAMPLE,
        )
        quiet(
            "+ at the end: more leads to more; -: more leads to less. A line such as "
            "[Food environment] begins a theme."
        )
        sent = pressed(
            st.form_submit_button,
            "Draw them",
            type="primary",
            icon=":material/draw:",
            key=f"{key}.form.send",
        )
    if sent:
        _draw_pasted(workspace, text, form)


def _draw_pasted(workspace: Workspace, text: str, form: str) -> None:
    if not text.strip():
        st.error("Paste or type a line first.", icon=":material/error:")
        return
    try:
        # as an outline, whatever else the lines could be: it is a map that is wanted
        reading = workspace.reading(text.encode("utf-8"), "list.txt", "arrows")
    except SystemMapError as error:
        workspace.explain(error)
        return
    with workspace.editing("Draw a pasted list", form=form) as draft:
        accepted = accept(draft, reading)
        give_places(draft, _MAIN, without_links=True)
        left = [str(p) for p in reading.problems if p.kind == "skipped"]
        workspace.say(
            " ".join([f"From your list: {accepted}.", *left[:3]])
            + (f" And {len(left) - 3} more lines were left out." if left[3:] else "")
        )


def _foresight(workspace: Workspace) -> None:
    """Open the reference map to borrow from by click, or take causes from it by name."""
    source = foresight_map()
    quiet(f"{count(len(source.factors), 'cause')}, drawn in 2007. {_notice()}")
    if pressed(
        st.button,
        "Open it, and borrow by click",
        key="map.foresight",
        type="primary",
        icon=":material/layers:",
    ):
        if source.id in workspace.programme.maps:
            workspace.set_control(MAP, source.id)
            st.rerun()
        with workspace.editing("Open the Foresight map to borrow from") as draft:
            workspace.set_control(MAP, open_reference(draft))
    _by_theme(workspace, source, "foresight")


def _by_theme(workspace: Workspace, source: SystemMap, name: str) -> None:
    """Offer another map's causes, a theme at a time; all of it or some."""
    known = already_here(workspace.programme.system_map(), source)
    themes: dict[str, list[str]] = {}
    for factor in source.factors.values():
        if factor.id not in known:
            themes.setdefault(factor.theme, []).append(factor.id)
    if not themes:
        say("All of its causes are on your map.")
        return
    names = _themes()
    theme = st.selectbox(
        "Theme",
        sorted(themes, key=lambda key: (not key, names[key])),
        format_func=lambda key: f"{names[key]} ({len(themes[key])})",
        key=f"map.{name}.theme",
    )
    chosen = st.multiselect(
        "Causes",
        themes[theme],
        default=themes[theme],
        format_func=lambda key: source.factor(key).label,
        placeholder="Choose one or more",
        key=f"map.{name}.causes.{theme}.{len(themes[theme])}",
        select_all=False,
    )
    if pressed(
        st.button,
        f"Add {count(len(chosen), 'cause')}",
        key=f"map.{name}.add",
        icon=":material/add:",
        disabled=not chosen,
    ):
        _borrowed(workspace, source, chosen, foresight=name == "foresight")


def _borrowed(
    workspace: Workspace, source: SystemMap, chosen: list[str], *, foresight: bool
) -> None:
    names = listed([source.factor(key).label for key in chosen], limit=3)
    themes = foresight_terms() if foresight else ()
    with workspace.editing(f"Borrow {names}") as draft:
        made = borrow(draft, source, chosen, themes=themes)
        workspace.say(f"{count(len(made), 'cause')} added to your map: {names}.")


@cache
def _starter() -> SystemMap:
    return from_template("starter", "Template").system_map()


def _themes() -> dict[str, str]:
    """Return what the themes of both maps are called."""
    shipped = {key: term.label for key, term in terms("themes").items()}
    return {
        **shipped,
        **{t.key: t.label for t in foresight_terms()},
        "": "Not sorted",
    }


def _notice() -> str:
    return foresight_map().version.notice
