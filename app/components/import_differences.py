"""Where a file and the programme differ: each thing said, and taken one by one or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.screen_text import quiet
from app.wording import safe_text
from systemmap.formats.conflicts import as_one, cells_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.formats.conflicts import Conflict

_SHOWN = 50


def ask_differences(
    conflicts: Sequence[Conflict], key: str
) -> frozenset[tuple[str, str, str]]:
    """Show where both differ, and return what of it the file decides."""
    cells = cells_of(conflicts)
    shown = [as_one(of_one_cell) for of_one_cell in cells.values()]
    table(
        (
            {
                "What": each.name,
                "Field": safe_text(each.cell).capitalize(),
                "Here": each.here,
                "In the file": each.file,
            }
            for each in shown[:_SHOWN]
        ),
        alt="Where the file and the programme differ",
    )
    if len(shown) > _SHOWN:
        quiet(f"And {len(shown) - _SHOWN} more.")
    everything = st.checkbox(
        "Where they differ, use what the file says", key=f"{key}.take"
    )
    chosen = list(cells)
    if not everything:
        chosen = st.multiselect(
            "Or only for these",
            list(cells),
            format_func=lambda cell: _words(cells[cell]),
            placeholder="None: what stands here stays",
            key=f"{key}.some",
            select_all=False,
        )
    return frozenset(
        (each.kind, each.key, each.field) for cell in chosen for each in cells[cell]
    )


def _words(of_one_cell: Sequence[Conflict]) -> str:
    last = as_one(of_one_cell)
    return f"{last.name}, {last.cell}: {last.file}"
