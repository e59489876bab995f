"""Dated updates of one action as lines of a cell: the day first, then what was reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.editing.dated_updates import UPDATES, add_update
from systemmap.editing.record_fields import lines_of, menu_of, read_day
from systemmap.language.phrases import day
from systemmap.model.due import read_due
from systemmap.model.response import Update
from systemmap.model.text import clean_label, folded

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

_USUAL = "activity"


@dataclass(frozen=True, slots=True)
class _Line:
    """One update as a cell says it; "" = no day, and none is invented."""

    on: str
    kind: str
    text: str


def update_cells(programme: Programme) -> dict[str, str]:
    """Return the updates of each action that has some, one on a line, the latest first."""
    kinds = menu_of(programme, "update_kinds")
    found: dict[str, list[Update]] = {}
    for told in programme.all(Update).values():
        found.setdefault(told.action_id, []).append(told)
    return {
        action: "\n".join(_shown(told, kinds) for told in _latest_first(mine))
        for action, mine in found.items()
    }


def change_updates(draft: Programme, action_id: str, cell: str) -> None:
    """Make the updates of an action what the lines of a cell say.

    A line that is as it was keeps its update; one of the same words has another
    day or kind, one of the same day has other words; a line that is gone takes its
    update with it.

    Raises
    ------
    InvalidValue
        A line has a day and no words.
    """
    kinds = menu_of(draft, "update_kinds")
    mine = [u for u in draft.all(Update).values() if u.action_id == action_id]
    held = {told.id: _shown(told, kinds) for told in _latest_first(mine)}
    lines = list(lines_of(cell))
    for key, shown in list(held.items()):
        if shown in lines:
            lines.remove(shown)
            held.pop(key)
    typed = [_read(line, kinds) for line in lines]
    left = [draft.find(Update, key) for key in held]
    for alike in (_same_words, _same_day):
        for line in list(typed):
            if told := next((u for u in left if alike(u, line)), None):
                UPDATES.change(draft, f"action:{told.id}", _cells(line, kinds))
                left.remove(told)
                typed.remove(line)
    for told in left:
        draft.remove(Update, told.id)
    for line in typed:
        _add(draft, action_id, line, kinds)


def add_updates(draft: Programme, action_id: str, cell: str) -> None:
    """Add an update of an action for each line of a cell; those before stay.

    Raises
    ------
    InvalidValue
        A line has a day and no words.
    """
    kinds = menu_of(draft, "update_kinds")
    for line in lines_of(cell):
        _add(draft, action_id, _read(line, kinds), kinds)


def _latest_first(updates: list[Update]) -> list[Update]:
    return sorted(updates, key=lambda u: u.on.isoformat() if u.on else "", reverse=True)


def _shown(told: Update, kinds: dict[str, str]) -> str:
    kind = "" if told.kind == _USUAL else f"({kinds.get(told.kind, told.kind)})"
    when = day(told.on) if told.on else ""
    head = " ".join(filter(None, (when, kind)))
    text = clean_label(told.text)
    return f"{head}: {text}" if head else text


def _read(line: str, kinds: dict[str, str]) -> _Line:
    """Read a line; what does not begin with one whole day or a kind is all words."""
    head, colon, text = line.partition(":")
    when, bracket, kind = head.strip().partition("(")
    known = {folded(f"{word})"): key for key, word in kinds.items()}
    named = known.get(folded(kind), "") if bracket else _USUAL
    due = read_due(when.strip())
    dated = due is not None and due.precision == "day" and not due.guessed
    if due is not None and (not dated or due.qualifier):
        named = ""  # "March 2027: …" has no day: the words stay as they are
    if not colon or not named or (due is None and not bracket):
        return _Line("", _USUAL, line)
    return _Line(due.start or "" if due else "", named, text.strip())


def _same_words(told: Update, line: _Line) -> bool:
    return clean_label(told.text) == line.text


def _same_day(told: Update, line: _Line) -> bool:
    return bool(line.on) and told.on is not None and told.on.isoformat() == line.on


def _cells(line: _Line, kinds: dict[str, str]) -> dict[str, str]:
    return {"text": line.text, "on": line.on, "kind": kinds[line.kind]}


def _add(draft: Programme, action_id: str, line: _Line, kinds: dict[str, str]) -> None:
    on = read_day(line.on)
    add_update(draft, f"action:{action_id}", line.text, on=on, kind=kinds[line.kind])
