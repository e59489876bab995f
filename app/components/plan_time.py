"""The plan in time: a picture with bars, milestones and today, and the same as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.edit_grid import edit_grid
from app.components.html_tables import table
from app.components.screen_text import quiet, say, section
from app.components.still_pictures import picture
from app.wording import count, safe_text
from systemmap.drawing.timeline_chart import ChartBar, ChartPoint, timeline_svg
from systemmap.editing.dated_updates import UPDATES
from systemmap.language.phrases import day
from systemmap.overview.reported import reported_since, took_place
from systemmap.overview.reporting_lines import event_words
from systemmap.overview.timeline import timeline_of

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.overview.timeline import Timeline

_DRAWN = 60
_STATES = {"done": "Done", "late": "Past its date", "ahead": ""}


def plan_in_time(workspace: Workspace) -> None:
    """Show the timeline, its table, and the dated updates."""
    found = timeline_of(workspace.programme, workspace.today)
    say(found.sentence)
    if found.bars or found.milestones:
        _picture(found)
        with st.expander("The same as a table"):
            table(_rows(found), alt="Phases, actions and milestones with their dates")
    if not found.milestones:
        quiet(
            "A milestone is an event or a decision with its day: add it in Governance."
        )
    if found.undated:
        with st.expander(
            f"{count(len(found.undated), 'row')} without a date that was read"
        ):
            for name in found.undated:
                st.markdown(safe_text(name))
    section("Progress since a day")
    _reported(workspace)


def _picture(found: Timeline) -> None:
    bars = found.bars[:_DRAWN]
    picture(
        timeline_svg(
            [
                ChartBar(
                    name=bar.name,
                    first=bar.first,
                    last=bar.last,
                    state=bar.state,
                    open_ended=bar.open_ended,
                )
                for bar in bars
            ],
            [ChartPoint(each.name, each.on) for each in found.milestones[:_DRAWN]],
            span=found.span,
            today=found.today,
            title=found.sentence,
        ),
        alt=found.sentence,
    )
    if len(found.bars) > len(bars):
        quiet(
            f"The first {len(bars)} of {len(found.bars)} are drawn; the table has all."
        )


def _rows(found: Timeline) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {
            "Name": bar.name,
            "Kind": bar.kind,
            "When": bar.when,
            "State": _STATES[bar.state],
            "Progress": bar.progress or "No update",
        }
        for bar in found.bars
    ]
    rows += [
        {
            "Name": each.name,
            "Kind": each.kind,
            "When": each.when,
            "State": "",
            "Progress": "",
        }
        for each in found.milestones
    ]
    return rows


def _reported(workspace: Workspace) -> None:
    since = st.date_input(
        "Since",
        value=None,
        max_value=workspace.today,
        format="DD/MM/YYYY",
        key="programme.since",
        width=200,
    )
    found = reported_since(workspace.programme, since, workspace.today)
    undated = f" {found.undated:,} more without a date." if found.undated else ""
    held = took_place(workspace.programme, since, workspace.today)
    said = f"{count(len(found.lines), 'dated update')} and {count(len(held), 'event')}"
    quiet(f"{said}{f' since {day(since)}' if since else ''}.{undated}")
    if found.lines:
        table(
            (
                {
                    "On": line.when or (day(line.on) if line.on else ""),
                    "About": line.about,
                    "Update": line.text,
                }
                for line in found.lines
            ),
            alt="Dated updates, the latest first",
        )
    if held:
        st.markdown("**What took place**")
        for event in held:
            say(event_words(workspace.programme, event))
    with st.expander("Add or change updates", icon=":material/edit:"):
        edit_grid(workspace, UPDATES)
