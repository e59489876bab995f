"""How strongly each box of the map is filled: one measure, with its question and caution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.screen_text import quiet
from systemmap.analysis.measures import MEASURES
from systemmap.drawing.words import Table
from systemmap.errors import InvalidValue

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.drawing.scene import Scene

Heat = dict[str, tuple[float | None, str]]
"""By factor: a share of the highest value, None = no answer, and the value in words."""


def choose_heat(key: str, begin: str = "") -> str:
    """Ask which measure fills the boxes; "" = none. Advanced measures are not offered."""
    basic = (name for name, measure in MEASURES.items() if not measure.advanced)
    offered = ["", *basic]
    return st.selectbox(
        "Fill boxes by",
        offered,
        offered.index(begin) if begin in offered else 0,
        format_func=lambda key: MEASURES[key].title if key else "Nothing",
        key=key,
        width=240,
    )


def heat_of(workspace: Workspace, map_id: str, key: str) -> Heat:
    """Return how strongly each box is filled, and say what that means beside the map."""
    if not key:
        return {}
    measure = MEASURES[key]
    try:
        values = workspace.answer(
            "measure",
            map_id,
            key,
            ask=lambda: dict(measure.compute(workspace.analysis(map_id))),
        )
    except InvalidValue as error:
        quiet(str(error))
        return {}
    quiet(
        f"{measure.question} The stronger the fill, the higher the value. {measure.caution}"
    )
    most = max((value for value in values.values() if value is not None), default=0.0)
    return {
        factor: (_share(value, most), measure.in_words(value))
        for factor, value in values.items()
    }


def heat_table(scene: Scene, key: str, heat: Heat) -> Table:
    """Return what fills the boxes as a table, the strongest first."""
    order = sorted(
        scene.boxes,
        key=lambda box: (-(heat.get(box.id, (None, ""))[0] or 0), box.label),
    )
    return Table(
        caption=f"What fills the boxes: {MEASURES[key].title}",
        headings=("Cause", MEASURES[key].title),
        rows=tuple((box.label, heat.get(box.id, (None, ""))[1]) for box in order),
    )


def _share(value: float | None, most: float) -> float | None:
    if value is None:
        return None
    return round(max(value, 0.0) / most, 3) if most > 0 else 0.0
