"""Change: one row before and after. What the one change path carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.model.kinds import KIND_OF, KINDS, Record
from systemmap.model.rows import data_from

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row to write.

    Attributes
    ----------
    kind, key : str
        Which row, for instance ``factor``, ``main/stress``.
    new : Record | None
        The row as it should be; None removes it.
    expected : int | None
        A revision at which the writer had read the row (its version, or the
        programme's revision then); the change is refused when the row was
        written since. 0 = the row must not exist yet. None = whatever it is
        (never for an edit by a person).
    """

    kind: str
    key: str
    new: Record | None
    expected: int | None = None


def put(record: Record, expected: int | None = None) -> Change:
    """Return the change that writes `record`."""
    kind = KIND_OF[type(record)]
    return Change(
        kind=kind.name, key=kind.key_of(record), new=record, expected=expected
    )


def append(record: Record) -> Change:
    """Return the change that adds `record`, which must be new."""
    return put(record, expected=0)


def changes_between(before: Programme, after: Programme) -> list[Change]:
    """Return the rows that differ, new rows in order of reference, removals last.

    `expected` is None throughout: the store fills in the versions it gave out
    with `before`.
    """
    found: list[Change] = []
    for kind in KINDS.values():
        old, new = before.all(kind.record), after.all(kind.record)
        for key, record in new.items():
            if key not in old or (
                old[key] is not record and data_from(old[key]) != data_from(record)
            ):
                found.append(Change(kind=kind.name, key=key, new=record))
    for kind in reversed(list(KINDS.values())):
        gone = [
            key for key in before.all(kind.record) if key not in after.all(kind.record)
        ]
        found.extend(Change(kind=kind.name, key=key, new=None) for key in gone)
    return found
