"""What to show of a map: which map, around what, which part of it, and what lies on top."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from app import url_state
from app.components.heat import choose_heat
from systemmap.coverage.cover import RUNG_WORDS, Rung
from systemmap.drawing.said_by import tables_of
from systemmap.drawing.styles import LINK_STYLES
from systemmap.drawing.view import Choice
from systemmap.language.menu_words import term_name, theme_name, words_of
from systemmap.model.values import Confidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from app.workspace import Workspace
    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap

T = TypeVar("T")

_NOTHING: Mapping[str, Any] = MappingProxyType({})
MAP = "map.map"
"""The control that says which map is shown."""
_FILTERS = ("themes", "determinants", "styles", "rungs", "agreed", "tables")
_LAYERS = {
    "gaps": "Gaps and cover",
    "actions": "Actions",
    "assets": "Assets",
    "votes": "Votes",
    "loops": "Letters of short loops",
}
_STEPS = {1: "1 step", 2: "2 steps", 3: "3 steps"}
_AGREED = {
    Confidence.STATED: "Stated",
    Confidence.AGREED: "Agreed by the group",
    Confidence.DISPUTED: "Tables disagree",
}


def choose_map(workspace: Workspace) -> str:
    """Ask which map; with only one there is nothing to ask."""
    names = {map_.id: map_.name for map_ in workspace.programme.maps.values()}
    if len(names) < 2:
        return "main"
    kept = workspace.recall(MAP, "")
    chosen = st.selectbox(
        "Map",
        list(names),
        list(names).index(kept) if kept in names else 0,
        format_func=names.__getitem__,
        key=workspace.fresh(MAP),
    )
    workspace.remember(MAP, chosen)
    return chosen


def choose_part(
    programme: Programme,
    map_id: str,
    *,
    at: str = "map",
    begin: Mapping[str, Any] = _NOTHING,
) -> tuple[Choice, str]:
    """Ask what to show; return it, and the measure that fills the boxes ("" = none).

    Parameters
    ----------
    programme : Programme
        Whose map it is. It is not changed.
    map_id : str
        Which of its maps.
    at : str
        Under which name this tab remembers what the controls say.
    begin : mapping
        What they say when they appear, by the key of each; empty = the whole map. It is
        drawn as their default: see `Tab.set_control`.
    """
    system_map = programme.system_map(map_id)
    names = tables_of(programme, map_id)
    focus, steps = _around(system_map, at, begin)
    # read before its widgets are drawn, for the words on the buttons
    keys = [f"{at}.{name}.{system_map.id}" for name in _FILTERS]
    number = sum(bool(st.session_state.get(key, begin.get(key))) for key in keys)
    with st.expander(
        f"Filter ({number})" if number else "Filter",
        icon=":material/filter_alt:",
        key=f"{at}.filter",
    ):
        themes = _several(
            f"{at}.themes.{system_map.id}",
            begin,
            "Themes",
            _present_themes(programme, system_map),
            lambda key: theme_name(programme, key) if key else "Not sorted",
        )
        determinants = _several(
            f"{at}.determinants.{system_map.id}",
            begin,
            "Layer of the wider determinants",
            _present_layers(programme, system_map),
            lambda key: term_name(programme, "layers", key) if key else "Not sorted",
        )
        rungs = _several(
            f"{at}.rungs.{system_map.id}",
            begin,
            "Actions listed",
            [int(rung) for rung in RUNG_WORDS],
            lambda rung: RUNG_WORDS[Rung(rung)].capitalize(),
        )
        styles = _several(
            f"{at}.styles.{system_map.id}",
            begin,
            "Links",
            list(LINK_STYLES),
            lambda key: LINK_STYLES[key].words.capitalize(),
        )
        agreed = _several(
            f"{at}.agreed.{system_map.id}",
            begin,
            "Agreement on links",
            [word.value for word in Confidence],
            lambda word: _AGREED[Confidence(word)],
        )
        tables = (
            _several(
                f"{at}.tables.{system_map.id}",
                begin,
                "Said by",
                list(names),
                names.__getitem__,
            )
            if names
            else ()
        )
        hide = _ticked(
            f"{at}.hide.{system_map.id}", begin, "Hide the rest instead of fading it"
        )
    with st.expander("Show on it", icon=":material/layers:", key=f"{at}.show"):
        layers = tuple(
            key
            for key, words in _LAYERS.items()
            if _ticked(f"{at}.layer.{key}", begin, words, otherwise=key == "gaps")
        )
        heat = f"{at}.heat.{system_map.id}"
        fill = choose_heat(heat, begin.get(heat, ""))
    choice = Choice(
        map_id=system_map.id,
        focus=focus,
        steps=steps,
        themes=themes,
        determinants=determinants,
        styles=styles,
        agreed=agreed,
        rungs=rungs,
        tables=tables,
        hide=hide,
        layers=layers,
    )
    return choice, fill


def asked_of(map_id: str) -> dict[str, Any]:
    """Return what the filters and layers ask for, by the key of each control.

    With it they begin again: Streamlit forgets controls that it does not draw.
    """
    names = (*_FILTERS, "hide", "heat", "focus")
    keys = [f"map.{name}.{map_id}" for name in names]
    keys.append("map.steps")
    keys += [f"map.layer.{key}" for key in _LAYERS]
    return {key: st.session_state[key] for key in keys if key in st.session_state}


def as_asked(choice: Choice, at: str) -> dict[str, Any]:
    """Return a choice by the key of each control under a name."""
    of = choice.map_id
    kept: dict[str, Any] = {
        f"{at}.{name}.{of}": list(getattr(choice, name)) for name in _FILTERS
    }
    kept |= {f"{at}.layer.{key}": key in choice.layers for key in _LAYERS}
    kept |= {f"{at}.hide.{of}": choice.hide, f"{at}.focus.{of}": choice.focus}
    return kept | ({f"{at}.steps": choice.steps} if choice.focus else {})


def _ticked(
    key: str, begin: Mapping[str, Any], words: str, *, otherwise: bool = False
) -> bool:
    return st.checkbox(words, begin.get(key, otherwise), key=key)


def _several(
    key: str,
    begin: Mapping[str, Any],
    words: str,
    offered: Iterable[T],
    said: Callable[[T], str],
) -> tuple[T, ...]:
    known = list(offered)
    if key in st.session_state:  # what is gone from the map cannot be asked for
        held = st.session_state[key]
        if any(value not in known for value in held):
            st.session_state[key] = [value for value in held if value in known]
    return tuple(
        st.multiselect(
            words,
            known,
            [value for value in begin.get(key, ()) if value in known],
            format_func=said,
            placeholder="All",
            key=key,
            select_all=False,
        )
    )


def _present_themes(programme: Programme, system_map: SystemMap) -> list[str]:
    present = {factor.theme for factor in system_map.factors.values()}
    return sorted(present, key=lambda key: (not key, theme_name(programme, key)))


def _present_layers(programme: Programme, system_map: SystemMap) -> list[str]:
    present = {factor.layer for factor in system_map.factors.values()}
    offered = [key for key in words_of(programme, "layers") if key in present]
    return [*offered, *([""] if "" in present else [])]


def _around(
    system_map: SystemMap, at: str, begin: Mapping[str, Any]
) -> tuple[str, int]:
    ids = sorted(
        system_map.factors, key=lambda i: system_map.factor(i).label.casefold()
    )
    name, steps_name = f"{at}.focus.{system_map.id}", f"{at}.steps"
    in_address = at == "map"
    asked = url_state.value("focus") if in_address else ""
    offered = ["", *ids]
    wanted = asked if asked in ids else begin.get(name, "")
    focus = st.selectbox(
        "Around",
        offered,
        offered.index(wanted) if wanted in ids else 0,
        format_func=lambda i: system_map.factor(i).label if i else "The whole map",
        key=name,
    )
    if in_address:
        url_state.keep("focus", focus)
    if not focus:
        return "", 2
    steps = st.selectbox(
        "How far",
        list(_STEPS),
        list(_STEPS).index(begin.get(steps_name, 2)),
        format_func=_STEPS.__getitem__,
        key=steps_name,
    )
    return focus, steps
