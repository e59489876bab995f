"""Frameworks: what carries them by status and by population, and their own lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.edit_grid import edit_grid
from app.components.html_tables import table
from app.components.screen_text import quiet, say, section
from app.wording import safe_text
from systemmap.editing.framework_lists import FRAMEWORKS, INDICATORS, POPULATIONS
from systemmap.overview.framework_use import framework_use

if TYPE_CHECKING:
    from app.workspace import Workspace

_LISTS = {grid.key: grid for grid in (FRAMEWORKS, INDICATORS, POPULATIONS)}


def frameworks(workspace: Workspace) -> None:
    """Show both grids, then the lists from which tags are chosen."""
    use = framework_use(workspace.programme)
    say(use.sentence)
    if use.rows:
        for what, headings in (
            ("status", use.statuses),
            ("population", use.populations),
        ):
            section(f"Actions by framework and {what}")
            table(
                (
                    {
                        "Framework": row.name,
                        "Actions": len(row.actions),
                        **{
                            name: (
                                row.by_status if what == "status" else row.by_population
                            )[name]
                            for name in headings
                        },
                        "Events": row.events,
                        "Indicators": row.indicators,
                    }
                    for row in use.rows
                ),
                alt=f"Actions by framework and {what}",
            )
        quiet(
            "An item counts for its framework too. An action for two groups counts under both."
        )
    else:
        quiet("Tag actions in the plan table, under “Actions: details”.")
    section("The lists")
    chosen = st.segmented_control(
        "List",
        list(_LISTS),
        format_func=lambda key: safe_text(_LISTS[key].title),
        default="frameworks",
        required=True,
        label_visibility="collapsed",
        key="programme.lists",
    )
    edit_grid(workspace, _LISTS[chosen])
