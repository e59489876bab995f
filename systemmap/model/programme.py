"""Programme: one place's work, the unit of storage, access, undo and export."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from systemmap.errors import DuplicateItem, InvalidValue, StillNeeded, UnknownItem
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.kinds import KIND_OF, KINDS, Kind, Record
from systemmap.model.outside import from_outside
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.response import Action, ActionFactor, Asset, AssetFactor
from systemmap.model.system_map import SystemMap
from systemmap.model.workshop import Contribution, LinkStatement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

R = TypeVar("R")


class Programme:
    """All records of one programme, and the verbs that keep them valid.

    Every verb leaves the programme valid or changes nothing: keys are unique,
    every reference leads to a record that exists, nothing others depend on is
    removed. Records come back in the order in which they were added.

    Parameters
    ----------
    info : ProgrammeInfo
        The programme's own record.
    records : iterable of records
        What it starts with, each after those it refers to.
    revision : int
        The store's number of the last change seen; 0 = never stored.
    """

    def __init__(
        self, info: ProgrammeInfo, records: Iterable[Record] = (), *, revision: int = 0
    ) -> None:
        self.revision = revision
        self._rows: dict[str, dict[str, Record]] = {name: {} for name in KINDS}
        self._rows["programme"][info.id] = info
        for record in records:
            self.add(record)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Programme) and self._rows == other._rows

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{len(rows)} {name}" for name, rows in self._rows.items() if rows
        )
        return f"<Programme {self.id!r} at revision {self.revision}: {counts}>"

    @property
    def info(self) -> ProgrammeInfo:
        """The programme's own record."""
        (info,) = self._rows["programme"].values()
        return cast("ProgrammeInfo", info)

    @property
    def id(self) -> str:
        """The programme's id in its store."""
        return self.info.id

    def all(self, record_type: type[R]) -> Mapping[str, R]:
        """Return the records of one type by key, in the order they were added."""
        return MappingProxyType(
            cast("dict[str, R]", self._rows[KIND_OF[record_type].name])
        )

    def find(self, record_type: type[R], key: str) -> R:
        """Return one record.

        Raises
        ------
        UnknownItem
            There is none with this key; the message names the nearest.
        """
        kind = KIND_OF[record_type]
        rows = self._rows[kind.name]
        if key not in rows:
            raise UnknownItem.named(kind.noun, key, rows)
        return cast("R", rows[key])

    def records(self) -> Iterable[tuple[Kind, Record]]:
        """Yield every record with its kind, each after those it refers to."""
        for name, rows in self._rows.items():
            for record in rows.values():
                yield KINDS[name], record

    @property
    def actions(self) -> Mapping[str, Action]:
        """The actions by id."""
        return self.all(Action)

    @property
    def assets(self) -> Mapping[str, Asset]:
        """The assets by id."""
        return self.all(Asset)

    @property
    def maps(self) -> Mapping[str, MapVersion]:
        """The system maps by id."""
        return self.all(MapVersion)

    def system_map(self, map_id: str = "main") -> SystemMap:
        """Return one of the programme's maps, as a copy to read or to edit.

        Put an edited copy back with `put_map`. A programme without a main map
        answers with an empty one.
        """
        if map_id == "main" and map_id not in self.maps:
            return SystemMap()
        version = self.find(MapVersion, map_id)
        factors = [f for f in self.all(Factor).values() if f.map_id == map_id]
        links = [link for link in self.all(Link).values() if link.map_id == map_id]
        return SystemMap(version, factors, links)

    def put_map(self, system_map: SystemMap) -> None:
        """Make one of the programme's maps equal to `system_map`.

        Ties and notes that point to a factor which is gone are untied, as
        `remove_factor` does.
        """
        now = (
            self.system_map(system_map.id)
            if system_map.id in self.maps
            else SystemMap(system_map.version)
        )
        self.put(system_map.version)
        for pair in set(now.links) - set(system_map.links):
            self.remove(Link, "/".join((system_map.id, *pair)))
        for factor_id in set(now.factors) - set(system_map.factors):
            self.remove_factor(system_map.id, factor_id)
        for factor in system_map.factors.values():
            self.put(factor)
        for link in system_map.links.values():
            self.put(link)

    def add(self, *records: Record) -> None:
        """Add records; each key must be new and each reference must lead somewhere.

        Raises
        ------
        DuplicateItem, UnknownItem
            Nothing was added.
        """
        done: list[tuple[dict[str, Record], str]] = []
        try:
            for record in records:
                kind = KIND_OF[type(record)]
                rows, key = self._rows[kind.name], kind.key_of(record)
                if key in rows:
                    msg = f"There already is a {kind.noun} with id '{key}'. Change it, or give the new one another id."
                    raise DuplicateItem(msg)
                self._check_references(kind, record)
                rows[key] = record
                done.append((rows, key))
        except (DuplicateItem, UnknownItem):
            for rows, key in done:
                del rows[key]
            raise

    def replace(self, record: Record) -> None:
        """Put a changed record in the place of the one with the same key."""
        kind = KIND_OF[type(record)]
        self.find(kind.record, kind.key_of(record))
        self._check_references(kind, record)
        self._rows[kind.name][kind.key_of(record)] = record

    def put(self, record: Record) -> None:
        """Add a record, or replace the one with the same key."""
        kind = KIND_OF[type(record)]
        if kind.key_of(record) in self._rows[kind.name]:
            self.replace(record)
        else:
            self.add(record)

    def remove(self, record_type: type[Any], key: str) -> None:
        """Remove one record.

        Raises
        ------
        StillNeeded
            Other records refer to it; the message names up to three.
        """
        kind = KIND_OF[record_type]
        record = self.find(record_type, key)
        users = [
            user
            for user in self._users(kind.name, key)
            if user[1] != key or user[0].name != kind.name
        ]
        if users:
            names = ", ".join(
                f"{user.noun} '{user_key}'" for user, user_key in users[:3]
            )
            more = f" and {len(users) - 3} more" if len(users) > 3 else ""
            msg = f"Other things now depend on this: {names}{more}. Remove or change them first."
            raise StillNeeded(msg)
        if kind.name == "programme":
            raise InvalidValue(
                "A programme cannot remove itself. Delete it from the list of programmes."
            )
        del self._rows[kind.name][kind.key_of(record)]

    def remove_factor(self, map_id: str, factor_id: str) -> None:
        """Remove a factor with its links and ties; notes made into it are untied."""
        self.find(Factor, f"{map_id}/{factor_id}")
        for link in [
            x
            for x in self.all(Link).values()
            if x.map_id == map_id and factor_id in (x.source, x.target)
        ]:
            self.remove(Link, f"{map_id}/{link.source}/{link.target}")
        for tie_type in (ActionFactor, AssetFactor):
            for key in [
                k for k in self.all(tie_type) if k.split("/")[1:] == [map_id, factor_id]
            ]:
                self.remove(tie_type, key)
        for note in list(self.all(Contribution).values()):
            if (note.map_id, note.factor_id) == (map_id, factor_id):
                self.replace(replace(note, map_id=None, factor_id=None))
        for said in list(self.all(LinkStatement).values()):
            if said.map_id == map_id and factor_id in (said.source, said.target):
                self.replace(replace(said, map_id=None, source=None, target=None))
        self.remove(Factor, f"{map_id}/{factor_id}")

    def frames(self) -> dict[str, Any]:
        """Return everything in it as pandas frames, one for each kind of record.

        See `systemmap.analyst.pandas_frames.frames_of`.
        """
        return cast("dict[str, Any]", from_outside("frames_of")(self))

    def _repr_html_(self) -> str:
        """Show its main map in a notebook, interactive and without any request."""
        return cast("str", from_outside("html_of")(self))

    def copy(self) -> Programme:
        """Return a programme of its own that starts with the same records."""
        twin = Programme.__new__(Programme)
        twin.revision = self.revision
        twin._rows = {  # noqa: SLF001
            name: dict(rows) for name, rows in self._rows.items()
        }
        return twin

    def _check_references(self, kind: Kind, record: Record) -> None:
        for other, key in kind.referred(record):
            if key not in self._rows[other]:
                raise UnknownItem.named(KINDS[other].noun, key, self._rows[other])

    def _users(self, name: str, key: str) -> list[tuple[Kind, str]]:
        return [
            (kind, user_key)
            for kind in KINDS.values()
            if any(reference.kind == name for reference in kind.references)
            for user_key, record in self._rows[kind.name].items()
            if (name, key) in kind.referred(record)
        ]
