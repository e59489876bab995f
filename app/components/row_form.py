"""One row of a grid as a form: what keyboards and screen readers edit with ease."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.asked_first import asked_first
from app.components.screen_text import quiet
from app.presses import pressed
from app.wording import safe_text
from systemmap.editing.grids import GridEdits, apply_edits

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.editing.grids import Cells, Grid, GridColumn

_NEW = ""


def row_form(workspace: Workspace, grid: Grid, *, waits: bool) -> None:
    """Choose a row, or a new one, and change or remove it; each is one change.

    Parameters
    ----------
    waits : bool
        Whether the grid above holds what is not saved yet: that comes first.
    """
    if waits:
        quiet("Save or give up what you changed in the table first.")
        return
    rows = grid.rows(workspace.programme)
    columns = grid.columns(workspace.programme)
    keys = [*([_NEW] if grid.add else []), *rows]
    if not keys:
        quiet("There is no row yet.")
        return
    chosen = st.selectbox(
        "Row",
        keys,
        format_func=lambda key: rows[key][grid.name] if key else "A new row",
        key=f"grid.{grid.key}.row",
    )
    _fields(workspace, grid, columns, chosen, rows.get(chosen, {}))
    if chosen:
        _removing(workspace, grid, chosen, rows[chosen])


def _fields(
    workspace: Workspace,
    grid: Grid,
    columns: tuple[GridColumn, ...],
    chosen: str,
    cells: Cells,
) -> None:
    form = f"row.{grid.key}.{chosen}"
    key = workspace.fresh(form)
    shown = workspace.recall(f"{key}.before", dict(cells))
    workspace.remember(f"{key}.before", shown)
    with st.form(f"{key}.form", border=True, width=720):
        typed = {
            c.key: _field(c, shown.get(c.key, ""), f"{key}.{c.key}")
            for c in columns
            if not c.fixed
        }
        for column in columns:
            if column.fixed and shown.get(column.key):
                quiet(f"{column.heading}: {shown[column.key]}")
        sent = pressed(
            st.form_submit_button,
            "Save the row" if chosen else "Add the row",
            icon=":material/save:",
            key=f"{key}.form.send",
        )
    if not sent:
        return
    name = typed.get(grid.name, "").strip()
    if chosen:
        changed = {k: text for k, text in typed.items() if text != shown.get(k, "")}
        edits = GridEdits(changed={chosen: changed} if changed else {})
        label = f"{grid.title}: change “{shown[grid.name]}”"
    else:
        edits = GridEdits(added=(typed,))
        label = f"{grid.title}: add “{name}”"
    known = workspace.recall(f"{key}.known", shown)  # theirs, once they were shown
    with workspace.editing(label, form=form) as draft:
        apply_edits(grid, draft, {chosen: known}, edits)
    theirs = grid.rows(workspace.programme).get(chosen)  # here only when refused
    if theirs and theirs != known:
        workspace.remember(f"{key}.known", theirs)
        quiet("Save again to put yours in the place of theirs.")


def _field(column: GridColumn, text: str, key: str) -> str:
    if column.words and not column.many:
        options = ["", *column.words.values()]
        if text not in options:
            options.append(text)
        return st.selectbox(
            safe_text(column.heading),
            options,
            index=options.index(text),
            format_func=lambda each: each or "Not set",
            key=key,
        )
    if column.words:
        return several_of(column, text, key)
    if column.suggests:
        return own_or_used(column, text, key)
    words, help_ = safe_text(column.heading), safe_text(column.help)
    if column.lines or column.key in ("note", "outcomes", "evidence"):
        return st.text_area(words, value=text, key=key, height=100, help=help_ or None)
    return st.text_input(words, value=text, key=key, help=help_ or None)


def own_or_used(column: GridColumn, text: str, key: str, *, width: int = 720) -> str:
    """Offer the words used elsewhere; others can be typed as they are."""
    offered = list(dict.fromkeys(["", *([text] if text else []), *column.suggests]))
    picked = st.selectbox(
        safe_text(column.heading),
        offered,
        index=offered.index(text),
        format_func=lambda each: each or "Not set",
        accept_new_options=True,
        key=key,
        width=width,
    )
    return picked or ""


def several_of(column: GridColumn, text: str, key: str, *, width: int = 720) -> str:
    """Offer the menu of a column whose cell holds several; return them as its text."""
    held = list(column.parts(text))
    menu = [word for word in column.words.values() if word]
    picked = st.multiselect(
        safe_text(column.heading),
        list(dict.fromkeys([*held, *menu])),
        default=held,
        placeholder="Choose or type",
        accept_new_options=column.open,
        select_all=False,
        key=key,
        width=width,
    )
    return "; ".join(picked)


def _removing(workspace: Workspace, grid: Grid, chosen: str, cells: Cells) -> None:
    if grid.remove is None:
        return
    name = safe_text(cells[grid.name])
    sure = asked_first(
        workspace,
        "Remove this row",
        question=f"This removes “{cells[grid.name]}”. It can be undone.",
        yes=f"Remove “{name}”",
        key=f"grid.{grid.key}.remove",
        icon=":material/delete:",
    )
    if sure:
        with workspace.editing(f"{grid.title}: remove “{cells[grid.name]}”") as draft:
            apply_edits(grid, draft, {chosen: cells}, GridEdits(removed=(chosen,)))
