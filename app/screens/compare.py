"""Compare: a map then and now, two tables' maps, and gap lists kept on two dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.map_compare import compare_on_map, moments
from app.components.screen_text import caution, finding, lines, quiet, say, section
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import count, safe_text, sentence, when
from systemmap.comparing.consequences import find_consequences
from systemmap.comparing.groups import compare_groups
from systemmap.comparing.versions import compare_versions
from systemmap.gaps.runs import compare_gap_runs, gap_run_from
from systemmap.language.menu_words import words_of
from systemmap.model.response import GapRun
from systemmap.model.text import slug
from systemmap.model.values import now

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.components.map_compare import Beside
    from app.workspace import Workspace
    from systemmap.comparing.versions import Section
    from systemmap.gaps.runs import GapChange
    from systemmap.model.programme import Programme

_DATES, _TABLES, _GAPS = "Then and now", "Two maps", "Gap lists"


def draw(workspace: Workspace) -> None:
    """Ask what to compare, then say it: counts first, then a sentence for each."""
    heading = st.container()
    which = st.radio(
        "Compare", [_DATES, _TABLES, _GAPS], horizontal=True, key="compare.which"
    )
    said = {_DATES: _then_and_now, _TABLES: _two_maps, _GAPS: _gap_lists}[which](
        workspace
    )
    with heading:
        finding(said)
    caution(workspace)


def _then_and_now(workspace: Workspace) -> str:
    names = moments(workspace)
    chosen = st.selectbox(
        "Since",
        sorted(names, reverse=True),
        format_func=lambda revision: sentence(names[revision]),
        key="compare.since",
        width=420,
    )
    quiet("Give a moment a name on the History screen, and it appears here.")
    _on_map(workspace, "main", ("since", str(chosen)))
    before, after = workspace.programme_at(chosen), workspace.programme
    found = compare_versions(
        before.system_map(),
        after.system_map(),
        since=names[chosen],
        names=words_of(after, "themes"),
    )
    _register(before, after)
    _sections("What changed on the map", found.changed)
    effects = workspace.answer(
        "consequences",
        chosen,
        workspace.today,
        ask=lambda: find_consequences(before, after, today=workspace.today),
    )
    _sections("What that did", [each for each in effects if each.sentences])
    quiet(found.note)
    return found.sentence


def _on_map(workspace: Workspace, map_id: str, beside: Beside) -> None:
    if pressed(
        st.button, "Show it on the map", key="compare.map", icon=":material/hub:"
    ):
        compare_on_map(workspace, map_id, beside)


def _register(before: Programme, after: Programme) -> None:
    """Say which actions came and went: a map may stand still while the plan moves."""
    came = [a.title for key, a in after.actions.items() if key not in before.actions]
    went = [a.title for key, a in before.actions.items() if key not in after.actions]
    if came or went:
        section("What changed in the plan")
    for titles, word in ((came, "new"), (went, "gone")):
        if titles:
            st.subheader(f"{count(len(titles), 'action')} {word}", anchor=False)
            lines(titles)


def _two_maps(workspace: Workspace) -> str:
    maps = {key: version.name for key, version in workspace.programme.maps.items()}
    if len(maps) < 2:
        say(
            "Table maps appear here once tables have drawn in a workshop; a map of your own can be imported as a second map."
        )
        return "There is only one map, so there is nothing to set beside it."
    keys = sorted(maps, key=lambda key: (key == "main", maps[key].casefold()))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        one = st.selectbox(
            "One map", keys, format_func=maps.__getitem__, key="compare.one", width=280
        )
        rest = [key for key in keys if key != one]
        other = st.selectbox(
            "The other map",
            rest,
            format_func=maps.__getitem__,
            key="compare.other",
            width=280,
        )
    _on_map(workspace, one, ("map", other))
    found = compare_groups(
        workspace.programme.system_map(one), workspace.programme.system_map(other)
    )
    _sentences(
        "Where they disagree about direction",
        [each.sentence for each in found.disagreements],
    )
    _names("Both drew", found.factors.both)
    _names(f"Only “{found.one}” drew", found.factors.only_one)
    _names(f"Only “{found.other}” drew", found.factors.only_other)
    _names("Links both drew", found.links.both)
    _names(
        f"Links only “{found.one}” drew, among causes both have", found.links.only_one
    )
    _names(
        f"Links only “{found.other}” drew, among causes both have",
        found.links.only_other,
    )
    quiet(
        f"{found.factors.shared('cause')} Among the causes both have: {found.links.shared('link')}"
    )
    number = len(found.disagreements)
    if number:
        return f"They disagree about the direction of {number} {'link' if number == 1 else 'links'}. Disagreement is information."
    return "They do not disagree about the direction of any link both drew."


def _gap_lists(workspace: Workspace) -> str:
    runs = sorted(workspace.programme.all(GapRun).values(), key=lambda run: run.at)
    if pressed(
        st.button,
        "Keep today's gap list",
        key="compare.keep",
        type="primary",
        icon=":material/bookmark_add:",
    ):
        with workspace.editing("Keep today's gap list") as draft:
            at = now()
            key = slug(f"gaps {at:%Y-%m-%d}", draft.all(GapRun))
            draft.add(gap_run_from(workspace.gaps(), key, at))
    if not runs:
        return "No gap list has been kept yet. Keep today's, and compare it with a later one."
    names = {run.id: when(run.at) for run in runs}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = st.selectbox(
            "Kept on",
            list(names),
            format_func=names.__getitem__,
            key="compare.run",
            width=300,
        )
        later = ["", *(run.id for run in runs if run.at > _at(runs, first))]
        second = st.selectbox(
            "Beside",
            later,
            format_func=lambda key: names.get(key, "today's gaps"),
            key="compare.beside",
            width=300,
        )
    earlier = next(run for run in runs if run.id == first)
    today = gap_run_from(workspace.gaps(), "today", now())
    found = compare_gap_runs(
        earlier, next((run for run in runs if run.id == second), today)
    )
    for _, title, changes in found.groups:
        _sentences(title, _gap_sentences(changes))
    for note in found.notes:
        quiet(note)
    return found.sentence


def _at(runs: list[GapRun], key: str) -> datetime:
    return next(run.at for run in runs if run.id == key)


def _gap_sentences(changes: Iterable[GapChange]) -> list[str]:
    return [f"{change.name}: {change.sentence}" for change in changes]


def _sections(title: str, sections: Iterable[Section]) -> None:
    shown = list(sections)
    if not shown:
        return
    section(title)
    for each in shown:
        st.subheader(safe_text(each.count), anchor=False)
        lines(each.sentences)


def _sentences(title: str, sentences: list[str]) -> None:
    if sentences:
        section(f"{title}: {len(sentences)}")
        lines(sentences)


def _names(title: str, names: tuple[str, ...]) -> None:
    with st.expander(
        f"{safe_text(title)}: {len(names)}", expanded=0 < len(names) <= 12
    ):
        st.markdown("\n".join(f"- {safe_text(name)}" for name in names))


SCREEN = Screen(
    key="compare",
    title="Compare",
    place="changes",
    icon=":material/compare_arrows:",
    draw=draw,
)
