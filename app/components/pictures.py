"""A part of the map as a still picture, with its words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from systemmap.drawing.part import part_svg

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from systemmap.model.system_map import SystemMap


def part_picture(
    system_map: SystemMap,
    factors: Collection[str],
    links: Collection[tuple[str, str]],
    *,
    alt: str,
    starts: Collection[str] = (),
    ring: Sequence[str] = (),
) -> None:
    """Draw some factors where they lie on the map, and the links between them.

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
    """
    if factors:
        st.image(
            part_svg(system_map, factors, links, starts=starts, ring=ring),
            width="stretch",
            alt=alt,
        )
