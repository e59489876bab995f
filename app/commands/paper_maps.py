"""Draw a map, or a part of it, for paper: PDF, SVG or PNG at A4 to A1."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.map_questions import programme_named
from app.commands.shared import (
    Data,
    MapOption,
    Source,
    cause_named,
    say,
)
from app.commands.written_files import save
from systemmap.bundled.attribution import notices_of
from systemmap.drawing.picture import PAPERS, png_from
from systemmap.drawing.picture import draw as draw_svg
from systemmap.drawing.printing import draw_pdf
from systemmap.drawing.view import LAYERS, Choice, view_of
from systemmap.errors import InvalidValue
from systemmap.model.values import now

if TYPE_CHECKING:
    from systemmap.drawing.view import View

_ENDINGS = (".pdf", ".svg", ".png")
_PIXELS = 2400


def draw(
    source: Source,
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="The file to write: .pdf, .svg or .png at its end."
        ),
    ],
    *,
    paper: Annotated[str, typer.Option(help=f"One of: {', '.join(PAPERS)}.")] = "A3",
    focus: Annotated[
        str, typer.Option(help="Only what lies near this cause: its id or name.")
    ] = "",
    steps: Annotated[
        int, typer.Option(min=1, max=3, help="How many links count as near.")
    ] = 2,
    theme: Annotated[
        list[str] | None, typer.Option(help="Only this theme; may be said again.")
    ] = None,
    show: Annotated[
        list[str] | None,
        typer.Option(help=f"On top of causes and links: {', '.join(LAYERS)}."),
    ] = None,
    map_id: MapOption = "main",
    data: Data = None,
) -> None:
    """Draw a map for paper, with its title, key, date, version and notices."""
    if out.suffix.lower() not in _ENDINGS:
        msg = f"A map is drawn as {', '.join(_ENDINGS)}; '{out.name}' ends in none of them. Nothing was written."
        raise InvalidValue(msg)
    programme = programme_named(source, data)
    whole = programme.system_map(map_id)
    choice = Choice(
        map_id=map_id,
        focus=cause_named(whole, focus) if focus else "",
        steps=steps,
        themes=_known("theme", theme, {f.theme for f in whole.factors.values()}),
        layers=_known("layer", show, set(LAYERS)) or ("gaps",),
    )
    today = now().astimezone().date()
    view = view_of(programme, choice, at=today, notices=notices_of(whole))
    save(_drawn(view, out.suffix.lower(), paper), out)
    say(view.caption.title)


def _known(noun: str, asked: list[str] | None, there: set[str]) -> tuple[str, ...]:
    for one in asked or ():
        if one not in there:
            names = ", ".join(sorted(filter(None, there))) or "none"
            msg = f"'{one}' is not a {noun} here. There are: {names}."
            raise InvalidValue(msg)
    return tuple(asked or ())


def _drawn(view: View, ending: str, paper: str) -> bytes:
    if ending == ".pdf":
        return draw_pdf(view.scene, view.caption, paper=paper)
    svg = draw_svg(view.scene, view.caption, paper=paper)
    return svg.encode("utf-8") if ending == ".svg" else png_from(svg, width=_PIXELS)


COMMANDS = (draw,)
