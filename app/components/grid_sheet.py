"""What a tab holds of a grid: the rows as shown, and what was done since, step by step."""

from __future__ import annotations

import time
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import streamlit as st

from systemmap.editing.grids import NEW, GridEdits
from systemmap.editing.row_order import with_moved

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from app.workspace import Workspace
    from systemmap.editing.grids import Grid

_Rows: TypeAlias = dict[str, dict[str, str]]
_FRESH = 30.0  # seconds; what was asked longer ago is not done out of the blue


@dataclass
class Done:
    """What was done to a sheet so far: an own copy of it can be come back to."""

    changed: _Rows = field(default_factory=dict)
    added: _Rows = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)


@dataclass
class Sheet:
    """What this tab holds of one grid: as it was shown, and what was done since.

    `turn` tells a saved sheet from the next, and `again` counts those given up
    since the programme's last change. `part` goes up whenever the editor has to
    begin anew with what was done so far in its cells. `seen` is
    what the editor last held: a screen that does not draw it makes Streamlit
    forget that. `drawn` says whether this run of the page has come to it.
    """

    grid: Grid
    programme_id: str
    turn: str
    revision: int
    before: dict[str, dict[str, str]]
    done: Done = field(default_factory=Done)
    shown: list[str] = field(default_factory=list)
    part: int = 0
    again: int = 0
    past: list[Done] = field(default_factory=list)
    seen: dict[str, Any] = field(default_factory=dict)
    drawn: bool = False
    _wants: tuple[str, float] = ("", 0.0)

    @property
    def key(self) -> str:
        """The editor's key.

        It says nothing of this tab's past: one that comes to a server started anew
        finds what stood in its cells, which the browser has kept.
        """
        cells = f"grid.{self.grid.key}.cells.{self.programme_id}"
        return f"{cells}.{self.revision}.{self.again}.{self.part}"

    @property
    def rows(self) -> dict[str, dict[str, str]]:
        """Every row with what was done so far; new ones last unless they were moved."""
        done = self.done
        rows = {
            key: {**cells, **done.changed.get(key, {})}
            for key, cells in self.before.items()
            if key not in done.removed
        } | done.added
        if not done.moved:
            return rows
        places = {key: place for place, key in enumerate(done.order)}
        ordered = sorted(rows, key=lambda key: places.get(key, len(places)))
        return {key: rows[key] for key in ordered}

    @property
    def edits(self) -> GridEdits:
        """What was done, to be saved."""
        done = self.done
        added = [key for key, cells in done.added.items() if any(cells.values())]
        names = {key: f"{NEW}{number}" for number, key in enumerate(added)}
        now = [key for key in self.rows if key in self.before or key in names]
        at_first = [*(key for key in self.before if key not in done.removed), *added]
        moved = () if now == at_first else [key for key in done.moved if key in now]
        return GridEdits(
            changed={k: v for k, v in done.changed.items() if k not in done.removed},
            added=tuple(done.added[key] for key in added),
            removed=tuple(done.removed),
            moved=tuple(names.get(key, key) for key in moved),
            order=tuple(names.get(key, key) for key in now) if moved else (),
        )

    def step(self, now: Sheet) -> None:
        """Keep what was done before an edit that has just been made."""
        if now.done != (self.past[-1] if self.past else Done()):
            self.past.append(deepcopy(now.done))

    def back(self) -> None:
        """Take back the last edit, a pasted block whole; earlier ones stay."""
        if self.past:
            self.past.pop()
        self.done = deepcopy(self.past[-1]) if self.past else Done()
        self.part += 1
        self.seen = {}

    def move(self, chosen: Collection[str], way: str, column: str) -> None:
        """Move rows among those shown that say the same in a column; see `with_moved`."""
        rows = self.rows
        order = with_moved(
            list(rows),
            chosen,
            way,
            group=lambda key: rows[key].get(column, ""),
            among=set(self.shown),
        )
        if order != list(rows):
            self.done.order = order
            moved = [key for key in rows if key in chosen]
            self.done.moved = list(dict.fromkeys([*self.done.moved, *moved]))

    def put(self, key: str, cells: Mapping[str, str]) -> None:
        """Take in cells of one row; one that is as before is no change."""
        if key in self.done.added:
            self.done.added[key].update(cells)
            return
        before = self.before[key]
        now = {**self.done.changed.pop(key, {}), **cells}
        now = {name: text for name, text in now.items() if text != before.get(name, "")}
        if now:
            self.done.changed[key] = now

    def take_in(self, state: Mapping[str, Any]) -> None:
        """Take in what the editor reports: cells by position, rows added and removed."""
        for place, cells in state.get("edited_rows", {}).items():
            if int(place) < len(self.shown):
                self.put(self.shown[int(place)], as_text(cells))
        for place in state.get("deleted_rows", ()):
            key = self.shown[int(place)]
            if self.done.added.pop(key, None) is None:
                self.done.removed.append(key)
        for cells in state.get("added_rows", ()):
            name = f"new:{len(self.done.added)}:{self.part}"
            self.done.added[name] = as_text(cells)
        self.part += 1
        self.seen = {}

    def ask(self, what: str) -> None:
        """Keep what a button asked for; "" = it is done."""
        self._wants = (what, time.monotonic())

    @property
    def wants(self) -> str:
        """What a button asked for a moment ago and was not done yet; "" = nothing."""
        what, at = self._wants
        return what if time.monotonic() - at < _FRESH else ""

    def look(self) -> None:
        """Keep what the editor holds, if it is there, as the page begins to be drawn."""
        if self.key in st.session_state:
            self.seen = deepcopy(dict(st.session_state[self.key]))
        self.drawn = False

    @property
    def unsaved(self) -> str:
        """What was done and is not saved, also what still stands in the editor, in words."""
        edits = self.whole().edits
        return f"{self.grid.title}: {edits.words}" if edits.size else ""

    def take_up(self, turn: str) -> None:
        """Go on in an editor of another key, after another programme was open."""
        if self.seen:
            self.take_in(self.seen)
        self.turn = turn
        self.part += 1

    def whole(self) -> Sheet:
        """Return the sheet with what the editor last held, itself unchanged."""
        whole = replace(self, done=deepcopy(self.done), past=[], seen={})
        whole.take_in(self.seen)
        return whole

    def come_back(self) -> None:
        """Go on with what the editor held when the screen last showed it."""
        if self.seen and self.key not in st.session_state:
            self.take_in(self.seen)


def with_editor(sheet: Sheet) -> Sheet:
    """Return the sheet as it is with what stands in the editor, itself unchanged."""
    now = replace(sheet, done=deepcopy(sheet.done), past=[], seen={})
    now.take_in(st.session_state.get(sheet.key, {}))
    return now


def keep_typed(workspace: Workspace) -> None:
    """Keep what stands in the grids of this tab, also of those not drawn this time."""
    for sheet in workspace.recalled("grid.", Sheet):
        sheet.look()


def take_in(sheet: Sheet) -> None:
    """Take in what stands in the editor: the next one begins with it in its cells."""
    sheet.take_in(st.session_state.get(sheet.key, {}))


def as_text(cells: Mapping[str, Any]) -> dict[str, str]:
    """Return cells as the editor reports them as text; None is an empty one."""
    return {name: "" if value is None else str(value) for name, value in cells.items()}
