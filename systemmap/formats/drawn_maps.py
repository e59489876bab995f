"""A programme's whole map drawn with every notice it needs: for paper, the screen, a page.

Drawing knows no map but the one it draws; what was borrowed is told here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.bundled.attribution import notices_of
from systemmap.drawing.caption import Caption, caption_of
from systemmap.drawing.listed import rungs
from systemmap.drawing.scene import Scene, programme_scene

if TYPE_CHECKING:
    from datetime import date

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme


def drawn_map(programme: Programme, map_id: str, *, at: date) -> tuple[Scene, Caption]:
    """Return one of a programme's maps ready to draw, gaps marked, and the words round it."""
    cover = rungs(programme, map_id, today=at)
    scene = programme_scene(programme, map_id, cover=cover)
    notices = notices_of(programme.system_map(map_id))
    return scene, caption_of(programme, scene, at=at, notices=notices)


def map_svg(
    programme: Programme, map_id: str = "main", *, at: date, paper: str = "A3"
) -> str:
    """Draw one of a programme's maps for paper.

    Parameters
    ----------
    at : date
        The day in the footer, and the day against which actions are read.
    paper : str
        A4, A3, A2, A1 or A0, always landscape.

    Raises
    ------
    UnknownItem, InvalidValue
        No such map; no such paper.
    """
    from systemmap.drawing.picture import draw

    return draw(*drawn_map(programme, map_id, at=at), paper=paper)


def map_png(
    programme: Programme,
    map_id: str = "main",
    *,
    at: date,
    paper: str = "A3",
    width: int = 2400,
) -> bytes:
    """Draw one of a programme's maps as a picture, `width` pixels wide."""
    from systemmap.drawing.picture import png_from

    return png_from(map_svg(programme, map_id, at=at, paper=paper), width=width)


def map_pdf(
    programme: Programme, map_id: str = "main", *, at: date, paper: str = "A3"
) -> bytes:
    """Draw one of a programme's maps as a PDF; arguments and errors as `map_svg`."""
    from systemmap.drawing.printing import draw_pdf

    return draw_pdf(*drawn_map(programme, map_id, at=at), paper=paper)


def interactive_map(
    programme: Programme,
    map_id: str = "main",
    *,
    at: date,
    embed: bool = False,
    analysis: MapAnalysis | None = None,
) -> str:
    """Return one of a programme's maps as a single HTML page.

    Parameters
    ----------
    programme : Programme
        Whose map to draw. It is not changed.
    map_id : str
        Which of its maps.
    at : date
        The "as at" day, and the day against which actions are read.
    embed : bool
        Whether the page is to stand in a frame: the map first, less around it.
    analysis : MapAnalysis | None
        The map's analysis, when the caller has it.

    Returns
    -------
    str
        A whole page that makes no request. Write it as UTF-8 with plain line
        ends: its policy holds hashes of the exact text.

    Raises
    ------
    UnknownItem
        The programme has no such map.
    """
    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.drawing.factor_card import cards_of
    from systemmap.drawing.interactive import page
    from systemmap.drawing.story import story_of

    scene, caption = drawn_map(programme, map_id, at=at)
    return page(
        scene,
        caption,
        analysis=analysis or MapAnalysis(programme.system_map(map_id)),
        embed=embed,
        story=story_of(programme, map_id),
        cards=cards_of(programme, map_id),
    )
