"""Gaps: where nobody acts, why it matters, and what people decide about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.decisions import decide_on
from app.components.screen_text import caution, empty, finding, quiet, say, section
from app.screens._screen import Screen
from app.wording import count, safe_text
from systemmap.coverage.cover import RUNG_WORDS, Rung
from systemmap.gaps import STATE_WORDS, GapState
from systemmap.gaps.decisions import decide
from systemmap.overview.summary import summary_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.workspace import Workspace
    from systemmap.gaps import FactorRow, Gap, GapReport

_PAGE = 10
_COLUMNS = {**RUNG_WORDS, Rung.LIVE_BUT_THIN: "live or planned work, but thin"}
"""A column's words: what is only planned stands with what is live, but thin."""
_EVEN = '<style>[class*="st-key-gaps-cell-"] button { min-height: 3.75rem; } @media (max-width: 1100px) { [class*="st-key-gaps-cell-"] button { min-height: 5.25rem; } }</style>'
_DECIDED = (GapState.AGREED, GapState.ACCEPTED, GapState.DISMISSED, GapState.RESOLVED)


def draw(workspace: Workspace) -> None:
    """Draw the finding, the grid, the open gaps and those decided on."""
    report = workspace.gaps()
    if not report.coverage.factors:
        empty(
            "There is no map yet, so there is nothing to find gaps on.",
            "Import a map",
            lambda: workspace.go("import_export"),
            key="gaps.import",
            icon=":material/upload_file:",
        )
        return
    finding(summary_of(workspace.programme, report).of_the_map)
    say(report.headline)
    chosen = _grid(workspace, report)
    _open_gaps(workspace, report, chosen)
    _decided(workspace, report)
    _left_out(report)
    caution()


def _grid(workspace: Workspace, report: GapReport) -> tuple[str, Rung] | None:
    """Draw importance by cover; a number opens its list. Return the open cell."""
    section("How much it matters, and what is listed")
    st.html(_EVEN)
    chosen = workspace.recall("gaps.cell", None)
    for importance in report.importance_words:
        st.markdown(f"**{_importance_words(importance)}**")
        columns = st.columns(len(Rung), gap="small")
        for column, rung in zip(columns, Rung, strict=True):
            rows = report.cell(importance, rung)
            pressed = column.button(
                f"{len(rows)} · {_COLUMNS[rung]}",
                key=f"gaps.cell.{importance.replace(' ', '_')}.{int(rung)}",
                disabled=not rows,
                width="stretch",
                wrap=True,
                icon=":material/check:" if chosen == (importance, rung) else None,
            )
            if pressed:
                workspace.remember(
                    "gaps.cell",
                    None if chosen == (importance, rung) else (importance, rung),
                )
                st.rerun()
    quiet(report.coverage.denominators)
    for sentence in report.not_run:
        quiet(sentence)
    return chosen


def _open_gaps(
    workspace: Workspace, report: GapReport, chosen: tuple[str, Rung] | None
) -> None:
    cards = _by_subject(report.open)
    if chosen is None:
        findings = count(len(report.open), "finding")
        section(
            f"Open: {findings} on {count(len(cards), 'cause, action or theme', 'causes, actions and themes')}"
        )
    else:
        importance, rung = chosen
        rows = report.cell(importance, rung)
        section(
            f"{_importance_words(importance)}, {_COLUMNS[rung]}: {count(len(rows), 'cause')}"
        )
        cards = {row.cover.factor.id: _open_of(row) for row in rows}
        _cell_without_gaps(rows)
        if st.button("Show everything open", key="gaps.all", icon=":material/close:"):
            workspace.remember("gaps.cell", None)
            st.rerun()
    limit = workspace.recall("gaps.limit", _PAGE)
    for gaps in list(filter(None, cards.values()))[:limit]:
        _card(workspace, gaps)
    _more(workspace, len(cards), limit)


def _by_subject(gaps: Sequence[Gap]) -> dict[str, list[Gap]]:
    """Put the findings about one thing together, in the order of the report."""
    found: dict[str, list[Gap]] = {}
    for gap in gaps:
        found.setdefault(gap.subject, []).append(gap)
    return found


def _open_of(row: FactorRow) -> list[Gap]:
    return [gap for gap in row.gaps if gap.state is GapState.OPEN and not gap.positive]


def _cell_without_gaps(rows: Sequence[FactorRow]) -> None:
    for row in rows:
        if not _open_of(row):
            with st.container(border=True):
                st.markdown(f"**{safe_text(row.name)}**")
                say(" ".join(row.cover.here))


def _card(workspace: Workspace, gaps: list[Gap]) -> None:
    """One cause or theme: what was found, what could be built on, what people decide."""
    with st.container(border=True):
        st.subheader(safe_text(gaps[0].name), anchor=False)
        for gap in gaps:
            st.markdown(_finding_line(gap), width=720)
        for sentence in workspace.could_build_on(gaps[0]):
            say(sentence)
        decide_on(workspace, gaps)


def _finding_line(gap: Gap) -> str:
    """Return one finding with its title, unless the sentence already says it."""
    words = " ".join(gap.here)
    title = "" if words.startswith(gap.title) else f"**{safe_text(gap.title)}.** "
    return f"{title}{safe_text(words)} :gray[{safe_text(gap.next_step)}]"


def _more(workspace: Workspace, total: int, limit: int) -> None:
    if total > limit and st.button(
        f"Show {min(_PAGE, total - limit)} more",
        key="gaps.more",
        icon=":material/expand_more:",
    ):
        workspace.remember("gaps.limit", limit + _PAGE)
        st.rerun()


def _decided(workspace: Workspace, report: GapReport) -> None:
    for state in _DECIDED:
        gaps = report.in_state(state)
        if not gaps:
            continue
        section(f"{STATE_WORDS[state].capitalize()}: {count(len(gaps), 'gap')}")
        for gap in gaps:
            with st.container(border=True):
                st.markdown(f"**{safe_text(gap.name)}** · {safe_text(gap.title)}")
                st.write(safe_text(gap.state_sentence))
                if state is not GapState.RESOLVED:
                    _reopen(workspace, gap)


def _reopen(workspace: Workspace, gap: Gap) -> None:
    if st.button(
        "Reopen",
        key=f"gaps.reopen.{gap.rule}.{gap.subject}",
        icon=":material/restart_alt:",
    ):
        with workspace.editing(f"Reopen the gap “{gap.name}”") as draft:
            decide(draft, gap.key, "reopened", on=workspace.today)


def _left_out(report: GapReport) -> None:
    rows = [*report.national]
    if not rows and not report.left_out:
        return
    with st.expander("Not in the grid: national, out of scope, or not modifiable"):
        for row in rows:
            st.write(safe_text(f"{row.name}: for lobbying, {row.cover.words}"))
        for cover in report.left_out:
            st.write(safe_text(cover.factor.label))


def _importance_words(importance: str) -> str:
    return {
        "high": "Matters most here",
        "medium": "Matters",
        "lower": "Matters less on this map",
    }.get(importance, "Importance is not set")


SCREEN = Screen(
    key="gaps",
    title="Gaps",
    place="gaps",
    icon=":material/grid_view:",
    draw=draw,
)
