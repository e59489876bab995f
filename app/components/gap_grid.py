"""Importance by cover as a grid of numbers, shaded; each number opens its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.screen_text import quiet, safe_text
from app.presses import pressed
from app.wording import sentence
from systemmap.coverage.cover import RUNG_WORDS, Rung

if TYPE_CHECKING:
    from systemmap.gaps import GapReport

Cell = tuple[str, Rung]
"""A place in the grid: importance and cover."""

_IMPORTANCE = {
    "high": "Matters most here",
    "medium": "Matters",
    "lower": "Matters less on this map",
}
_DEEPEST = 36
"""Per cent of the action colour behind the largest number: ink on it keeps 4.5 to 1."""
_LOOK = """<style>
[class*="st-key-gaps-cell-"] button { min-height: 3.25rem; padding: 0; }
[class*="st-key-gaps-cell-"] button p { font-size: 0; }
[class*="st-key-gaps-cell-"] button strong { font-size: 1.25rem; font-weight: 600; }
[class*="st-key-gaps-head"] p { font-size: 0.8125rem; line-height: 1.2; }
@media (max-width: 640px) {
  .st-key-gaps-heads, [class*="st-key-gaps-cell-"]:has(button:disabled) { display: none; }
  [class*="st-key-gaps-cell-"] button { justify-content: start; padding: 0 0.75rem; }
  [class*="st-key-gaps-cell-"] button p { font-size: 0.9375rem; }
}
</style>"""  # a number's words are read out, and shown where the headings are not


def cell_words(cell: Cell) -> str:
    """Return a cell in words, for instance "Matters, ideas only"."""
    importance, rung = cell
    return f"{importance_words(importance)}, {RUNG_WORDS[rung]}"


def importance_words(importance: str) -> str:
    """Return a row's words."""
    return _IMPORTANCE.get(importance, "Importance is not set")


def gap_grid(report: GapReport, chosen: Cell | None) -> Cell | None:
    """Draw the grid; return the cell that was pressed just now."""
    st.html(_LOOK)
    st.html(_shades(report, chosen))
    chosen_now = None
    with st.container(key="gaps.heads"):
        for column, words in zip(_row(), ("", *RUNG_WORDS.values()), strict=True):
            with column, st.container(key=f"gaps.head.{words[:12]}"):
                st.markdown(safe_text(sentence(words)))
    for importance in report.importance_words:
        head, *cells = _row()
        with head, st.container(key=f"gaps.head.{_key(importance)}"):
            st.markdown(f"**{importance_words(importance)}**")
        for column, rung in zip(cells, Rung, strict=True):
            number = len(report.cell(importance, rung))
            if pressed(
                column.button,
                f"**{number}** · {cell_words((importance, rung))}",
                key=f"gaps.cell.{_key(importance)}.{int(rung)}",
                disabled=not number,
                width="stretch",
                wrap=True,
            ):
                chosen_now = (importance, rung)
    quiet(report.size)
    return chosen_now


def _row() -> list[st.delta_generator.DeltaGenerator]:
    return st.columns(
        [1.25, *[1] * len(Rung)], gap="xsmall", vertical_alignment="center"
    )


def _key(importance: str) -> str:
    return importance.replace(" ", "_")


def _shades(report: GapReport, chosen: Cell | None) -> str:
    """Return the shade of each cell: the more causes, the deeper; the open one ringed."""
    numbers = {cell: len(rows) for cell, rows in report.grid().items()}
    most = max(numbers.values(), default=0) or 1
    rules = []
    for (importance, rung), number in numbers.items():
        place = f".st-key-gaps-cell-{_key(importance)}-{int(rung)} button"
        share = round(_DEEPEST * number / most)
        look = f"background: color-mix(in srgb, #238191 {share}%, transparent);"
        if chosen == (importance, rung):
            look += " outline: 3px solid currentColor; outline-offset: -3px;"
        rules.append(f"{place} {{ {look} }}")
    return "<style>{}</style>".format("\n".join(rules))
