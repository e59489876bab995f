"""Which gaps to list: state, whose, theme, place, finding, and new since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.map_compare import moments
from app.wording import count, sentence
from systemmap.coverage.groups_reached import find_reach
from systemmap.gaps import STATE_WORDS, GapState
from systemmap.gaps.gap_lists import GapFilter, leads_by_gap
from systemmap.language.menu_words import theme_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.workspace import Workspace
    from systemmap.gaps import GapReport

_FILTER = "gaps.filter"
_FINDING = f"{_FILTER}.Finding"
_STATES = (
    GapState.OPEN,
    GapState.AGREED,
    GapState.ACCEPTED,
    GapState.DISMISSED,
    GapState.RESOLVED,
)


def choose_gaps(workspace: Workspace, report: GapReport) -> tuple[GapState, GapFilter]:
    """Ask which gaps to list; whatever is left alone asks for nothing."""
    gaps, programme = report.gaps, workspace.programme
    states = {
        state: f"{sentence(STATE_WORDS[state])} ({len(report.in_state(state))})"
        for state in _STATES
        if state is GapState.OPEN or report.in_state(state)
    }
    leads = sorted(
        {n for names in leads_by_gap(programme, gaps).values() for n in names}
    )
    factors = programme.system_map().factors
    themes = {
        factors[key].theme for gap in gaps for key in gap.factors if key in factors
    }
    groups = {
        f"{group.kind}:{group.id}": f"Not reached: {group.name}"
        for group in find_reach(programme, report.coverage).groups
        if group.unreached
    }
    rules = {gap.rule: gap.title for gap in gaps if not gap.positive}
    when = {
        str(revision): f"New since {words}" for revision, words in _moments(workspace)
    }
    with st.container(horizontal=True, gap="xsmall", key="gaps.filters"):
        state = _one(
            workspace, "State", {str(s): words for s, words in states.items()}, ""
        )
        lead = _one(
            workspace, "Mine", {name: f"Mine: {name}" for name in leads}, "Anybody's"
        )
        theme = _one(
            workspace,
            "Theme",
            {key: theme_name(programme, key) for key in sorted(themes - {""})},
            "Any theme",
        )
        group = _one(workspace, "Place or people", groups, "Any place or people")
        rule = _one(
            workspace,
            "Finding",
            dict(sorted(rules.items(), key=_by_words)),
            "Any finding",
        )
        since = _one(workspace, "New since", when, "New and old")
    return GapState(state), GapFilter(
        lead=lead,
        theme=theme,
        group=group,
        rule=rule,
        known=_known(workspace, int(since)) if since else None,
    )


def filter_words(state: GapState, wanted: GapFilter, listed: int) -> str:
    """Return how many gaps are listed, for people who hear the list change."""
    narrowed = wanted != GapFilter() or state is not GapState.OPEN
    return f"{count(listed, 'finding')} {'found' if narrowed else 'open'}"


def asked_rule(workspace: Workspace) -> str:
    """Return the rule whose findings are listed; "" = every rule's."""
    return workspace.recall(_FINDING, "")


def ask_for(workspace: Workspace, rule: str) -> None:
    """List the findings of one rule from now on."""
    workspace.set_control(_FINDING, rule)


def _one(
    workspace: Workspace, label: str, offered: Mapping[str, str], everything: str
) -> str:
    """Ask for one of a few; the answer outlives the time that a card is open."""
    words = {**({"": everything} if everything else {}), **offered}
    name = f"{_FILTER}.{label}"
    kept = workspace.recall(name, "")
    chosen = st.selectbox(
        label,
        list(words),
        list(words).index(kept) if kept in words else 0,
        format_func=words.__getitem__,
        label_visibility="collapsed",
        key=workspace.fresh(name),
        width=164,
    )
    workspace.remember(name, chosen)
    return chosen


def _by_words(item: tuple[str, str]) -> str:
    return item[1].casefold()


def _moments(workspace: Workspace) -> list[tuple[int, str]]:
    now = workspace.revision
    return [
        (revision, words)
        for revision, words in sorted(moments(workspace).items(), reverse=True)
        if revision != now
    ]


def _known(workspace: Workspace, revision: int) -> frozenset[tuple[str, str]]:
    """Return what was open at an earlier moment, by rule and subject."""
    return workspace.answer(
        "gaps known", revision, ask=lambda: _open_then(workspace, revision)
    )


def _open_then(workspace: Workspace, revision: int) -> frozenset[tuple[str, str]]:
    from systemmap.gaps import find_gaps

    then = find_gaps(workspace.programme_at(revision), today=workspace.today)
    return frozenset(gap.key for gap in then.open)
