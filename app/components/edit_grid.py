"""Records edited like a spreadsheet: cells in place, blocks pasted, one change a save.

What is typed stays in this tab until it is saved or given up, also when the
filter changes or somebody else saves. `row_form` does the same by form.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from app.components.grid_sheet import Sheet, take_in, with_editor
from app.components.html_tables import table
from app.components.pasted_cells import pasted_block, several_rows
from app.components.row_form import row_form
from app.components.row_moves import row_moves
from app.components.screen_text import quiet, say
from app.wording import count, listed, safe_text, sentence
from systemmap.editing.grids import GridEdits, apply_edits, find_conflicts
from systemmap.editing.rating_given import unexplained
from systemmap.editing.unlisted_words import unlisted
from systemmap.language.phrases import quoted
from systemmap.model.due import read_due
from systemmap.model.text import folded

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from app.workspace import Workspace
    from systemmap.editing.grids import Grid, GridColumn, GridConflict
    from systemmap.model.programme import Programme

_HEIGHT = 560
MANY = 40
"""Rows added in the editor that become rows of the sheet at once: in each run
Streamlit puts them into its table one by one, 40 in a second, 2,000 in a minute."""
SETTLES = 0.35
"""Seconds until the browser has told of a cell's last edit, which it does after 0.15.

What it tells meanwhile ends this run where something is shown next, and a new
one begins with it; so a press on Save takes the last edit with it."""
_KIND = "kind"
_WIDE = ("note", "outcomes", "evidence", "narrative", "text")


def edit_grid(workspace: Workspace, grid: Grid) -> None:
    """Show a grid to edit, with its filter, its save button and the form beside it."""
    sheet = _sheet(workspace, grid)
    sheet.drawn = True
    if len(st.session_state.get(sheet.key, {}).get("added_rows", ())) > MANY:
        take_in(sheet)
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
            pasted_block(workspace, sheet, columns, grid)
    if grid.order:
        with st.expander("Move rows up or down", icon=":material/swap_vert:"):
            row_moves(
                workspace, sheet, grid, sorted_by=headings[order] if order else ""
            )
    with st.expander("Set one column for several rows", icon=":material/south:"):
        several_rows(sheet, columns, grid)
    with st.expander(
        "Edit, add or remove one row in a form", icon=":material/edit_note:"
    ):
        row_form(workspace, grid, waits=bool(now.edits.size))


def _sheet(workspace: Workspace, grid: Grid) -> Sheet:
    """Return this tab's sheet; an untouched one follows what others save."""
    turn = workspace.fresh(f"grid.{grid.key}")
    held: Sheet | None = workspace.recall(f"grid.{grid.key}", None)
    programme = workspace.programme
    if held is not None and held.turn == turn:
        held.come_back()
        idle = not with_editor(held).edits.size
        if held.revision == programme.revision or not idle:
            return held
    given_up = held is not None and held.revision == programme.revision
    fresh = Sheet(
        grid=grid,
        programme_id=programme.id,
        turn=turn,
        revision=programme.revision,
        before=grid.rows(programme),
        again=held.again + 1 if held and given_up else 0,
    )
    workspace.remember(f"grid.{grid.key}", fresh)
    return fresh


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
        column_config={c.key: _column(c) for c in columns},
        alt=f"{grid.title}, {count(len(sheet.shown), grid.noun)} to edit",
    )
    if told := _typed(columns):
        quiet(told)
    if len(sheet.shown) < len(rows):
        quiet(f"{len(sheet.shown)} of {count(len(rows), grid.noun)} shown.")


def _typed(columns: tuple[GridColumn, ...]) -> str:
    """Say which cells hold several and how they are typed: a hint on a heading needs a mouse."""
    many = [column.heading for column in columns if column.many]
    lines = [column.heading for column in columns if column.lines]
    told = (
        f"With semicolons between: {', '.join(many)}." if many else "",
        f"One on each line: {', '.join(lines)}." if lines else "",
    )
    return " ".join(filter(None, told))


def _place(cell: str) -> tuple[bool, str, str]:
    """Return where a cell stands among others: by the day it names, else by its words."""
    due = read_due(cell)
    return not cell, (due.start or "") if due else "", folded(cell)


