"""The import workbench: the file as it is beside what it becomes, for a person to correct."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.components.html_tables import table
from app.components.screen_text import quiet, say
from app.components.table_workbench import tables_asked, tables_become, takes_over
from app.presses import pressed
from app.wording import count, label_text
from systemmap.editing.record_fields import phase_name
from systemmap.errors import SystemMapError
from systemmap.formats import FORMATS
from systemmap.formats.import_mapping import ImportMapping, heading_keys, heading_words
from systemmap.formats.kept_mappings import fitting_mappings, mapping_named
from systemmap.model.meetings import EventPoint
from systemmap.model.plan import Decision, Phase, Workstream
from systemmap.model.response import Action
from systemmap.model.text import folded

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.formats import Reading

_FORM = "import"
_LINES, _ROWS = 20, 12  # on one page
_ORDERS = ("day first", "month first", "as typed")
_OF_TABLES = ("map", "figures")
_COUNCILS = {  # what councils call a column
    "Action/Phase": "Action, or phase",
    "Aims (and actions)": "Aim, or description",
    "Responsible": "Lead (who is responsible)",
    "Due date": "Due (by when)",
    "Progress": "Progress, or status",
    "Outcomes": "Outcome (what success looks like)",
    "Rating": "Rating (RAG)",
    "Measures": "Measure, or indicator",
    "Theme": "Theme, or priority",
    "Place": "Place, or ward",
}
_MANY = ("Leave out", "Personal details")  # what several columns can be


def corrected(
    workspace: Workspace, reading: Reading, data: bytes, name: str
) -> tuple[Reading, ImportMapping | None]:
    """Show how a file was read, and let a person correct it.

    Returns
    -------
    Reading, ImportMapping | None
        The file as read by what was said, and what was said; None where there
        is nothing to correct in such a file.
    """
    if not reading.seen or FORMATS[reading.format].read_mapped is None:
        return reading, None
    state = f"{_FORM}.said.{sha256(data).hexdigest()[:16]}.{reading.format}"
    before = ImportMapping(
        format=reading.format, shape=str(reading.seen.get("shape", ""))
    )
    said, turn = workspace.recall(state, (before, 0))
    open_now = reading.guessed > 0 or bool(reading.asks)
    with st.expander("Check and correct how it was read", expanded=open_now):
        earlier = _earlier(workspace, reading)
        if earlier and said == before:
            said = replace(
                mapping_named(workspace.programme, earlier), shape=before.shape
            )
            workspace.remember(state, (said, turn + 1))
            turn += 1
        if said != before:
            try:
                reading = workspace.reading(data, name, None, said)
            except SystemMapError as error:
                workspace.explain(error)
        left, right = st.columns(2, gap="medium")
        with left:
            st.subheader("The file as it is", anchor=False)
            if reading.seen["kind"] in _OF_TABLES:
                answer = tables_asked(reading, said, f"{state}.{turn}")
                # menus are drawn anew only where one answer changes another
                together = (
                    (answer.tables, answer.parts) != (said.tables, said.parts)
                ) or takes_over(reading, said, answer)
            else:
                ask = _lines if reading.seen["kind"] == "lines" else _columns
                answer, together = ask(reading, said, f"{state}.{turn}")
        with right:
            st.subheader("What it becomes", anchor=False)
            if reading.seen["kind"] in _OF_TABLES:
                tables_become(reading)
            else:
                _becomes(reading)
    if answer != said:
        workspace.remember(state, (answer, turn + together))
        st.rerun()
    return reading, said


def _earlier(workspace: Workspace, reading: Reading) -> str:
    """Offer the mappings kept for files of this shape."""
    names = fitting_mappings(workspace.programme, reading) if workspace.id else []
    if not names:
        return ""
    return st.selectbox(
        "Read it as a file like it was read before",
        ["", *names],
        format_func=lambda key: key or "No, as it is found",
        key=f"{_FORM}.earlier",
    )


# -- tables ------------------------------------------------------------------------


def _columns(
    reading: Reading, said: ImportMapping, key: str
) -> tuple[ImportMapping, bool]:
    """Ask what each column holds, which row is the heading, and what single rows are."""
    seen = reading.seen
    rows: list[list[Any]] = seen["rows"]
    _as_it_is(rows)
    answer = said
    for number, found in enumerate(seen["tables"]):
        keys = heading_keys(found["headings"])
        for place, (heading, meaning) in enumerate(
            zip(found["headings"], found["meanings"], strict=True)
        ):
            menu = ["", *seen["meanings"]]
            chosen = st.selectbox(
                label_text(f"Column {place + 1}: {heading or 'no heading'}"),
                menu,
                index=menu.index(meaning),
                format_func=lambda word: _COUNCILS.get(word, word) or "Kept beside it",
                key=f"{key}.column.{number}.{place}",
            )
            if chosen != meaning:
                answer = _one_each(answer, keys[place], chosen)
    answer = _orders(seen["orders"], answer, key)
    return _row_roles(rows, answer, seen["roles"], key), False


def _orders(columns: list[list[Any]], said: ImportMapping, key: str) -> ImportMapping:
    """Ask once of each column of dates which figure is the day, where cells leave it open."""
    for column, heading, order, month_first, either, number in columns:
        preset = order or ("" if month_first else _ORDERS[0])
        picked = st.radio(
            label_text(f"Dates in “{heading}”"),
            _ORDERS,
            index=_ORDERS.index(preset) if preset else None,
            horizontal=True,
            key=f"{key}.order.{column}",
        )
        many = f"{count(number, 'cell')} could be either, such as ‘{either}’"
        sure = f"; ‘{month_first}’ can only be month first" if month_first else ""
        quiet(f"{many}{sure}.")
        if picked and picked != preset:
            said = said.said("orders", column, picked)
    return said


def _one_each(said: ImportMapping, heading: str, meaning: str) -> ImportMapping:
    """Give a column a meaning; another that was given the same one loses it."""
    if meaning and meaning not in _MANY:
        kept = {h: m for h, m in said.columns.items() if m != meaning}
        said = replace(said, columns=kept)
    return said.said("columns", heading, meaning or "Leave out")


def _as_it_is(rows: list[list[Any]]) -> None:
    pages = max(1, -(-len(rows) // _ROWS))
    page = _page(pages, "rows")
    shown = rows[page * _ROWS : (page + 1) * _ROWS]
    width = max((len(cells) for _, cells, *_ in shown), default=1)
    table(
        (
            {"Where": where, "Is": role}
            | {f"{n + 1}": cells[n] if n < len(cells) else "" for n in range(width)}
            for where, cells, role, _ in shown
        ),
        alt="The rows of the file as they are",
    )


def _row_roles(
    rows: list[list[Any]], said: ImportMapping, roles: list[str], key: str
) -> ImportMapping:
    """Say what rows are, with all like them: a heading, a section, part of one above, nothing."""
    words = {w: " | ".join(c for c in cells if c)[:60] for w, cells, *_ in rows}
    alike = {where: likeness for where, _, _, likeness in rows}
    with st.expander("What a row, or several, are"):
        chosen = st.multiselect(
            "Rows",
            list(words),
            format_func=lambda place: f"{place}: {words[place]}",
            key=f"{key}.rows",
            select_all=False,
        )
        together = st.toggle(
            "And all rows in which the same cells are filled", key=f"{key}.together"
        )
        role = st.selectbox("They are", ["heading", *roles], key=f"{key}.role")
        if not chosen or not pressed(st.button, "Say so", key=f"{key}.say"):
            return said
        if role == "heading":
            cells = next(cells for w, cells, *_ in rows if w == chosen[0])
            return replace(said, headings=tuple(map(heading_words, cells)))
        for where in chosen:
            what, which = ("alike", alike[where]) if together else ("rows", where)
            said = said.said(what, which, role)
    return said


# -- lines -------------------------------------------------------------------------


def _lines(
    reading: Reading, said: ImportMapping, key: str
) -> tuple[ImportMapping, bool]:
    """Ask what each line is, singly or all that look alike."""
    lines: list[list[Any]] = reading.seen["lines"]
    roles: list[str] = reading.seen["roles"]
    together = st.toggle(
        "Change all lines that look alike at once", key=f"{_FORM}.alike"
    )
    page = _page(max(1, -(-len(lines) // _LINES)), "lines")
    answer = said
    for number, text, depth, mark, role, likeness in lines[page * _LINES :][:_LINES]:
        sign = {"point": "\u2022 ", "number": "1. "}.get(mark, "")
        indent = "\u2003" * min(depth // 2, 4)
        chosen = st.selectbox(
            label_text(f"{number}: {indent}{sign}{text[:120]}"),
            roles,
            index=roles.index(role),
            key=f"{key}.line.{number}",
        )
        if chosen != role:
            what, which = ("alike", likeness) if together else ("lines", folded(text))
            answer = answer.said(what, which, chosen)
    return answer, together and answer != said


def _page(pages: int, what: str) -> int:
    if pages == 1:
        return 0
    return (
        st.number_input(
            f"Page (of {pages})", 1, pages, key=f"{_FORM}.page.{what}", width=160
        )
        - 1
    )


# -- what it becomes ---------------------------------------------------------------


def _becomes(reading: Reading) -> None:
    streams = {r.id: r.name for r in reading.records if isinstance(r, Workstream)}
    actions = [r for r in reading.records if isinstance(r, Action)]
    decisions = [r for r in reading.records if isinstance(r, Decision)]
    phases = [r for r in reading.records if isinstance(r, Phase)]
    rows = [
        count(len(some), noun)
        for some, noun in ((actions, "action"), (phases, "phase"))
        if some or noun == "action"
    ]
    shown: list[Action | Phase] = [*actions, *phases]
    say(f"{' and '.join(rows)} in {count(len(streams), 'workstream')}.")
    table(
        (
            {
                "Action or phase": action.title
                if isinstance(action, Action)
                else phase_name(action),
                "Lead": ", ".join(action.owners),
                "Due": action.due.raw if action.due else "",
                "Progress": action.progress_raw,
                "Rating": action.rating.capitalize(),
                "In": streams.get(action.workstream_id or "", ""),
            }
            for action in shown[:50]
        ),
        alt="The actions the file becomes",
    )
    if len(shown) > 50:
        quiet(f"And {len(shown) - 50:,} more.")
    points = sum(isinstance(r, EventPoint) for r in reading.records)
    if points:
        say(
            f"{count(points, 'line')} kept with the event, section by section; what is reported as progress waits under Plan, Governance."
        )
    if decisions:
        say(f"{count(len(decisions), 'decision')}:")
        table(
            ({"No.": d.number, "Decision": d.text} for d in decisions[:50]),
            alt="The decisions the file becomes",
        )
