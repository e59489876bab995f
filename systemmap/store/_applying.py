"""The one change path: check versions, roles and references, write rows and their log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from systemmap.errors import (
    DuplicateItem,
    InvalidValue,
    ProgrammeNotFound,
    StaleRevision,
    StillNeeded,
    UnknownItem,
)
from systemmap.model.kinds import KINDS
from systemmap.store._chain import chained
from systemmap.store._images import image_of, referred, sealed, stored_data
from systemmap.store._roles import may_change
from systemmap.store._session import Entry, Head, Header, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.model.changes import Change
    from systemmap.store._session import Redaction, Session
    from systemmap.store._store import Actor

FIRST = Head(revision=0, seq=0, hash="", changed_at="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """Who changes what, why and when: the words of a change without its rows."""

    actor: Actor
    label: str
    at: str
    workshop_id: str | None = None
    key: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One row on its way to disk: as it is, and as it shall be."""

    kind: str
    key: str
    was: Row | None
    data: Mapping[str, Any] | None

    @property
    def before(self) -> Mapping[str, Any] | None:
        """The row's data as it is."""
        return self.was.data if self.was else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change came to: its header (None = nothing to do) and its rows."""

    revision: int
    at: str
    header: Header | None = None
    entries: tuple[Entry, ...] = ()
    repeated: bool = False


def head_of(session: Session, programme_id: str) -> Head:
    """Return where a programme's log ends."""
    head = session.head(programme_id)
    if head is None:
        known = session.heads()
        hint = str(UnknownItem.named("programme", programme_id, known))
        raise ProgrammeNotFound(hint)
    return head


def apply_changes(
    session: Session, programme_id: str, changes: Sequence[Change], intent: Intent
) -> Outcome:
    """Write rows and their log, or raise and leave everything as it was."""
    head = head_of(session, programme_id)
    repeated = _repeated(session, programme_id, intent.key)
    if repeated:
        return repeated
    ended = session.retired(programme_id) if any(c.expected for c in changes) else 0
    writes = [
        write
        for change in _folded(changes)
        if (write := _checked(session, programme_id, change, head, ended)) is not None
    ]
    return record(session, programme_id, head, writes, intent)


def record(
    session: Session,
    programme_id: str,
    head: Head,
    writes: Sequence[Write],
    intent: Intent,
    redactions: Sequence[Redaction] = (),
) -> Outcome:
    """Write checked rows and their log as the next revision."""
    may_change(
        session,
        programme_id,
        intent.actor,
        [(w.kind, w.key, w.before, w.data) for w in writes],
    )
    if not writes and not redactions:
        return Outcome(head.revision, head.changed_at)
    entries = tuple(_written(session, programme_id, head, writes))
    _check_references(session, programme_id, writes)
    return _logged(session, programme_id, head, entries, intent, redactions)


def record_mark(
    session: Session, programme_id: str, head: Head, intent: Intent
) -> Outcome:
    """Write a change without rows: something happened to the programme as a whole."""
    return _logged(session, programme_id, head, (), intent, ())


def _logged(
    session: Session,
    programme_id: str,
    head: Head,
    entries: tuple[Entry, ...],
    intent: Intent,
    redactions: Sequence[Redaction],
) -> Outcome:
    """Append one change to the log and move the log's end."""
    header = Header(
        revision=head.revision + 1,
        at=intent.at,
        actor=intent.actor.name,
        role=intent.actor.role,
        label=sealed(intent.label),
        workshop_id=intent.workshop_id,
        undoes=intent.undoes,
        key=intent.key,
        row_count=len(entries),
    )
    new_hash = chained(head.hash, programme_id, header, entries, redactions)
    header = replace(header, hash=new_hash)
    session.log(programme_id, header, entries, redactions)
    session.put_head(
        programme_id,
        Head(header.revision, head.seq + len(entries), new_hash, intent.at),
    )
    return Outcome(header.revision, header.at, header, entries)


def _written(
    session: Session, programme_id: str, head: Head, writes: Iterable[Write]
) -> Iterable[Entry]:
    for seq, write in enumerate(writes, head.seq + 1):
        row = None
        if write.data is not None:
            added = write.was.added if write.was else seq
            row = Row(write.data, head.revision + 1, added)
        session.write_row(programme_id, write.kind, write.key, was=write.was, row=row)
        yield Entry(
            seq=seq,
            revision=head.revision + 1,
            kind=write.kind,
            key=write.key,
            before=image_of(write.before),
            after=image_of(write.data),
        )


def _repeated(session: Session, programme_id: str, key: str | None) -> Outcome | None:
    header = session.header_of_key(programme_id, key) if key is not None else None
    if header is None:
        return None
    entries = session.entries(
        programme_id, after=header.revision - 1, upto=header.revision
    )
    return Outcome(header.revision, header.at, header, tuple(entries), repeated=True)


