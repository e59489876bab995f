"""The only place that shows a measure: its question, caution and reference come with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.screen_text import quiet, say
from systemmap.analysis.measures import MEASURES
from systemmap.errors import InvalidValue

if TYPE_CHECKING:
    from app.workspace import Workspace


def measure_view(workspace: Workspace) -> None:
    """Let a person choose a measure and show each factor's value in words.

    Measures that the literature warns of are offered only after a switch that
    says so.
    """
    advanced = st.checkbox(
        "Also offer measures that the literature advises against for choosing where to act",
        key="measure.advanced",
    )
    offered = [
        key for key, measure in MEASURES.items() if advanced or not measure.advanced
    ]
    key = st.selectbox(
        "Measure",
        offered,
        format_func=lambda k: MEASURES[k].title,
        key="measure.which",
        width=360,
    )
    measure, system_map = MEASURES[key], workspace.analysis().system_map
    say(measure.question)
    try:
        values = workspace.answer(
            "measure",
            "main",
            key,
            ask=lambda: dict(measure.compute(workspace.analysis())),
        )
    except InvalidValue as error:
        say(str(error))
        return
    ordered = sorted(
        values,
        key=lambda k: (
            values[k] is None,
            -(values[k] or 0.0),
            system_map.factor(k).label.casefold(),
        ),
    )
    quiet(measure.caution)
    table(
        (
            {
                "Cause": system_map.factor(k).label,
                measure.title: measure.in_words(values[k]),
            }
            for k in ordered
        ),
        alt=f"{measure.title} for each of {len(ordered)} causes, the highest first; equal values in alphabetical order",
    )
    quiet(f"Source: {measure.reference}")
