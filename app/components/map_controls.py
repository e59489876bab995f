"""What to show of a map: which map, around what, which part of it, and what lies on top."""

from __future__ import annotations

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

    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap

T = TypeVar("T")

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


def choose_map(programme: Programme) -> str:
    """Ask which map; with only one there is nothing to ask."""
    names = {version.id: version.name for version in programme.maps.values()}
    if len(names) < 2:
        return "main"
    return st.selectbox(
        "Map", list(names), format_func=names.__getitem__, key="map.map"
    )


def choose_part(programme: Programme, map_id: str) -> tuple[Choice, str]:
    """Ask what to show; return it, and the measure that fills the boxes ("" = none)."""
    system_map = programme.system_map(map_id)
    names = tables_of(programme, map_id)
    focus, steps = _around(system_map)
    on = (
        st.session_state
    )  # read before its widgets are drawn, for the words on the buttons
    kept = [bool(on.get(f"map.{name}.{system_map.id}")) for name in _FILTERS]
    number = sum(kept)
    with st.expander(
        f"Filter ({number})" if number else "Filter",
        icon=":material/filter_alt:",
        key="map.filter",
    ):
        themes = _several(
            system_map,
            "themes",
            "Themes",
            _present_themes(programme, system_map),
            lambda key: theme_name(programme, key) if key else "Not sorted",
        )
        determinants = _several(
            system_map,
            "determinants",
            "Layer of the wider determinants",
            _present_layers(programme, system_map),
            lambda key: term_name(programme, "layers", key) if key else "Not sorted",
        )
        rungs = _several(
            system_map,
            "rungs",
            "Actions listed",
            [int(rung) for rung in RUNG_WORDS],
            lambda rung: RUNG_WORDS[Rung(rung)].capitalize(),
        )
        styles = _several(
            system_map,
            "styles",
            "Links",
            list(LINK_STYLES),
            lambda key: LINK_STYLES[key].words.capitalize(),
        )
        agreed = _several(
            system_map,
            "agreed",
            "Agreement on links",
            [word.value for word in Confidence],
            lambda word: _AGREED[Confidence(word)],
        )
        tables = (
            _several(system_map, "tables", "Said by", list(names), names.__getitem__)
            if names
            else ()
        )
        hide = st.checkbox(
            "Hide the rest instead of fading it", key=f"map.hide.{system_map.id}"
        )
    with st.expander("Show on it", icon=":material/layers:", key="map.show"):
        layers = tuple(
            key
            for key, words in _LAYERS.items()
            if st.checkbox(words, value=key == "gaps", key=f"map.layer.{key}")
        )
        fill = choose_heat(system_map.id)
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


def ask_again(asked: Mapping[str, Any]) -> None:
    """Put back what `asked_of` kept: Streamlit forgets controls it does not draw."""
    for key, value in asked.items():
        st.session_state.setdefault(key, value)


def asked_of(map_id: str) -> dict[str, Any]:
    """Return what the filters and layers ask for, by the key of each control."""
    names = (*_FILTERS, "hide", "heat")
    keys = [f"map.{name}.{map_id}" for name in names]
    keys += [f"map.layer.{key}" for key in _LAYERS if key != "gaps"]
    return {key: st.session_state[key] for key in keys if key in st.session_state}


def _several(
    system_map: SystemMap,
    name: str,
    words: str,
    offered: Iterable[T],
    said: Callable[[T], str],
) -> tuple[T, ...]:
    return tuple(
        st.multiselect(
            words,
            list(offered),
            format_func=said,
            placeholder="All",
            key=f"map.{name}.{system_map.id}",
        )
    )


def _present_themes(programme: Programme, system_map: SystemMap) -> list[str]:
    present = {factor.theme for factor in system_map.factors.values()}
    return sorted(present, key=lambda key: (not key, theme_name(programme, key)))


def _present_layers(programme: Programme, system_map: SystemMap) -> list[str]:
    present = {factor.layer for factor in system_map.factors.values()}
    offered = [key for key in words_of(programme, "layers") if key in present]
    return [*offered, *([""] if "" in present else [])]


def _around(system_map: SystemMap) -> tuple[str, int]:
    ids = sorted(
        system_map.factors, key=lambda i: system_map.factor(i).label.casefold()
    )
    wanted = url_state.value("focus")
    focus = st.selectbox(
        "Around",
        ["", *ids],
        index=ids.index(wanted) + 1 if wanted in ids else 0,
        format_func=lambda i: system_map.factor(i).label if i else "The whole map",
        key=f"map.focus.{system_map.id}",
    )
    url_state.keep("focus", focus)
    if not focus:
        return "", 2
    steps = st.selectbox(
        "How far",
        list(_STEPS),
        index=1,
        format_func=_STEPS.__getitem__,
        key="map.steps",
    )
    return focus, steps
