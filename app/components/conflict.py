"""When somebody else changed the same thing: both sides shown, a person chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from app.components.html_tables import table
from systemmap.model.rows import data_from, same

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.model.kinds import Record

R = TypeVar("R", bound="Record")


def keep_theirs_or_yours(workspace: Workspace, form: str, base: R, present: R) -> bool:
    """Say whether the form must wait, because `present` is no longer what it showed.

    Shows what the other person changed and offers to take theirs, which
    empties the form. To keep yours, press save once more: it then replaces
    theirs knowingly.
    """
    if same(base, present):
        return False
    before, now = data_from(base), data_from(present)
    st.error(
        "Someone else changed this while you were editing, so yours is not saved yet. "
        "It is still in the form. Save again to put yours in the place of theirs.",
        icon=":material/error:",
    )
    table(
        (
            {
                "What": name.replace("_", " "),
                "It was": before[name],
                "Theirs": now[name],
            }
            for name in now
            if before.get(name) != now[name]
        ),
        alt="What the other person changed",
    )
    workspace.show_instead(form, present)
    st.button(
        "Keep theirs",
        key=f"{form}.theirs",
        icon=":material/undo:",
        on_click=workspace.reset,
        args=(form,),
    )
    return True
