"""Accept a reading into a draft: matched, counted, conflicts listed, nothing saved.

The caller commits the draft as one change, so one undo takes the import back.
The same file twice adds nothing. What is here already is never overwritten
unless a person said so: empty fields are filled, signs that differ make a link
disputed, everything else that differs is listed with both sides.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, cast

from systemmap.editing.owner_names import known_owners
from systemmap.formats.conflicts import Conflict, Sides, cells_of, is_implied
from systemmap.formats.matches import Matches
from systemmap.formats.plans._returned import FORMAT_KEY as RETURNED
from systemmap.formats.plans._returned import as_returned, doubtful, retitled
from systemmap.formats.plans._unnamed import is_unnamed, named_after
from systemmap.language.phrases import counted
from systemmap.model.elements import MapVersion
from systemmap.model.kinds import KIND_OF, Kind, Record
from systemmap.model.meetings import DecisionTie, Event, EventPoint
from systemmap.model.owners import read_owners
from systemmap.model.plan import (
    ImportRecord,
    LocalTerm,
    Phase,
    ProgrammeInfo,
    Workstream,
)
from systemmap.model.response import Action
from systemmap.model.rows import data_from
from systemmap.model.text import slug
from systemmap.model.values import MapKind, now

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import datetime

    from systemmap.formats.format import Reading
    from systemmap.model.programme import Programme

_UNCOUNTED = (MapVersion, LocalTerm, ProgrammeInfo, Event, DecisionTie)
_LISTED: Mapping[str, Mapping[str, str]] = {  # fields that name several records
    "point": {"actions": "action"},
    "decision_tie": {"actions": "action", "points": "point"},
}

_NEVER_TWICE = (
    "contribution",
    "note_picture",
    "statement",
    "vote",
    "proposal",
    "gap_run",
    "gap_decision",
    "vote_round",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """What accepting did to the draft.

    Attributes
    ----------
    same, changed, new : int
        Items of the file that were here already, changed something, were added.
    conflicts : tuple[Conflict, ...]
        Fields in which both sides differ, in the order met. Unless taken, the
        programme's side stayed.
    changes : tuple[Conflict, ...]
        What the file changes in things that are here, cell by cell.
    gone : tuple[str, ...]
        The titles of imported actions that the file no longer has. They stay.
    retitled : tuple[str, ...]
        Rows told by their reference though their title is another, or by their
        title though they have no reference, in words.
    left_out : tuple[str, ...]
        Rows that nobody can place, each with what to do about it.
    keys : Mapping[str, str]
        Where each record of the reading went: "kind key" to key here.
    """

    same: int = 0
    changed: int = 0
    new: int = 0
    conflicts: tuple[Conflict, ...] = ()
    changes: tuple[Conflict, ...] = ()
    gone: tuple[str, ...] = ()
    retitled: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    keys: Mapping[str, str]

    def __str__(self) -> str:
        """Say it in words that can follow "In Sampleshire:"; nought is not said."""
        return self.words("difference to decide", "differences to decide")

    @property
    def done(self) -> str:
        """Say it of what was brought in: what was not taken is decided too."""
        return self.words("difference left as it is", "differences left as they are")

    def words(self, one: str, many: str) -> str:
        """Say it with these words for what differs and was not taken."""
        items = self.new + self.changed + self.same
        counts = (
            (self.new, "new"),
            (self.changed, "changed"),
            (self.same, "here already"),
        )
        said = [f"{number:,} {words}" for number, words in counts if number]
        if self.same == items:
            said = [
                f"all {items:,} are here already" if items > 1 else "it is here already"
            ]
        if self.conflicts:
            cells = len(cells_of(self.conflicts))
            said.append(counted(cells, one, many))
        return ", ".join(said) if items else "nothing to bring in"


def accept(
    draft: Programme,
    reading: Reading,
    *,
    map_id: str = "main",
    kind: MapKind = MapKind.MAIN,
    file_name: str = "",
    data: bytes = b"",
    base: Programme | None = None,
    exported: Reading | None = None,
    take: Container[tuple[str, str, str]] | bool = False,
    at: datetime | None = None,
) -> Acceptance:
    """Put a reading into a draft programme.

    Parameters
    ----------
    draft : Programme
        Changed in place when all goes well, and not at all otherwise.
    reading : Reading
        What a format's reader returned.
    map_id, kind : str, MapKind
        The map into which factors and links go; made when there is none yet.
    file_name, data : str, bytes
        What was read, for the import record (name, fingerprint, counts).
    base : Programme | None
        The programme as it was when the file was exported. A field changed
        only in the file is then taken, one changed only here is kept.
    exported : Reading | None
        What the file said when it was exported (`as_exported`). What it still says
        is then left alone, also where the format rounds or cannot hold something.
    take : set of (kind, key, field), or bool
        Conflicts to settle in favour of the file; True = all of them.
    at : datetime | None
        The moment for the import record; None = now.

    Raises
    ------
    InvalidValue, UnknownItem
        A record refers to something that is neither here nor in the file.
    """
    work = _Accepting(draft.copy(), reading, map_id, kind, base, exported, take)
    work.file_name = file_name
    digest = hashlib.sha256(data).hexdigest() if data else ""
    work.seen_before = any(
        record.sha256 == digest and digest
        for record in draft.all(ImportRecord).values()
    )
    for record in reading.records:
        work.take_in(record)
    result = work.result()
    if file_name and (result.changed or result.new):
        work.put(_import_record(draft, reading, result, file_name, digest, at))
    for record in work.written:
        draft.put(record)
    return result


class _Accepting:
    """One reading on its way into a copy of the programme."""

    def __init__(
        self,
        twin: Programme,
        reading: Reading,
        map_id: str,
        map_kind: MapKind,
        base: Programme | None,
        exported: Reading | None,
        take: Container[tuple[str, str, str]] | bool,  # noqa: FBT001
    ) -> None:
        self.twin = twin
        self.reading = reading
        self.map_id = map_id
        self.map_kind = map_kind
        self.matches = Matches(twin, reading, map_id)
        said = exported.records if exported else ()
        kinds = ((KIND_OF[type(record)], record) for record in said)
        self.exported = {(k.name, k.key_of(record)): record for k, record in kinds}
        self.sides = Sides(twin, base, take)
        self.seen_before = False
        self.file_name = ""
        self.written: list[Record] = []
        self.keys: dict[tuple[str, str], str] = {}
        self.counts: Counter[str] = Counter()
        self.retitled: list[str] = []
        self.left_out: list[str] = []
        self._before: dict[str, Action] = {}
        self._known = known_owners(twin)

    def take_in(self, record: Record) -> None:
        """Match one record, then leave, fill or add."""
        kind = KIND_OF[type(record)]
        if isinstance(record, ProgrammeInfo):
            self.keys[kind.name, kind.key_of(record)] = self.twin.id
            return
        if self._is_doubtful(record):
            return
        if kind.name in _NEVER_TWICE and self.seen_before:
            self.counts["same"] += 1
            return
        before = kind.key_of(record)
        untouched = self._untouched(kind, record)
        record = self._owned(self._moved(kind, record))
        known = self.matches.match(kind, record)
        if isinstance(record, Workstream) and is_unnamed(record):
            record = self._named(record, known)
        if known is not None and self.reading.format == RETURNED:
            record = self._returned(known, record)
            untouched |= {"as_typed"}  # what a plan's file said stays what it said
        if known is None:
            record = self.matches.with_free_id(kind, record)
            if self.reading.format == RETURNED and isinstance(record, Action):
                record = replace(record, extra={})  # another programme's row
            if isinstance(record, MapVersion):
                record = replace(record, kind=self.map_kind)
            self.put(record)
            self._count(record, "new")
        else:
            record = self._joined(kind, known, record, untouched)
        after = kind.key_of(record)
        self.keys[kind.name, before] = after
        self.matches.claim(kind.name, after)

    def _is_doubtful(self, record: Record) -> bool:
        """Whether nobody can say which action a partner's row is about; it is said then."""
        if self.reading.format != RETURNED or not isinstance(record, Action):
            return False
        said = doubtful(self.twin, record)
        self.left_out += [said] if said else []
        return bool(said)

    def put(self, record: Record) -> None:
        """Write a record into the copy, and remember to write it into the draft."""
        self.twin.put(record)
        self.written.append(record)

    def result(self) -> Acceptance:
        """Return the counts and conflicts so far."""
        return Acceptance(
            same=self.counts["same"],
            changed=self.counts["changed"],
            new=self.counts["new"],
            conflicts=tuple(self.sides.conflicts),
            changes=tuple(self.sides.changes),
            retitled=tuple(dict.fromkeys(self.retitled)),
            left_out=tuple(dict.fromkeys(self.left_out)),
            gone=tuple(action.title for action in self.matches.left_behind()),
            keys={f"{kind} {key}": here for (kind, key), here in self.keys.items()},
        )

    def _count(self, record: Record, what: str) -> None:
        told_twice = isinstance(record, EventPoint) and record.actions
        if not isinstance(record, _UNCOUNTED) and not told_twice:
            self.counts[what] += 1

    # -- where a record goes ---------------------------------------------------

    def _moved(self, kind: Kind, record: Record) -> Record:
        """Point a record at the map and the records its neighbours went to."""
        whole = self.reading.format in ("native_json", "project_file")
        changes: dict[str, Any] = {}
        if not whole and isinstance(record, MapVersion):
            self.keys["map", record.id] = self.map_id
            changes["id"] = self.map_id
        for reference in kind.references:
            values = [getattr(record, name) for name in reference.fields]
            if any(value is None for value in values):
                continue
            key = "/".join(values)
            here = self.keys.get((reference.kind, key))
            if here is None and reference.fields[0] == "map_id" and not whole:
                here = "/".join((self.map_id, *values[1:]))
            if here is not None and here != key:
                changes |= dict(zip(reference.fields, here.split("/"), strict=True))
        for name, named in _LISTED.get(kind.name, {}).items():
            here_keys = [self.keys.get((named, k), k) for k in getattr(record, name)]
            changes[name] = tuple(here_keys)
        return replace(record, **changes) if changes else record

    def _named(self, table: Workstream, known: Record | None) -> Workstream:
        """Return a table to which nobody gave a name under the one it has here."""
        if isinstance(known, Workstream):
            return replace(table, name=known.name)
        names = (stream.name for stream in self.twin.all(Workstream).values())
        return named_after(table, self.file_name, names)

    def _owned(self, record: Record) -> Record:
        """Read its owners with the names this programme knows to be one."""
        if not isinstance(record, (Action, Phase)) or not self._known:
            return record
        if record.owners != read_owners(record.owners_raw).names:
            return record  # a person said otherwise
        return replace(record, owners=read_owners(record.owners_raw, self._known).names)

    def _returned(self, known: Any, row: Any) -> Action:  # noqa: ANN401
        """Return what a partner's row says about a known action."""
        first = self._before.setdefault(known.id, known)
        if said := retitled(first, row):
            self.retitled.append(said)
        return as_returned(first, known, row)

    def _untouched(self, kind: Kind, record: Record) -> frozenset[str]:
        """Return the fields in which the file still says what was written into it."""
        then = self.exported.get((kind.name, kind.key_of(record)))
        if then is None:
            return frozenset()
        names = (f.name for f in fields(cast("Any", record)))
        return frozenset(n for n in names if getattr(record, n) == getattr(then, n))

    def _joined(
        self, kind: Kind, here: Record, incoming: Record, untouched: frozenset[str]
    ) -> Record:
        """Return one record of two, written and counted where it changed."""
        if is_implied(incoming):
            return here
        merged = self.sides.merged(kind, here, incoming, untouched)
        if data_from(merged) == data_from(here):
            self._count(here, "same")
            return here
        self.put(merged)
        self._count(merged, "changed")
        return merged


def _import_record(
    draft: Programme,
    reading: Reading,
    result: Acceptance,
    file_name: str,
    digest: str,
    at: datetime | None,
) -> ImportRecord:
    return ImportRecord(
        id=slug(file_name, draft.all(ImportRecord), fallback="import"),
        file_name=file_name,
        sha256=digest,
        format=reading.format,
        at=at or now(),
        summary={
            "dialect": reading.dialect,
            "items": reading.items,
            "read": reading.read,
            "skipped": reading.skipped,
            "blank": reading.blank,
            "guessed": reading.guessed,
            "same": result.same,
            "changed": result.changed,
            "new": result.new,
            "conflicts": len(result.conflicts),
        },
    )
