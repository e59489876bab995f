"""A map shown where an analyst works: in a notebook, or in the browser."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from systemmap.formats.drawn_maps import interactive_map
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.system_map import SystemMap
from systemmap.model.values import now

if TYPE_CHECKING:
    from datetime import date

_HEIGHT = 560


def html_of(
    shown: SystemMap | Programme, *, at: date | None = None, height: int = _HEIGHT
) -> str:
    """Return a frame that holds the interactive map, for a page or a notebook.

    Parameters
    ----------
    shown : SystemMap or Programme
        A map by itself, or a programme's main map with what is listed.
    at : date | None
        The "as at" day; None = today.
    height : int
        Of the frame, in pixels; its width is that of the cell.

    Returns
    -------
    str
        One ``iframe``. The map inside makes no request and cannot reach the
        page around it.
    """
    page = escape(_page(shown, at, embed=True), quote=True)
    name = escape(_programme(shown).info.name, quote=True)
    return (
        f'<iframe title="System map: {name}" srcdoc="{page}" sandbox="allow-scripts" '
        f'style="width:100%;height:{height}px;border:1px solid #6F777B"></iframe>'
    )


def show(shown: SystemMap | Programme, *, at: date | None = None) -> Path | None:
    """Show the interactive map: in the notebook's cell, else in the browser.

    Parameters
    ----------
    shown : SystemMap or Programme
        What to show. It is not changed.
    at : date | None
        The "as at" day; None = today.

    Returns
    -------
    Path | None
        The page that the browser was asked to open; None in a notebook.
    """
    if "ipykernel" in sys.modules:
        from IPython.display import publish_display_data

        shown_as = {"text/html": html_of(shown, at=at)}
        publish_display_data(shown_as)
        return None
    with tempfile.NamedTemporaryFile(
        "w", suffix=".html", delete=False, encoding="utf-8", newline="\n"
    ) as file:
        file.write(_page(shown, at, embed=False))
    webbrowser.open(Path(file.name).as_uri())
    return Path(file.name)


def _page(shown: SystemMap | Programme, at: date | None, *, embed: bool) -> str:
    programme = _programme(shown)
    map_id = shown.id if isinstance(shown, SystemMap) else "main"
    day = at or now().astimezone().date()
    return interactive_map(programme, map_id, at=day, embed=embed)


def _programme(shown: SystemMap | Programme) -> Programme:
    if isinstance(shown, Programme):
        return shown
    programme = Programme(ProgrammeInfo(id="map", name=shown.version.name))
    programme.put_map(shown)
    return programme
