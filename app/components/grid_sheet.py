"""What a tab holds of a grid: the rows as shown, and what was done since, step by step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import streamlit as st

from systemmap.editing.grids import GridEdits

if TYPE_CHECKING:
    from collections.abc import Mapping

_Rows: TypeAlias = dict[str, dict[str, str]]
_Done: TypeAlias = tuple[_Rows, _Rows, list[str]]  # changed, added, removed
_NOTHING: _Done = ({}, {}, [])


@dataclass
class Sheet:
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
    past: list[_Done] = field(default_factory=list)

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

    def step(self, now: Sheet) -> None:
        """Keep what was done before an edit that has just been made."""
        if now.done != (self.past[-1] if self.past else _NOTHING):
            self.past.append(now.done)

    @property
    def done(self) -> _Done:
        """What was done so far, to come back to."""
        return (
            {key: dict(cells) for key, cells in self.changed.items()},
            {key: dict(cells) for key, cells in self.added.items()},
            list(self.removed),
        )

    def back(self) -> None:
        """Take back the last edit, a pasted block whole; earlier ones stay."""
        self.past.pop()
        changed, added, removed = self.past[-1] if self.past else _NOTHING
        self.changed = {key: dict(cells) for key, cells in changed.items()}
        self.added = {key: dict(cells) for key, cells in added.items()}
        self.removed = list(removed)
        self.part += 1

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
                self.put(self.shown[int(place)], as_text(cells))
        for place in state.get("deleted_rows", ()):
            key = self.shown[int(place)]
            if self.added.pop(key, None) is None:
                self.removed.append(key)
        for cells in state.get("added_rows", ()):
            self.added[f"new:{len(self.added)}:{self.part}"] = as_text(cells)
        self.part += 1


def with_editor(sheet: Sheet) -> Sheet:
    """Return the sheet as it is with what stands in the editor, itself unchanged."""
    now = Sheet(
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


def take_in(sheet: Sheet) -> None:
    """Take in what stands in the editor: the next one begins with it in its cells."""
    sheet.take_in(st.session_state.get(sheet.key, {}))


def as_text(cells: Mapping[str, Any]) -> dict[str, str]:
    """Return cells as the editor reports them as text; None is an empty one."""
    return {name: "" if value is None else str(value) for name, value in cells.items()}
