"""One action: the form that adds it, the form that changes it, its ties to causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.conflict import keep_theirs_or_yours
from app.components.ratings import status_words
from app.components.screen_text import quiet, say
from app.presses import pressed
from app.wording import safe_text
from systemmap.editing.actions import (
    new_action,
    revise_action,
    tie,
    tie_reason,
    ties_of,
    untie,
)
from systemmap.editing.owner_names import known_owners
from systemmap.vocab import label, terms

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.model.response import Action

_NEW = "actions.new"


def add_action(workspace: Workspace) -> None:
    """Ask for a new action; blank stays blank."""
    key = workspace.fresh(_NEW)
    with st.form(f"{key}.form", border=False, width=720):
        title = st.text_input("What is done", key=f"{key}.title")
        owner = st.text_input("Who leads (organisation or role)", key=f"{key}.owner")
        due = st.text_input(
            "By when, in your own words", key=f"{key}.due", placeholder="March 2027"
        )
        status = st.selectbox(
            "Status",
            ["", *terms("statuses")],
            format_func=status_words,
            key=f"{key}.status",
        )
        sent = pressed(
            st.form_submit_button,
            "Add the action",
            type="primary",
            icon=":material/add_task:",
            key=f"{key}.form.send",
        )
    if sent:
        with workspace.editing(f"Add the action “{title.strip()}”", form=_NEW) as draft:
            new_action(draft, title, owner=owner, due=due, status=status)


def change_action(workspace: Workspace, action: Action) -> None:
    """Show one action's form, filled with what is there."""
    form = f"actions.{action.id}"
    key, base = workspace.fresh(form), workspace.shown(form, action)
    with st.form(f"{key}.form", width=720):
        typed = {
            "title": st.text_input(
                "What is done", value=base.title, key=f"{key}.title"
            ),
            "owner": st.text_input(
                "Who leads", value=base.owners_raw, key=f"{key}.owner"
            ),
            "due": st.text_input(
                "Due, in your own words",
                value=base.due.raw if base.due else "",
                key=f"{key}.due",
            ),
            "status": _pick(
                "Status", "statuses", base.status, f"{key}.status", "No update"
            ),
            "stage": _pick("Stage", "stages", base.stage, f"{key}.stage", "Not set"),
            "status_note": st.text_input(
                "Note", value=base.status_note, key=f"{key}.note"
            ),
            "outcomes": st.text_area(
                "Outcomes", value=base.outcomes, key=f"{key}.outcomes", height=80
            ),
            "evidence": st.text_area(
                "Evidence: what is known of it, and where that is written",
                value=base.evidence,
                key=f"{key}.evidence",
                height=80,
            ),
            "action_scale": _pick(
                "Level (Action Scales Model)",
                "action_scales",
                base.action_scale,
                f"{key}.scale",
                "Not sorted",
            ),
            "layer": _pick("Layer", "layers", base.layer, f"{key}.layer", "Not sorted"),
        }
        in_force = st.checkbox(
            "Finished, and still in force (a policy, a rule)",
            value=base.in_force,
            key=f"{key}.force",
        )
        sent = pressed(
            st.form_submit_button,
            "Save the action",
            icon=":material/save:",
            key=f"{key}.form.send",
        )
    if sent:
        if keep_theirs_or_yours(workspace, form, base, action):
            return
        with workspace.editing(
            f"Change the action “{action.title}”", form=form, base=action
        ) as draft:
            draft.replace(
                revise_action(
                    action,
                    **typed,
                    in_force=in_force,
                    verified_on=action.verified_on,
                    known=known_owners(draft),
                )
            )


def ties(workspace: Workspace, action: Action) -> None:
    """Show which causes an action acts on and why; add one, or take one back."""
    programme = workspace.programme
    factors = programme.system_map().factors
    present = ties_of(programme, action.id)
    if not present:
        say("Not tied to a cause yet, so it covers nothing on the map.")
    for made in present:
        if made.map_id != "main" or made.factor_id not in factors:
            continue
        name = factors[made.factor_id].label
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{safe_text(name)}** {safe_text(made.reason)}", width="stretch"
            )
            if pressed(
                st.button,
                f"Untie {safe_text(name)}",
                key=f"actions.untie.{action.id}.{made.factor_id}",
                type="tertiary",
                icon=":material/link_off:",
            ):
                with workspace.editing(
                    f"Untie “{action.title}” from “{name}”"
                ) as draft:
                    untie(draft, action.id, [made.factor_id])
    _tie(workspace, action, {t.factor_id for t in present})


def _tie(workspace: Workspace, action: Action, tied: set[str]) -> None:
    factors = workspace.programme.system_map().factors
    free = sorted(
        (f for f in factors.values() if f.id not in tied),
        key=lambda f: f.label.casefold(),
    )
    if not free:
        quiet("There is no other cause on the map to tie it to.")
        return
    names = {factor.id: factor.label for factor in free}
    form = f"actions.tie.{action.id}"
    key = workspace.fresh(form)
    with st.form(f"{key}.form", border=False, width=720):
        factor_id = st.selectbox(
            "Cause",
            list(names),
            index=None,
            placeholder="Choose or type",
            format_func=names.__getitem__,
            key=f"{key}.factor",
        )
        reason = st.text_input(
            "Why it acts on this cause, in one line", key=f"{key}.reason"
        )
        sent = pressed(
            st.form_submit_button,
            "Tie to this cause",
            icon=":material/link:",
            key=f"{key}.form.send",
        )
    if not sent:
        return
    if factor_id is None:
        st.error("Choose the cause it acts on first.", icon=":material/error:")
    else:
        with workspace.editing(
            f"Tie “{action.title}” to “{names[factor_id]}”", form=form
        ) as draft:
            tie(draft, action.id, factor_id, reason=tie_reason(reason))


def _pick(words: str, vocabulary: str, present: str, key: str, unknown: str) -> str:
    options = ["", *terms(vocabulary)]
    return st.selectbox(
        words,
        options,
        index=options.index(present) if present in options else 0,
        format_func=lambda k: label(vocabulary, k) if k else unknown,
        key=key,
    )
