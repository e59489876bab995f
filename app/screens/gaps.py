"""Gaps: where nobody acts, why it matters, and what people decide about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.decisions import decide_on
from app.components.downloads import download
from app.components.gap_filters import ask_for, asked_rule, choose_gaps, filter_words
from app.components.gap_grid import cell_words, gap_grid
from app.components.screen_text import caution, empty, finding, quiet, say
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import count, safe_text
from systemmap.gaps import GapState
from systemmap.gaps.decisions import decide
from systemmap.gaps.gap_lists import filtered_gaps, gap_lines, repeated_apart
from systemmap.overview.summary import summary_of
from systemmap.reports import REPORTS, Order, build, file_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.delta_generator import DeltaGenerator

    from app.components.gap_grid import Cell
    from app.workspace import Workspace
    from systemmap.gaps import Gap, GapReport
    from systemmap.gaps.gap_lists import GapFilter, GapLine, RepeatedFinding

_PAGE = 30
_FIRST = 6
"""So many lines stand above what repeats, until more are asked for."""
_HEIGHT = 420
_LOOK = """<style>
.st-key-gaps-several { min-height: 2.5rem; }
.st-key-gaps-list { max-height: max(16rem, calc(100dvh - 23rem)); }
[class*="st-key-gaps-row-"] { flex-wrap: nowrap; }
[class*="st-key-gaps-row-"] .stButton, [class*="st-key-gaps-row-"] [data-testid="stElementContainer"]:has(.stButton) { min-width: 0; }
[class*="st-key-gaps-row-"] button { justify-content: start; min-height: 2.25rem; text-align: left; width: 100%; }
[class*="st-key-gaps-row-"] button > div { justify-content: start; width: 100%; }
[class*="st-key-gaps-row-"] button p { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
[class*="st-key-gaps-pick-"] [data-testid="stSkeleton"] { height: 1.5rem; }
[class*="st-key-gaps-pick-"] label { min-height: 1.5rem; min-width: 1.5rem; }
@media (max-width: 1150px) {
  [data-testid="stHorizontalBlock"]:has(.st-key-gaps-list, .st-key-gaps-card) { flex-flow: column; }
  [data-testid="stHorizontalBlock"]:has(.st-key-gaps-list, .st-key-gaps-card) > [data-testid="stColumn"] { flex: none; width: 100%; }
  .st-key-gaps-list { max-height: none; }
}
</style>"""  # one line a gap, and the list as high as the window leaves room for


def draw(workspace: Workspace) -> None:
    """Draw the finding, then the grid beside the list, or beside the card that is open."""
    report = workspace.gaps()
    if not report.coverage.factors:
        empty(
            "There is no map yet, so there is nothing to find gaps on.",
            "Begin the map",
            lambda: workspace.go("map"),
            key="gaps.begin",
            icon=":material/hub:",
        )
        return
    finding(summary_of(workspace.programme, report).of_the_map)
    st.html(_LOOK)
    grid, beside = st.columns([9, 11], gap="large")
    cell: Cell | None = workspace.recall("gaps.cell", None)
    with grid:
        pressed = gap_grid(report, cell)
        for sentence in report.not_run:
            quiet(sentence)
        say(report.headline)
        if report.unsorted:
            _sort_first(workspace)
        _gap_table(workspace)
    if pressed:
        workspace.remember("gaps.cell", None if pressed == cell else pressed)
        _close(workspace)
        st.rerun()
    with beside:
        _beside(workspace, report, cell)
    _left_out(report)
    caution(workspace)


def _sort_first(workspace: Workspace) -> None:
    """Lead to the table of causes, where several are sorted at once."""
    if pressed(
        st.button,
        "Say who could change them",
        key="gaps.sort",
        icon=":material/table_edit:",
    ):
        workspace.go_to_table("causes")


def _gap_table(workspace: Workspace) -> None:
    """Offer the list as the document people take to the meeting."""
    programme, order = workspace.programme, Order(at=workspace.today)
    suffix = REPORTS["gap_table"].suffixes[0]
    download(
        "Make the gap table",
        lambda: build(programme, "gap_table", order, suffix).data,
        file_name=file_name(programme, "gap_table", order, suffix),
        key="gaps.table",
        primary=True,
    )


def _beside(workspace: Workspace, report: GapReport, cell: Cell | None) -> None:
    """Draw the card that is open; otherwise the filters and the list."""
    opened: tuple[str, ...] = workspace.recall("gaps.card", ())
    about = [gap for gap in report.gaps if gap.subject in opened and not gap.positive]
    if about:
        _card(workspace, report, about)
        return
    state, wanted = choose_gaps(workspace, report)
    found = filtered_gaps(
        report.in_state(state), wanted, workspace.programme, report.coverage
    )
    if cell is not None:
        rows = {f"factor:{row.factor_id}" for row in report.cell(*cell)}
        found = tuple(gap for gap in found if gap.subject in rows)
        _cell_line(workspace, cell, len(rows))
    workspace.speak(f"{filter_words(state, wanted, len(found))}.")
    _list(workspace, found, apart=cell is None and not wanted.rule, wanted=wanted)


def _cell_line(workspace: Workspace, cell: Cell, causes: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        quiet(f"{cell_words(cell)}: {count(causes, 'cause')}")
        if pressed(
            st.button,
            "Show everything",
            key="gaps.all",
            icon=":material/close:",
            type="tertiary",
        ):
            workspace.remember("gaps.cell", None)
            st.rerun()


def _list(
    workspace: Workspace, gaps: Sequence[Gap], *, apart: bool, wanted: GapFilter
) -> None:
    """List one line a thing, sorted by what matters; what repeats is one line with a count."""
    lines, repeated = repeated_apart(gaps) if apart else (gap_lines(gaps), ())
    if not lines and not repeated:
        say("Nothing is open here." if wanted.rule == "" else "Nothing found.")
        return
    limit = workspace.recall("gaps.limit", _FIRST if repeated else _PAGE)
    head = st.container(
        horizontal=True, vertical_alignment="center", key="gaps.several"
    )
    with head:  # it has its height before the list comes: no row moves under a press
        told = st.empty()
        _say_chosen(told, 0)
    with st.container(height=_HEIGHT, border=True, gap="xxsmall", key="gaps.list"):
        chosen = [line.subject for line in lines[:limit] if _row(workspace, line)]
        if len(lines) > limit and pressed(
            st.button,
            f"Show {min(_PAGE, len(lines) - limit):d} more of {len(lines):d}",
            key="gaps.more",
            icon=":material/expand_more:",
            type="tertiary",
        ):
            workspace.remember("gaps.limit", limit + _PAGE)
            st.rerun()
        for found in repeated:
            _repeated(workspace, found)
    _say_chosen(told, len(chosen))
    with head:
        _several(workspace, lines, chosen, everything=not apart)


def _row(workspace: Workspace, line: GapLine) -> bool:
    """Draw one line: a box to choose it with others, and the line, which opens its card."""
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        gap="xsmall",
        key=f"gaps.row.{line.subject}",
    ):
        picked = st.checkbox(
            f"Choose {safe_text(line.name)}",
            label_visibility="collapsed",
            key=f"gaps.pick.{line.subject}",
            width=24,
        )
        if pressed(
            st.button,
            f"**{safe_text(line.name)}** · {safe_text(line.words)}",
            key=f"gaps.open.{line.subject}",
            type="tertiary",
            width="stretch",
        ):
            _open(workspace, (line.subject,))
    return picked


def _repeated(workspace: Workspace, found: RepeatedFinding) -> None:
    with st.container(key=f"gaps.row.rule.{found.rule}"):
        st.button(
            f"{safe_text(found.title)}: see all {safe_text(found.counted)}",
            key=f"gaps.rule.{found.rule}",
            icon=":material/list:",
            type="tertiary",
            width="stretch",
            on_click=ask_for,
            args=(workspace, found.rule),
        )


def _say_chosen(place: DeltaGenerator, chosen: int) -> None:
    """Say how many lines are chosen, or what may be done with them."""
    words = f"{count(chosen, 'line')} chosen" if chosen else "Open one, or choose:"
    place.markdown(f":small[:gray[{words}]]", width="content")


def _several(
    workspace: Workspace,
    lines: Sequence[GapLine],
    chosen: Sequence[str],
    *,
    everything: bool,
) -> None:
    """Offer to decide on the chosen lines at once, or on every line that is listed."""
    if pressed(
        st.button,
        "Decide on the chosen",
        key="gaps.decide",
        disabled=not chosen,
        icon=":material/checklist:",
    ):
        _open(workspace, tuple(chosen))
    if (
        everything
        and len(lines) > 1
        and pressed(
            st.button,
            f"Decide on all {len(lines)}",
            key="gaps.decide.all",
            type="tertiary",
        )
    ):
        _open(workspace, tuple(line.subject for line in lines))


def _open(workspace: Workspace, subjects: tuple[str, ...]) -> None:
    workspace.remember("gaps.card", subjects)
    workspace.focus("gaps.card")
    st.rerun()


def _close(workspace: Workspace) -> None:
    opened: tuple[str, ...] = workspace.recall("gaps.card", ())
    workspace.remember("gaps.card", ())
    if opened:
        workspace.focus(f"gaps.open.{opened[0]}")


def _card(workspace: Workspace, report: GapReport, about: Sequence[Gap]) -> None:
    """One thing or several: what was found, what could be built on, what people decide."""
    lines = gap_lines(about)
    rule = asked_rule(workspace)
    still = [gap for gap in about if gap.state is GapState.OPEN]
    if len(lines) > 1 and rule:
        still = [gap for gap in still if gap.rule == rule]
    one = len(lines) == 1
    with st.container(border=True, key="gaps.card"):
        name = f"“{lines[0].name}”" if one else _together(lines)
        st.header(safe_text(lines[0].name if one else _together(lines)), anchor=False)
        if one:
            _findings(workspace, about, still)
        else:
            quiet(
                "; ".join(line.name for line in lines[:12])
                + (" …" if lines[12:] else "")
            )
            for title, number in _titles(still).items():
                say(f"{title}: {number}")
        if still:
            decide_on(workspace, still, name)
        elif not one:
            say("Nothing is open on these any more.")
        _leave_card(workspace, report, lines)


def _findings(workspace: Workspace, about: Sequence[Gap], still: Sequence[Gap]) -> None:
    for gap in about:
        if gap.state is GapState.OPEN:
            st.markdown(_finding_line(gap))
            if gap.state_sentence:
                quiet(gap.state_sentence)
            continue
        st.markdown(f"**{safe_text(gap.title)}** · {safe_text(gap.state_sentence)}")
        if gap.state is not GapState.RESOLVED and pressed(
            st.button,
            "Reopen",
            key=f"gaps.reopen.{gap.rule}.{gap.subject}",
            icon=":material/restart_alt:",
        ):
            with workspace.editing(f"Reopen the gap “{gap.name}”") as draft:
                decide(draft, gap.key, "reopened", on=workspace.today)
    if still:  # one element: the forms below stay on a small screen
        quiet("\n".join(workspace.could_build_on(still[0])))


def _finding_line(gap: Gap) -> str:
    """Return one finding with its title, unless the sentence already says it."""
    words = " ".join(gap.here)
    title = "" if words.startswith(gap.title) else f"**{safe_text(gap.title)}.** "
    return f"{title}{safe_text(words)} :gray[{safe_text(gap.next_step)}]"


def _titles(gaps: Sequence[Gap]) -> dict[str, int]:
    found: dict[str, int] = {}
    for gap in gaps:
        found[gap.title] = found.get(gap.title, 0) + 1
    return found


def _together(lines: Sequence[GapLine]) -> str:
    causes = all(line.subject.startswith("factor:") for line in lines)
    return count(len(lines), "cause") if causes else count(len(lines), "thing")


def _leave_card(
    workspace: Workspace, report: GapReport, lines: Sequence[GapLine]
) -> None:
    with st.container(horizontal=True):
        if pressed(
            st.button, "Back to the list", key="gaps.back", icon=":material/arrow_back:"
        ):
            _close(workspace)
            st.rerun()
        following = [line.subject for line in repeated_apart(report.open)[0]]
        at = lines[0].subject
        if len(lines) > 1 or at not in following:
            return
        after = following[following.index(at) + 1 :]
        if after and pressed(
            st.button, "Next gap", key="gaps.next", icon=":material/arrow_forward:"
        ):
            _open(workspace, (after[0],))


def _left_out(report: GapReport) -> None:
    rows = [*report.national]
    if not rows and not report.left_out:
        return
    with st.expander("Not in the grid: national, out of scope, or not modifiable"):
        for row in rows:
            st.write(safe_text(f"{row.name}: for lobbying, {row.cover.words}"))
        for cover in report.left_out:
            st.write(safe_text(cover.factor.label))


SCREEN = Screen(
    key="gaps",
    title="Gaps",
    place="gaps",
    icon=":material/grid_view:",
    draw=draw,
)
