"""Published figures on a screen: over time, several side by side, by area, by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.screen_text import quiet, say, section
from app.components.still_pictures import picture
from app.presses import pressed
from app.wording import count, safe_text
from systemmap.drawing.bars import Bar, bars_svg
from systemmap.drawing.trend_chart import TrendLine, TrendPoint, trend_svg
from systemmap.editing.local_figures import choose_area, tie_indicator
from systemmap.language.menu_words import words_of
from systemmap.overview.council_area import council_area
from systemmap.overview.figures import value_words
from systemmap.overview.profiles import (
    area_table,
    framework_indicators,
    periods_of,
    population_profile,
    trend_table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from app.workspace import Workspace
    from systemmap.model.evidence import Observation
    from systemmap.overview.figures import Figure

_SMALL = (370.0, 190.0)
_MOST = 8  # small pictures at once
_BARS = 40  # areas drawn; the table has all


def frame_table(frame: pd.DataFrame, *, alt: str) -> None:
    """Show a frame as a table; its index is the first column where it has a name."""
    whole = frame.reset_index() if frame.index.name else frame
    rows = (dict(zip(whole.columns, cells, strict=True)) for cells in whole.to_numpy())
    table(rows, alt=alt)


def ask_area(workspace: Workspace) -> bool:
    """Ask which area of the figures is the council's; say whether there was one to choose."""
    choices = council_area(workspace.programme).choices
    if not choices:
        say(
            "These figures are for small areas alone. None of them is the council's: bring in a file with a row for the district."
        )
        return False
    form = workspace.fresh("local_picture.area")
    with st.form(f"{form}.form", border=True, width=560):
        picked = st.selectbox(
            "Which of these areas is yours?",
            range(len(choices)),
            index=None,
            placeholder="Choose or type",
            format_func=lambda n: choices[n].words,
            key=f"{form}.picked",
        )
        sent = pressed(
            st.form_submit_button,
            "This is our area",
            type="primary",
            key=f"{form}.form.send",
        )
    if sent:
        chosen = choices[picked] if picked is not None else None
        with workspace.editing(
            f"Say that {chosen.words if chosen else 'an area'} is ours",
            form="local_picture.area",
        ) as draft:
            choose_area(
                draft, chosen.code if chosen else "", chosen.name if chosen else ""
            )
    quiet("It is asked once. A small area's figure never stands for the council's.")
    return True


def over_time(workspace: Workspace, found: Sequence[Figure]) -> None:
    """Show one indicator over time beside region and England, with its causes."""
    figure = _chosen(found, "local_picture.indicator")
    periods = periods_of(figure)
    if not periods:
        say(figure.sentence)
        quiet(_source(figure))
        return
    say(figure.sentence)
    title = f"{figure.name}, {periods[0]} to {periods[-1]}"
    picture(
        trend_svg(_lines(figure), periods, title=title, unit=figure.indicator.unit),
        alt=f"{title}. The table below has every figure.",
        save_as=f"{figure.indicator.id}-over-time",
    )
    if any(o.lower is not None for o in figure.own):
        quiet(
            "The bars at our points are the 95% intervals that the source gives. A hollow mark stands where nothing is published."
        )
    frame_table(trend_table(figure), alt=title)
    quiet(_source(figure))
    _causes(workspace, figure)


def side_by_side(found: Sequence[Figure]) -> None:
    """Show several chosen indicators as small pictures on scales of their own."""
    drawn = {f.indicator.id: f for f in found if f.own}
    if not drawn:
        say("No indicator has a figure for the council yet.")
        return
    chosen = st.multiselect(
        f"Indicators, up to {_MOST}",
        list(drawn),
        default=list(drawn)[:4],
        max_selections=_MOST,
        format_func=lambda key: drawn[key].name,
        key="local_picture.several",
        select_all=False,
    )
    quiet("Each picture has a scale of its own: compare shapes, not heights.")
    for start in range(0, len(chosen), 2):
        for column, key in zip(st.columns(2), chosen[start : start + 2], strict=False):
            with column:
                figure = drawn[key]
                periods = periods_of(figure)
                st.markdown(f"**{safe_text(figure.name)}**")
                picture(
                    trend_svg(
                        _lines(figure),
                        periods,
                        title=figure.name,
                        unit=figure.indicator.unit,
                        size=_SMALL,
                    ),
                    alt=f"{figure.sentence} From {periods[0]} to {periods[-1]}.",
                )
                quiet(f"{figure.sentence} {_source(figure)}")


