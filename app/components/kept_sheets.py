"""What is not saved of the grids, kept by the browser: a server started anew has it back."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, TypeGuard

import streamlit as st

from app.components.announcements import REGION
from app.components.grid_sheet import Done, Sheet, with_editor
from app.presses import pressed
from app.wording import listed, safe_text
from systemmap.editing.list_grids import EVERY_GRID
from systemmap.errors import SystemMapError

if TYPE_CHECKING:
    from app.workspace import Workspace

_GONE = "unsaved.gone"
_HERE = "systemmap was started anew. What you had not saved is still here: {}."
_LAST = " The cell that you typed last may be missing: look whether it stands there."
_LOST = (
    "systemmap was started anew, and what you had not saved could not be taken up "
    "again: {}. Please make these changes once more."
)


def told_sheets(workspace: Workspace) -> list[dict[str, Any]]:
    """Return what is done and not saved in each table of this tab, for the browser to keep."""
    held = [
        sheet
        for sheet in workspace.recalled("grid.", Sheet)
        if sheet.turn == workspace.fresh(f"grid.{sheet.grid.key}")
    ]
    aside = [kept for _, kept in workspace.aside() if isinstance(kept, Sheet)]
    told = [_told(sheet) for sheet in (*held, *aside)]
    return [one for one in told if one]


def take_up_sheets(workspace: Workspace) -> None:
    """Go on with what the browser has kept, once it came to a server that is new to it."""
    told = _browser_keeps()
    if not isinstance(told, dict) or not workspace.hears(str(told.get("tab"))):
        return
    here: list[str] = []
    lost: list[str] = []
    known = {summary.id for summary in workspace.programmes()}
    sheets = told.get("sheets")
    for one in sheets if isinstance(sheets, list) else []:
        if not isinstance(one, dict) or one.get("grid") not in EVERY_GRID:
            continue
        try:
            sheet = _sheet(workspace, one, known)
        except SystemMapError:
            sheet = None
        if sheet is None or not _put(workspace, sheet, came=one.get("cells") is True):
            lost.append(EVERY_GRID[one["grid"]].title)
        else:
            here.append(sheet.unsaved)
    last = _LAST if told.get("late") else ""
    if lost:
        workspace.remember(_GONE, _LOST.format(listed(lost)))
    if here:
        workspace.say(_HERE.format(listed(here)) + last)


def say_lost(workspace: Workspace) -> None:
    """Name what could not be taken up again, until somebody has read it."""
    words = workspace.recall(_GONE, "")
    if not words:
        return
    st.warning(safe_text(words), icon=":material/warning:")
    if pressed(st.button, "I have read this", key=_GONE):
        workspace.remember(_GONE, "")
        st.rerun()


def _browser_keeps() -> object:
    """Return what the browser gives back, which may be anything."""
    return getattr(st.session_state.get(REGION), "kept", None)


def _put(workspace: Workspace, sheet: Sheet, *, came: bool) -> bool:
    """Remember a sheet, unless its table was saved or typed into here meanwhile.

    `came` says whether all of it stood in the cells of an editor: those the browser
    sends by itself to whichever server draws that editor first.
    """
    name = f"grid.{sheet.grid.key}"
    if sheet.programme_id != workspace.id:
        workspace.remember_aside(name, sheet, sheet.programme_id)
        return True
    if sheet.turn != name:  # not this tab's first sheet of this grid: it was saved
        return came
    held: Sheet | None = workspace.recall(name, None)
    if held is not None and held.unsaved:
        return came
    workspace.remember(name, sheet)
    return True


def _told(sheet: Sheet) -> dict[str, Any]:
    whole = with_editor(sheet) if sheet.drawn else sheet.whole()
    done = whole.done
    if not whole.edits.size:
        return {}
    return {
        "grid": sheet.grid.key,
        "programme": sheet.programme_id,
        "revision": sheet.revision,
        "cells": sheet.drawn and not sheet.part,
        "changed": done.changed,
        "added": done.added,
        "removed": done.removed,
        "moved": done.moved,
        "order": done.order,
    }


def _sheet(workspace: Workspace, told: dict[str, Any], known: set[str]) -> Sheet | None:
    """Return the sheet that was told of; None = what it stood on is not here any more."""
    grid, programme_id = EVERY_GRID[told["grid"]], told.get("programme")
    revision = told.get("revision")
    if programme_id not in known or not isinstance(revision, int):
        return None
    programme = workspace.programme_at(revision, programme_id)
    if programme.revision != revision:
        return None
    before = grid.rows(programme)
    names = {column.key for column in grid.columns(programme) if not column.fixed}
    changed, added = told.get("changed"), told.get("added")
    removed, moved, order = (told.get(name) for name in ("removed", "moved", "order"))
    if not (_rows(changed, names) and _rows(added, names)):
        return None
    if not set(changed) <= set(before) or set(added) & set(before):
        return None
    keys = {*before, *added}
    if not (_keys(removed, keys) and _keys(moved, keys) and _keys(order, keys)):
        return None
    done = Done(changed, added, removed, moved, order)
    return Sheet(
        grid=grid,
        programme_id=programme_id,
        turn=workspace.fresh(f"grid.{grid.key}"),
        revision=revision,
        before=before,
        done=done,
        part=1,
        past=[deepcopy(done)],
    )


def _rows(rows: object, names: set[str]) -> TypeGuard[dict[str, dict[str, str]]]:
    """Say whether these are cells of a table: text by column, by row."""
    return isinstance(rows, dict) and all(
        isinstance(cells, dict)
        and all(isinstance(text, str) for text in cells.values())
        and set(cells) <= names
        for cells in rows.values()
    )


def _keys(keys: object, known: set[str]) -> TypeGuard[list[str]]:
    return isinstance(keys, list) and all(
        isinstance(key, str) and key in known for key in keys
    )
