"""Records edited like a spreadsheet: cells in place, blocks pasted, one change a save.

What is typed stays in this tab until it is saved or given up, also when the
filter changes or somebody else saves. `row_form` does the same by form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from app.components.grid_sheet import Sheet, take_in, with_editor
from app.components.html_tables import table
from app.components.pasted_cells import pasted_block, several_rows
from app.components.row_form import row_form
from app.components.screen_text import quiet, say
from app.presses import pressed
from app.wording import count
from systemmap.editing.grids import GridEdits, apply_edits, find_conflicts
from systemmap.model.due import read_due
from systemmap.model.text import folded

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.editing.grids import Grid, GridColumn, GridConflict
    from systemmap.model.programme import Programme

_HEIGHT = 560
_WIDE = ("aims", "note", "outcomes", "evidence", "narrative", "text")


def edit_grid(workspace: Workspace, grid: Grid) -> None:
    """Show a grid to edit, with its filter, its save button and the form beside it."""
    sheet = _sheet(workspace, grid)
    columns = grid.columns(workspace.programme)
    headings = {"": "As it stands"} | {c.key: c.heading for c in columns}
    with st.container(horizontal=True):
        wanted = st.text_input(
            "Show only rows with these words",
            key=f"grid.{grid.key}.filter",
            on_change=take_in,
            args=(sheet,),
            width=420,
        )
        order = st.selectbox(
            "In the order of",
            list(headings),
            format_func=headings.__getitem__,
            key=f"grid.{grid.key}.sort",
            on_change=take_in,
            args=(sheet,),
            width=240,
        )
    _cells(sheet, grid, columns, wanted, order)
    now = with_editor(sheet)
    sheet.step(now)
    conflicts = _conflicts(workspace, grid, sheet, now.edits)
    _saving(workspace, grid, sheet, now.edits, waits=bool(conflicts))
    if grid.add:
        with st.expander(
            "Paste a block of cells from a spreadsheet", icon=":material/content_paste:"
        ):
            pasted_block(sheet, columns, grid)
    with st.expander("Set one column for several rows", icon=":material/south:"):
        several_rows(sheet, columns, grid)
    with st.expander(
        "Edit, add, move or remove one row in a form", icon=":material/edit_note:"
    ):
        row_form(workspace, grid, waits=bool(now.edits.size))


def _sheet(workspace: Workspace, grid: Grid) -> Sheet:
    """Return this tab's sheet; an untouched one follows what others save."""
    turn = workspace.fresh(f"grid.{grid.key}")
    held: Sheet | None = workspace.recall(f"grid.{grid.key}", None)
    programme = workspace.programme
    if held is not None and held.turn == turn:
        idle = not with_editor(held).edits.size
        if held.revision == programme.revision or not idle:
            return held
        turn_part = held.part + 1
    else:
        turn_part = 0
    fresh = Sheet(
        turn=turn,
        revision=programme.revision,
        before=grid.rows(programme),
        part=turn_part,
    )
    workspace.remember(f"grid.{grid.key}", fresh)
    return fresh


def _back(sheet: Sheet) -> None:
    if sheet.past:
        sheet.back()


def _cells(
    sheet: Sheet,
    grid: Grid,
    columns: tuple[GridColumn, ...],
    wanted: str,
    order: str,
) -> None:
    rows = sheet.rows
    sheet.shown = [
        key
        for key, cells in rows.items()
        if folded(wanted) in folded(" ".join(cells.values()))
    ]
    if order:  # what is shown alone; an empty cell stands last
        sheet.shown.sort(key=lambda key: _place(rows[key].get(order, "")))
    names = [column.key for column in columns]
    data = {name: [rows[key].get(name, "") for key in sheet.shown] for name in names}
    st.data_editor(
        pd.DataFrame(data, columns=names, dtype="string"),
        key=sheet.key,
        hide_index=True,
        height=min(_HEIGHT, 110 + 35 * len(sheet.shown)),
        num_rows="dynamic" if grid.add and grid.remove else "fixed",
        placeholder="",  # a new row's cells are empty, not "None"
        column_config={c.key: _column(c, wide=c.key in _WIDE) for c in columns},
        alt=f"{grid.title}, {count(len(sheet.shown), grid.noun)} to edit",
    )
    if len(sheet.shown) < len(rows):
        quiet(f"{len(sheet.shown)} of {count(len(rows), grid.noun)} shown.")


