"""The open programme in one browser tab, and the one way to change it.

Screens ask this class for everything they show and hand it everything they
change. It alone knows the store and owns the shared state keys, which all
begin with ``workspace.``.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, cast

import streamlit as st

from app import caching, settings, url_state
from app.last_answers import LastAnswers, is_away
from app.layout_wait import layout_shown
from app.listed_people import store_of
from app.programmes import programmes_of
from app.questions import Questions
from app.tab import Tab
from app.undoable import LOOKED_THROUGH, last_undoable, undo_words
from app.wording import clock, safe_text
from systemmap.bundled.first_start import start_example
from systemmap.errors import (
    ProgrammeNotFound,
    StaleRevision,
    StoreError,
    SystemMapError,
)
from systemmap.formats.project_handover import project_file, take_over
from systemmap.language.phrases import day
from systemmap.model.kinds import KIND_OF
from systemmap.model.rows import same
from systemmap.model.values import now
from systemmap.store import Actor, PersonalStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from systemmap.formats import Reading
    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.model.kinds import Record
    from systemmap.model.programme import Programme
    from systemmap.store import (
        NamedVersion,
        Person,
        ProgrammeStore,
        ProgrammeSummary,
        RowChange,
        Transaction,
        Verdict,
    )

T = TypeVar("T")

FACILITATOR = Actor("this computer", "admin")
"""Who acts on a laptop: whoever sits at it. Names of people are not asked for."""

NOBODY_YET = Actor("nobody yet", "viewer")
"""Who acts on a server while no programme is open; the store knows who it is."""


class Workspace(Tab, Questions):
    """What one browser tab has open.

    Parameters
    ----------
    store : ProgrammeStore
        Where the programmes are.
    state : mapping
        The tab's own state; under Streamlit, its session state.
    """

    def __init__(self, store: ProgrammeStore, state: Any) -> None:  # noqa: ANN401 - a proxy
        super().__init__(state)
        self.store = store
        self.answers = LastAnswers(store, state)

    @property
    def actor(self) -> Actor:
        """Who acts here: whoever sits at a laptop, or who is signed in, in their role."""
        if isinstance(self.store, PersonalStore):
            return self.store.actor_in(self.id) if self.id else NOBODY_YET
        return FACILITATOR

    # What is open

    @property
    def id(self) -> str:
        """The id of the open programme; "" when none is open."""
        return cast("str", self._state.get("workspace.programme", ""))

    @property
    def revision(self) -> int:
        """The number of the open programme's last change, asked of the store."""
        return self.answers.revision(self.id)

    @property
    def programme(self) -> Programme:
        """The open programme as it is now. It is shared and must not be changed."""
        return programmes_of(self.store).at(self.id, self.revision)

    def programme_at(self, revision: int, programme_id: str = "") -> Programme:
        """Return the open programme, or another one, as it was after a change."""
        return programmes_of(self.store).at(programme_id or self.id, revision)

    def reading(
        self,
        data: bytes,
        file_name: str,
        as_: str | None = None,
        mapping: ImportMapping | None = None,
    ) -> Reading:
        """Return what is in a file; nothing is saved.

        Raises ReadError when the file is refused.
        """
        return caching.reading(data, file_name, as_, mapping)

    @property
    def today(self) -> date:
        """The day on this computer."""
        return now().astimezone().date()

    @property
    def place(self) -> str:
        """Where everything is kept, in words and without any password."""
        return settings.place_in_words(settings.current().data)

    def programmes(self) -> list[ProgrammeSummary]:
        """Return every programme in the store, by name."""
        return self.answers.programmes()

    def settle(self) -> None:
        """Choose what is open: the address decides, then this tab, then the latest change."""
        known = {summary.id: summary for summary in self.programmes()}
        wanted = url_state.value("programme")
        if wanted and wanted not in known:
            self._state["workspace.wrong"] = (wanted, "")
        if self.id not in known or (
            wanted in known and "workspace.seen" not in self._state
        ):
            latest = max(known.values(), key=lambda s: s.changed_at, default=None)
            chosen = wanted if wanted in known else (latest.id if latest else "")
            self._state["workspace.programme"] = chosen
        self._state["workspace.seen"] = True
        url_state.keep("programme", self.id)

    def open(self, programme_id: str) -> None:
        """Open another programme in this tab."""
        if programme_id != self.id:
            self._state.pop("workspace.made", None)
        self._state.pop("workspace.wrong", None)
        self.set_aside(self.id)
        self._state["workspace.programme"] = programme_id
        self.answers.forget()
        self.take_up(programme_id)
        url_state.keep("programme", programme_id)

    # Changing it

    @contextmanager
    def editing(
        self, label: str, *, form: str = "", base: Record | None = None
    ) -> Iterator[Programme]:
        """Give a draft of the open programme; save what changed if the block ends well.

        A refused change is explained where the screen stands, nothing is
        saved, and what was typed stays in its form. After a saved change the
        screen is drawn anew, so nothing after the block runs.

        Parameters
        ----------
        label : str
            What the history and the undo button will say.
        form : str
            The form that is emptied once the change is saved.
        base : Record | None
            The record as the form first showed it. The change is refused when
            somebody else has changed it since.
        """
        try:
            with ExitStack() as stack:
                stack.enter_context(layout_shown())
                draft, refused = self._draft(stack, label, base)
                yield draft  # whatever happens: the form's block must have run
                if refused is not None:
                    raise refused
            self.note_made(draft.revision)
        except ProgrammeNotFound:
            raise  # a programme that is gone is not the form's fault
        except SystemMapError as error:
            self.take_note()  # whatever was to be said of a change that is not made
            self._refused(error)
            return
        self._saved(form)

    def _draft(
        self, stack: ExitStack, label: str, base: Record | None
    ) -> tuple[Programme, SystemMapError | None]:
        """Return a draft, and why it will not be saved, if that is known already."""
        editing = self.store.editing(self.id, actor=self.actor, label=label)
        try:
            draft = stack.enter_context(editing)
        except StoreError as error:
            if not is_away(error):
                raise
            self.answers.note(error)
            return self.programme.copy(), error
        return draft, None if base is None else _changed_since(draft, base)

    def _refused(self, error: SystemMapError) -> None:
        """Say why nothing was saved; what was to be said after saving is not true."""
        self.take_note()
        self.explain(error)

    def create(self, programme: Programme, label: str, *, form: str = "") -> None:
        """Store a new programme, open it, and draw the screen anew; or say why not."""
        try:
            self.store.create(programme, actor=self.actor, label=label)
        except SystemMapError as error:
            self._refused(error)
            return
        self.open(programme.id)
        self._saved(form)

    def start_example(self) -> None:
        """Open Sampleshire, putting it into the store the first time."""
        try:
            self.open(start_example(self.store, self.actor))
        except SystemMapError as error:
            self._refused(error)
            return
        st.rerun()

    def take_over(self, data: bytes, file_name: str, *, form: str = "") -> None:
        """Bring in a project file as the programme it was, with its history, and open it.

        A history that is not true is refused in words, and nothing is changed.
        """
        try:
            receipt = take_over(self.store, data, file_name, actor=self.actor)
        except SystemMapError as error:
            self._refused(error)
            return
        self.open(receipt.programme_id)
        self._saved(form)

    def project_file(self) -> bytes:
        """Return the open programme as a file that loses nothing, its history included."""
        return project_file(self.store, self.id).data

    def delete(self) -> None:
        """Delete the open programme with its history; the store makes a backup first."""
        try:
            self.store.delete(self.id, actor=self.actor)
        except SystemMapError as error:
            self._refused(error)
            return
        self.open("")
        self._saved("")

    def undo(self, revision: int) -> None:
        """Undo one change as a new change, or say why that cannot be."""
        try:
            receipt = self.store.undo(self.id, revision, actor=self.actor)
        except SystemMapError as error:
            self.explain(error)
            return
        self.note_made(receipt.revision)
        self._saved("")

    def history(
        self, *, limit: int | None = None, rows: bool = False
    ) -> list[Transaction]:
        """Return the changes of the open programme, newest first."""
        return self.answers.history(self.id, limit=limit, rows=rows)

    def changes(self, before: int, after: int) -> list[RowChange]:
        """Return the rows that differ between two moments of the history."""
        return self.answers.diff(self.id, before, after)

    def versions(self) -> list[NamedVersion]:
        """Return the moments that were given a name, oldest first."""
        return self.answers.versions(self.id)

    def name_version(self, name: str, note: str = "") -> None:
        """Give the present state a name, to come back to."""
        try:
            self.store.name_version(self.id, name, actor=self.actor, note=note)
        except SystemMapError as error:
            self.explain(error)
            return
        self._saved("history.version")

    def verify(self) -> Verdict:
        """Check the open programme against its own log."""
        return self.store.verify(self.id)

    def backup(self) -> str:
        """Write a whole copy of everything stored; return its path."""
        return self.store.backup(settings.backup_path(now()))

    @property
    def beginning(self) -> int:
        """The number of the change that made the programme, which cannot be undone."""
        return self.answers.history(self.id, key=("programme", self.id))[-1].revision

    def safeguard(self, reason: str) -> None:
        """Have the store keep a copy before something large."""
        self.store.safeguard(reason)

    def last_change(self) -> Transaction | None:
        """Return the newest change made here that can be undone; None when there is none."""
        latest = self.history(limit=LOOKED_THROUGH)
        return last_undoable(latest, self.actor.name, lambda: self.beginning)

    def undo_told(self) -> tuple[int, str] | None:
        """Return the change that undo takes back, and what its button says."""
        change = self.last_change()
        return (change.revision, undo_words(change)) if change else None

    def explain(self, error: SystemMapError) -> None:
        """Say in place what was refused, why, and what to do next."""
        st.error(safe_text(str(error)), icon=":material/error:")

    def with_store(
        self,
        work: Callable[..., T],
        *about: object,
        **options: Any,  # noqa: ANN401 - handed on as they are
    ) -> T:
        """Do what needs the store itself: ``work(store, programme id, …, actor=…)``."""
        return work(self.store, self.id, *about, actor=self.actor, **options)

    # Going elsewhere

    def offer_pages(self, pages: Mapping[str, Any]) -> None:
        """Tell the workspace where each screen is: its page, and what to ask it for."""
        self._state["workspace.pages"] = dict(pages)

    def go(self, screen: str, **query: str) -> None:
        """Go to another screen, in whichever place it stands, perhaps to one thing on it."""
        pages = self._state.get("workspace.pages", {})
        if screen in pages:
            page, asks_for = pages[screen]
            st.switch_page(
                page, query_params={"programme": self.id, **asks_for, **query}
            )

    def go_to_table(self, grid: str) -> None:
        """Go to one of the tables in which many are edited at once."""
        self._state["programme.tab"] = "Plan table"
        self._state["programme.grid"] = grid
        self.go("programme")

    def _saved(self, form: str) -> None:
        self.told_saved(form)
        st.rerun()


def here() -> Workspace:
    """Return this tab's workspace."""
    store = st.session_state.get("workspace.store") or store_of(signed_in())
    return Workspace(store, st.session_state)


def signed_in() -> Person | None:
    """Return who is signed in, in this tab; None on a laptop, or when nobody is any more."""
    if not settings.current().server:
        return None
    from app.server.sign_in import person_in  # on a server only

    return person_in(st.context.cookies)


def saved_words(workspace: Workspace) -> str:
    """Return when the last change was saved, for instance ``saved 10:42``."""
    at = workspace.history(limit=1)[0].at
    today = at.astimezone().date() == workspace.today
    return f"saved {clock(at)}" if today else f"saved {day(at)}"


def _changed_since(draft: Programme, base: Record) -> StaleRevision | None:
    """Return what to say when somebody else changed a record since a form showed it."""
    kind = KIND_OF[type(base)]
    present = draft.find(kind.record, kind.key_of(base))
    if same(present, base):
        return None
    return StaleRevision(
        "Someone else changed this while you were editing, so yours was not saved. "
        "What you typed is still in the form."
    )
