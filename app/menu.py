"""From places to the menu, and from old addresses to the places they are now."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from app import url_state
from app.components.menu_counts import menu_counts
from app.frame import draw, prepare, require_shield, require_sign_in
from app.places import PLACES
from app.presses import forget_presses
from app.screens import SCREENS
from app.workspace import here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.places import Place
    from app.screens._screen import Screen
    from app.workspace import Workspace


ICON = str(Path(__file__).parent / "icon.png")
"""A file of ours: a named symbol would be fetched from outside as the page's icon."""


def show() -> None:
    """Draw the menu and the place that was asked for."""
    st.set_page_config(page_title="systemmap", page_icon=ICON, layout="wide")
    require_shield()
    prepare(_asked_for())
    require_sign_in()
    workspace = here()
    workspace.settle()
    shown = _shown(workspace)
    pages = {key: _page(workspace, PLACES[key], ways) for key, ways in shown.items()}
    moved = [
        _moved(screen, workspace)
        for ways in shown.values()
        for screen in ways
        if screen.key not in PLACES
    ]
    workspace.offer_pages(
        {
            screen.key: (pages[key], {} if screen is ways[0] else _asks_for(screen))
            for key, ways in shown.items()
            for screen in ways
        }
    )
    st.navigation([*pages.values(), *moved], expanded=True).run()
    forget_presses()


def _asked_for() -> Place | None:
    """Return the place that the address names, before the pages are known."""
    path = urlsplit(st.context.url or "").path
    return PLACES.get(path.rstrip("/").rpartition("/")[2])


def _shown(workspace: Workspace) -> dict[str, list[Screen]]:
    """Return the screens of each place; before the first start only those that help."""
    screens = sorted(SCREENS.values(), key=lambda s: (s.position, s.title))
    found = {
        key: [
            s
            for s in screens
            if s.place == key and (workspace.id or not s.needs_programme)
        ]
        for key in PLACES
    }
    return {key: ways for key, ways in found.items() if ways}


def _page(workspace: Workspace, place: Place, ways: Sequence[Screen]) -> st.Page:
    return st.Page(
        partial(_draw, place, ways),
        title=_title(workspace, place),
        icon=place.icon,
        url_path=place.key,
        default=place.key == "home",
    )


def _title(workspace: Workspace, place: Place) -> str:
    """Return a place's name, with its count where it has one."""
    counted = menu_counts(workspace).get(place.key)
    return f"{place.title} ({counted})" if counted else place.title


def _draw(place: Place, ways: Sequence[Screen]) -> None:
    """Draw the way of looking that the address asks for; without one, the first."""
    asked = url_state.value("way")
    by_way = {_way_of(screen): screen for screen in ways}
    chosen = by_way.get(asked, ways[0])
    draw(chosen, place=place, ways=[(w, s.title) for w, s in by_way.items()])


def _way_of(screen: Screen) -> str:
    return screen.key.replace("_", "-")


def _asks_for(screen: Screen) -> dict[str, str]:
    return {"way": _way_of(screen)}


def _moved(screen: Screen, workspace: Workspace) -> st.Page:
    """Lead from the address a screen once had to the place where it stands."""
    return st.Page(
        partial(_lead_to, workspace, screen),
        title=screen.title,
        url_path=screen.key,
        visibility="hidden",
    )


def _lead_to(workspace: Workspace, screen: Screen) -> None:
    asked = {key: url_state.value(key) for key in st.query_params}
    asked.pop("programme", None)
    workspace.go(screen.key, **{key: value for key, value in asked.items() if value})
