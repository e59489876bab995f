"""The story and the saved views of a map: tell, open, refine, keep and delete them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from app.components.screen_text import quiet, section
from app.presses import pressed
from app.wording import safe_text
from systemmap.drawing.story import parameters_of, saved_views, story_of
from systemmap.errors import InvalidValue
from systemmap.model.plan import SavedView
from systemmap.model.text import NOTE_LIMIT, clean, clean_label, slug

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.drawing.story import StoryStep
    from systemmap.drawing.view import Choice


def told_step(workspace: Workspace, map_id: str = "main") -> StoryStep | None:
    """Show the step of the story that is told, with the way on; None = no story yet."""
    story = story_of(workspace.programme, map_id)
    if not story:
        quiet("Save views of the map as steps of its story, and they are told here.")
        if pressed(st.button, "Choose what to show", key="map.story.none"):
            workspace.go("map")
        return None
    ids = [step.id for step in story]
    shown = workspace.recall("map.story.at", ids[0])
    at = ids.index(shown) if shown in ids else 0
    step = story[at]
    section(step.name)
    _tell(step)
    with st.container(horizontal=True, vertical_alignment="center"):
        _turn(workspace, "Back", "map.story.back", ids[at - 1] if at else "")
        _turn(workspace, "Next", "map.story.next", ids[at + 1] if ids[at + 1 :] else "")
        quiet(f"Step {at + 1} of {len(story)}")
    with st.expander("Change the story", icon=":material/edit:", key="map.story.edit"):
        delete_view(workspace, step)
    return step


def _tell(step: StoryStep) -> None:
    if step.text:
        st.markdown(safe_text(step.text))
    if step.missing:
        quiet("The cause this view looks at is no longer on the map, so all is shown.")


def _turn(workspace: Workspace, words: str, key: str, to: str) -> None:
    st.button(
        words,
        type="primary" if words == "Next" else "secondary",
        disabled=not to,
        key=key,
        on_click=workspace.remember,
        args=("map.story.at", to),
    )


def choose_view(workspace: Workspace, map_id: str) -> StoryStep | None:
    """Ask which saved view is open, and tell it; None = none is saved yet."""
    views = {view.id: view for view in saved_views(workspace.programme, map_id)}
    if not views:
        return None
    kept = workspace.recall("map.views.open", "")
    chosen = st.selectbox(
        "View",
        list(views),
        list(views).index(kept) if kept in views else 0,
        format_func=lambda name: views[name].name,
        key=f"map.views.{map_id}",
    )
    workspace.remember("map.views.open", chosen)
    _tell(views[chosen])
    return views[chosen]


def change_view(workspace: Workspace, step: StoryStep, choice: Choice) -> None:
    """Offer to keep what the controls say now as the view that is open."""
    if parameters_of(choice) == parameters_of(step.choice):
        return
    with st.container(horizontal=True):
        kept = pressed(
            st.button, "Save the changes", type="primary", key="map.views.change"
        )
        if pressed(st.button, "Put it back as it was", key="map.views.back"):
            workspace.reset(f"views.{step.id}")
            st.rerun()
    if kept:
        with workspace.editing(f"Change the view “{step.name}”") as draft:
            view = draft.find(SavedView, step.id)
            draft.replace(replace(view, parameters=parameters_of(choice)))


def delete_view(workspace: Workspace, step: StoryStep) -> None:
    """Offer to delete a view or a step; it can be undone."""
    if pressed(st.button, f"Delete “{safe_text(step.name)}”", key="map.views.delete"):
        with workspace.editing(f"Delete the view “{step.name}”") as draft:
            draft.remove(SavedView, step.id)


def keep_view(workspace: Workspace, choice: Choice) -> None:
    """Offer to save what is shown as a view, or as a step of the story."""
    with st.expander("Save what is shown", icon=":material/bookmark:", key="map.saved"):
        _keep(workspace, choice)


def _keep(workspace: Workspace, choice: Choice) -> None:
    form = workspace.fresh("map.keep")
    with st.form(form, border=False):
        name = st.text_input("Name of this view", max_chars=120, key=f"{form}.name")
        text = st.text_area("What to say about it", max_chars=600, key=f"{form}.text")
        as_step = st.checkbox("A step of the map's story", key=f"{form}.step")
        if not pressed(st.form_submit_button, "Save what is shown", key=f"{form}.send"):
            return
    label = clean_label(name)
    kind = "story" if as_step else "view"
    said = f"Save the view “{label}”"
    with workspace.editing(said, form="map.keep") as draft:
        if not label:
            msg = "The view has no name. Write one, for example 'Around school meals'."
            raise InvalidValue(msg)
        held = draft.all(SavedView)
        draft.add(
            SavedView(
                id=slug(label, held, fallback="view"),
                name=label,
                kind=kind,
                map_id=choice.map_id,
                position=1 + max((view.position for view in held.values()), default=0),
                text=clean(text, limit=NOTE_LIMIT),
                parameters=parameters_of(choice),
            )
        )
