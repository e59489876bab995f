"""Map: the picture with focus and layers, the same as tables, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.components.heat import heat_of, heat_table
from app.components.html_tables import plain_table
from app.components.map_beginning import (
    begin_map,
    borrow_here,
    more_causes,
    show_next_map,
)
from app.components.map_canvas import map_canvas
from app.components.map_chosen import chosen_card
from app.components.map_compare import choose_comparison, overlay_for, told_changes
from app.components.map_controls import ask_again, asked_of, choose_map, choose_part
from app.components.map_loop import told_on_map
from app.components.map_place import instead_of_canvas, map_place
from app.components.map_tools import save_picture, tidy
from app.components.map_views import offer_views, telling
from app.components.narrow import form_by_width
from app.components.screen_text import caution, finding, quiet
from app.screens._screen import Screen
from app.wording import safe_text
from systemmap.drawing.story import drawn_by
from systemmap.drawing.view import Choice
from systemmap.drawing.words import factor_table, link_table, map_in_words
from systemmap.model.elements import Factor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.delta_generator import DeltaGenerator

    from app.components.heat import Heat
    from app.workspace import Workspace
    from systemmap.drawing.overlay import Overlay
    from systemmap.drawing.view import View
    from systemmap.drawing.words import FactorWords

_ASKED = "map.asked"
_COUNTED = 300
"""Up to so many causes the panel says how they divide: a map must not wait for it."""
_FORMS = ("Map", "Table", "In words")


def draw(workspace: Workspace) -> None:
    """Draw the finding, what to show, and the map in its three forms."""
    show_next_map()
    with map_place() as (place, panel):
        with panel:
            choice, form, on_top = _panel(workspace)
        with place:
            _shown(workspace, choice, form, on_top)


def _panel(workspace: Workspace) -> tuple[Choice, str, _OnTop]:
    """Draw what stands beside the map; return what is to be seen of it."""
    if not workspace.programme.all(Factor):
        begin_map(workspace)
        chosen_card(workspace, Choice().map_id)
        return Choice(), _FORMS[0], _OnTop(view=workspace.view(Choice()))
    heading, controls = st.container(), st.container()
    loop, fill, overlay = None, "", None
    with controls:
        choice = telling(workspace)
        if choice is None:
            loop = told_on_map(workspace)
            if loop is None:
                choice, fill, overlay = _choose(workspace)
    choice = choice or Choice()
    view = workspace.view(choice)
    with heading:
        finding(_finding(view, loop, overlay))
        narrow = form_by_width("map.tab", wide=_FORMS[0], narrow=_FORMS[2])
        form = st.segmented_control(
            "Shown as",
            _FORMS,
            required=True,
            label_visibility="collapsed",
            key="map.tab",
        )
        lead = st.container() if narrow else None
        if not borrow_here(workspace, choice.map_id):
            more_causes(workspace)
        chosen_card(workspace, choice.map_id)
        heat = heat_of(workspace, choice.map_id, fill)
    if overlay:
        told_changes(overlay)
    save_picture(workspace, view)
    tidy(workspace, choice.map_id)
    if view.caption.notice:
        quiet(view.caption.notice)
    if 0 < len(view.scene.boxes) <= _COUNTED:
        quiet(workspace.gaps(choice.map_id).coverage.denominators)
    quiet(
        "Tab leads into the map, arrow keys walk along its links, Enter chooses, L draws a link. "
        "Table and In words say everything the picture says."
    )
    caution()
    return (
        choice,
        form or _FORMS[0],
        _OnTop(view=view, heat=heat, fill=fill, loop=loop, overlay=overlay, lead=lead),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _OnTop:
    """What lies over the chosen part of the map; `lead` is where its words come first."""

    view: View
    heat: Heat = field(default_factory=dict)
    fill: str = ""
    loop: Mapping[str, Any] | None = None
    overlay: Overlay | None = None
    lead: DeltaGenerator | None = None


def _shown(workspace: Workspace, choice: Choice, form: str, on_top: _OnTop) -> None:
    with st.container(key="map-canvas"):
        # also while another form is shown: a canvas taken away forgets its undo
        _picture(workspace, choice, on_top)
    if form == "Map":
        return
    instead_of_canvas()
    with on_top.lead or st.container():
        _told(form, on_top)


def _told(form: str, on_top: _OnTop) -> None:
    """Say as a table or in words all that the picture says."""
    scene = on_top.view.scene
    if form == "In words":
        _in_words(on_top.view, on_top.heat)
        return
    if on_top.heat:
        plain_table(heat_table(scene, on_top.fill, on_top.heat))
    plain_table(factor_table(scene))
    plain_table(link_table(scene))


def _finding(
    view: View, loop: Mapping[str, Any] | None, overlay: Overlay | None
) -> str:
    if loop:
        return str(loop["sentence"])
    return overlay.sentence if overlay else view.caption.title


def _choose(workspace: Workspace) -> tuple[Choice, str, Overlay | None]:
    """Ask which map, which part of it, what lies on top and what beside it."""
    map_id = choose_map(workspace.programme)
    ask_again(workspace.recall(_ASKED, {}))
    choice, fill = choose_part(workspace.programme, map_id)
    workspace.remember(_ASKED, asked_of(map_id))
    beside = choose_comparison(workspace, map_id)
    offer_views(workspace, choice)
    return choice, fill, overlay_for(workspace, map_id, beside)


def _picture(workspace: Workspace, choice: Choice, on_top: _OnTop) -> None:
    workspace.with_store(
        map_canvas,
        choice.map_id,
        height=None,
        revision=workspace.revision,
        part={
            "focus": choice.focus,
            "steps": choice.steps,
            "themes": list(choice.themes),
            "determinants": list(choice.determinants),
            "styles": list(choice.styles),
            "agreed": list(choice.agreed),
            "rungs": list(choice.rungs),
            "said": drawn_by(
                workspace.programme.system_map(choice.map_id), choice.tables
            ),
            "hide": choice.hide,
            "layers": list(choice.layers),
            "heat": on_top.heat,
            "loop": on_top.loop,
            "overlay": on_top.overlay.data() if on_top.overlay else None,
        },
    )


def _in_words(view: View, heat: Heat) -> None:
    for letter in view.scene.letters:
        st.markdown(f"**{safe_text(letter.words)}**  {safe_text(letter.sentence)}")
    for theme in map_in_words(view.scene):
        st.subheader(safe_text(theme.heading), anchor=False)
        # one element for a theme: a thousand of them would hold up the page
        st.markdown("\n\n".join(_said(factor, heat) for factor in theme.factors))


def _said(factor: FactorWords, heat: Heat) -> str:
    measured = heat.get(factor.id, (None, ""))[1]
    said = " ".join((*factor.sentences, *([f"{measured}."] if measured else [])))
    return f"**{safe_text(factor.label)}**  \n{safe_text(said)}"


SCREEN = Screen(
    key="map",
    title="Map",
    place="map",
    icon=":material/hub:",
    draw=draw,
)
