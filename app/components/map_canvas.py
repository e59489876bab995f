"""The map canvas on a screen: a Streamlit component over the one canvas module.

Python sends a few hundred bytes (which map, which revision, what is chosen,
what was acknowledged, a ticket); the canvas fetches the graph by itself and
hears of commits through the live channel.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from app.canvas import tickets
from app.canvas.operations import answer_to, first_ops
from app.canvas.packed_graphs import screen_scripts
from app.listed_people import person_behind
from app.settings import address_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.store import Actor, ProgrammeStore

ANSWERS = 40
"""Earlier answers told again, as a run of the screen may replace one that was not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What the canvas says of itself: the chosen factor, and the revision it shows."""

    selected: str | None
    revision: int


def map_canvas(
    store: ProgrammeStore,
    programme_id: str,
    map_id: str = "main",
    *,
    actor: Actor,
    editable: bool = True,
    height: int | None = 680,
    part: Mapping[str, Any] | None = None,
    revision: int | None = None,
    undo: tuple[int, str] | None = None,
) -> Drawn:
    """Show one map to look at, choose from and draw on.

    Parameters
    ----------
    actor : Actor
        Who draws; the store decides what the role may do.
    editable : bool
        Whether the canvas offers editing at all.
    height : int | None
        In pixels: the canvas needs a definite height. None = what the place's
        own styles say, as ``--sm-height``.

    part : mapping, optional
        What the screen's controls ask to see: ``focus`` (a factor's id),
        ``steps``, ``themes`` (keys), ``layers`` ("gaps", "tags") and ``heat`` (by
        factor a share of 1, and words). The rest
        is faded, never taken away.
    revision : int, optional
        The revision the screen shows, when it knows; otherwise the store's.
    undo : (int, str), optional
        The change that the screen's own undo would take back, and its words:
        the canvas's says the same of the same change.

    Returns
    -------
    Drawn
        The choice is the server's (`choose` sets it); the canvas asks for it.
    """
    key = f"canvas.{programme_id}.{map_id}"
    state = st.session_state

    def take_ops() -> None:
        state[f"{key}.answer"] = answer_to(
            first_ops(_said(key, "ops")),
            store,
            programme_id,
            map_id,
            actor=actor,
            earlier=ANSWERS,
        )

    def take_choice() -> None:
        state[f"{key}.selected"] = _said(key, "selected") or None

    chosen = cast("str | None", state.get(f"{key}.selected"))
    if revision is None:
        revision = store.revision(programme_id)
    script, engine = screen_scripts()
    _canvas()(
        key=key,
        height="content" if height is None else height,
        data={
            "programme": programme_id,
            "map": map_id,
            "rev": revision,
            "selected": chosen,
            "answer": state.get(f"{key}.answer"),
            "ticket": _ticket(key, store, programme_id, map_id, actor),
            "script": script,
            "engine": engine,
            "base": address_of(""),
            "editable": editable and actor.role != "viewer",
            "part": dict(part or {}),
            "undo": list(undo) if undo else None,
        },
        on_ops_change=take_ops,
        on_selected_change=take_choice,
        on_rev_change=lambda: None,
    )
    return Drawn(selected=chosen, revision=revision)


def card_place(programme_id: str, map_id: str) -> None:
    """Give the card of what is chosen its place in a panel; the canvas writes it."""
    _canvas()(
        key=f"canvas.{programme_id}.{map_id}.card",
        height="content",
        data={
            "card": True,
            "script": screen_scripts()[0],
            "programme": programme_id,
            "map": map_id,
        },
    )


def chosen_on(programme_id: str, map_id: str) -> str:
    """Return the factor that is chosen on a canvas; "" = none."""
    return st.session_state.get(f"canvas.{programme_id}.{map_id}.selected") or ""


@cache
def _canvas() -> Any:  # noqa: ANN401 - Streamlit gives its callable no public type
    """Return the component, named on first use: before a page runs there is no runtime to name it to."""
    return st.components.v2.component(
        "systemmap.canvas", js="canvas_entry.js", css="map.css", isolate_styles=True
    )


def choose(programme_id: str, map_id: str, factor_id: str | None) -> None:
    """Choose a factor on the canvas from elsewhere on the screen."""
    st.session_state[f"canvas.{programme_id}.{map_id}.selected"] = factor_id


def _said(key: str, name: str) -> Any:  # noqa: ANN401 - whatever the browser sent
    return getattr(st.session_state.get(key), name, None)


def _ticket(
    key: str, store: ProgrammeStore, programme_id: str, map_id: str, actor: Actor
) -> str:
    """Return this canvas's ticket; renewed when half spent, not on every run."""
    held = str(st.session_state.get(f"{key}.ticket", ""))
    secret = store.secret()
    if tickets.half_spent(secret, held):
        person = person_behind(store)
        held = tickets.mint(secret, programme_id, map_id, actor, person=person)
        st.session_state[f"{key}.ticket"] = held
    return held