def _folded(changes: Iterable[Change]) -> Iterable[Change]:
    """Yield one change per row: what the first expected, what the last wants."""
    folded: dict[tuple[str, str], Change] = {}
    for change in changes:
        if change.kind not in KINDS:
            raise UnknownItem.named("kind of record", change.kind, KINDS)
        where = (change.kind, change.key)
        first = folded.get(where)
        folded[where] = replace(change, expected=first.expected) if first else change
    return folded.values()


def _checked(
    session: Session, programme_id: str, change: Change, head: Head, ended: int
) -> Write | None:
    kind = KINDS[change.kind]
    data = None
    if change.new is not None:
        data = stored_data(change.new)
        if type(change.new) is not kind.record or kind.key_of(change.new) != change.key:
            msg = f"The change is for the {kind.noun} '{change.key}' but carries another record."
            raise InvalidValue(msg)
    if kind.name == "programme" and (data is None or change.key != programme_id):
        raise InvalidValue(
            "A programme keeps its own record and its id. Delete it from the list of programmes, or make a new one."
        )
    was = session.row(programme_id, change.kind, change.key)
    _check_version(change, was, data, head)
    if change.expected and change.expected <= ended:
        raise _stale(change, was, data, _REPLACED)
    if data == (was.data if was else None):
        return None
    return Write(kind=change.kind, key=change.key, was=was, data=data)


def _check_version(
    change: Change, was: Row | None, data: Mapping[str, Any] | None, head: Head
) -> None:
    noun, expected = KINDS[change.kind].noun, change.expected
    if expected == 0 and was is not None:
        msg = f"There already is a {noun} with id '{change.key}'. Change it, or give the new one another id."
        raise DuplicateItem(msg)
    if expected is None and was is None and data is None:
        msg = f"No {noun} with id '{change.key}'. It may have been removed already."
        raise UnknownItem(msg)
    if expected and (was is None or was.version > expected or expected > head.revision):
        raise _stale(change, was, data)


_EDITED = "Someone else changed this"
_REPLACED = "A backup was put back"


def _stale(
    change: Change,
    was: Row | None,
    data: Mapping[str, Any] | None,
    happened: str = _EDITED,
) -> StaleRevision:
    theirs, yours = _texts(was.data if was else None, data)
    noun = KINDS[change.kind].noun
    msg = (
        f"{happened} while you were editing ({noun} '{change.key}'). "
        f"Theirs: {theirs}. Yours: {yours}. Keep theirs, keep yours, or write it again."
    )
    return StaleRevision(msg, theirs=theirs, yours=yours)


def _texts(
    theirs: Mapping[str, Any] | None, yours: Mapping[str, Any] | None
) -> tuple[str, str]:
    if theirs is None or yours is None:
        words = [
            "removed" if row is None else _words(row, list(row))
            for row in (theirs, yours)
        ]
        return words[0], words[1]
    names = [name for name in yours if theirs.get(name) != yours[name]]
    return _words(theirs, names), _words(yours, names)


def _words(row: Mapping[str, Any], names: Sequence[str]) -> str:
    if len(names) == 1:
        return str(row.get(names[0]))
    told = [
        f"{name}: {row[name]}"
        for name in names
        if row.get(name) not in ("", None, [], {})
    ]
    return "; ".join(told) or "the same"


def _check_references(
    session: Session, programme_id: str, writes: Sequence[Write]
) -> None:
    seen = {(write.kind, write.key) for write in writes if write.data is not None}
    for write in writes:
        if write.data is None:
            _check_unused(session, programme_id, write)
            continue
        for kind, key in referred(write.kind, write.data):
            if (kind, key) in seen:
                continue
            if session.row(programme_id, kind, key) is None:
                raise _dangling(session, programme_id, write, kind, key)
            seen.add((kind, key))


def _check_unused(session: Session, programme_id: str, write: Write) -> None:
    users = session.users(programme_id, write.kind, write.key)
    if users:
        named = ", ".join(f"{KINDS[kind].noun} '{key}'" for kind, key in users[:3])
        more = " and more" if len(users) > 3 else ""
        msg = f"Other things now depend on this: {named}{more}. Remove or change them first."
        raise StillNeeded(msg)


def _dangling(
    session: Session, programme_id: str, write: Write, kind: str, key: str
) -> StillNeeded | UnknownItem:
    """Say whether what a row names was removed, or never was there."""
    noun, user = KINDS[kind].noun, KINDS[write.kind].noun
    if session.entries(programme_id, row=(kind, key)):
        msg = f"The {user} '{write.key}' needs the {noun} '{key}', which was removed. Bring that back first, or name another."
        return StillNeeded(msg)
    known = [name for name, _ in session.rows(programme_id, kind)]
    return UnknownItem.named(noun, key, known)
