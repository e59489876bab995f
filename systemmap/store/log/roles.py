"""Who may do what: read on every write, never left to menus.

A room is asked three things: is its part open, are the rows of the kinds that
part allows, and are they its own device's. The words and the openness come
from `model/seat.py`; whether rows are a device's own is decided here.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from systemmap.errors import NotAllowed
from systemmap.model.kinds import KIND_OF, KINDS
from systemmap.model.rows import record_from
from systemmap.model.seat import PART_KINDS, why_shut
from systemmap.model.workshop import VoteRound, Workshop, WorkshopTable
from systemmap.store.protocol import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.model.seat import Seat
    from systemmap.store.log.session import Header, Session
    from systemmap.store.protocol import Actor


R = TypeVar("R")

EDITORS = ("admin", "facilitator", "editor")
FACILITATED = ("workshop", "table", "vote_round")
"""What opens a room and a vote: an editor may not, a facilitator may."""


class RowChanged(NamedTuple):
    """One row a change touches, as it is and as it shall be."""

    kind: str
    key: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def may_edit(actor: Actor, what: str) -> None:
    """Refuse anybody but an admin, a facilitator or an editor."""
    _known(actor)
    if actor.role not in EDITORS:
        msg = f"{actor.name} may not {what}. Ask an editor of this programme."
        raise NotAllowed(msg)


def may_begin(actor: Actor) -> None:
    """Refuse to make a programme, workshops and all, to anybody but an admin or a facilitator."""
    _known(actor)
    if actor.role not in ("admin", "facilitator"):
        msg = f"{actor.name} may not make a programme. Ask a facilitator."
        raise NotAllowed(msg)


def may_administer(actor: Actor, what: str) -> None:
    """Refuse anybody but an admin."""
    _known(actor)
    if actor.role != "admin":
        msg = f"{actor.name} may not {what}. Ask an administrator."
        raise NotAllowed(msg)


def may_change(
    session: Session, programme_id: str, actor: Actor, rows: Iterable[RowChanged]
) -> None:
    """Refuse rows that the actor's role may not write."""
    _known(actor)
    if actor.role in EDITORS:
        _only_facilitated(actor, rows)
        return
    seat = actor.seat if actor.role == "room" else None
    room = _Room(session, programme_id, seat) if seat else None
    for row in rows:
        if room is None or not room.may_write(row):
            noun = KINDS[row.kind].noun
            msg = f"{actor.name} may not change the {noun} '{row.key}'. Ask the facilitator."
            raise NotAllowed(msg)


def _only_facilitated(actor: Actor, rows: Iterable[RowChanged]) -> None:
    if actor.role != "editor":
        return
    for row in rows:
        if row.kind in FACILITATED:
            msg = f"{actor.name} may not change the {KINDS[row.kind].noun} '{row.key}'. Ask a facilitator of this programme."
            raise NotAllowed(msg)


def may_undo(actor: Actor, header: Header) -> None:
    """Refuse a room that asks for a change its own device did not make in its part."""
    _known(actor)
    if actor.role != "room":
        return
    if actor.seat is None or not (
        header.role == "room" and actor.seat.made(header.key)
    ):
        msg = "Only the tablet that drew it may undo this. Ask the facilitator."
        raise NotAllowed(msg)


def own_key(actor: Actor, key: str | None) -> str | None:
    """Return the key a change is logged under; that of a drawing is its device's own.

    That is how the log knows who may undo it, and why no device can ask about
    another one's changes.
    """
    seat = actor.seat if actor.role == "room" else None
    if seat is None or seat.part != "draw":
        return key
    return seat.keyed(key or secrets.token_hex(8))


class _Room:
    """What one seat may write, asked of the rows as they stand in this transaction."""

    def __init__(self, session: Session, programme_id: str, seat: Seat) -> None:
        self._session = session
        self._programme_id = programme_id
        self._seat = seat
        table = self._find(WorkshopTable, seat.table_id)
        self._map_id = table.map_id if table else None
        shut = why_shut(seat, self._find(Workshop, seat.workshop_id), table)
        if shut:
            raise NotAllowed(shut)

    def may_write(self, row: RowChanged) -> bool:
        """Say whether a row is of a kind the part allows, and this device's own."""
        if row.kind not in PART_KINDS.get(self._seat.part, ()):
            return False
        if row.kind in ("factor", "link"):
            return self._on_own_map(row)
        if row.kind == "vote":
            return self._own_dot(row)
        said = row.after  # a note, a sentence or an idea: added, never changed
        return (
            row.before is None
            and said is not None
            and said["workshop_id"] == self._seat.workshop_id
            and (said["table_id"] or "") == self._seat.table_id
            and said["participant"] == self._seat.device
            and not said.get("action_id")
            and not said.get("factor_id")
        )

    def _on_own_map(self, row: RowChanged) -> bool:
        drawn_on = {each["map_id"] for each in (row.before, row.after) if each}
        table_map = self._session.row(self._programme_id, "map", str(self._map_id))
        return (
            drawn_on == {self._map_id}
            and table_map is not None
            and table_map.data["kind"] == "workshop_table"
            and table_map.data["workshop_id"] in (None, self._seat.workshop_id)
        )

    def _own_dot(self, row: RowChanged) -> bool:
        if (row.before is None) == (row.after is None):
            return False  # a dot is placed or taken back, never changed
        dot = row.after or row.before or {}
        vote_round = self._find(VoteRound, dot["round_id"])
        if vote_round is None or vote_round.workshop_id != self._seat.workshop_id:
            return False
        if vote_round.state != "open":
            raise NotAllowed("This vote is not open.")
        return (
            dot["voter"] == self._seat.device
            and row.key in vote_round.places(self._seat.device)
            and (row.after is None or dot["choice"] in vote_round.options)
        )

    def _find(self, record_type: type[R], key: str) -> R | None:
        kind = KIND_OF[record_type].name
        row = self._session.row(self._programme_id, kind, key) if key else None
        return cast("R", record_from(kind, row.data)) if row else None


def _known(actor: Actor) -> None:
    if actor.role not in ROLES:
        msg = f"'{actor.role}' is not a role. Use one of: {', '.join(ROLES)}."
        raise NotAllowed(msg)
