"""A backup put back goes on counting above everything that was ever acknowledged.

Whoever read the replaced data (a draft, a canvas, a cache) knows it by revision
numbers. If the restored programmes counted on from where the backup was made,
the same numbers would stand for other rows. So each restored programme gets a
change of its own that says what happened, numbered above both lives; the number
at which the earlier life ended is kept, and a draft from before it is refused.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.store.log.apply import record_mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.store.log.session import Intent
    from systemmap.store.sql.sql_session import SqlSession

LEAP = 1_000_000  # when the replaced data was too damaged to say how far it had come


def go_on_above(
    session: SqlSession, reached: Mapping[str, int] | None, intent: Intent
) -> None:
    """Mark every programme of a restored copy as put back.

    Parameters
    ----------
    session : SqlSession
        A transaction on the copy.
    reached : Mapping[str, int] | None
        The last revision of every programme the replaced data had ever held;
        None = it could not be read.
    intent : Intent
        Who puts the backup back, when, in which words.
    """
    heads, own = session.heads(), session.reached()
    for programme_id in own.keys() | (reached or {}).keys():
        known = own.get(programme_id, 0)
        ended = known + LEAP if reached is None else reached.get(programme_id, 0)
        ended = max(known, ended)
        session.retire(programme_id, ended)
        if programme_id in heads:
            head = replace(heads[programme_id], revision=ended)
            record_mark(session, programme_id, head, intent)