def _place(cell: str) -> tuple[bool, str, str]:
    """Return where a cell stands among others: by the day it names, else by its words."""
    due = read_due(cell)
    return not cell, (due.start or "") if due else "", folded(cell)


def _column(column: GridColumn, *, wide: bool) -> Any:  # noqa: ANN401 - no public type
    if column.words and not column.many and not column.fixed:
        return st.column_config.SelectboxColumn(
            column.heading, options=list(column.words.values()), width="medium"
        )
    words = "; ".join(column.words.values())
    return st.column_config.TextColumn(
        column.heading,
        disabled=column.fixed,
        width="large" if wide else "small" if column.fixed else "medium",
        help=f"Several with semicolons between: {words}"
        if column.many and words
        else None,
    )


def _conflicts(
    workspace: Workspace, grid: Grid, sheet: Sheet, edits: GridEdits
) -> tuple[GridConflict, ...]:
    """Show what others changed in the same rows, theirs and yours, and let people choose."""
    programme = workspace.programme
    if programme.revision == sheet.revision or not edits.size:
        return ()
    found = find_conflicts(grid, programme, sheet.before, edits)
    if not found:
        return ()
    rows = {conflict.key for conflict in found}
    st.error(
        f"Somebody else changed {count(len(rows), 'row')} that you are editing. "
        "Nothing of yours is saved yet, and nothing is lost: choose for these rows.",
        icon=":material/error:",
    )
    table(
        (
            {
                "Row": c.row,
                "Column": c.column,
                "It was": c.before,
                "Theirs": c.theirs,
                "Yours": c.yours,
            }
            for c in found
        ),
        alt="What somebody else changed in the rows you are editing",
    )
    with st.container(horizontal=True):
        st.button(
            "Keep theirs",
            key=f"grid.{grid.key}.theirs",
            on_click=_settle,
            args=(sheet, grid, programme, rows, False),
        )
        st.button(
            "Put mine in their place",
            key=f"grid.{grid.key}.mine",
            on_click=_settle,
            args=(sheet, grid, programme, rows, True),
        )
    return found


def _settle(
    sheet: Sheet,
    grid: Grid,
    programme: Programme,
    rows: set[str],
    mine: bool,  # noqa: FBT001 - a callback's arguments have no names
) -> None:
    """Take theirs as what the rows were; yours are kept over it, or given up."""
    take_in(sheet)
    theirs = grid.rows(programme)
    for key in rows:
        yours = sheet.changed.pop(key, {})
        if key not in theirs:
            sheet.before.pop(key)
            if mine and yours:
                sheet.added[f"new:{key}"] = yours
            continue
        sheet.before[key] = theirs[key]
        if mine:
            sheet.put(key, yours)
        elif key in sheet.removed:
            sheet.removed.remove(key)


def _saving(
    workspace: Workspace, grid: Grid, sheet: Sheet, edits: GridEdits, *, waits: bool
) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        save = pressed(
            st.button,
            "Save the changes",
            key=f"grid.{grid.key}.save",
            type="primary",
            icon=":material/save:",
            disabled=waits or not edits.size,
        )
        if edits.size:
            say(f"Not saved yet: {edits.words}.")
            st.button(
                "Take back the last edit",
                key=f"grid.{grid.key}.back",
                type="tertiary",
                icon=":material/undo:",
                on_click=_back,
                args=(sheet,),
            )
            st.button(
                "Give them up",
                key=f"grid.{grid.key}.drop",
                type="tertiary",
                on_click=workspace.reset,
                args=(f"grid.{grid.key}",),
            )
    if save:
        label = f"{grid.title}: {edits.words}"
        with workspace.editing(label, form=f"grid.{grid.key}") as draft:
            apply_edits(grid, draft, sheet.before, edits)
