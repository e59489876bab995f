"""Accept a reading into a draft: matched, counted, conflicts listed, nothing saved.

The caller commits the draft as one change, so one undo takes the import back.
The same file twice adds nothing. What is here already is never overwritten
unless a person said so: empty fields are filled, signs that differ make a link
disputed, everything else that differs is listed with both sides.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import MISSING, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, cast

from systemmap.formats.maps._map_builder import IMPLIED, label_from_key
from systemmap.formats.plans._returned import FORMAT_KEY as RETURNED
from systemmap.formats.plans._returned import action_of, as_returned
from systemmap.formats.plans._skeleton import taken_over, untouched
from systemmap.language.phrases import counted
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.kinds import KIND_OF, KINDS, Kind, Record
from systemmap.model.plan import ImportRecord, LocalTerm, ProgrammeInfo
from systemmap.model.response import Action
from systemmap.model.rows import data_from
from systemmap.model.text import folded, slug
from systemmap.model.values import Claim, Confidence, MapKind, Polarity, now

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping
    from datetime import datetime

    from systemmap.formats.format import Reading
    from systemmap.model.programme import Programme

_NEARBY = 1.0  # drawing units: workbooks round positions to whole numbers
_BOOKKEEPING = (
    "source_id",
    "label_raw",
    "sign_raw",
    "colour",
    IMPLIED,
)  # of one file only
_UNCOUNTED = (MapVersion, LocalTerm, ProgrammeInfo)

# What makes two records the same thing when their ids say nothing.
_LABELS: Mapping[str, Callable[[Any], tuple[object, ...]]] = {
    "workstream": lambda r: (folded(r.name),),
    "phase": lambda r: (r.workstream_id, r.number, r.cycle, folded(r.name)),
    "step": lambda r: (r.phase_id, folded(r.text)),
    "review": lambda r: (r.on, folded(r.title)),
    "decision": lambda r: (r.number, folded(r.text)),
    "stakeholder": lambda r: (folded(r.organisation), folded(r.title)),
    "population": lambda r: (folded(r.name),),
    "place": lambda r: (r.code or folded(r.name), r.level if "soa-" in r.level else ""),
    "indicator": lambda r: (r.source_id, folded(r.name)),
    "observation": lambda r: (r.indicator_id, r.area_code, r.period, r.group),
    "workshop": lambda r: (r.on, folded(r.title)),
    "map": lambda r: (folded(r.name),),
    "table": lambda r: (r.workshop_id, folded(r.name)),
    "factor": lambda r: (r.map_id, folded(r.label)),
    "action": lambda r: (r.workstream_id, r.ref, folded(r.title)),
    "update": lambda r: (r.action_id, r.on, r.text),
    "asset": lambda r: (folded(r.name), r.postcode.replace(" ", "").upper()),
    "view": lambda r: (r.map_id, r.kind, folded(r.name)),
}
_NEVER_TWICE = ("contribution", "statement", "vote", "proposal", "gap_run", "gap_decision", "vote_round")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field in which the file and the programme say different things."""

    kind: str
    key: str
    field: str
    here: str
    file: str
    name: str = ""

    def __str__(self) -> str:
        return f"{KINDS[self.kind].noun.capitalize()} '{self.name}', {self.field}: here '{self.here}', in the file '{self.file}'."


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
    keys : Mapping[str, str]
        Where each record of the reading went: "kind key" to key here.
    """

    same: int = 0
    changed: int = 0
    new: int = 0
    conflicts: tuple[Conflict, ...] = ()
    keys: Mapping[str, str]

    def __str__(self) -> str:
        """Say it in words that can follow "In Sampleshire:"; nought is not said."""
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
            said.append(
                counted(
                    len(self.conflicts), "difference to decide", "differences to decide"
                )
            )
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
    take : set of (kind, key, field), or bool
        Conflicts to settle in favour of the file; True = all of them.
    at : datetime | None
        The moment for the import record; None = now.

    Raises
    ------
    InvalidValue, UnknownItem
        A record refers to something that is neither here nor in the file.
    """
    work = _Accepting(draft.copy(), reading, map_id, kind, base, take)
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
        take: Container[tuple[str, str, str]] | bool,  # noqa: FBT001
    ) -> None:
        self.twin = twin
        self.reading = reading
        self.map_id = map_id
        self.map_kind = map_kind
        self.base = base
        self.taking = take
        self.seen_before = False
        self.written: list[Record] = []
        self.conflicts: list[Conflict] = []
        self.keys: dict[tuple[str, str], str] = {}
        self.counts: Counter[str] = Counter()
        self._by_label: dict[str, dict[tuple[object, ...], list[str]]] = {}
        self._claimed: set[tuple[str, str]] = set()
        self._before: dict[str, Action] = {}

    def take_in(self, record: Record) -> None:
        """Match one record, then leave, fill or add."""
        kind = KIND_OF[type(record)]
        if isinstance(record, ProgrammeInfo):
            self.keys[kind.name, kind.key_of(record)] = self.twin.id
            return
        if kind.name in _NEVER_TWICE and self.seen_before:
            self.counts["same"] += 1
            return
        before = kind.key_of(record)
        record = self._moved(kind, record)
        known = self._match(kind, record)
        if known is not None and self.reading.format == RETURNED:
            record = self._returned(known, record)
        if known is None:
            record = self._with_free_id(kind, record)
            if isinstance(record, MapVersion):
                record = replace(record, kind=self.map_kind)
            self.put(record)
            self._count(record, "new")
        else:
            record = self._merged(kind, known, record)
        after = kind.key_of(record)
        self.keys[kind.name, before] = after
        self._claimed.add((kind.name, after))

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
            conflicts=tuple(self.conflicts),
            keys={f"{kind} {key}": here for (kind, key), here in self.keys.items()},
        )

    def _count(self, record: Record, what: str) -> None:
        if not isinstance(record, _UNCOUNTED):
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
        return replace(record, **changes) if changes else record

    def _match(self, kind: Kind, record: Record) -> Record | None:
        """Return the record here that is the same thing: by id, label or plan row."""
        rows = self.twin.all(kind.record)
        key = kind.key_of(record)
        if self.reading.format == RETURNED and isinstance(record, Action):
            return action_of(self.twin, record.ref)
        label = _LABELS.get(kind.name)
        if label is None or (kind.key != ("id",) and kind.name != "factor"):
            return rows.get(key)
        if key in rows and (
            self.reading.own_ids
            or isinstance(record, MapVersion)
            or self._label_of(kind, label, rows[key])
            == self._label_of(kind, label, record)
        ):
            return rows[key]
        if isinstance(record, MapVersion):
            return None
        index = self._index(kind, label)
        for wanted in (self._row_of(record), self._label_of(kind, label, record)):
            for found in index.get(wanted, ()) if wanted else ():
                if (kind.name, found) not in self._claimed:
                    return rows[found]
        return None if self.reading.own_ids else taken_over(self.twin, record)

    def _returned(self, known: Any, row: Any) -> Action:  # noqa: ANN401
        """Return what a partner's row says about a known action."""
        first = self._before.setdefault(known.id, known)
        return as_returned(first, known, row)

    def _index(
        self, kind: Kind, label: Callable[[Any], tuple[object, ...]]
    ) -> dict[tuple[object, ...], list[str]]:
        """Return the records here by label and by plan row, made once per kind."""
        if kind.name not in self._by_label:
            index: dict[tuple[object, ...], list[str]] = {}
            for key, row in self.twin.all(kind.record).items():
                for wanted in (self._row_of(row), self._label_of(kind, label, row)):
                    if wanted:
                        index.setdefault(wanted, []).append(key)
            self._by_label[kind.name] = index
        return self._by_label[kind.name]

    @staticmethod
    def _label_of(
        kind: Kind, label: Callable[[Any], tuple[object, ...]], record: object
    ) -> tuple[object, ...]:
        del kind
        return ("label", *label(record))

    @staticmethod
    def _row_of(record: object) -> tuple[object, ...]:
        """Return a plan row as typed, with its workstream; () when it was not typed."""
        typed = getattr(record, "as_typed", None)
        if not typed:
            return ()
        return ("row", getattr(record, "workstream_id", None), *sorted(typed.items()))

    def _with_free_id(self, kind: Kind, record: Record) -> Record:
        if "id" not in kind.key or isinstance(record, MapVersion):
            return record
        if kind.key_of(record) not in self.twin.all(kind.record):
            return record
        taken = {
            key.rpartition("/")[2]
            for key in self.twin.all(kind.record)
            if kind.name != "factor" or key.startswith(f"{self.map_id}/")
        }
        free = slug(cast("Any", record).id, taken)
        return cast("Record", replace(cast("Any", record), id=free))

    # -- two sides of one thing ------------------------------------------------

    def _merged(self, kind: Kind, here: Record, incoming: Record) -> Record:
        if _is_implied(incoming):
            return here
        changes: dict[str, Any] = {}
        if isinstance(here, Link) and isinstance(incoming, Link):
            changes |= self._signs(here, incoming)
        fresh = _is_implied(here) and _name_of(here) == label_from_key(
            kind.key_of(here)
        )
        laid_out = untouched(self.twin, here)
        base = self._base(kind, here)
        for f in fields(cast("Any", incoming)):
            if f.name in (*kind.key, "claims", "polarity", "map_id"):
                continue
            if f.name == "confidence" and "polarity" in changes:
                continue
            sides = getattr(here, f.name), getattr(incoming, f.name)
            default = f.default if f.default is not MISSING else f.default_factory() if f.default_factory is not MISSING else MISSING  # fmt: skip
            if laid_out and f.name == "position":
                continue
            value = self._side(kind, here, f.name, sides, default, base, fresh=fresh or laid_out)  # fmt: skip
            if value is not sides[0]:
                changes[f.name] = value
        merged = cast("Record", replace(cast("Any", here), **changes)) if changes else here  # fmt: skip
        if data_from(merged) == data_from(here):
            self._count(here, "same")
            return here
        self.put(merged)
        self._count(merged, "changed")
        return merged

    def _base(self, kind: Kind, here: Record) -> Record | None:
        if self.base is None:
            return None
        return self.base.all(kind.record).get(kind.key_of(here))

    def _side(
        self,
        kind: Kind,
        here: Record,
        name: str,
        sides: tuple[Any, Any],
        default: object,
        base: Record | None,
        *,
        fresh: bool,
    ) -> Any:  # noqa: ANN401
        """Return the value to keep for one field, listing it when both sides differ."""
        ours, theirs = sides
        if name == "extra":
            kept = {k: v for k, v in ours.items() if k != IMPLIED}
            added = {k: v for k, v in theirs.items() if k not in (*kept, *_BOOKKEEPING)}
            return kept | added
        if ours == theirs or _same_words(ours, theirs):
            return ours
        before = getattr(base, name, default)
        if theirs == before if base is not None else theirs == default:
            return ours
        if (fresh and (name == "label" or not isinstance(here, Factor))) or ours in (before, default):  # fmt: skip
            return theirs
        if isinstance(ours, float) and isinstance(theirs, float) and abs(ours - theirs) <= _NEARBY:  # fmt: skip
            return ours
        if isinstance(ours, tuple) and not (name == "wordings" or isinstance(here, MapVersion)):  # fmt: skip
            return ours + tuple(item for item in theirs if item not in ours)
        return self._settled(kind, here, name, ours, theirs)

    def _settled(self, kind: Kind, here: Record, name: str, ours: Any, theirs: Any) -> Any:  # noqa: ANN401  # fmt: skip
        if isinstance(here, MapVersion):
            return ours
        key = kind.key_of(here)
        taken = self.taking if isinstance(self.taking, bool) else (kind.name, key, name) in self.taking  # fmt: skip
        conflict = Conflict(kind.name, key, name, str(ours), str(theirs), _name_of(here))  # fmt: skip
        if taken:
            return theirs
        self.conflicts.append(conflict)
        return ours

    def _signs(self, here: Link, incoming: Link) -> dict[str, Any]:
        """Join two statements of one link: opposite signs make it disputed."""
        said = {c.polarity for c in here.claims} | {here.polarity}
        new = ({c.polarity for c in incoming.claims} | {incoming.polarity}) - said - {Polarity.UNKNOWN}  # fmt: skip
        if not new:
            return {}
        if said <= {Polarity.UNKNOWN} and here.confidence is not Confidence.DISPUTED:
            return {"polarity": incoming.polarity, "confidence": incoming.confidence, "claims": here.claims or incoming.claims}  # fmt: skip
        kept = self._settled(KINDS["link"], here, "polarity", here.polarity, incoming.polarity)  # fmt: skip
        if kept is incoming.polarity:
            return {"polarity": kept, "confidence": incoming.confidence}
        claims = here.claims or (Claim(polarity=here.polarity, reason=here.reason),)
        more = incoming.claims or (Claim(polarity=incoming.polarity, reason=incoming.reason),)  # fmt: skip
        return {
            "polarity": Polarity.UNKNOWN,
            "confidence": Confidence.DISPUTED,
            "claims": (*claims, *(c for c in more if c.polarity in new)),
        }


def _same_words(one: object, other: object) -> bool:
    """Say whether two texts differ in spaces and line breaks only."""
    texts = isinstance(one, str) and isinstance(other, str)
    return texts and str(one).split() == str(other).split()


def _is_implied(record: object) -> bool:
    return isinstance(record, Factor) and bool(record.extra.get(IMPLIED))


def _name_of(record: object) -> str:
    if isinstance(record, Link):
        return record.id
    for name in ("label", "title", "name", "organisation", "text", "key"):
        if getattr(record, name, ""):
            return str(getattr(record, name))
    return KIND_OF[type(record)].key_of(cast("Record", record))


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
