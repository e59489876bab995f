"""Many cells at once without a mouse: one column of several rows, a block pasted as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.grid_sheet import take_in
from app.components.row_form import own_or_used, several_of
from app.components.screen_text import quiet
from app.wording import count, safe_text
from systemmap.editing.grid_blocks import block_of

if TYPE_CHECKING:
    from app.components.grid_sheet import Sheet
    from app.workspace import Workspace
    from systemmap.editing.grids import Cells, Grid, GridColumn

_NEW = ""


def several_rows(sheet: Sheet, columns: tuple[GridColumn, ...], grid: Grid) -> None:
    """Ask for a column, its text and the rows; they join what is not saved yet."""
    rows, key = sheet.rows, f"grid.{grid.key}.several"
    menu = {column.key: column for column in columns if not column.fixed}
    name = st.selectbox(
        "Column",
        list(menu),
        format_func=lambda each: menu[each].heading,
        key=f"{key}.column",
        width=360,
    )
    column = menu[name]
    if column.suggests:
        text = own_or_used(column, "", f"{key}.{name}", width=360)
    elif column.words and not column.many:
        text = st.selectbox(
            "Set to", ["", *column.words.values()], key=f"{key}.{name}", width=360
        )
    elif column.words:
        text = several_of(column, "", f"{key}.{name}", width=360)
    elif column.lines:
        text = st.text_area(
            "Set to",
            key=f"{key}.{name}",
            help=safe_text(column.help) or None,
            width=360,
        )
    else:
        text = st.text_input("Set to", key=f"{key}.{name}", width=360)
    chosen = st.multiselect(
        "Rows (none chosen: all that are shown)",
        sheet.shown,
        format_func=lambda each: rows.get(each, {}).get(grid.name, ""),
        placeholder="All that are shown",
        key=f"{key}.rows",
        select_all=False,
    )
    number = count(len(chosen or sheet.shown), "row")
    st.button(
        f"Set in {number}",
        key=f"{key}.set",
        on_click=_set,
        args=(sheet, tuple(chosen or sheet.shown), {name: text}),
    )


def _set(sheet: Sheet, keys: tuple[str, ...], cells: Cells) -> None:
    take_in(sheet)
    for key in keys:
        if key in sheet.before or key in sheet.done.added:
            sheet.put(key, cells)


def pasted_block(
    workspace: Workspace, sheet: Sheet, columns: tuple[GridColumn, ...], grid: Grid
) -> None:
    """Ask for a block of cells and where it begins; it joins what is not saved yet."""
    key = f"grid.{grid.key}.block"
    pasted = f"{key}.text"
    text = st.text_area(
        "Cells, copied from a spreadsheet",
        key=workspace.fresh(pasted),
        height=120,
        help="A first line with the headings of this table says which column is which.",
    )
    menu = {column.key: column.heading for column in columns if not column.fixed}
    with st.container(horizontal=True):
        first = st.selectbox(
            "The first cell is in the column",
            list(menu),
            format_func=menu.__getitem__,
            key=f"{key}.column",
            width=320,
        )
        rows = sheet.rows
        begins = st.selectbox(
            "The first row is",
            [*([_NEW] if grid.add else []), *sheet.shown],
            format_func=lambda each: (
                rows.get(each, {}).get(grid.name, "") if each else "A new row"
            ),
            key=f"{key}.row",
            width=420,
        )
    cells = block_of(text, columns, first)
    if text.strip() and not cells:
        quiet("No cell of this table is in it.")
    st.button(
        f"Put {count(len(cells), 'row')} into the table",
        key=f"{key}.put",
        disabled=not cells,
        on_click=_put,
        args=(workspace, sheet, cells, begins, pasted),
    )


def _put(
    workspace: Workspace,
    sheet: Sheet,
    block: tuple[Cells, ...],
    begins: str,
    pasted: str,
) -> None:
    """Put a block over the rows from one on, and below the last as new rows."""
    take_in(sheet)
    shown = sheet.shown[sheet.shown.index(begins) :] if begins in sheet.shown else []
    for number, cells in enumerate(block):
        if number < len(shown) and shown[number] not in sheet.done.removed:
            sheet.put(shown[number], cells)
        else:
            name = f"new:{len(sheet.done.added)}:block:{sheet.part}"
            sheet.done.added[name] = dict(cells)
    sheet.part += 1
    workspace.reset(pasted)
