"""A programme's history carried in a file: out as it is, in only once it is proved.

The rows are made anew from the log, and the same proof as `verify` decides,
inside the transaction: what does not hold was never there.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from systemmap.errors import DamagedStore, DuplicateItem, InvalidValue
from systemmap.store.log.apply import head_of, record_mark
from systemmap.store.log.plain_lines import change_line, log_from, name_line
from systemmap.store.log.replay import present, replay
from systemmap.store.log.roles import may_begin
from systemmap.store.log.session import Head
from systemmap.store.log.verify import verify_programme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.model.programme import Programme
    from systemmap.store.log.apply import Outcome
    from systemmap.store.log.plain_lines import Line, Log
    from systemmap.store.log.session import Intent, Session

# whatever a hostile line can do to a reader
_HOSTILE: tuple[type[Exception], ...] = (
    ArithmeticError,
    AttributeError,
    InvalidValue,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


def lines_of(session: Session, programme_id: str) -> tuple[Head, list[Line]]:
    """Return where a programme's log ends, and the log as plain data, oldest first."""
    head = head_of(session, programme_id)
    rows = _by_revision(session.entries(programme_id))
    removed = _by_revision(session.redactions(programme_id))
    lines = [
        change_line(
            header, rows.get(header.revision, ()), removed.get(header.revision, ())
        )
        for header in session.headers(programme_id)
    ]
    names = [name_line(name) for name in session.names(programme_id)]
    return head, [*lines, *names]


def adopt_log(
    session: Session,
    programme: Programme,
    lines: Iterable[Mapping[str, Any]],
    intent: Intent,
) -> Outcome:
    """Write a log from a file and the rows it leads to, then prove it all.

    Parameters
    ----------
    programme : Programme
        What the file says the programme is; the log must lead there.
    lines : iterable of mappings
        As `lines_of` gave them.
    intent : Intent
        Who brings it in, when, in which words: the change that is added.

    Raises
    ------
    DuplicateItem
        There is a programme with this id.
    DamagedStore
        A line cannot be read, the chain does not hold, or the log leads
        elsewhere. Nothing is written then.
    """
    may_begin(intent.actor)
    name = programme.id
    if session.head(name):
        msg = f"There already is a programme with id '{name}'. Bring the file into that one, or in as a copy without its history."
        raise DuplicateItem(msg)
    try:
        log = log_from(lines)
    except _HOSTILE as error:
        raise _untrue(": a line of it cannot be read") from error
    if not log.headers:
        raise _untrue(": it is empty")
    _write(session, name, log)
    _prove(session, programme)
    head = head_of(session, name)
    reached = max(head.revision, session.retired(name))
    return record_mark(session, name, replace(head, revision=reached), intent)


def _write(session: Session, name: str, log: Log) -> None:
    last, count = log.headers[-1], len(log.entries)
    session.put_head(name, Head(last.revision, count, last.hash, last.at))
    rows, removed = _by_revision(log.entries), _by_revision(log.redactions)
    for header in log.headers:
        own = rows.get(header.revision, ()), removed.get(header.revision, ())
        session.log(name, header, *own)
    for (kind, key), row in replay(log.entries).items():
        session.write_row(name, kind, key, was=None, row=row)
    for named in log.names:
        session.put_name(name, named)


def _prove(session: Session, programme: Programme) -> None:
    problems = verify_programme(session, programme.id).problems
    if problems:
        raise _untrue(": " + str(problems[0]))
    if present(session, programme.id) != programme:
        raise _untrue(": it leads to another state than the file shows")


def _untrue(why: str) -> DamagedStore:
    return DamagedStore(
        f"The history in this file is not true{why}. Nothing was changed. Use another copy, or bring the programme in without its history."
    )


def _by_revision(items: Iterable[Any]) -> dict[int, list[Any]]:
    return {n: list(group) for n, group in groupby(items, lambda item: item.revision)}
