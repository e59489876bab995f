"""May this change be made? Its record, its key, and the version it was read at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from systemmap.errors import DuplicateItem, InvalidValue, StaleRevision, UnknownItem
from systemmap.model.kinds import KINDS
from systemmap.store.log.images import stored_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.model.changes import Change
    from systemmap.store.log.session import Head, Row, Session


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


def folded(changes: Iterable[Change]) -> Iterable[Change]:
    """Yield one change per row: what the first expected, what the last wants."""
    by_row: dict[tuple[str, str], Change] = {}
    for change in changes:
        if change.kind not in KINDS:
            raise UnknownItem.named("kind of record", change.kind, KINDS)
        where = (change.kind, change.key)
        first = by_row.get(where)
        by_row[where] = replace(change, expected=first.expected) if first else change
    return by_row.values()


def checked(
    session: Session, programme_id: str, change: Change, head: Head, ended: int
) -> Write | None:
    """Return what a change comes to, None if to nothing, or refuse it.

    `ended` is the revision at which an earlier life of the programme ended:
    whoever read a row then has read another row.
    """
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