def by_area(found: Sequence[Figure]) -> None:
    """Show one indicator for the areas within the council."""
    with_areas = [figure for figure in found if figure.areas]
    if not with_areas:
        say("No figure is for an area within the council.")
        return
    figure = _chosen(with_areas, "local_picture.areas")
    title = f"{figure.name}, by area"
    if figure.widest_gap:
        say(figure.widest_gap)
    frame = area_table(figure)
    if len(frame) <= _BARS:
        picture(bars_svg(_bars(figure), title=title), alt=title)
    frame_table(frame, alt=title)
    quiet(_source(figure))


def by_group(workspace: Workspace, found: Sequence[Figure]) -> None:
    """Show the outcomes framework: its indicators by group of people."""
    programme = workspace.programme
    words = words_of(programme, "frameworks")
    named = {key: name for key, name in words.items() if "." not in key}
    used = [key for key in named if framework_indicators(programme, key)]
    chosen = st.selectbox(
        "Outcomes framework",
        ["", *used],
        format_func=lambda key: named.get(key, "All indicators"),
        key="local_picture.framework",
        width=480,
    )
    if not used:
        quiet("Say under Plan, Frameworks which indicators count for which framework.")
    ids = (
        framework_indicators(programme, chosen)
        if chosen
        else [f.indicator.id for f in found]
    )
    every = population_profile(programme, ids)
    groups = st.multiselect(
        "Groups of people",
        every.groups,
        default=every.groups[:4],
        max_selections=6,
        key=f"local_picture.groups.{chosen}",
        select_all=False,
    )
    profile = population_profile(programme, ids, groups) if groups else every
    if profile.groups:
        quiet(
            f"Figures for {profile.area}, each for its latest period. “No figure” is not nought."
        )
    else:
        quiet("The files brought in have no figure for a group of people by itself.")
    frame_table(profile.table, alt="Indicators by group of people")


def _chosen(found: Sequence[Figure], key: str) -> Figure:
    names = [figure.name for figure in found]
    at = st.selectbox(
        "Indicator", range(len(found)), format_func=names.__getitem__, key=key
    )
    return found[at]


def _lines(figure: Figure) -> list[TrendLine]:
    ours = figure.latest.area_name if figure.latest else ""
    return [
        TrendLine(name or past[-1].area_name, _points(past))
        for name, past in (
            (ours or "Ours", figure.own),
            ("England", figure.england),
            ("", figure.region),
        )
        if past
    ]


def _points(past: Sequence[Observation]) -> list[TrendPoint]:
    return [
        TrendPoint(period=o.period, value=o.value, lower=o.lower, upper=o.upper)
        for o in past
    ]


def _bars(figure: Figure) -> list[tuple[str, Sequence[Bar]]]:
    beside = (*figure.own[-1:], *figure.beside)
    shown = [*sorted(figure.areas, key=lambda o: (o.value is None, -(o.value or 0)))]
    return [
        (o.area_name or o.area_code, [Bar(o.value, value_words(o, figure.indicator))])
        for o in (*shown, *beside)
    ]


def _source(figure: Figure) -> str:
    one = figure.indicator
    parts = (one.source, one.licence, one.note, figure.how)
    told = [part.removesuffix(".") for part in parts if part]
    return f"Source: {'. '.join(told) or 'not stated'}."


def _causes(workspace: Workspace, figure: Figure) -> None:
    """Say which causes this indicator follows, and change it."""
    factors = workspace.programme.system_map().factors
    if not factors:
        return
    key = figure.indicator.id
    tied = [f.id for f in factors.values() if key in f.indicators]
    section("Causes it follows")
    if not tied:
        quiet(
            "It is tied to no cause yet. A cause that no indicator follows is listed among the gaps."
        )
    form = workspace.fresh(f"local_picture.tie.{key}")
    with st.form(f"{form}.form", border=False, width=720):
        causes = st.multiselect(
            "Causes on the map",
            sorted(factors, key=lambda each: factors[each].label.casefold()),
            default=tied,
            format_func=lambda each: factors[each].label,
            key=f"{form}.causes",
            select_all=False,
        )
        sent = pressed(
            st.form_submit_button,
            "Save the causes",
            icon=":material/link:",
            key=f"{form}.form.send",
        )
    if sent:
        said = count(len(causes), "cause")
        with workspace.editing(
            f"Tie “{figure.indicator.name}” to {said}",
            form=f"local_picture.tie.{key}",
        ) as draft:
            tie_indicator(draft, key, causes)
