"""Who decides and what took place: boards, events, points to sort and act on, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.edit_grid import edit_grid
from app.components.screen_text import lines, quiet, say, section
from app.presses import pressed
from app.wording import count, safe_text
from systemmap.editing.follow_ups import (
    action_from_point,
    likely_actions,
    progress_from_point,
)
from systemmap.editing.governance import (
    BOARDS,
    DECISIONS,
    EVENTS,
    POINTS,
    REVIEWS,
    events_in_order,
)
from systemmap.editing.minute_sections import decision_from_point, point_from_decision
from systemmap.language.menu_words import words_of
from systemmap.language.phrases import joined
from systemmap.model.meetings import DecisionTie, Event, EventPoint
from systemmap.model.plan import Decision
from systemmap.overview.reporting_lines import (
    decisions_at,
    event_words,
    governance_sentence,
    point_words,
    points_by_section,
    reporting_lines,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.workspace import Workspace

_GRIDS = {grid.key: grid for grid in (BOARDS, EVENTS, POINTS, DECISIONS, REVIEWS)}
_SHOWN = "shown"
_DECIDED = "decision"
_ACTED_ON = ("recommendation", "next_step", "action", "insight", "finding")


def governance(workspace: Workspace) -> None:
    """Show who reports to whom and what took place, or one of the lists to edit."""
    say(governance_sentence(workspace.programme))
    chosen = st.segmented_control(
        "Show",
        [_SHOWN, *_GRIDS],
        format_func=lambda key: (
            "Overview" if key == _SHOWN else safe_text(_GRIDS[key].title)
        ),
        default=_SHOWN,
        required=True,
        label_visibility="collapsed",
        key="programme.governance",
    )
    if chosen == _SHOWN:
        _overview(workspace)
        return
    grid = _GRIDS[chosen]
    with st.container():  # there or not, what is open below stays open
        if not grid.rows(workspace.programme):
            quiet(_EMPTY[chosen])
    edit_grid(workspace, grid)


_EMPTY = {
    "boards": "No board or group is listed yet. Begin with the one that decides.",
    "events": "No event is listed yet: a meeting, a session, an engagement. Bring in a minute, or add one here.",
    "points": "Nothing that was said at an event is listed yet. Add the event first.",
    "decisions": "No decision is listed. Add one here, or bring in a board minute.",
    "reviews": "No review has been dated yet.",
}


def _overview(workspace: Workspace) -> None:
    programme = workspace.programme
    told = reporting_lines(programme)
    if told:
        section("Who reports to whom")
        lines([line.words for line in told])
    events = events_in_order(programme)
    if not events:
        if not told:
            say(
                "Nothing is listed yet. Bring in a minute under Share, or add a board or an event in its table above."
            )
        return
    section("Events")
    names = {event.id: event_words(programme, event) for event in events}
    chosen = st.selectbox(
        "Event",
        list(names),
        format_func=names.__getitem__,
        key="programme.event",
    )
    _event(workspace, programme.find(Event, chosen))


def _event(workspace: Workspace, event: Event) -> None:
    programme = workspace.programme
    if event.note:
        say(event.note)
    found = points_by_section(programme, event.id)
    if not found:
        quiet("Nothing that was said there is listed yet.")
    for name, points in found.items():
        section(f"{name} ({len(points)})")
        lines([point_words(programme, point) for point in points])
    if decided := decisions_at(programme, event.id):
        section(f"Decided ({len(decided)})")
        lines(decided)
    said = [point for listed in found.values() for point in listed]
    made = {
        f"{_DECIDED}:{tie.decision_id}": programme.find(Decision, tie.decision_id).text
        for tie in programme.all(DecisionTie).values()
        if tie.event_id == event.id
    }
    if said or made:
        with st.expander("Sort or act on one of them", icon=":material/edit:"):
            _act(workspace, said, made)


def _act(
    workspace: Workspace, points: list[EventPoint], decided: Mapping[str, str]
) -> None:
    texts = {point.id: point.text for point in points} | dict(decided)
    chosen = st.selectbox(
        "Which", list(texts), format_func=texts.__getitem__, key="programme.point"
    )
    if chosen in decided:
        _sort_decision(workspace, chosen.removeprefix(f"{_DECIDED}:"), decided[chosen])
        return
    point = workspace.programme.find(EventPoint, chosen)
    _sort(workspace, point)
    if point.section == "progress":
        _report(workspace, point)
        if not point.actions:
            quiet("Or it is about something the plan does not list yet.")
            _follow(workspace, point)
    elif point.section in _ACTED_ON:
        _follow(workspace, point)


def _sort(workspace: Workspace, point: EventPoint) -> None:
    words = words_of(workspace.programme, "point_sections") | {_DECIDED: "Decision"}
    options = ["", *words]
    key = workspace.fresh(f"point.{point.id}")
    section_key = st.selectbox(
        "Section",
        options,
        index=options.index(point.section) if point.section in options else 0,
        format_func=lambda each: words.get(each, "Not sorted"),
        key=f"{key}.section",
        width=360,
    )
    if section_key != point.section:
        label = f"Sort “{point.text}” under {words.get(section_key, 'nothing').lower()}"
        with workspace.editing(label, form=f"point.{point.id}", base=point) as draft:
            if section_key == _DECIDED:
                decision_from_point(draft, point.id)
            else:
                POINTS.change(draft, point.id, {"section": words.get(section_key, "")})


def _sort_decision(workspace: Workspace, key: str, text: str) -> None:
    words = {_DECIDED: "Decision"} | words_of(workspace.programme, "point_sections")
    form = workspace.fresh(f"decision.{key}")
    section_key = st.selectbox(
        "Section",
        list(words),
        format_func=words.__getitem__,
        key=f"{form}.section",
        width=360,
    )
    if section_key != _DECIDED:
        label = f"Sort “{text}” under {words[section_key].lower()}"
        with workspace.editing(label, form=f"decision.{key}") as draft:
            point_from_decision(draft, key, section_key)


def _report(workspace: Workspace, point: EventPoint) -> None:
    """Offer the actions that this progress may be about; a person decides."""
    likely = likely_actions(workspace.programme, point.text)
    if point.actions:
        quiet(
            f"Taken as an update of {count(len(point.actions), 'action')}. It can be of others too."
        )
    for found in likely:
        if found.action.id in point.actions:
            continue
        st.markdown(
            f"May be about **{safe_text(found.action.title)}**: both say "
            f"{safe_text(joined([f'“{word}”' for word in found.words], limit=4))}."
        )
        if pressed(
            st.button,
            f"Take it as an update of “{safe_text(found.action.title)}”",
            key=f"programme.report.{point.id}.{found.action.id}",
            icon=":material/update:",
        ):
            _take(workspace, point, found.action.id)
    titles = {a.id: a.title for a in workspace.programme.actions.values()}
    if not titles:
        quiet("There is no action yet that it could be an update of.")
        return
    other = st.selectbox(
        "Another action",
        list(titles),
        index=None,
        placeholder="Choose or type",
        format_func=titles.__getitem__,
        key=f"programme.report.{point.id}",
    )
    if other and pressed(
        st.button, "Take it as an update", key=f"programme.report.{point.id}.go"
    ):
        _take(workspace, point, other)


def _take(workspace: Workspace, point: EventPoint, action_id: str) -> None:
    title = workspace.programme.actions[action_id].title
    with workspace.editing(f"Update “{title}” from a minute") as draft:
        progress_from_point(draft, point.id, action_id)


def _follow(workspace: Workspace, point: EventPoint) -> None:
    form = f"point.follow.{point.id}"
    key = workspace.fresh(form)
    with st.form(f"{key}.form", border=False, width=720):
        owner = st.text_input("Who leads (organisation or role)", key=f"{key}.owner")
        due = st.text_input("By when, in your own words", key=f"{key}.due")
        sent = pressed(
            st.form_submit_button,
            "Make it an action",
            icon=":material/add_task:",
            key=f"{key}.form.send",
        )
    if sent:
        with workspace.editing(f"Make “{point.text}” an action", form=form) as draft:
            action_from_point(draft, point.id, owner=owner, due=due)
