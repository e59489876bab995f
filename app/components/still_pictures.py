"""Still pictures on a screen, drawn with our own font, each with its words."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING

import streamlit as st

from app import caching
from app.components.downloads import download
from systemmap.drawing.part import part_svg

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from systemmap.model.system_map import SystemMap

_SHARPNESS = 2  # pixels drawn for each shown, so that it stays sharp when enlarged


def picture(svg: str, *, alt: str, save_as: str = "", sharp: bool = False) -> None:
    """Show a drawing at its own size, or as wide as there is room.

    With `save_as` it can also be saved under that name, for a report; `sharp` keeps
    two pixels for each that is shown, as a phone has them: Streamlit thins out all
    but an address to one.

    It is sent as pixels: a browser draws an SVG image with whatever font the
    computer has, which is seldom ours.
    """
    width = int(float(re.findall(r' width="([\d.]+)"', svg)[0]))
    pixels = caching.pixels(svg, width * _SHARPNESS)
    st.image(_address(pixels) if sharp else pixels, width=width, alt=alt)
    if save_as:
        download(
            "Save the picture",
            lambda: pixels,
            file_name=f"{save_as}.png",
            key=f"picture.{save_as}",
            icon=":material/image:",
        )


def _address(pixels: bytes) -> str:
    return f"data:image/png;base64,{b64encode(pixels).decode()}"


def part_picture(
    system_map: SystemMap,
    factors: Collection[str],
    links: Collection[tuple[str, str]],
    *,
    alt: str,
    starts: Collection[str] = (),
    ring: Sequence[str] = (),
    save_as: str = "",
) -> None:
    """Draw some factors by themselves, and the links between them.

    Parameters
    ----------
    factors, links : collection
        What is drawn; everything else is left away.
    alt : str
        The same in a sentence, for people who hear it.
    starts : collection of factor ids
        What is drawn at the left.
    ring : sequence of factor ids
        The order on a ring, for a loop.
    save_as : str
        A file name without ending, to offer the picture for a report.
    """
    if factors:
        picture(
            part_svg(system_map, factors, links, starts=starts, ring=ring),
            alt=alt,
            save_as=save_as,
        )
