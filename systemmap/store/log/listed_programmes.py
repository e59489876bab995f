"""The list of programmes with their counts, made anew once one has changed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from systemmap.store.protocol import ProgrammeSummary

if TYPE_CHECKING:
    from systemmap.store.log.session import Head, Session


class ListedProgrammes:
    """The list as it was last made. Threads may share it.

    Every screen asks for it at each click; to count, every table of records is asked.
    """

    def __init__(self) -> None:
        self._made: tuple[dict[str, Head], list[ProgrammeSummary]] = {}, []

    def all(self, session: Session) -> list[ProgrammeSummary]:
        """Return one line for each programme, by name, in a list of the caller's own."""
        heads = dict(session.heads())
        known, listed = self._made
        if known != heads:  # a head's hash stands for all that was ever written
            listed = _listed(session, heads)
            self._made = heads, listed
        return list(listed)

    def clear(self) -> None:
        """Forget it: another database is in its place."""
        self._made = {}, []


def _listed(session: Session, heads: dict[str, Head]) -> list[ProgrammeSummary]:
    counts = session.counts()
    found = []
    for programme_id, head in heads.items():
        info = session.row(programme_id, "programme", programme_id)
        found.append(
            ProgrammeSummary(
                id=programme_id,
                name=str(info.data["name"]) if info else programme_id,
                revision=head.revision,
                changed_at=datetime.fromisoformat(head.changed_at),
                counts=counts.get(programme_id, {}),
            )
        )
    return sorted(found, key=lambda summary: (summary.name.casefold(), summary.id))
