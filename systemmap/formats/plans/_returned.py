"""A partner's row beside the action it is about: what the partner changed, no more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.formats.format import reference
from systemmap.formats.plans._plan_table.cells import as_shown
from systemmap.formats.plans._titles import MOST_COMPARED, alike
from systemmap.language.progress_words import progress_words
from systemmap.model.text import folded

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.model.response import Action

FORMAT_KEY = "partner_sheets"
ROW = "row of ours"  # where a row read keeps the hidden reference it carried
_LEFT_OUT = "[left out:"  # a document hides what may identify a person


def action_of(programme: Programme, ref: str) -> Action | None:
    """Return the one action that goes by a reference, or by its id where it has none."""
    wanted = folded(ref)
    if not wanted:
        return None
    found = [
        action
        for action in programme.actions.values()
        if wanted in (folded(action.ref), folded(action.id))
    ]
    return found[0] if len(found) == 1 else None


def action_returned(programme: Programme, row: Action) -> Action | None:
    """Return the action that a partner's row is about; None = it is a new one.

    By what we hid in it; where that column is gone, by its Ref; where that is gone
    too, by its title. A Ref beside what another programme hid needs the title too.
    """
    if found := _hidden(programme, row):
        return found
    if not row.ref:
        return _titled(programme, row.title)
    found = action_of(programme, row.ref)
    strange = found and row.extra.get(ROW) and not alike(found.title, row.title)
    return None if strange else found


def doubtful(programme: Programme, row: Action) -> str:
    """Say why nobody can say which action a row is about; "" = it is clear.

    What we hid in a row is sure, whatever was typed over the rest.
    """
    if _hidden(programme, row):
        return ""
    called = _exactly(programme, row.title)
    here = action_of(programme, row.ref)
    if here and called and here not in called:
        return (
            f"A row has the Ref of “{here.title}” ({row.ref}) and the title of another action, "
            f"“{row.title}”. It was left out: put its own Ref beside it and bring the file in again."
        )
    if not row.ref and len(called) > 1:
        return (
            f"A row called “{row.title}” has no Ref, and {len(called)} actions here are called so. "
            "It was left out: put its Ref beside it and bring the file in again."
        )
    return ""


def _titled(programme: Programme, title: str) -> Action | None:
    """Return the one action of a title, or else the one whose title is nearly the same."""
    every = programme.actions.values()
    found = _exactly(programme, title)
    if not found and len(every) <= MOST_COMPARED:
        found = [action for action in every if alike(action.title, title)]
    return found[0] if len(found) == 1 else None


def _exactly(programme: Programme, title: str) -> list[Action]:
    wanted = folded(title)
    return [a for a in programme.actions.values() if folded(a.title) == wanted]


def _hidden(programme: Programme, row: Action) -> Action | None:
    hidden = str(row.extra.get(ROW, ""))
    for action in programme.actions.values():
        if hidden == reference(programme.id, "action", action.id):
            return action
    return None


def retitled(here: Action, row: Action) -> str:
    """Say that a row has another title than its action, or was told by it; "" = neither.

    Examples
    --------
    >>> from systemmap.model.response import Action
    >>> retitled(Action(id="a", title="Walks"), Action(id="b", title="Long walks", ref="1"))
    '“Walks” stands in the file as “Long walks”. It is the same action by its reference; its title here was left.'
    """
    same = folded(here.title) == folded(row.title) or row.title == row.ref
    if not row.ref and not row.extra.get(ROW):
        return f"“{row.title}” has no Ref in the file. By its title it is “{here.title}”{'' if same else ', whose title here was left'}."
    if same or _LEFT_OUT in row.title:
        return ""
    return f"“{here.title}” stands in the file as “{row.title}”. It is the same action by its reference; its title here was left."


def as_returned(first: Action, here: Action, row: Action) -> Action:
    """Return an action with the cells that a partner changed.

    Parameters
    ----------
    first : Action
        As it was when the sheet was read: a cell that still says the same was
        not changed.
    here : Action
        As it stands now: another partner's sheet may have changed it already.
    row : Action
        What the partner's row says. A blank cell says nothing.
    """
    changes: dict[str, object] = {}
    due = row.due.raw if row.due else ""
    if _changed(due, first.due.raw if first.due else ""):
        changes["due"] = row.due
    if _changed(row.progress_raw, progress_words(first)):
        changes |= {
            "status": row.status,
            "status_note": row.status_note,
            "progress_raw": row.progress_raw,
        }
    if _changed(row.outcomes, first.outcomes):
        changes["outcomes"] = row.outcomes
    if changes:  # a person decides on each, also where the plan's file says otherwise
        changes["as_typed"] = {}
    return replace(here, **changes)  # type: ignore[arg-type]  # fields by name


def _changed(said: str, was: str) -> bool:
    hidden = _LEFT_OUT in said
    return bool(said) and not hidden and said.split() != as_shown(was).split()
