"""History: who changed what, undo any change, named versions, compare, backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.changes import changed_rows
from app.components.screen_text import finding, quiet, say, section
from app.components.tab_parts import tab_parts
from app.components.undo_press import undo_press
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import count, safe_text, when
from systemmap.errors import SystemMapError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.workspace import Workspace
    from systemmap.store import Transaction

_PAGE = 20
_LATEST = 500


def draw(workspace: Workspace) -> None:
    """Draw the finding, the list of changes, versions, comparison and safety."""
    changes = workspace.history(limit=_LATEST)
    last = changes[0]
    finding(
        f"{count(last.revision, 'change')} so far; the last on {when(last.at)}: {last.label}."
    )
    tab_parts(
        {
            "Changes": lambda: _changes(workspace, changes),
            "Named versions": lambda: _versions(workspace),
            "Compare": lambda: _compare(workspace, changes),
            "Backup and check": lambda: _safety(workspace),
        },
        key="history.tab",
    )


def _changes(workspace: Workspace, changes: Sequence[Transaction]) -> None:
    say(
        "Any change can be undone at any time, unless something built on it has changed since."
    )
    limit = workspace.recall("history.limit", _PAGE)
    for change in changes[:limit]:
        _change(workspace, change, first=change.revision == workspace.beginning)
    if len(changes) > limit and pressed(
        st.button,
        "Show older changes",
        key="history.more",
        icon=":material/expand_more:",
    ):
        workspace.remember("history.limit", limit + _PAGE)
        st.rerun()


def _change(workspace: Workspace, change: Transaction, *, first: bool) -> None:
    with st.container(border=True):
        st.markdown(f"**{safe_text(change.label)}**")
        quiet(
            f"{when(change.at)} · {change.actor} · {count(change.row_count, 'record')} · change {change.revision}"
        )
        acts = st.container(horizontal=True, vertical_alignment="center")
        asking = st.container()
        with acts:
            if change.undone_by is not None:
                st.badge(f"undone by change {change.undone_by}", color="gray")
            elif not first:
                word = "Redo" if change.undoes is not None else "Undo"
                undo_press(
                    workspace,
                    change,
                    f"{word} change {change.revision}",
                    key=f"history.undo.{change.revision}",
                    below=asking,
                    type="secondary",
                )
            seen = f"history.seen.{change.revision}"
            if not first and st.toggle("What changed", key=seen):
                changed_rows(
                    workspace.changes(change.revision - 1, change.revision),
                    alt=f"What change {change.revision} changed",
                )


def _versions(workspace: Workspace) -> None:
    versions = workspace.versions()
    if not versions:
        say(
            "No moment has a name yet. Name one before a board meeting or a workshop, to compare with later."
        )
    for version in reversed(versions):
        st.markdown(f"**{safe_text(version.name)}**")
        quiet(
            f"{when(version.at)} · change {version.revision} · {version.note}".rstrip(
                " ·"
            )
        )
    key = workspace.fresh("history.version")
    with st.form(f"{key}.form", border=False, width=560):
        name = st.text_input(
            "Name for how things are now",
            key=f"{key}.name",
            placeholder="Board, December 2026",
        )
        note = st.text_input("Note", key=f"{key}.note")
        sent = pressed(
            st.form_submit_button,
            "Name this version",
            icon=":material/bookmark_add:",
            key=f"{key}.form.send",
        )
    if sent:
        workspace.name_version(name.strip(), note.strip())


def _compare(workspace: Workspace, changes: Sequence[Transaction]) -> None:
    """Ask for two moments; named ones first."""
    names = {v.revision: v.name for v in workspace.versions()}
    revisions = [
        *reversed(names),
        *(c.revision for c in changes if c.revision not in names),
    ]
    by_revision = {c.revision: c for c in changes}

    def words(revision: int) -> str:
        change = by_revision[revision]
        return f"{names.get(revision, change.label)} ({when(change.at)})"

    oldest, newest = len(revisions) - 1, revisions.index(changes[0].revision)
    before = st.selectbox(
        "From",
        revisions,
        index=oldest,
        format_func=words,
        key="history.from",
        width=560,
    )
    after = st.selectbox(
        "To", revisions, index=newest, format_func=words, key="history.to", width=560
    )
    if before == after:
        say("Choose two different moments to see what lies between them.")
        return
    rows = workspace.changes(before, after)
    section(f"{count(len(rows), 'thing')} differ{'s' if len(rows) == 1 else ''}")
    changed_rows(rows, alt="What differs between the two moments")


def _safety(workspace: Workspace) -> None:
    say(
        "A backup is a whole copy of everything stored, with its history. It can be opened like any other file of systemmap."
    )
    if pressed(
        st.button, "Make a backup now", key="history.backup", icon=":material/save:"
    ):
        try:
            st.success(
                safe_text(f"Backup written to {workspace.backup()}"),
                icon=":material/check:",
            )
        except SystemMapError as error:
            workspace.explain(error)
    say("The check replays the whole history and compares it with what is stored.")
    if pressed(
        st.button, "Check the history", key="history.verify", icon=":material/verified:"
    ):
        _verified(workspace)


def _verified(workspace: Workspace) -> None:
    verdict = workspace.verify()
    if verdict.problems:
        st.error(
            safe_text("\n".join(str(p) for p in verdict.problems)),
            icon=":material/error:",
        )
    else:
        st.success(
            f"All true: {count(verdict.transactions, 'change')} and {count(verdict.rows, 'record')} agree.",
            icon=":material/check:",
        )
    quiet(f"Head of the chain: {verdict.head}")


SCREEN = Screen(
    key="history",
    title="History",
    place="changes",
    icon=":material/history:",
    draw=draw,
    position=10,
)
