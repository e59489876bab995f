"""A plan in the grid, and what tests do to it."""

from __future__ import annotations

from systemmap.editing.actions import new_action
from systemmap.model.plan import Phase, Workstream
from systemmap.model.response import Action
from systemmap.testing import map_from, programme_of


def town():
    programme = programme_of(
        map_from("stress -> snacking +"),
        Workstream(id="food", name="Food"),
        Phase(id="p1", number=1, name="Set-up", workstream_id="food", goal="Begin"),
    )
    for place, title in enumerate(("Park walks", "School meals", "Cook together")):
        made = new_action(programme, title, owner="Parks")
        programme.replace(
            Action(
                id=made.id,
                title=title,
                workstream_id="food",
                position=place + 1,
                owners=("Parks",),
                owners_raw="Parks",
            )
        )
    return programme


def opened(at):
    at.session_state["programme.tab"] = "Plan table"
    return at.run()


def editor(at, grid="plan"):
    """The key of the editor on the page."""
    return at.session_state[f"workspace.kept.grid.{grid}"].key


def edit(at, *, cells=None, added=(), deleted=()):
    at.session_state[editor(at)] = {
        "edited_rows": cells or {},
        "added_rows": list(added),
        "deleted_rows": list(deleted),
    }
    return at.run()


def save(at):
    return at.button(key="grid.plan.save").click().run()


def shown(at):
    return at.data_editor[0].value


def titles(store):
    return [a.title for a in store.load("testtown").actions.values()]


def page_of(at):
    return " ".join(block.value for block in at.markdown).replace("\\", "")


def press(at, label):
    (button,) = [b for b in at.button if b.label == label]
    return button.click().run()
