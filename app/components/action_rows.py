"""Actions as rows to press: a register with columns, a board, a timeline, by who leads."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import streamlit as st

from app.components.ratings import action_rating
from app.components.screen_text import quiet, section
from app.presses import pressed
from app.wording import count, safe_text
from systemmap.language.progress_words import progress_words
from systemmap.model.owners import lead_words
from systemmap.overview.action_groups import (
    NO_LEAD,
    NO_UPDATE,
    by_due,
    by_lead,
    by_status,
)
from systemmap.overview.summary import overdue
from systemmap.vocab import label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.workspace import Workspace
    from systemmap.model.response import Action
    from systemmap.overview.action_groups import ActionGroup

_PAGE = 60
_PROGRESS = 90
_ON_A_CARD = 12
"""So many actions stand in a column of the board; the rest is counted."""
_LOOK = """<style>
.st-key-actions-rows button { border-radius: 0; border-bottom: 1px solid #8B949E66; justify-content: start; min-height: 2.5rem; padding: 0.375rem 0; text-align: left; width: 100%; }
.st-key-actions-rows button div, .st-key-actions-rows button span { justify-content: start; width: 100%; }
.st-key-actions-rows button p, .st-key-actions-heads p { column-gap: 1rem; display: grid; grid-template-columns: 5fr 3.5fr 4fr minmax(4.75rem, 2fr) 4fr; text-align: left; width: 100%; }
.st-key-actions-rows button em, .st-key-actions-heads em { font-style: normal; }
.st-key-actions-heads p > * { font-size: 0.875rem; font-weight: 600; }
[class*="st-key-actions-board"] button { height: auto; justify-content: start; padding: 0.5rem; text-align: left; }
[class*="st-key-actions-board"] button div, [class*="st-key-actions-board"] button span { justify-content: start; text-align: left; width: 100%; }
[class*="st-key-actions-board"] button p { white-space: normal; }
[class*="st-key-actions-board"] button em { display: block; font-size: 0.875rem; font-style: normal; }
.st-key-actions-rows h2, [class*="st-key-actions-board"] h2 { font-size: 1.125rem; }
@media (min-width: 641px) {
  .st-key-actions-board > div > [data-testid="stHorizontalBlock"], .st-key-actions-board [data-testid="stHorizontalBlock"] { flex-wrap: nowrap; overflow-x: auto; padding: 4px; }
  .st-key-actions-board [data-testid="stColumn"] { min-width: 10.5rem; }
}
@media (max-width: 640px) {
  .st-key-actions-rows button p { display: block; }
  .st-key-actions-rows button em::before { content: "· "; }
  .st-key-actions-heads { display: none; }
}
</style>"""  # a row is one button whose words stand in columns
VIEWS = ("Table", "Board", "Timeline", "By who leads")


def action_rows(
    workspace: Workspace,
    actions: Sequence[Action],
    view: str,
    opened: Callable[[str], None],
) -> None:
    """Show actions in one of the views; pressing one opens it.

    Parameters
    ----------
    actions : sequence of Action
        What is shown, in the order of the register.
    view : str
        One of `VIEWS`.
    opened : callable
        Called with the id of the action that was pressed.
    """
    st.html(_LOOK)
    if view == "Board":
        _board(actions, opened)
        return
    row = _Rows(workspace, opened)
    if view == "Table":
        row.draw(actions)
    elif view == "Timeline":
        row.grouped(by_due(actions, workspace.today))
    else:
        row.grouped(by_lead(actions))


class _Rows:
    """Draws rows, and remembers which keys are taken: an action may stand twice."""

    def __init__(self, workspace: Workspace, opened: Callable[[str], None]) -> None:
        self._workspace, self._opened = workspace, opened
        self._late = {a.id for a in overdue(workspace.programme, workspace.today)}
        self._limit: int = workspace.recall("actions.limit", _PAGE)
        self._drawn: dict[str, int] = {}

    def draw(self, actions: Sequence[Action]) -> None:
        """Draw the rows under their headings, as many as were asked for."""
        with st.container(key="actions.rows", gap=None):
            with st.container(key="actions.heads"):
                st.markdown("**Action** *Who leads* *Progress* *Due* *Acts on*")
            for action in actions[: self._limit]:
                self._row(action)
        self._more(len(actions))

    def grouped(self, groups: Sequence[ActionGroup]) -> None:
        """Draw the rows of each group beside its heading."""
        left = self._limit
        with st.container(key="actions.rows"):
            for group in groups:
                if left <= 0:
                    break
                side, rows = st.columns([1, 5])
                with side:
                    section(group.title)
                    quiet(count(len(group.actions), "action"))
                with rows.container(gap=None):
                    for action in group.actions[:left]:
                        self._row(action)
                left -= len(group.actions)
        self._more(sum(len(group.actions) for group in groups))

    def _row(self, action: Action) -> None:
        turn = self._drawn.get(action.id, 0)
        self._drawn[action.id] = turn + 1
        due = action.due.raw if action.due else ""
        cells = (
            lead_words(action) or NO_LEAD,
            f"{action_rating(action)}{_progress(action)}",
            f"{due} (overdue)" if action.id in self._late else due or "no date",
            self._workspace.causes_of(action.id) or "no cause yet",
        )
        words = " ".join(f"*{_one_line(cell)}*" for cell in cells)
        if pressed(
            st.button,
            f"**{_one_line(action.title)}** {words}",
            key=f"actions.open.{action.id}{f'.{turn}' if turn else ''}",
            type="tertiary",
            width="stretch",
            wrap=True,
        ):
            self._opened(action.id)

    def _more(self, total: int) -> None:
        if total > self._limit and pressed(
            st.button,
            f"Show {min(_PAGE, total - self._limit):d} more of {total:d}",
            key="actions.more",
            icon=":material/expand_more:",
        ):
            self._workspace.remember("actions.limit", self._limit + _PAGE)
            st.rerun()


def _board(actions: Sequence[Action], opened: Callable[[str], None]) -> None:
    """Show a column for each status that has actions."""
    groups = by_status(actions)
    with st.container(key="actions.board"):
        columns = st.columns(len(groups), gap="small")
    for column, group in zip(columns, groups, strict=True):
        with column, st.container(key=f"actions.board.{group.title}", gap="xsmall"):
            section(group.title)
            quiet(count(len(group.actions), "action"))
            for action in group.actions[:_ON_A_CARD]:
                due = action.due.raw if action.due else "no date"
                lead = lead_words(action) or NO_LEAD
                if pressed(
                    st.button,
                    f"**{_one_line(action.title)}** *{_one_line(lead)}* *{_one_line(due)}*",
                    key=f"actions.open.{action.id}",
                    width="stretch",
                    wrap=True,
                ):
                    opened(action.id)
            if len(group.actions) > _ON_A_CARD:
                quiet(
                    f"And {len(group.actions) - _ON_A_CARD} more: choose this status above."
                )


def _progress(action: Action) -> str:
    """Return progress in words, with the stage; a row has room for its beginning."""
    told = progress_words(action) or NO_UPDATE
    stage = label("stages", action.stage)
    said = f"{told} · {stage}" if stage else told
    return textwrap.shorten(said, _PROGRESS, placeholder=" …")


def _one_line(text: str) -> str:
    """Return people's text on one line, fit to stand between marks of emphasis."""
    return safe_text(" ".join(text.split())) or "–"
