"""Local picture: published figures for this place, and where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.screen_text import empty, finding, section
from app.components.still_pictures import picture
from app.screens._screen import Screen
from app.wording import count, safe_text
from systemmap.drawing.bars import Bar, bars_svg
from systemmap.overview.figures import figures, value_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.workspace import Workspace
    from systemmap.overview.figures import Figure


def draw(workspace: Workspace) -> None:
    """Draw the finding, each figure with its past, and its areas."""
    found = figures(workspace.programme)
    if not found:
        empty(
            "There are no figures yet. Bring in a file you downloaded, for example from Fingertips.",
            "Import a file",
            lambda: workspace.go("import_export"),
            key="local_picture.import",
            icon=":material/upload_file:",
        )
        return
    with_figure = sum(
        figure.latest is not None and figure.latest.value is not None
        for figure in found
    )
    finding(
        f"{with_figure} of {count(len(found), 'indicator')} {'has' if len(found) == 1 else 'have'} a figure for this place."
    )
    _summary(found)
    for figure in found:
        if figure.areas:
            _areas(figure)


def _summary(found: Sequence[Figure]) -> None:
    section("The latest figures")
    table(
        (_row(figure) for figure in found),
        alt="The latest figure of each indicator with its source",
    )


def _row(figure: Figure) -> dict[str, str]:
    latest, unit = figure.latest, figure.indicator
    before = figure.earlier[-1] if figure.earlier else None
    return {
        "Indicator": unit.name,
        "Latest": value_words(latest, unit) if latest else "no figure yet",
        "Period": latest.period if latest else "",
        "Before": f"{value_words(before, unit)} ({before.period})" if before else "",
        "Trend, in the source's words": latest.trend if latest else "",
        "Compared, in the source's words": latest.compared if latest else "",
        "Source": unit.source,
    }


def _areas(figure: Figure) -> None:
    section(f"{figure.indicator.name}, by area")
    if figure.widest_gap:
        st.write(safe_text(figure.widest_gap))
    groups = [
        (area.area_name, [Bar(area.value, value_words(area, figure.indicator))])
        for area in figure.areas
    ]
    title = f"{figure.indicator.name}, by area"
    picture(bars_svg(groups, title=title), alt=title)
    table(
        (
            {
                "Area": area.area_name,
                "Figure": value_words(area, figure.indicator),
                "Period": area.period,
            }
            for area in figure.areas
        ),
        alt=f"{figure.indicator.name} by area",
    )


SCREEN = Screen(
    key="local_picture",
    title="Local picture",
    place="place",
    icon=":material/insights:",
    draw=draw,
)
