"""The plan in time: a picture with bars, milestones and today, and the same as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.edit_grid import edit_grid
from app.components.html_tables import table
from app.components.narrow import is_narrow
from app.components.screen_text import lines, quiet, say, section
from app.components.still_pictures import picture
from app.presses import pressed
from app.wording import count
from systemmap.drawing.timeline_chart import ChartBar, ChartPoint, timeline_svg
from systemmap.editing.dated_updates import UPDATES
from systemmap.editing.governance import EVENTS
from systemmap.editing.grids import GridEdits, apply_edits
from systemmap.language.phrases import day
from systemmap.overview.reported import reported_since, took_place
from systemmap.overview.reporting_lines import event_words
from systemmap.overview.timeline import TimeBar, timeline_of

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.overview.timeline import Timeline

_DRAWN = 60
_MILESTONE = "milestone"
_STATES = {"done": "Done", "late": "Past its date", "ahead": ""}


def plan_in_time(workspace: Workspace) -> None:
    """Show the timeline, its table, and the dated updates."""
    found = timeline_of(workspace.programme, workspace.today)
    say(found.sentence)
    if found.bars or found.milestones:
        _picture(found)
        with st.expander("The same as a table"):
            table(_rows(found), alt="Phases, actions and milestones with their dates")
    _undated(found)
    _add_milestone(workspace)
    section("Progress since a day")
    _reported(workspace)


def _undated(found: Timeline) -> None:
    without = len(found.undated) + len(found.undated_events)
    if without:
        with st.expander(f"{count(without, 'row')} without a date that was read"):
            lines([*found.undated, *(f"{e} (event)" for e in found.undated_events)])


def _add_milestone(workspace: Workspace) -> None:
    """Ask for a milestone and its day; it is an event like those in Governance."""
    with st.expander("Add a milestone", icon=":material/flag:"):
        form = workspace.fresh("programme.milestone")
        with st.form(f"{form}.form", border=False, width=720):
            title = st.text_input("Milestone", key=f"{form}.title")
            when = st.text_input(
                "When, in your own words",
                placeholder="14 March 2027",
                key=f"{form}.when",
            )
            sent = pressed(
                st.form_submit_button, "Add the milestone", key=f"{form}.form.send"
            )
        quiet(
            "Meetings, decisions and reviews with their day are drawn too: they are added in Governance."
        )
    if sent:
        cells = {"title": title, "on": when, "kind": _MILESTONE}
        label = f"Add the milestone “{title.strip()}”"
        with workspace.editing(label, form="programme.milestone") as draft:
            apply_edits(EVENTS, draft, {}, GridEdits(added=(cells,)))


def _picture(found: Timeline) -> None:
    rows = found.rows[:_DRAWN]
    picture(
        timeline_svg(
            [
                ChartBar(
                    name=row.name,
                    first=row.first,
                    last=row.last,
                    state=row.state,
                    open_ended=row.open_ended,
                )
                if isinstance(row, TimeBar)
                else ChartPoint(row.name, row.on)
                for row in rows
            ],
            span=found.span,
            today=found.today,
            title=found.sentence,
            narrow=is_narrow(),
        ),
        alt=found.sentence,
        sharp=is_narrow(),
    )
    if len(found.rows) > len(rows):
        quiet(
            f"The first {len(rows)} of {len(found.rows)} are drawn; the table has all."
        )


def _rows(found: Timeline) -> list[dict[str, object]]:
    return [
        {
            "Name": row.name,
            "Kind": row.kind,
            "When": row.when,
            "State": _STATES[row.state] if isinstance(row, TimeBar) else "",
            "Progress": (row.progress or "No update")
            if isinstance(row, TimeBar)
            else "",
        }
        for row in found.rows
    ]


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
