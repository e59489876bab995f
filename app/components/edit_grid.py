"""Records edited like a spreadsheet: cells in place, blocks pasted, one change a save.

What is typed stays in this tab until it is saved or given up, also when the
filter changes or somebody else saves. `row_form` does the same by form.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from app.components.html_tables import table
from app.components.row_form import own_or_used, row_form
from app.components.screen_text import quiet, say
from app.wording import count
from systemmap.editing.grids import GridEdits, apply_edits, find_conflicts
from systemmap.model.due import read_due
from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.workspace import Workspace
    from systemmap.editing.grids import Cells, Grid, GridColumn, GridConflict
    from systemmap.model.programme import Programme

_HEIGHT = 560
_WIDE = ("aims", "note", "outcomes", "narrative", "text")


@dataclass
class _Sheet:
    """What this tab holds of one grid: as it was shown, and what was done since.

    `turn` tells a saved sheet from the next; `part` goes up whenever the
    editor has to begin anew with what was done so far in its cells.
    """

    turn: str
    revision: int
    before: dict[str, dict[str, str]]
    changed: dict[str, dict[str, str]] = field(default_factory=dict)
    added: dict[str, dict[str, str]] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    part: int = 0

    @property
    def key(self) -> str:
        """The editor's key."""
        return f"{self.turn}.cells.{self.part}"

    @property
    def rows(self) -> dict[str, dict[str, str]]:
        """Every row with what was done so far, new ones last."""
        kept = {
            key: {**cells, **self.changed.get(key, {})}
            for key, cells in self.before.items()
            if key not in self.removed
        }
        return kept | self.added

    @property
    def edits(self) -> GridEdits:
        """What was done, to be saved."""
        return GridEdits(
            changed={k: v for k, v in self.changed.items() if k not in self.removed},
            added=tuple(c for c in self.added.values() if any(c.values())),
            removed=tuple(self.removed),
        )

    def put(self, key: str, cells: Mapping[str, str]) -> None:
        """Take in cells of one row; one that is as before is no change."""
        if key in self.added:
            self.added[key].update(cells)
            return
        before = self.before[key]
        now = {**self.changed.pop(key, {}), **cells}
        now = {name: text for name, text in now.items() if text != before.get(name, "")}
        if now:
            self.changed[key] = now

    def take_in(self, state: Mapping[str, Any]) -> None:
        """Take in what the editor reports: cells by position, rows added and removed."""
        for place, cells in state.get("edited_rows", {}).items():
            if int(place) < len(self.shown):
                self.put(self.shown[int(place)], _as_text(cells))
        for place in state.get("deleted_rows", ()):
            key = self.shown[int(place)]
            if self.added.pop(key, None) is None:
                self.removed.append(key)
        for cells in state.get("added_rows", ()):
            self.added[f"new:{len(self.added)}:{self.part}"] = _as_text(cells)
        self.part += 1


def edit_grid(workspace: Workspace, grid: Grid) -> None:
    """Show a grid to edit, with its filter, its save button and the form beside it."""
    sheet = _sheet(workspace, grid)
    columns = grid.columns(workspace.programme)
    headings = {"": "As it stands"} | {c.key: c.heading for c in columns}
    with st.container(horizontal=True):
        wanted = st.text_input(
            "Show only rows with these words",
            key=f"grid.{grid.key}.filter",
            on_change=_take_in,
            args=(sheet,),
            width=420,
        )
        order = st.selectbox(
            "In the order of",
            list(headings),
            format_func=headings.__getitem__,
            key=f"grid.{grid.key}.sort",
            on_change=_take_in,
            args=(sheet,),
            width=240,
        )
    _cells(sheet, grid, columns, wanted, order)
    now = _with_editor(sheet)
    conflicts = _conflicts(workspace, grid, sheet, now.edits)
    _saving(workspace, grid, sheet, now.edits, waits=bool(conflicts))
    with st.expander("Set one column for several rows", icon=":material/south:"):
        _several(sheet, columns, grid)
    with st.expander(
        "Edit, add, move or remove one row in a form", icon=":material/edit_note:"
    ):
        row_form(workspace, grid, waits=bool(now.edits.size))


def _sheet(workspace: Workspace, grid: Grid) -> _Sheet:
    """Return this tab's sheet; an untouched one follows what others save."""
    turn = workspace.fresh(f"grid.{grid.key}")
    held: _Sheet | None = workspace.recall(f"grid.{grid.key}", None)
    programme = workspace.programme
    if held is not None and held.turn == turn:
        idle = not _with_editor(held).edits.size
        if held.revision == programme.revision or not idle:
            return held
        turn_part = held.part + 1
    else:
        turn_part = 0
    fresh = _Sheet(
        turn=turn,
        revision=programme.revision,
        before=grid.rows(programme),
        part=turn_part,
    )
    workspace.remember(f"grid.{grid.key}", fresh)
    return fresh


def _with_editor(sheet: _Sheet) -> _Sheet:
    """Return the sheet as it is with what stands in the editor, itself unchanged."""
    now = _Sheet(
        turn=sheet.turn,
        revision=sheet.revision,
        before=sheet.before,
        changed={key: dict(cells) for key, cells in sheet.changed.items()},
        added={key: dict(cells) for key, cells in sheet.added.items()},
        removed=list(sheet.removed),
        shown=sheet.shown,
        part=sheet.part,
    )
    now.take_in(st.session_state.get(sheet.key, {}))
    return now


def _take_in(sheet: _Sheet) -> None:
    sheet.take_in(st.session_state.get(sheet.key, {}))


def _cells(
    sheet: _Sheet,
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
    workspace: Workspace, grid: Grid, sheet: _Sheet, edits: GridEdits
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
    sheet: _Sheet,
    grid: Grid,
    programme: Programme,
    rows: set[str],
    mine: bool,  # noqa: FBT001 - a callback's arguments have no names
) -> None:
    """Take theirs as what the rows were; yours are kept over it, or given up."""
    _take_in(sheet)
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
    workspace: Workspace, grid: Grid, sheet: _Sheet, edits: GridEdits, *, waits: bool
) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(
            "Save the changes",
            key=f"grid.{grid.key}.save",
            type="primary",
            icon=":material/save:",
            disabled=waits or not edits.size,
        )
        if edits.size:
            say(f"Not saved yet: {edits.words}.")
            st.button(
                "Give them up",
                key=f"grid.{grid.key}.drop",
                type="tertiary",
                on_click=workspace.reset,
                args=(f"grid.{grid.key}",),
            )
    if pressed:
        label = f"{grid.title}: {edits.words}"
        with workspace.editing(label, form=f"grid.{grid.key}") as draft:
            apply_edits(grid, draft, sheet.before, edits)


def _several(sheet: _Sheet, columns: tuple[GridColumn, ...], grid: Grid) -> None:
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


def _set(sheet: _Sheet, keys: tuple[str, ...], cells: Cells) -> None:
    _take_in(sheet)
    for key in keys:
        if key in sheet.before or key in sheet.added:
            sheet.put(key, cells)


def _as_text(cells: Mapping[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in cells.items()}
