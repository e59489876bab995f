"""From screens to the menu: grouped by the six phases, in their order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from app.frame import draw, require_shield
from app.screens import SCREENS
from app.screens._screen import SECTIONS, Screen
from app.workspace import here

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.workspace import Workspace


def show() -> None:
    """Draw the menu and the screen that was asked for."""
    st.set_page_config(
        page_title="systemmap", page_icon=":material/hub:", layout="wide"
    )
    require_shield()
    workspace = here()
    workspace.settle()
    _programme_picker(workspace)
    pages = {screen.key: _page(screen) for screen in _shown(workspace)}
    workspace.offer_pages(pages)
    st.navigation(_grouped(pages), expanded=True).run()


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


def _grouped(pages: dict[str, st.Page]) -> dict[str, list[st.Page]]:
    grouped: dict[str, list[st.Page]] = {section: [] for section in SECTIONS}
    for key, page in pages.items():
        grouped[SCREENS[key].section].append(page)
    return {section: found for section, found in grouped.items() if found}


def _programme_picker(workspace: Workspace) -> None:
    programmes = {summary.id: summary.name for summary in workspace.programmes()}
    if len(programmes) < 2:
        return
    ids = list(programmes)
    chosen = st.sidebar.selectbox(
        "Programme",
        ids,
        index=ids.index(workspace.id),
        format_func=programmes.__getitem__,
        key=f"menu.programme.{workspace.id}",
    )
    if chosen != workspace.id:
        workspace.open(chosen)
        st.rerun()
