"""Gaps: where nobody acts, why it matters, and what people decide about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.decisions import decide_on
from app.components.text import caution, empty, finding, section
from app.screens._screen import Screen
from app.wording import count, safe_text
from systemmap.coverage import RUNG_WORDS, Rung
from systemmap.gaps import STATE_WORDS, GapState
from systemmap.standing import standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.workspace import Workspace
    from systemmap.gaps import FactorRow, Gap, GapReport

_PAGE = 10
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
    finding(standing(workspace.programme, report).sentence)
    st.write(safe_text(report.headline))
    chosen = _grid(workspace, report)
    _open_gaps(workspace, report, chosen)
    _decided(workspace, report)
    _left_out(report)
    caution()


def _grid(workspace: Workspace, report: GapReport) -> tuple[str, Rung] | None:
    """Draw importance by cover; a number opens its list. Return the open cell."""
    section("How much it matters, and what is listed")
    chosen = workspace.recall("gaps.cell", None)
    for importance in report.importance_words:
        st.markdown(f"**{_importance_words(importance)}**")
        columns = st.columns(len(Rung), gap="small")
        for column, rung in zip(columns, Rung, strict=True):
            rows = report.cell(importance, rung)
            pressed = column.button(
                f"{len(rows)} · {RUNG_WORDS[rung]}",
                key=f"gaps.cell.{importance.replace(' ', '_')}.{int(rung)}",
                disabled=not rows,
                width="stretch",
                icon=":material/check:" if chosen == (importance, rung) else None,
            )
            if pressed:
                workspace.remember(
                    "gaps.cell",
                    None if chosen == (importance, rung) else (importance, rung),
                )
                st.rerun()
    st.caption(safe_text(report.coverage.denominators))
    for sentence in report.not_run:
        st.caption(safe_text(sentence))
    return chosen


def _open_gaps(
    workspace: Workspace, report: GapReport, chosen: tuple[str, Rung] | None
) -> None:
    if chosen is not None:
        importance, rung = chosen
        rows = report.cell(importance, rung)
        section(
            f"{_importance_words(importance)}, {RUNG_WORDS[rung]}: {count(len(rows), 'cause')}"
        )
        if st.button("Show all open gaps", key="gaps.all", icon=":material/close:"):
            workspace.remember("gaps.cell", None)
            st.rerun()
        _cell_rows(workspace, rows)
        return
    section(f"Open: {count(len(report.open), 'gap')}")
    limit = workspace.recall("gaps.limit", _PAGE)
    for gap in report.open[:limit]:
        _gap_card(workspace, gap)
    _more(workspace, len(report.open), limit)


def _cell_rows(workspace: Workspace, rows: Sequence[FactorRow]) -> None:
    for row in rows:
        gaps = [
            gap for gap in row.gaps if gap.state is GapState.OPEN and not gap.positive
        ]
        for gap in gaps:
            _gap_card(workspace, gap)
        if not gaps:
            with st.container(border=True):
                st.markdown(f"**{safe_text(row.name)}**")
                for sentence in row.cover.sentences:
                    st.write(safe_text(sentence))


def _gap_card(workspace: Workspace, gap: Gap) -> None:
    with st.container(border=True):
        st.markdown(f"**{safe_text(gap.name)}** · {safe_text(gap.title)}")
        for sentence in gap.sentences:
            st.write(safe_text(sentence))
        st.caption(f"Suggested: {safe_text(gap.next_step)}")
        decide_on(workspace, gap)


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
    from systemmap.deciding import decide

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
    section="4 Action",
    icon=":material/grid_view:",
    draw=draw,
    position=20,
)
