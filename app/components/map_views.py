"""The story and the saved views of a map: tell, open, save and delete them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.screen_text import quiet, section
from app.wording import safe_text
from systemmap.drawing.story import parameters_of, saved_views, story_of
from systemmap.errors import InvalidValue
from systemmap.model.plan import SavedView
from systemmap.model.text import NOTE_LIMIT, clean, clean_label, slug

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.drawing.story import StoryStep
    from systemmap.drawing.view import Choice


def telling(workspace: Workspace) -> Choice | None:
    """Show the step that is being told, or the view that is open; None = neither."""
    map_id, shown = workspace.recall("map.telling", ("", ""))
    if not shown:
        return None
    story = story_of(workspace.programme, map_id)
    steps = {
        step.id: step for step in (*story, *saved_views(workspace.programme, map_id))
    }
    step = steps.get(shown)
    if step is None:  # deleted meanwhile
        _show(workspace, "", "")
        return None
    section(step.name)
    if step.text:
        st.markdown(safe_text(step.text))
    if step.missing:
        quiet("The cause this view looks at is no longer on the map, so all is shown.")
    _walk(workspace, story, step, map_id)
    return step.choice


def _walk(
    workspace: Workspace, story: tuple[StoryStep, ...], step: StoryStep, map_id: str
) -> None:
    at = next((n for n, one in enumerate(story) if one.id == step.id), None)
    with st.container(horizontal=True, vertical_alignment="center"):
        if at is not None:
            st.button(
                "Back",
                disabled=at == 0,
                key="map.story.back",
                on_click=_show,
                args=(workspace, map_id, story[max(at - 1, 0)].id),
            )
            if at + 1 < len(story):
                st.button(
                    "Next",
                    type="primary",
                    key="map.story.next",
                    on_click=_show,
                    args=(workspace, map_id, story[at + 1].id),
                )
        st.button(
            "Back to the whole map" if at is None else "End the story",
            key="map.story.end",
            on_click=_show,
            args=(workspace, "", ""),
        )
        if at is not None:
            quiet(f"Step {at + 1} of {len(story)}")


def offer_views(workspace: Workspace, choice: Choice) -> None:
    """Offer the story and the saved views of this map, and to keep what is shown."""
    story = story_of(workspace.programme, choice.map_id)
    if story:
        st.button(
            "Tell the map's story",
            icon=":material/slideshow:",
            key="map.story.begin",
            on_click=_show,
            args=(workspace, choice.map_id, story[0].id),
        )
    with st.expander("Saved views", icon=":material/bookmark:", key="map.saved"):
        _saved(workspace, choice)


def _saved(workspace: Workspace, choice: Choice) -> None:
    views = {view.id: view for view in saved_views(workspace.programme, choice.map_id)}
    if views:
        chosen = st.selectbox(
            "View",
            list(views),
            format_func=lambda key: views[key].name,
            key=f"map.views.{choice.map_id}",
        )
        with st.container(horizontal=True):
            st.button(
                "Open",
                key="map.views.open",
                on_click=_show,
                args=(workspace, choice.map_id, chosen),
            )
            if st.button("Delete", key="map.views.delete"):
                with workspace.editing(
                    f"Delete the view “{views[chosen].name}”"
                ) as draft:
                    draft.remove(SavedView, chosen)
    else:
        quiet("No view of this map is saved yet.")
    _keep(workspace, choice)


def _keep(workspace: Workspace, choice: Choice) -> None:
    form = workspace.fresh("map.keep")
    with st.form(form, border=False):
        name = st.text_input("Name of this view", max_chars=120, key=f"{form}.name")
        text = st.text_area("What to say about it", max_chars=600, key=f"{form}.text")
        as_step = st.checkbox("A step of the map's story", key=f"{form}.step")
        if not st.form_submit_button("Save what is shown"):
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


def _show(workspace: Workspace, map_id: str, view_id: str) -> None:
    workspace.remember("map.telling", (map_id, view_id))
