"""Updates of actions and phases with their dates, as one grid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from systemmap.editing.grids import Grid
from systemmap.editing.record_fields import (
    RecordField,
    columns_of,
    given_of,
    menu_of,
)
from systemmap.errors import InvalidValue
from systemmap.language.phrases import day
from systemmap.language.progress_words import is_blank
from systemmap.model.plan import Phase, PhaseUpdate
from systemmap.model.response import Action, Update
from systemmap.model.text import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.editing.grids import Cells, GridColumn
    from systemmap.model.programme import Programme

_FIELDS = (
    RecordField("text", "Update", label=True),
    RecordField("on", "On", reads="day"),
    RecordField("kind", "Kind", "update_kinds"),
)


def add_update(
    programme: Programme, subject: str, text: str, *, on: date | None, kind: str = ""
) -> str:
    """Add what was reported about an action or a phase, and return its key.

    Parameters
    ----------
    subject : str
        ``action:`` or ``phase:`` and the id.
    on : date | None
        The day it was reported. None = no date was given, and none is invented.
    """
    return _add(
        programme,
        {
            "about": subject,
            "text": text,
            "on": on.isoformat() if on else "",
            "kind": kind,
        },
    )


def _subjects(programme: Programme) -> dict[str, str]:
    """Return what an update can be about: phases and actions, by kind and id."""
    phases = menu_of(programme, "phases")
    actions = menu_of(programme, "actions")
    return {f"phase:{k}": v for k, v in phases.items()} | {
        f"action:{k}": v for k, v in actions.items()
    }


def _columns(programme: Programme) -> tuple[GridColumn, ...]:
    text, *rest = columns_of(_FIELDS)(programme)
    return (text, _about(programme), *rest)


def _about(programme: Programme) -> GridColumn:
    (column,) = columns_of((RecordField("about", "About"),))(programme)
    return replace(column, words=_subjects(programme))


def _rows(programme: Programme) -> dict[str, dict[str, str]]:
    subjects, kinds = _subjects(programme), menu_of(programme, "update_kinds")
    said: list[tuple[date | None, str, dict[str, str]]] = []
    for noun, found in (
        ("action", programme.all(Update)),
        ("phase", programme.all(PhaseUpdate)),
    ):
        for key, one in found.items():
            about = one.action_id if isinstance(one, Update) else one.phase_id
            cells = {
                "text": one.text,
                "about": subjects[f"{noun}:{about}"],
                "on": day(one.on) if one.on else "",
                "kind": kinds.get(one.kind, one.kind),
            }
            said.append((one.on, f"{noun}:{key}", cells))
    said.sort(key=lambda each: each[0] or date.min, reverse=True)
    return {key: cells for _, key, cells in said}


def _given(draft: Programme, cells: Cells) -> dict[str, Any]:
    given = given_of(draft, _FIELDS, cells)
    if not given.get("kind", "activity"):
        given["kind"] = "activity"
    return given


def _add(draft: Programme, cells: Cells) -> str:
    about = _about(draft).read(cells.get("about", ""))
    if not about:
        raise InvalidValue("Say which action or phase it is about.")
    given = _given(draft, {"text": "", **cells})
    noun, _, subject = about.partition(":")
    if noun == "action":
        key = slug(f"{subject} {given['text']}", draft.all(Update), fallback="update")
        update = Update(id=key, action_id=subject, **given)
        told = [u for u in draft.all(Update).values() if u.action_id == subject]
        _say_so(draft, draft.find(Action, subject), update, told)
        draft.add(update)
    else:
        taken = draft.all(PhaseUpdate)
        key = slug(f"{subject} {given['text']}", taken, fallback="update")
        made = PhaseUpdate(id=key, phase_id=subject, **given)
        said = [u for u in taken.values() if u.phase_id == subject]
        _say_so(draft, draft.find(Phase, subject), made, said)
        draft.add(made)
    return f"{noun}:{key}"


def _say_so(
    draft: Programme,
    record: Action | Phase,
    update: Update | PhaseUpdate,
    before: Sequence[Update | PhaseUpdate],
) -> None:
    """Let what was just reported be its progress, where nothing else is said of that.

    What was written as progress itself stays; a status is never made of an update.
    """
    if update.kind != "activity":
        return
    taken = record.status_note in {one.text for one in before} - {""}
    newest = update.on and all(one.on is None or one.on <= update.on for one in before)
    if is_blank(record) or (taken and newest and not record.progress_raw):
        draft.replace(replace(record, status_note=update.text))


def _change(draft: Programme, key: str, cells: Cells) -> None:
    noun, _, name = key.partition(":")
    made: Update | PhaseUpdate
    made = draft.find(Update, name) if noun == "action" else _phase_update(draft, name)
    given = _given(draft, cells)
    if "about" in cells:
        kind, _, subject = _about(draft).read(cells["about"]).partition(":")
        if kind != noun:
            msg = f"An update of {'an action' if noun == 'action' else 'a phase'} stays one. Remove it, and add it where it belongs."
            raise InvalidValue(msg)
        given[f"{noun}_id"] = subject
    draft.replace(replace(made, **given))


def _phase_update(draft: Programme, key: str) -> PhaseUpdate:
    return draft.find(PhaseUpdate, key)


def _remove(draft: Programme, key: str) -> None:
    noun, _, name = key.partition(":")
    draft.remove(Update if noun == "action" else PhaseUpdate, name)


UPDATES = Grid(
    key="updates",
    title="Dated updates",
    noun="update",
    name="text",
    columns=_columns,
    rows=_rows,
    change=_change,
    add=_add,
    remove=_remove,
)
