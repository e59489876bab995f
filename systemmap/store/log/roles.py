"""Who may do what: read on every write, never left to menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import NotAllowed
from systemmap.model.kinds import KINDS
from systemmap.store.protocol import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from systemmap.store.log.session import Session
    from systemmap.store.protocol import Actor

_ROOM_ADDS = ("contribution", "statement", "vote", "proposal")
_ROOM_DRAWS = ("factor", "link")


def may_edit(actor: Actor, what: str) -> None:
    """Refuse anybody but an admin or an editor."""
    _known(actor)
    if actor.role not in ("admin", "editor"):
        msg = f"{actor.name} may not {what}. Ask an editor of this programme."
        raise NotAllowed(msg)


def may_administer(actor: Actor, what: str) -> None:
    """Refuse anybody but an admin."""
    _known(actor)
    if actor.role != "admin":
        msg = f"{actor.name} may not {what}. Ask an administrator."
        raise NotAllowed(msg)


def may_change(
    session: Session,
    programme_id: str,
    actor: Actor,
    rows: Iterable[tuple[str, str, Mapping[str, Any] | None, Mapping[str, Any] | None]],
) -> None:
    """Refuse rows (kind, key, before, after) that the actor's role may not write."""
    _known(actor)
    if actor.role in ("admin", "editor"):
        return
    for kind, key, before, after in rows:
        if actor.role == "room" and _room_may(
            session, programme_id, actor, kind, before, after
        ):
            continue
        noun = KINDS[kind].noun
        msg = f"{actor.name} may not change the {noun} '{key}'. Ask the facilitator."
        raise NotAllowed(msg)


def _room_may(
    session: Session,
    programme_id: str,
    actor: Actor,
    kind: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> bool:
    if kind in _ROOM_ADDS:
        return before is None or (kind == "vote" and after is None)  # a dot taken back
    if kind not in _ROOM_DRAWS or actor.map_id is None:
        return False
    drawn_on = {row["map_id"] for row in (before, after) if row is not None}
    table_map = session.row(programme_id, "map", actor.map_id)
    return (
        drawn_on == {actor.map_id}
        and table_map is not None
        and table_map.data["kind"] == "workshop_table"
    )


def _known(actor: Actor) -> None:
    if actor.role not in ROLES:
        msg = f"'{actor.role}' is not a role. Use one of: {', '.join(ROLES)}."
        raise NotAllowed(msg)