def _column(column: GridColumn) -> Any:  # noqa: ANN401 - no public type
    if column.words and not column.many and not column.fixed:
        return st.column_config.SelectboxColumn(
            column.heading, options=list(column.words.values()), width="medium"
        )
    return st.column_config.TextColumn(
        column.heading,
        disabled=column.fixed,
        width="small"
        if column.key == _KIND
        else "large"
        if column.lines or column.key in _WIDE
        else "medium",
        help=safe_text(column.help) or None,
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
        yours = sheet.done.changed.pop(key, {})
        if key not in theirs:
            sheet.before.pop(key)
            if mine and yours:
                sheet.done.added[f"new:{key}"] = yours
            continue
        sheet.before[key] = theirs[key]
        if mine:
            sheet.put(key, yours)
        elif key in sheet.done.removed:
            sheet.done.removed.remove(key)


def _saving(
    workspace: Workspace, grid: Grid, sheet: Sheet, edits: GridEdits, *, waits: bool
) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        # A server started anew knows no callback of this tab yet; the press says so itself.
        if st.button(
            "Save the changes",
            key=f"grid.{grid.key}.save",
            type="primary",
            icon=":material/save:",
            disabled=waits,
            on_click=sheet.ask,
            args=("save",),
        ):
            sheet.ask("save")
        if edits.size:
            say(f"Not saved yet: {edits.words}.")
            _ask_why(sheet, edits)
            _ask_new(workspace, sheet, edits)
            if st.button(
                "Take back the last edit",
                key=f"grid.{grid.key}.back",
                type="tertiary",
                icon=":material/undo:",
                on_click=sheet.ask,
                args=("back",),
            ):
                sheet.ask("back")
            st.button(
                "Give them up",
                key=f"grid.{grid.key}.drop",
                type="tertiary",
                on_click=workspace.reset,
                args=(f"grid.{grid.key}",),
            )
        if sheet.wants:
            waiting = st.empty()
            waiting.markdown("Saving …" if sheet.wants == "save" else "")
            time.sleep(SETTLES)
            waiting.empty()  # ends this run if there is more to be told of
    wanted = sheet.wants
    sheet.ask("")
    if wanted == "back":
        sheet.back()
        st.rerun()
    if wanted == "save" and not edits.size:
        quiet("Nothing was changed in this table, so there is nothing to save.")
        workspace.speak("Nothing to save.")
    elif wanted == "save" and not waits:
        _save(workspace, sheet, edits)


def _ask_why(sheet: Sheet, edits: GridEdits) -> None:
    """Ask for the reason of a rating that needs one, as the form of a phase does."""
    rows = unexplained(sheet.before, edits.changed, edits.added)
    if rows:
        named = listed(
            [f"{quoted(name)} is {word.lower()}" for name, word in rows], limit=3
        )
        say(f"{sentence(named)}: say why under “Why this rating”.")


def _ask_new(workspace: Workspace, sheet: Sheet, edits: GridEdits) -> None:
    """Ask about names that are on no list: a slip of the pen is seen before it is kept."""
    columns = sheet.grid.columns(workspace.programme)
    found = unlisted(columns, sheet.before, (*edits.changed.values(), *edits.added))
    for heading, words in found.items():
        named = listed([quoted(word) for word in words], limit=5)
        say(
            f"New in {heading}: {named}. Is it written as it should be? Saving keeps it as typed."
        )


def _save(workspace: Workspace, sheet: Sheet, edits: GridEdits) -> None:
    grid = sheet.grid
    label = f"{grid.title}: {edits.words}"
    with workspace.editing(label, form=f"grid.{grid.key}") as draft:
        apply_edits(grid, draft, sheet.before, edits)


def left_behind(workspace: Workspace, above: DeltaGenerator) -> None:
    """Say what stands unsaved in tables this page did not draw.

    A save that was asked for as the page was left is done now.
    """
    for sheet in workspace.recalled("grid.", Sheet):
        if sheet.drawn or sheet.turn != workspace.fresh(f"grid.{sheet.grid.key}"):
            continue
        if sheet.seen:
            sheet.take_in(sheet.seen)
        if not sheet.edits.size:
            continue
        with above:
            if sheet.wants == "save":
                sheet.ask("")
                _save(workspace, sheet, sheet.edits)
            quiet(f"{sheet.grid.title}, not saved yet: {sheet.edits.words}.")
    names = {summary.id: summary.name for summary in workspace.programmes()}
    for programme_id, kept in workspace.aside():
        if programme_id in names:
            with above:
                quiet(f"Not saved yet in {names[programme_id]}. {kept.unsaved}.")
