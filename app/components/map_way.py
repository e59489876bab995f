"""A way of looking at the map: its words in the panel, its picture on the same canvas.

The map itself is shown in three forms, on the canvas, as tables and in words; an
analysis draws its own words and table beside the canvas.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.components.heat import heat_of, heat_table
from app.components.html_tables import plain_table
from app.components.map_canvas import map_canvas
from app.components.map_chosen import chosen_card
from app.components.map_place import instead_of_canvas, map_place
from app.components.map_tools import save_picture, tidy
from app.components.narrow import form_by_width
from app.components.screen_text import caution, empty, finding, quiet
from app.wording import safe_text
from systemmap.drawing.story import drawn_by
from systemmap.drawing.view import Choice
from systemmap.drawing.words import factor_table, link_table, map_in_words
from systemmap.model.elements import Factor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from streamlit.delta_generator import DeltaGenerator

    from app.components.heat import Heat
    from app.workspace import Workspace
    from systemmap.drawing.overlay import Overlay
    from systemmap.drawing.scene import Scene
    from systemmap.drawing.view import View
    from systemmap.drawing.words import FactorWords

_COUNTED = 300
"""Up to so many causes the panel says how they divide: a map must not wait for it."""
_FORMS = ("Map", "Table", "In words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a way of looking wants to see.

    Attributes
    ----------
    choice : Choice
        Which map, and which part of it.
    fill : str
        The measure that fills the boxes; "" = none.
    loop : mapping | None
        The loop that is told.
    overlay : Overlay | None
        The comparison laid over the map.
    sentence : str
        What stands above; "" = what the chosen part says of itself.
    above, below : callable
        Draw what belongs between the finding and the card, and below the card.
    """

    choice: Choice = field(default_factory=Choice)
    fill: str = ""
    loop: Mapping[str, Any] | None = None
    overlay: Overlay | None = None
    sentence: str = ""
    above: Callable[[], None] = lambda: None
    below: Callable[[], None] = lambda: None


def nothing_drawn(workspace: Workspace) -> bool:
    """Whether no map has a cause yet; then say so and offer the way to begin."""
    programme = workspace.programme
    if any(programme.system_map(m).factors for m in programme.maps):
        return False
    empty(
        "Nothing has been drawn on a map yet.",
        "Import a map",
        lambda: workspace.go("import_export"),
        key="map.import",
        icon=":material/upload_file:",
    )
    return True


def show_map(
    workspace: Workspace,
    ask: Callable[[Workspace], Asked],
    *,
    begin: Callable[[Workspace], None] | None = None,
) -> None:
    """Draw the map and the panel beside it.

    `ask` draws the controls of this way; `begin` draws how an empty map is begun.
    """
    if begin is not None and not workspace.programme.all(Factor):
        with map_place() as (place, panel):
            with panel:
                begin(workspace)
                chosen_card(workspace, Choice().map_id)
            with place, st.container(key="map-canvas"):
                _canvas(workspace, Asked(), {})
        return
    with map_place() as (place, panel):
        with panel:
            heading, controls = st.container(), st.container()
            with controls:
                asked = ask(workspace)
            view = workspace.view(asked.choice)
            with heading:
                finding(asked.sentence or _finding(view, asked))
                narrow = form_by_width(
                    workspace, "map.tab", wide=_FORMS[0], narrow=_FORMS[2]
                )
                form = _form(
                    workspace.fresh("map.tab"), workspace.recall("map.tab", _FORMS[0])
                )
                lead = st.container() if narrow else None
                asked.above()
                chosen_card(workspace, asked.choice.map_id)
                heat = heat_of(workspace, asked.choice.map_id, asked.fill)
            asked.below()
            _tools(workspace, view, asked.choice.map_id)
        with place:
            with st.container(key="map-canvas"):
                # also while another form is shown: a canvas taken away forgets its undo
                _canvas(workspace, asked, heat)
            if form != _FORMS[0]:
                instead_of_canvas()
                with lead or st.container():
                    _in_another_form(form, view, asked, heat)


