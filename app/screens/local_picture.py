"""Local picture: published figures for this place, and where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.components.figure_views import (
    ask_area,
    by_area,
    by_group,
    over_time,
    side_by_side,
)
from app.components.html_tables import table
from app.components.screen_text import empty, finding, quiet
from app.components.tab_parts import tab_parts
from app.screens._screen import Screen
from app.wording import count
from systemmap.overview.council_area import council_area
from systemmap.overview.figures import figures, period_words, range_words, value_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.workspace import Workspace
    from systemmap.overview.figures import Figure


def draw(workspace: Workspace) -> None:
    """Draw the finding, the latest figures, then time, areas and groups of people."""
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
    own = council_area(workspace.programme).own
    held = sum(
        len(figure.own) + figure.elsewhere + len(figure.areas) for figure in found
    )
    if held and not own:
        finding(
            f"{count(len(found), 'indicator')}, but it is not known which area is yours."
        )
        if ask_area(workspace):
            return
    else:
        finding(_finding(found, next((a.name for a in own if a.name), "this place")))
    tab_parts(
        {
            "Latest": lambda: _latest(found),
            "Over time": lambda: over_time(workspace, found),
            "Side by side": lambda: side_by_side(found),
            "By area": lambda: by_area(found),
            "By group of people": lambda: by_group(workspace, found),
        },
        key="local_picture.tab",
    )


def _finding(found: Sequence[Figure], place: str) -> str:
    with_figure = [
        f for f in found if f.latest is not None and f.latest.value is not None
    ]
    has = "has" if len(found) == 1 else "have"
    said = f"{len(with_figure)} of {count(len(found), 'indicator')} {has} a figure for {place}"
    worse = sum(
        f.latest is not None and f.latest.compared.casefold() == "worse"
        for f in with_figure
    )
    if not worse:
        return f"{said}."
    calls = "is" if worse == 1 else "are"
    return f"{said}; {worse} {calls} worse than England's in the source's words."


def _latest(found: Sequence[Figure]) -> None:
    table(
        (_row(figure) for figure in found),
        alt="The latest figure of each indicator, beside region and England, with its source",
    )
    quiet(
        "Intervals, trend and comparison are the source's. A figure is set beside region and England only for the same period. An indicator is tied to causes under Over time."
    )


def _row(figure: Figure) -> dict[str, str]:
    latest, unit = figure.latest, figure.indicator
    before = figure.earlier[-1] if figure.earlier else None
    return {
        "Indicator": figure.name,
        "Ours": value_words(latest, unit) if latest else _no_own(figure),
        "95% interval": range_words(latest, unit) if latest else "",
        "Period": period_words(latest) if latest else "",
        "Region and England": "\n".join(
            f"{o.area_name} {value_words(o, unit)}" for o in figure.beside[::-1]
        ),
        "Before": f"{value_words(before, unit)} ({period_words(before)})"
        if before
        else "",
        "In the source's words": ". ".join(
            filter(None, (latest.trend, latest.compared))
        )
        if latest
        else "",
        "Source": ". ".join(filter(None, (unit.source, figure.how))),
    }


def _no_own(figure: Figure) -> str:
    if figure.areas:
        return f"none for the council; {count(len(figure.areas), 'smaller area')}"
    return "no figure yet"


SCREEN = Screen(
    key="local_picture",
    title="Local picture",
    place="place",
    icon=":material/insights:",
    draw=draw,
)
