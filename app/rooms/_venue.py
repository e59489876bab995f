"""What the rooms know: the open workshops and what was said in them.

Read from the one copy of each programme, so that a hundred phones cost no
database reads. Nothing is changed here: rooms write through `store.apply`
like everybody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from app.rooms._presence import Presence
from app.server.dot_addresses import DotAddresses
from app.server.guesses import Guesses
from systemmap.errors import ProgrammeNotFound, StoreError
from systemmap.model.elements import Factor
from systemmap.model.workshop import Contribution, Vote, Workshop, WorkshopTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.programmes import Programmes
    from systemmap.model.programme import Programme

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Hall:
    """One programme's workshops, as they stood when a visit began."""

    programme: Programme

    @property
    def programme_id(self) -> str:
        """The id of the programme."""
        return self.programme.id

    @property
    def name(self) -> str:
        """The name of the programme."""
        return self.programme.info.name

    def all(self, record_type: type[R]) -> Mapping[str, R]:
        """Return the records of one type by key, in the order they came."""
        return self.programme.all(record_type)

    def find(self, record_type: type[R], key: str) -> R | None:
        """Return one record, or None."""
        return self.programme.all(record_type).get(key)

    def tables(self, workshop_id: str) -> list[WorkshopTable]:
        """Return a workshop's tables in their order."""
        found = [
            t for t in self.all(WorkshopTable).values() if t.workshop_id == workshop_id
        ]
        return sorted(found, key=lambda table: (table.position, table.name))

    def notes_at(self, workshop_id: str, table_id: str) -> list[Contribution]:
        """Return the notes of one table, oldest first; "" = of no table."""
        return [
            n
            for n in self.all(Contribution).values()
            if n.workshop_id == workshop_id and (n.table_id or "") == table_id
        ]

    def votes_in(self, round_id: str) -> list[Vote]:
        """Return the dots of one round, oldest first."""
        return [v for v in self.all(Vote).values() if v.round_id == round_id]

    def factors(self, map_id: str = "main") -> list[Factor]:
        """Return a map's factors by name."""
        found = (f for f in self.all(Factor).values() if f.map_id == map_id)
        return sorted(found, key=lambda factor: factor.label.casefold())


class Venue:
    """All halls of one store, the secret that signs passes, and who guesses words.

    Parameters
    ----------
    programmes : Programmes
        Where the rooms read, and whose store they write to.
    secret : bytes
        What signs passes and tickets.
    laptop : bool
        Whether whoever sits at this computer is the facilitator. On a server
        every visitor may look like this computer, so there it is False.
    guesses : Guesses, optional
        Where wrong join words are counted.
    dots : DotAddresses, optional
        Where it is remembered which phones voted from one address.
    """

    def __init__(
        self,
        programmes: Programmes,
        secret: bytes,
        *,
        laptop: bool = True,
        guesses: Guesses | None = None,
        dots: DotAddresses | None = None,
    ) -> None:
        self.store = programmes.store
        self.secret = secret
        self.laptop = laptop
        self.guesses = guesses or Guesses()
        self.dots = dots or DotAddresses()
        self.presence = Presence()
        self._programmes = programmes

    def hall(self, programme_id: str, *, ask: bool = False) -> Hall | None:
        """Return one programme's hall, up to date; None when there is no such programme.

        With `ask` the store itself is asked whether there is something newer.
        """
        try:
            return Hall(self._programmes.now(programme_id, ask=ask))
        except ProgrammeNotFound:  # deleted since, or never there
            return None
        except StoreError:  # as it was last read; whoever writes is told
            last = self._programmes.last_read(programme_id)
            if last is None:
                raise
            return Hall(last)

    def meeting(self, words: str) -> tuple[Hall, Workshop] | None:
        """Find the open workshop with these join words."""
        return self._meeting(words, self._programmes.held()) or self._meeting(
            words, self._all_ids()
        )

    def _meeting(
        self, words: str, programme_ids: list[str]
    ) -> tuple[Hall, Workshop] | None:
        for programme_id in programme_ids:
            hall = self.hall(programme_id)
            for workshop in hall.all(Workshop).values() if hall else ():
                if hall and workshop.open and words and workshop.join_words == words:
                    return hall, workshop
        return None

    def _all_ids(self) -> list[str]:
        """Return the programmes that hold workshops, each compared with the store."""
        found = []
        for summary in self.store.programmes():
            if summary.counts and not summary.counts.get("workshop"):
                continue
            last = self._programmes.last_read(summary.id)
            if last and last.revision != summary.revision:
                self.hall(summary.id, ask=True)
            found.append(summary.id)
        return found
