"""The store over any backend: reads, the one write, history, versions, redaction, proof."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from systemmap.errors import (
    DamagedStore,
    DuplicateItem,
    InvalidValue,
    Problem,
    ProgrammeNotFound,
    StoreError,
)
from systemmap.model.changes import changes_between
from systemmap.model.kinds import KINDS
from systemmap.model.values import now
from systemmap.store.listeners import Listeners
from systemmap.store.log import replay
from systemmap.store.log.apply import (
    FIRST,
    answered,
    apply_changes,
    head_of,
    record,
)
from systemmap.store.log.carry import adopt_log, lines_of
from systemmap.store.log.images import stored_data
from systemmap.store.log.listed_programmes import ListedProgrammes
from systemmap.store.log.named_versions import give_name
from systemmap.store.log.records_out import (
    history,
    named_version,
    named_versions_of,
    receipt_of,
    receipts_of,
    undo_label,
)
from systemmap.store.log.redact import redact_fields
from systemmap.store.log.roles import may_administer, may_begin, may_edit, own_key
from systemmap.store.log.session import Intent, Name
from systemmap.store.log.snapshots import Snapshots
from systemmap.store.log.undo import undo_change
from systemmap.store.log.verify import verdict_of_all, verdicts_of
from systemmap.store.log.write_checks import Write
from systemmap.store.protocol import (
    REMOVED_ON_REQUEST,
    Carried,
    NamedVersion,
    ProgrammeSummary,
    Receipt,
    RowChange,
    Transaction,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from systemmap.model.changes import Change
    from systemmap.model.programme import Programme
    from systemmap.store.log.apply import Outcome
    from systemmap.store.log.session import Backend, Session
    from systemmap.store.protocol import Actor

T = TypeVar("T")
_NO_PROGRAMME = ""  # the name under which the installation itself is written


class LoggedStore:
    """The promises of `ProgrammeStore`, kept over a backend that can read and write."""

    warning = ""  # why this is no good place for live data, if it is none

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._secret = b""
        self._snapshots = Snapshots()
        self._listed = ListedProgrammes()
        self._listeners = Listeners(lambda: backend.listen(self._heard))

    def programmes(self) -> list[ProgrammeSummary]:
        """Return every programme, by name."""
        return self._read(self._listed.all)

    def create(self, programme: Programme, *, actor: Actor, label: str = "") -> Receipt:
        """Store a new programme with all its records as one change."""
        may_begin(actor)
        data = [
            (kind.name, kind.key_of(record), stored_data(record))
            for kind, record in programme.records()
        ]
        writes = [Write(kind=k, key=key, was=None, data=d) for k, key, d in data]
        intent = Intent(actor=actor, label=label or "Made the programme")

        def work(session: Session) -> Outcome:
            if session.head(programme.id):
                msg = f"There already is a programme with id '{programme.id}'. Give the new one another name."
                raise DuplicateItem(msg)
            head = replace(FIRST, revision=session.retired(programme.id))
            session.put_head(programme.id, replace(head, changed_at=intent.at))
            return record(session, programme.id, head, writes, intent)

        return self._write(programme.id, work)

    def delete(self, programme_id: str, *, actor: Actor) -> None:
        """Delete a programme with its history (after an automatic backup)."""
        may_administer(actor, "delete a programme")
        self.revision(programme_id)
        self._backend.safeguard("delete")

        def work(session: Session) -> None:
            session.forget(programme_id, head_of(session, programme_id))

        self._backend.write(programme_id, work)
        self._snapshots.forget(programme_id)

    def secret(self) -> bytes:
        """Return what this installation signs with: made once, the same in every process."""

        def work(session: Session) -> str:
            held = session.secret()
            if held is None:  # asked again inside: another process may be first
                session.keep_secret(held := secrets.token_hex(32))
            return held

        if not self._secret:  # read once: signing must not wait for the disk
            held = self._read(lambda session: session.secret())
            held = held or self._backend.write(_NO_PROGRAMME, work)
            self._secret = bytes.fromhex(held)
        return self._secret

    def revision(self, programme_id: str) -> int:
        """Return the number of the programme's last change."""
        return self._read(lambda s: head_of(s, programme_id).revision)

    def load(self, programme_id: str, *, as_of: int | None = None) -> Programme:
        """Return a programme as it is, or as it was after a revision."""
        if as_of is not None:
            return self._read(lambda s: replay.as_of(s, programme_id, as_of))
        return self._read(lambda s: self._snapshots.load(s, programme_id))

    def apply(
        self,
        programme_id: str,
        changes: Sequence[Change],
        *,
        actor: Actor,
        label: str,
        workshop_id: str | None = None,
        key: str | None = None,
    ) -> Receipt:
        """Write rows and their log in one transaction: the only write there is."""
        intent = Intent(
            actor=actor, label=label, workshop_id=workshop_id, key=own_key(actor, key)
        )
        return self._write(
            programme_id, lambda s: apply_changes(s, programme_id, changes, intent)
        )

    def answered(self, programme_id: str, key: str, *, actor: Actor) -> Receipt | None:
        """Return what the change with this idempotency key came to; None = not made yet."""
        found = self._read(lambda s: answered(s, programme_id, own_key(actor, key)))
        return receipt_of(programme_id, found) if found else None

    @contextmanager
    def editing(
        self,
        programme_id: str,
        *,
        actor: Actor,
        label: str,
        workshop_id: str | None = None,
    ) -> Iterator[Programme]:
        """Give a draft; save its difference if the block ends well."""
        draft = self.load(programme_id)
        before = draft.copy()
        yield draft
        changes = [
            replace(change, expected=_read_at(before, change))
            for change in changes_between(before, draft)
        ]
        if changes:
            receipt = self.apply(
                programme_id,
                changes,
                actor=actor,
                label=label,
                workshop_id=workshop_id,
            )
            draft.revision = receipt.revision

    def undo(
        self,
        programme_id: str,
        revision: int,
        *,
        actor: Actor,
        label: str = "",
        key: str | None = None,
    ) -> Receipt:
        """Undo one change as a new change; redo is the undo of an undo."""

        def work(session: Session) -> Outcome:
            told = label or undo_label(session, programme_id, revision)
            intent = Intent(
                actor=actor, label=told, key=own_key(actor, key), undoes=revision
            )
            return undo_change(session, programme_id, revision, intent)

        return self._write(programme_id, work)

    def history(
        self,
        programme_id: str,
        *,
        after: int = 0,
        limit: int | None = None,
        rows: bool = False,
        key: tuple[str, str] | None = None,
    ) -> list[Transaction]:
        """Return the changes after a revision, newest first; `key` = one row's history."""
        return self._read(
            lambda s: history(
                s, programme_id, after=after, limit=limit, rows=rows, key=key
            )
        )

    def changes_since(self, programme_id: str, revision: int) -> list[RowChange]:
        """Return the rows that differ now, each once, with its latest state."""
        return self._read(lambda s: replay.since(s, programme_id, revision))

    def diff(self, programme_id: str, one: int, other: int) -> list[RowChange]:
        """Return the rows that differ between two revisions, each once."""
        return self._read(lambda s: replay.between(s, programme_id, one, other))

    def name_version(
        self,
        programme_id: str,
        name: str,
        *,
        actor: Actor,
        note: str = "",
        revision: int | None = None,
    ) -> NamedVersion:
        """Give the present (or an earlier) revision a name."""
        may_edit(actor, "name a version")
        if not name.strip():
            raise InvalidValue(
                "The version has no name. Give it one, for example 'After workshop 1'."
            )
        at = now().isoformat()

        def work(session: Session) -> Name:
            number = revision or head_of(session, programme_id).revision
            named = Name(name, number, at, actor.name, note, "")
            return give_name(session, programme_id, named)

        return named_version(self._backend.write(programme_id, work))

    def versions(self, programme_id: str) -> list[NamedVersion]:
        """Return the named versions, oldest first."""
        return self._read(lambda s: named_versions_of(s, programme_id))

    def redact(
        self,
        programme_id: str,
        kind: str,
        key: str,
        fields: Iterable[str],
        *,
        actor: Actor,
        reason: str,
        repeated: bool = True,
    ) -> Receipt:
        """Remove words on request, here and in the whole log; the chain still verifies."""
        may_administer(actor, "remove words")
        names = tuple(fields)
        intent = Intent(actor=actor, label=f"{REMOVED_ON_REQUEST}: {reason}")

        def work(session: Session) -> Outcome:
            row = (kind, key)
            return redact_fields(
                session, programme_id, row, names, intent, repeated=repeated
            )

        self._snapshots.forget(programme_id)
        return self._write(programme_id, work)

    def verify(self, programme_id: str | None = None) -> Verdict:
        """Replay the log, compare it with the rows, and check the hash chain."""
        problems = tuple(self._backend.damage())
        try:
            verdicts = self._read(lambda s: verdicts_of(s, programme_id))
        except DamagedStore as error:
            verdicts, problems = [], (*problems, Problem("", str(error), "damaged"))
        return verdict_of_all(verdicts, problems)

    def backup(self, target: str) -> str:
        """Write a whole, consistent copy while others go on working; return its path."""
        return self._backend.copy_to(target)

    def safeguard(self, reason: str) -> str | None:
        """Keep a copy before something large (an import, a merge); the last 30 stay."""
        return self._backend.safeguard(reason)

    def restore(self, source: str, *, actor: Actor) -> None:
        """Put a backup in the place of everything (after an automatic backup)."""
        may_administer(actor, "restore a backup")
        told = f"Put back the backup {PurePath(source).name}"
        self._backend.restore(source, Intent(actor=actor, label=told))
        self._snapshots.clear()
        self._listed.clear()
        for summary in self.programmes():
            self._listeners.tell(
                Receipt(
                    programme_id=summary.id,
                    revision=summary.revision,
                    at=summary.changed_at,
                )
            )

    def carried(self, programme_id: str) -> Carried:
        """Return a programme with its whole history, to be written into a file."""

        def work(session: Session) -> Carried:
            head, lines = lines_of(session, programme_id)
            programme = replay.present(session, programme_id)
            return Carried(programme=programme, log=tuple(lines), head=head.hash)

        return self._read(work)

    def adopt(
        self,
        programme: Programme,
        log: Iterable[Mapping[str, Any]],
        *,
        actor: Actor,
        label: str = "",
    ) -> Receipt:
        """Take in a programme with the history that `carried` gave, as it was made."""
        lines = list(log)
        intent = Intent(actor=actor, label=label or "Brought in with its history")
        return self._write(
            programme.id, lambda s: adopt_log(s, programme, lines, intent)
        )

    def subscribe(self, listener: Callable[[Receipt], None]) -> Callable[[], None]:
        """Call `listener` after each commit; return the call that ends it.

        A listener is called in the thread that made the change, or, for a
        change by another process, in a thread of the store's own. It should be
        quick; what it raises is logged and reaches nobody else.
        """
        return self._listeners.add(listener)

    def close(self) -> None:
        """Finish what was acknowledged and let go of the database."""
        self._backend.close()

    def _read(self, work: Callable[[Session], T]) -> T:
        try:
            return self._backend.read(work)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            # only damage can make stored rows unreadable: every write was checked
            msg = "What is stored cannot be read; the data is damaged. Nothing was changed. Restore the latest backup."
            raise DamagedStore(msg) from error

    def _write(self, programme_id: str, work: Callable[[Session], Outcome]) -> Receipt:
        outcome = self._backend.write(programme_id, work)
        receipt = receipt_of(programme_id, outcome)
        if outcome.header is not None and not outcome.repeated:
            self._listeners.tell(receipt)
        return receipt

    def _heard(self, programme_id: str, revision: int) -> None:
        """Another process committed: read what it wrote and pass it on.

        What cannot be read is told without its rows, so that whoever listens
        reads the programme anew; of a deleted programme there is nothing to tell.
        """
        try:
            receipts = self._read(lambda s: receipts_of(s, programme_id, revision))
        except ProgrammeNotFound:
            return
        except StoreError:
            receipts = [Receipt(programme_id=programme_id, revision=revision, at=now())]
        for receipt in receipts:
            self._listeners.tell(receipt)


def _read_at(before: Programme, change: Change) -> int:
    known = before.all(KINDS[change.kind].record)
    return before.revision if change.key in known else 0
