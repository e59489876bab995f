"""Is what is stored what was written? The chain, the digests, and replay against the rows."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue, Problem
from systemmap.model.kinds import KINDS
from systemmap.store.log.apply import head_of
from systemmap.store.log.chain import chained, is_true, name_digest
from systemmap.store.log.images import NOTHING, alike, digest_of, referred
from systemmap.store.log.replay import replay
from systemmap.store.protocol import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from systemmap.store.log.session import Entry, Header, Image, Redaction, Session

_KIND = "damaged"


def verify_programme(session: Session, programme_id: str) -> Verdict:
    """Check one programme's log, its chain, and that the rows are what it leads to."""
    try:
        headers = session.headers(programme_id)
        entries = session.entries(programme_id)
        redactions = session.redactions(programme_id)
        problems = (
            *_chain_problems(session, programme_id, headers, entries, redactions),
            *_image_problems(programme_id, headers, entries, redactions),
            *_row_problems(session, programme_id, entries),
            *_name_problems(session, programme_id, headers),
        )
    except (ValueError, TypeError, KeyError, AttributeError, InvalidValue) as error:
        found = Problem(programme_id, f"the log cannot be read: {error}", _KIND)
        return Verdict(
            programmes=1, transactions=0, rows=0, redacted=0, head="", problems=(found,)
        )
    head = session.head(programme_id)
    return Verdict(
        programmes=1,
        transactions=len(headers),
        rows=len(replay(entries)),
        redacted=len({(r.place, r.side) for r in redactions}),
        head=head.hash if head else "",
        problems=problems,
    )


def verdicts_of(session: Session, programme_id: str | None) -> list[Verdict]:
    """Return what became of one programme's log, or of every one; None = all."""
    if programme_id is not None:
        head_of(session, programme_id)
    wanted = [programme_id] if programme_id else sorted(session.heads())
    return [verify_programme(session, name) for name in wanted]


def verdict_of_all(
    verdicts: Sequence[Verdict], problems: tuple[Problem, ...] = ()
) -> Verdict:
    """Return one verdict of several programmes, and of what was found besides."""
    heads = [verdict.head for verdict in verdicts]
    return Verdict(
        programmes=len(verdicts),
        transactions=sum(v.transactions for v in verdicts),
        rows=sum(v.rows for v in verdicts),
        redacted=sum(v.redacted for v in verdicts),
        head=heads[0] if len(heads) == 1 else digest_of(*heads),
        problems=problems + tuple(p for v in verdicts for p in v.problems),
    )


def _chain_problems(
    session: Session,
    programme_id: str,
    headers: list[Header],
    entries: list[Entry],
    redactions: list[Redaction],
) -> Iterator[Problem]:
    lines = {n: list(group) for n, group in groupby(entries, lambda e: e.revision)}
    removed: dict[int, list[Redaction]] = {}
    for redaction in redactions:
        removed.setdefault(redaction.revision, []).append(redaction)
    previous = ""
    revision = headers[0].revision - 1 if headers else 0
    for header in headers:
        own = lines.pop(header.revision, [])
        expected = chained(
            previous, programme_id, header, own, removed.get(header.revision, ())
        )
        follows = header.revision == revision + 1 or (
            header.revision > revision and not header.row_count  # a backup was put back
        )
        if header.hash != expected or not follows:
            yield _problem(
                programme_id, header.revision, "was altered after it was saved"
            )
        previous, revision = header.hash, header.revision
    for orphan in lines:
        yield _problem(programme_id, orphan, "has rows but no words of its own")
    if [e.seq for e in entries] != list(range(1, len(entries) + 1)):
        yield Problem(programme_id, "lines of the log are missing", _KIND)
    head = session.head(programme_id)
    last = headers[-1] if headers else None
    if (
        head is None
        or last is None
        or (head.revision, head.seq, head.hash, head.changed_at)
        != (last.revision, len(entries), last.hash, last.at)
    ):
        yield Problem(programme_id, "the end of the log does not match", _KIND)


def _image_problems(
    programme_id: str,
    headers: list[Header],
    entries: list[Entry],
    redactions: list[Redaction],
) -> Iterator[Problem]:
    stubs = {(r.place, r.side): r.digest for r in redactions}
    for header in headers:
        if not is_true(header.label, stubs.get((header.revision, "label"))):
            yield _problem(
                programme_id, header.revision, "has another label than it had"
            )
    last: dict[tuple[str, str], Image] = {}
    for entry in entries:
        before = is_true(entry.before, stubs.get((entry.seq, "before")))
        after = is_true(entry.after, stubs.get((entry.seq, "after")))
        where = (entry.kind, entry.key)
        if not (before and after) or not alike(
            entry.kind, last.get(where, NOTHING), entry.before
        ):
            what = f"holds other words for {entry.kind} '{entry.key}' than were saved"
            yield _problem(programme_id, entry.revision, what)
        last[where] = entry.after


def _row_problems(
    session: Session, programme_id: str, entries: list[Entry]
) -> Iterator[Problem]:
    expected = replay(entries)
    found = {
        (kind, key): row
        for kind in KINDS
        for key, row in session.rows(programme_id, kind)
    }
    for where in sorted(expected.keys() | found.keys()):
        if expected.get(where) != found.get(where):
            kind, key = where
            text = f"{kind} '{key}' is not what its history says"
            yield Problem(programme_id, text, _KIND)
    for (kind, key), row in expected.items():
        for needed in referred(kind, row.data):
            if needed not in expected:
                text = f"{kind} '{key}' refers to {needed[0]} '{needed[1]}', which is not there"
                yield Problem(programme_id, text, _KIND)


def _name_problems(
    session: Session, programme_id: str, headers: list[Header]
) -> Iterator[Problem]:
    revisions = {header.revision for header in headers}
    for name in session.names(programme_id):
        if name.digest != name_digest(name) or name.revision not in revisions:
            text = f"the named version '{name.name}' was altered"
            yield Problem(programme_id, text, _KIND)


def _problem(programme_id: str, revision: int, what: str) -> Problem:
    return Problem(f"{programme_id}, change {revision}", what, _KIND)
