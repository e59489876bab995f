"""What matters on this map: importance in three classes, the four-box chart, one measure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.map_way import way_on_map
from app.components.measure_view import measure_view
from app.components.screen_text import caution, empty, finding, quiet, say, section
from app.components.still_pictures import picture
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import count, listed
from systemmap.analysis.four_boxes import NOTE, Role, four_boxes
from systemmap.analysis.importance import Band, Importance
from systemmap.drawing.boxes_chart import four_box_svg
from systemmap.language.menu_words import theme_name

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.analysis.importance import FactorImportance, ImportanceResult
    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap

_CLASSES = {
    Importance.HIGH: "Stand out in two or three of three ways",
    Importance.MEDIUM: "Stand out in one way",
    Importance.LOWER: "Stand out in none",
}
_FILL = {Importance.HIGH: 1.0, Importance.MEDIUM: 0.5, Importance.LOWER: 0.0}
_PLURALS = {
    Role.DRIVER: "drivers",
    Role.HUB: "hubs",
    Role.RESULT: "results",
    Role.QUIET: "quiet",
}
_ROLES = {
    Role.DRIVER: "Drivers: few links in, many out",
    Role.HUB: "Hubs: many in, many out",
    Role.RESULT: "Results: many in, few out",
    Role.QUIET: "Quiet: few in, few out",
}


def draw(workspace: Workspace) -> None:
    """Draw the finding, the classes with their reasons, the four boxes, one measure."""
    system_map = workspace.analysis().system_map
    if not system_map.factors:
        empty(
            "There is no map yet, so nothing can be said about what matters on it.",
            "Import a map",
            lambda: workspace.go("import_export"),
            key="importance.import",
            icon=":material/upload_file:",
        )
        return
    result = workspace.analysis().importance
    with way_on_map(workspace) as way:
        with way.heading:
            finding(_finding(system_map, result))
        way.part["heat"] = {
            key: [_FILL[each], _CLASSES[each].lower()]
            for key, each in result.classes.items()
        }
        _told(workspace, system_map, result)


def _told(
    workspace: Workspace, system_map: SystemMap, result: ImportanceResult
) -> None:
    """Draw the classes, the four boxes and one measure."""
    _outcome(workspace, system_map)
    if result.outcome is not None:
        _classes(workspace, system_map, result)
    _boxes(workspace.analysis())
    section("One measure at a time")
    measure_view(workspace)
    caution(workspace)


def _finding(system_map: SystemMap, result: ImportanceResult) -> str:
    if result.outcome is None:
        return result.sentence
    high = [key for key, each in result.classes.items() if each is Importance.HIGH]
    outcome = system_map.factor(result.outcome).label
    return f"{count(len(high), 'cause')} of {len(result.factors)} stand out on this map for “{outcome}”."


def _outcome(workspace: Workspace, system_map: SystemMap) -> None:
    ids = sorted(
        system_map.factors, key=lambda key: system_map.factor(key).label.casefold()
    )
    present = system_map.outcome
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "The cause you care about most (the outcome)",
            ids,
            index=ids.index(present) if present else None,
            format_func=lambda key: system_map.factor(key).label,
            placeholder="Choose one",
            key="importance.outcome",
            width=420,
        )
        if (
            chosen
            and chosen != present
            and pressed(
                st.button, "Set as the outcome", type="primary", key="importance.set"
            )
        ):
            with workspace.editing(
                f"Set “{system_map.factor(chosen).label}” as the outcome"
            ) as draft:
                draft.put(replace(draft.system_map().version, outcome=chosen))


def _classes(
    workspace: Workspace, system_map: SystemMap, result: ImportanceResult
) -> None:
    quiet(
        f"It rests on {result.rests_on}. Loops of up to {result.counted_length} causes are counted."
    )
    for importance, words in _CLASSES.items():
        entries = [
            entry for entry in result.factors.values() if entry.importance is importance
        ]
        section(f"{words}: {count(len(entries), 'cause')}")
        table(
            (
                _row(workspace.programme, system_map, entry)
                for entry in sorted(entries, key=_nearest)
            ),
            alt=f"{words}, with the reasons and the distance from the outcome",
        )


def _nearest(entry: FactorImportance) -> tuple[int, str]:
    return list(Band).index(entry.band), entry.factor_id


def _row(
    programme: Programme, system_map: SystemMap, entry: FactorImportance
) -> dict[str, object]:
    factor = system_map.factor(entry.factor_id)
    unclear = " Direction unclear: talk it through." if entry.direction_unclear else ""
    return {
        "Cause": factor.label,
        "Theme": theme_name(programme, factor.theme) if factor.theme else "Not sorted",
        "From the outcome": entry.band,
        "Why": " ".join(entry.sentences) + unclear,
    }


def _boxes(analysis: MapAnalysis) -> None:
    boxes, system_map = four_boxes(analysis), analysis.system_map
    section("By direct links")
    say(
        f"Many means more than {boxes.median_in:g} links in, or more than {boxes.median_out:g} out."
    )
    quiet(NOTE)
    counts = listed(
        [f"{boxes.count(role)} {words}" for role, words in _PLURALS.items()]
    )
    picture(
        four_box_svg(boxes, title=f"Causes by links in and out: {counts}"),
        alt=f"Causes by links in and out: {counts}",
    )
    for left, right in ((Role.RESULT, Role.HUB), (Role.QUIET, Role.DRIVER)):
        for column, role in zip(st.columns(2, gap="small"), (left, right), strict=True):
            names = [
                system_map.factor(key).label
                for key, each in boxes.roles.items()
                if each is role
            ]
            with column.container(border=True, height="stretch"):
                st.subheader(f"{_ROLES[role]} · {len(names)}", anchor=False)
                say(listed(sorted(names, key=str.casefold), limit=12) or "None.")


SCREEN = Screen(
    key="importance",
    title="What matters",
    place="map",
    icon=":material/filter_center_focus:",
    draw=draw,
    position=30,
)
