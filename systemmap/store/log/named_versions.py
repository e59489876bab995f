"""Named versions: a revision is given a name, once, under a digest of all its words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.errors import DuplicateItem
from systemmap.store.log.chain import name_digest
from systemmap.store.log.replay import known_revision

if TYPE_CHECKING:
    from systemmap.store.log.session import Name, Session


def give_name(session: Session, programme_id: str, named: Name) -> Name:
    """Keep a name for a revision the programme has had."""
    known_revision(session, programme_id, named.revision)
    if named.name in {known.name for known in session.names(programme_id)}:
        msg = f"There already is a version called '{named.name}'. Choose another name."
        raise DuplicateItem(msg)
    named = replace(named, digest=name_digest(named))
    session.put_name(programme_id, named)
    return named
