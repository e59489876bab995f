"""Rows moved by buttons, several at once, among what is not saved yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.grid_sheet import take_in
from app.components.screen_text import quiet
from systemmap.language.phrases import listed, quoted

if TYPE_CHECKING:
    from app.components.grid_sheet import Sheet
    from app.workspace import Workspace
    from systemmap.editing.grids import Grid

_WAYS = {
    "up": ("Move up", ":material/arrow_upward:"),
    "down": ("Move down", ":material/arrow_downward:"),
    "top": ("To the top", ":material/vertical_align_top:"),
    "bottom": ("To the bottom", ":material/vertical_align_bottom:"),
}


def row_moves(
    workspace: Workspace, sheet: Sheet, grid: Grid, *, sorted_by: str
) -> None:
    """Choose rows and move them; they join what is not saved yet.

    Parameters
    ----------
    sorted_by : str
        The heading by which rows are only shown in order; "" = as they stand.
    """
    if sorted_by:
        quiet(
            f"Rows are shown in the order of {sorted_by}. Show them as they stand to move them."
        )
        return
    rows, key = sheet.rows, f"grid.{grid.key}.move"

    def name(row: str) -> str:
        return rows.get(row, {}).get(grid.name, "") or "A new row"

    chosen = st.multiselect(
        "Rows to move",
        sheet.shown,
        format_func=name,
        placeholder="Choose one or several",
        key=f"{key}.rows",
        select_all=False,
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for way, (words, icon) in _WAYS.items():
            st.button(
                words,
                key=f"{key}.{way}",
                icon=icon,
                disabled=not chosen,
                on_click=_move,
                args=(workspace, sheet, grid, tuple(chosen), way),
            )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        before = st.selectbox(
            "Or to stand before",
            [row for row in sheet.shown if row not in chosen],
            index=None,
            format_func=name,
            placeholder="Choose a row",
            key=f"{key}.before",
            width=420,
        )
        st.button(
            "Move them there",
            key=f"{key}.there",
            disabled=not (chosen and before),
            on_click=_move,
            args=(workspace, sheet, grid, tuple(chosen), before),
        )
    if chosen:
        quiet(_stand(sheet, grid, tuple(chosen)))


def _move(
    workspace: Workspace, sheet: Sheet, grid: Grid, chosen: tuple[str, ...], way: str
) -> None:
    take_in(sheet)
    sheet.move(chosen, way, grid.group)
    workspace.speak(_stand(sheet, grid, chosen))


def _stand(sheet: Sheet, grid: Grid, chosen: tuple[str, ...]) -> str:
    """Say where the rows stand: what is before the first, and what after the last."""
    rows = sheet.rows
    order = [key for key in rows if key in sheet.shown]
    names = {key: rows[key].get(grid.name, "") or "a new row" for key in order}
    places = sorted(order.index(key) for key in chosen if key in names)
    if not places:
        return ""
    first, last = places[0], places[-1]
    what = listed([names[order[place]] for place in places], limit=2)
    stands = "stands" if len(places) == 1 else "stand"
    after = f"after {quoted(names[order[first - 1]])}" if first else "first"
    before = (
        f" and before {quoted(names[order[last + 1]])}"
        if last + 1 < len(order)
        else " and last"
    )
    return f"{what} {stands} {after}{before}, row {first + 1} of {len(order)}."
