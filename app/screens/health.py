"""Map health: questions to the group about what they drew. None of them is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.map_canvas import choose
from app.components.map_way import way_on_map
from app.components.screen_text import empty, finding, quiet, say
from app.screens._screen import Screen
from app.wording import count, safe_text
from systemmap.analysis.checks import CHECKS, run_checks
from systemmap.analysis.template_share import template_share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.workspace import Workspace
    from systemmap.analysis.checks import Finding
    from systemmap.model.system_map import SystemMap

_SHOWN = 12


def draw(workspace: Workspace) -> None:
    """Draw how many questions there are, then each with why it is asked."""
    programme = workspace.programme
    system_map = workspace.analysis().system_map
    if not system_map.factors:
        empty(
            "There is no map yet, so there is nothing to ask about it.",
            "Import a map",
            lambda: workspace.go("import_export"),
            key="health.import",
            icon=":material/upload_file:",
        )
        return
    found = workspace.answer(
        "checks", ask=lambda: run_checks(workspace.analysis(), programme)
    )
    with way_on_map(workspace) as way:
        with way.heading:
            _counted(found)
        _asked(workspace, system_map, found)


def _counted(found: Mapping[str, Sequence[Finding]]) -> None:
    """Draw how many questions there are."""
    total = sum(len(findings) for findings in found.values())
    finding(
        f"{count(total, 'question')} to put to the group."
        if total
        else "No open question about this map."
    )


def _asked(
    workspace: Workspace, system_map: SystemMap, found: Mapping[str, Sequence[Finding]]
) -> None:
    """Draw each question with where to mend it."""
    total = sum(len(findings) for findings in found.values())
    quiet(
        f"{len(CHECKS)} checks were run on {count(len(system_map.factors), 'cause')} and {count(len(system_map.links), 'link')}."
    )
    if brought := template_share(system_map).words:
        quiet(brought)
    for key, findings in found.items():
        with st.expander(
            safe_text(f"{CHECKS[key].title}: {len(findings)}"), expanded=total <= _SHOWN
        ):
            quiet(CHECKS[key].why)
            for number, each in enumerate(findings):
                say(each.question)
                about = (*each.factors, *(link[0] for link in each.links))
                if about and about[0] in system_map.factors:
                    st.button(
                        "Mend it",
                        key=f"health.{key}.{number}",
                        help="Opens its card, beside the map",
                        on_click=choose,
                        args=(workspace.id, "main", about[0]),
                    )


SCREEN = Screen(
    key="health",
    title="Map health",
    place="map",
    icon=":material/fact_check:",
    draw=draw,
    position=50,
)