def _tools(workspace: Workspace, view: View, map_id: str) -> None:
    save_picture(workspace, view)
    tidy(workspace, map_id)
    if view.caption.notice:
        quiet(view.caption.notice)
    if 0 < len(view.scene.boxes) <= _COUNTED:
        quiet(workspace.gaps(map_id).size)
    quiet(
        "Tab leads into the map, arrow keys walk along its links, Enter chooses and once more renames, L draws a link. "
        "Table and In words say everything the picture says."
    )
    caution(workspace, map_id)


def _finding(view: View, asked: Asked) -> str:
    if asked.loop:
        return str(asked.loop["sentence"])
    return asked.overlay.sentence if asked.overlay else view.caption.title


def _canvas(workspace: Workspace, asked: Asked, heat: Heat) -> None:
    choice = asked.choice
    workspace.with_store(
        map_canvas,
        choice.map_id,
        height=None,
        revision=workspace.revision,
        undo=workspace.undo_told(),
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
            "heat": heat,
            "loop": asked.loop,
            "overlay": asked.overlay.data() if asked.overlay else None,
        },
    )


def _in_another_form(form: str, view: View, asked: Asked, heat: Heat) -> None:
    if form == _FORMS[2]:
        _in_words(view, heat)
        return
    if heat and asked.fill:
        plain_table(heat_table(view.scene, asked.fill, heat))
    plain_table(factor_table(view.scene))
    plain_table(link_table(view.scene))


def _in_words(view: View, heat: Heat) -> None:
    for letter in view.scene.letters:
        st.markdown(f"**{safe_text(letter.words)}**  {safe_text(letter.sentence)}")
    for theme in map_in_words(view.scene):
        st.header(safe_text(theme.heading), anchor=False)
        # one element for a theme: a thousand of them would hold up the page
        st.markdown("\n\n".join(_said(factor, heat) for factor in theme.factors))


def _said(factor: FactorWords, heat: Heat) -> str:
    measured = heat.get(factor.id, (None, ""))[1]
    said = " ".join((*factor.sentences, *([f"{measured}."] if measured else [])))
    return f"**{safe_text(factor.label)}**  \n{safe_text(said)}"


_MAIN = "main"


@dataclass(frozen=True, slots=True)
class Way:
    """A way of looking while it is drawn.

    Attributes
    ----------
    heading : container
        Where its finding goes, above the switch of forms.
    part : dict
        What the canvas shows, see `map_canvas`: a ``loop`` told, a ``heat`` in the
        boxes, a part (``said``) of which the rest fades.
    """

    heading: DeltaGenerator
    part: dict[str, Any]


@contextmanager
def way_on_map(workspace: Workspace) -> Iterator[Way]:
    """Draw what is in the block into the panel beside the main map, in its three forms."""
    with map_place() as (place, panel):
        with panel:
            way = Way(st.container(), {"layers": ["gaps"]})
            form = _form("way.tab")
            chosen_card(workspace, _MAIN)
            yield way
        with place:
            with st.container(key="map-canvas"):
                workspace.with_store(
                    map_canvas,
                    _MAIN,
                    height=None,
                    revision=workspace.revision,
                    undo=workspace.undo_told(),
                    part=way.part,
                )
            if form != _FORMS[0]:
                instead_of_canvas()
                view = workspace.view(Choice())
                part = replace(view, scene=_part_of(view.scene, way.part))
                _in_another_form(form, part, Asked(), way.part.get("heat", {}))


def _form(key: str, first: str = _FORMS[0]) -> str:
    """Ask in which form the map is shown."""
    chosen = st.segmented_control(
        "Shown as",
        _FORMS,
        default=first,
        required=True,
        label_visibility="collapsed",
        key=key,
    )
    return chosen or _FORMS[0]


def _part_of(scene: Scene, part: Mapping[str, Any]) -> Scene:
    """Return what a way is about: the loop told, what was found, or all."""
    loop = part.get("loop")
    said = part.get("said")
    if loop:
        ids, links = set(loop["factors"]), {"/".join(pair) for pair in loop["links"]}
    elif said:
        ids, links = set(said["boxes"]), set(said["lines"])
    else:
        return scene
    return replace(
        scene,
        boxes=tuple(box for box in scene.boxes if box.id in ids),
        lines=tuple(x for x in scene.lines if f"{x.source}/{x.target}" in links),
    )
