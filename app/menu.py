"""From screens to the menu: grouped by the six phases, in their order."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from app.components.factor_search import find_anything
from app.frame import draw, require_shield
from app.screens import SCREENS
from app.screens._screen import SECTIONS, Screen
from app.workspace import here

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.workspace import Workspace


ICON = str(Path(__file__).parent / "icon.png")
"""A file of ours: a named symbol would be fetched from outside as the page's icon."""


def show() -> None:
    """Draw the menu and the screen that was asked for."""
    st.set_page_config(page_title="systemmap", page_icon=ICON, layout="wide")
    require_shield()
    workspace = here()
    workspace.settle()
    pages = {screen.key: _page(screen) for screen in _shown(workspace)}
    workspace.offer_pages(pages)
    chosen = st.navigation(list(pages.values()), position="hidden")
    with st.sidebar:  # always: one that appears later opens over a small screen
        if workspace.id:
            _programme_picker(workspace)
            find_anything(workspace)
        _links(pages)
    chosen.run()


def _shown(workspace: Workspace) -> Iterable[Screen]:
    """Return the screens of the menu; before the first start only those that help."""
    screens = sorted(SCREENS.values(), key=lambda s: (s.position, s.title))
    return [s for s in screens if workspace.id or not s.needs_programme]


def _page(screen: Screen) -> st.Page:
    return st.Page(
        partial(draw, screen),
        title=screen.title,
        icon=screen.icon,
        url_path=screen.key,
        default=screen.key == "home",
    )


def _links(pages: dict[str, st.Page]) -> None:
    """Draw the menu ourselves: Streamlit's own, with headings, is no valid list."""
    for section in SECTIONS:
        within = [key for key in pages if SCREENS[key].section == section]
        if section and within:
            st.markdown(f"**{section}**")
        for key in within:
            st.page_link(pages[key], label=SCREENS[key].title, icon=SCREENS[key].icon)


def _programme_picker(workspace: Workspace) -> None:
    programmes = {summary.id: summary.name for summary in workspace.programmes()}
    if len(programmes) < 2:
        return
    ids = list(programmes)
    chosen = st.selectbox(
        "Programme",
        ids,
        index=ids.index(workspace.id),
        format_func=programmes.__getitem__,
        key=f"menu.programme.{workspace.id}",
    )
    if chosen != workspace.id:
        workspace.open(chosen)
        st.rerun()
