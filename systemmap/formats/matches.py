"""Which record here is the same thing as one of a file: by id, label or plan row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from systemmap.formats.format import reference
from systemmap.formats.plans._returned import FORMAT_KEY as RETURNED
from systemmap.formats.plans._returned import action_returned
from systemmap.formats.plans._skeleton import taken_over
from systemmap.formats.plans._titles import MOST_COMPARED, alike
from systemmap.formats.plans._unnamed import is_unnamed, unnamed_here
from systemmap.model.elements import MapVersion
from systemmap.model.plan import Workstream
from systemmap.model.response import Action
from systemmap.model.text import folded, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from systemmap.formats.format import Reading
    from systemmap.model.kinds import Kind, Record
    from systemmap.model.programme import Programme

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
    "board": lambda r: (folded(r.name),),
    "event": lambda r: (r.on.raw if r.on else "", folded(r.title)),
    "point": lambda r: (r.event_id, folded(r.text)),
    "phase_update": lambda r: (r.phase_id, r.on, r.text),
    "asset": lambda r: (folded(r.name), r.postcode.replace(" ", "").upper()),
    "view": lambda r: (r.map_id, r.kind, folded(r.name)),
}


class Matches:
    """The records of a programme, found again for the records of one reading."""

    def __init__(self, twin: Programme, reading: Reading, map_id: str) -> None:
        self.twin = twin
        self.reading = reading
        self.map_id = map_id
        # ids of a file that another programme wrote mean nothing here
        self.own_ids = reading.own_ids and reading.made_of in ("", twin.id)
        self._by_label: dict[str, dict[tuple[object, ...], list[str]]] = {}
        self._claimed: set[tuple[str, str]] = set()
        self._titles = {
            folded(r.title) for r in reading.records if isinstance(r, Action)
        }
        self._before: dict[str | None, list[Action]] = {}  # by workstream
        self._referred: dict[tuple[str | None, str], list[Action]] = {}
        for action in twin.actions.values():
            self._before.setdefault(action.workstream_id, []).append(action)
            if action.ref:
                key = (action.workstream_id, folded(action.ref))
                self._referred.setdefault(key, []).append(action)

    def claim(self, kind: str, key: str) -> None:
        """Note that a record here was matched or made, so that it is not matched again."""
        self._claimed.add((kind, key))

    def match(self, kind: Kind, record: Record) -> Record | None:
        """Return the record here that is the same thing: by id, label or plan row."""
        rows = self.twin.all(kind.record)
        key = kind.key_of(record)
        if self.reading.format == RETURNED and isinstance(record, Action):
            return action_returned(self.twin, record)
        if isinstance(record, Workstream) and self._is_unnamed(record):
            table = unnamed_here(self.twin, record, self.reading.records)
            return table or taken_over(self.twin, record)
        label = _LABELS.get(kind.name)
        if label is None or (kind.key != ("id",) and kind.name != "factor"):
            return rows.get(key)
        if key in rows and (
            self.own_ids
            or reference(self.twin.id, kind.name, key) in self.reading.references
            or isinstance(record, MapVersion)
            or self._label_of(kind, label, rows[key])
            == self._label_of(kind, label, record)
        ):
            return rows[key]
        if isinstance(record, MapVersion):
            return None
        index = self._index(kind, label)
        if isinstance(record, Action) and (row := self._by_reference(record)):
            return row
        for wanted in (self._row_of(record), self._label_of(kind, label, record)):
            for found in index.get(wanted, ()) if wanted else ():
                if (kind.name, found) not in self._claimed:
                    return rows[found]
        if isinstance(record, Action) and (row := self._by_likeness(record)):
            return row
        return None if self.own_ids else taken_over(self.twin, record)

    def _is_unnamed(self, stream: Workstream) -> bool:
        """Say whether nobody named a table, so that only its rows say which it is."""
        known = reference(self.twin.id, "workstream", stream.id)
        told = self.own_ids or known in self.reading.references
        return not told and is_unnamed(stream)

    def _by_reference(self, record: Action) -> Action | None:
        """Return the one action here with the same reference in the same workstream."""
        if not record.ref or self.own_ids:
            return None
        wanted = (record.workstream_id, folded(record.ref))
        found = [
            action
            for action in self._referred.get(wanted, ())
            if ("action", action.id) not in self._claimed
        ]
        return found[0] if len(found) == 1 else None

    def _by_likeness(self, record: Action) -> Action | None:
        """Return the action whose title is nearly the same, where it is the only one.

        An action that the file names as well, by its reference or its title, is
        that one and no other's.
        """
        if self.own_ids or self.reading.format == RETURNED:
            return None
        others = self._unclaimed(record.workstream_id)
        if len(others) > MOST_COMPARED:
            return None
        found = [
            action
            for action in others
            if not (action.ref and record.ref)
            and folded(action.title) not in self._titles
            and alike(action.title, record.title)
        ]
        return found[0] if len(found) == 1 else None

    def _unclaimed(self, workstream_id: str | None) -> list[Action]:
        return [
            action
            for action in self._before.get(workstream_id, ())
            if ("action", action.id) not in self._claimed
        ]

    def left_behind(self) -> list[Action]:
        """Return imported actions of the workstreams met again that the file no longer has."""
        met = {key for kind, key in self._claimed if kind == "workstream"}
        return [
            action
            for action in self.twin.actions.values()
            if action.workstream_id in met
            and action.origin == "imported"
            and ("action", action.id) not in self._claimed
        ]

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

    def with_free_id(self, kind: Kind, record: Record) -> Record:
        """Return the record under an id that nothing here has."""
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
