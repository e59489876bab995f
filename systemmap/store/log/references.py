"""Every row a change leaves behind must find the rows it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import StillNeeded, UnknownItem
from systemmap.model.kinds import KINDS
from systemmap.store.log.images import referred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.store.log.session import Session
    from systemmap.store.log.write_checks import Write


def check_references(
    session: Session, programme_id: str, writes: Sequence[Write]
) -> None:
    """Refuse writes after which a row would name one that is not there."""
    seen = {(write.kind, write.key) for write in writes if write.data is not None}
    for write in writes:
        if write.data is None:
            _check_unused(session, programme_id, write)
            continue
        for kind, key in referred(write.kind, write.data):
            if (kind, key) in seen:
                continue
            if session.row(programme_id, kind, key) is None:
                raise _dangling(session, programme_id, write, kind, key)
            seen.add((kind, key))


def _check_unused(session: Session, programme_id: str, write: Write) -> None:
    users = session.users(programme_id, write.kind, write.key)
    if users:
        named = ", ".join(f"{KINDS[kind].noun} '{key}'" for kind, key in users[:3])
        more = " and more" if len(users) > 3 else ""
        msg = f"Other things now depend on this: {named}{more}. Remove or change them first."
        raise StillNeeded(msg)


def _dangling(
    session: Session, programme_id: str, write: Write, kind: str, key: str
) -> StillNeeded | UnknownItem:
    """Say whether what a row names was removed, or never was there."""
    noun, user = KINDS[kind].noun, KINDS[write.kind].noun
    if session.entries(programme_id, row=(kind, key)):
        msg = f"The {user} '{write.key}' needs the {noun} '{key}', which was removed. Bring that back first, or name another."
        return StillNeeded(msg)
    known = [name for name, _ in session.rows(programme_id, kind)]
    return UnknownItem.named(noun, key, known)
