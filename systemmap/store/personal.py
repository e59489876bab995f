"""The store as one person may use it: every read and every write asked by name.

On a laptop whoever sits there may do everything. On a server each person has a
role in each programme, and it is looked up again on every call, so that taking
somebody off the list acts at once. A programme in which a person has no role
is, to them, not there.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from systemmap.errors import NotAllowed, ProgrammeNotFound, UnknownItem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from systemmap.model.changes import Change
    from systemmap.model.programme import Programme
    from systemmap.store.protocol import (
        Actor,
        Carried,
        NamedVersion,
        ProgrammeStore,
        ProgrammeSummary,
        Receipt,
        RowChange,
        Transaction,
        Verdict,
    )

EVERY = "*"
"""What stands for all programmes, those not yet made included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is signed in: what the council's sign-in says of them, kept nowhere."""

    who: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRole:
    """One line of the list: a person or a group, and what they are in which programmes."""

    role: str
    programmes: tuple[str, ...]
    who: str = ""
    group: str = ""
    shown_as: str = ""

    def is_about(self, person: Person) -> bool:
        """Say whether this line is about somebody."""
        return self.who == person.who if self.who else self.group in person.groups


class Rights(Protocol):
    """Who may act where; asked anew on every call."""

    def actor_in(self, person: Person, programme_id: str) -> Actor | None:
        """Return as whom a person acts in a programme; None = they have no role there.

        `EVERY` asks for what concerns the whole installation.
        """


class PersonalStore:
    """A `ProgrammeStore` that does for one person what they may do, and nothing else.

    Whatever actor a caller names, the change is made by the person, in the role
    that the list gives them at that moment.

    Parameters
    ----------
    whole : ProgrammeStore
        The store behind it.
    person : Person
        Who is asking.
    rights : Rights
        Who may act where.
    """

    def __init__(self, whole: ProgrammeStore, person: Person, rights: Rights) -> None:
        self.whole = whole
        self.person = person
        self.warning = whole.warning
        self._rights = rights

    def actor_in(self, programme_id: str) -> Actor:
        """Return as whom the person acts in a programme.

        Raises
        ------
        ProgrammeNotFound
            They have no role there, or it is not there: both sound alike.
        """
        found = self._rights.actor_in(self.person, programme_id)
        if found is None:
            known = [summary.id for summary in self.programmes()]
            raise ProgrammeNotFound(
                str(UnknownItem.named("programme", programme_id, known))
            )
        return found

    def programmes(self) -> list[ProgrammeSummary]:
        """Return the programmes in which the person has a role, by name."""
        return [s for s in self.whole.programmes() if self._sees(s.id)]

    def create(self, programme: Programme, *, actor: Actor, label: str = "") -> Receipt:
        """Store a new programme."""
        del actor
        who = self._maker(programme.id)
        return self.whole.create(programme, actor=who, label=label)

    def delete(self, programme_id: str, *, actor: Actor) -> None:
        """Delete a programme with its history."""
        del actor
        self.whole.delete(programme_id, actor=self.actor_in(programme_id))

    def secret(self) -> bytes:
        """Return what this installation signs with; it is the program's, nobody's own."""
        return self.whole.secret()

    def revision(self, programme_id: str) -> int:
        """Return the number of the programme's last change."""
        return self._of(programme_id).revision(programme_id)

    def load(self, programme_id: str, *, as_of: int | None = None) -> Programme:
        """Return a programme as it is, or as it was after a revision."""
        return self._of(programme_id).load(programme_id, as_of=as_of)

    def apply(
        self,
        programme_id: str,
        changes: Sequence[Change],
        *,
        actor: Actor,
        label: str,
        workshop_id: str | None = None,
        key: str | None = None,
    ) -> Receipt:
        """Write rows and their log in one transaction."""
        del actor
        return self.whole.apply(
            programme_id,
            changes,
            actor=self.actor_in(programme_id),
            label=label,
            workshop_id=workshop_id,
            key=key,
        )

    def answered(self, programme_id: str, key: str, *, actor: Actor) -> Receipt | None:
        """Return what the change with this idempotency key came to."""
        del actor
        own = self.actor_in(programme_id)
        return self.whole.answered(programme_id, key, actor=own)

    @contextmanager
    def editing(
        self,
        programme_id: str,
        *,
        actor: Actor,
        label: str,
        workshop_id: str | None = None,
    ) -> Iterator[Programme]:
        """Give a draft; save its difference if the block ends well."""
        del actor
        with self.whole.editing(
            programme_id,
            actor=self.actor_in(programme_id),
            label=label,
            workshop_id=workshop_id,
        ) as draft:
            yield draft

    def undo(
        self,
        programme_id: str,
        revision: int,
        *,
        actor: Actor,
        label: str = "",
        key: str | None = None,
    ) -> Receipt:
        """Undo one change as a new change."""
        del actor
        own = self.actor_in(programme_id)
        return self.whole.undo(programme_id, revision, actor=own, label=label, key=key)

    def history(
        self,
        programme_id: str,
        *,
        after: int = 0,
        limit: int | None = None,
        rows: bool = False,
        key: tuple[str, str] | None = None,
    ) -> list[Transaction]:
        """Return the changes after a revision, newest first."""
        return self._of(programme_id).history(
            programme_id, after=after, limit=limit, rows=rows, key=key
        )

    def changes_since(self, programme_id: str, revision: int) -> list[RowChange]:
        """Return the rows that differ now, each once, with its latest state."""
        return self._of(programme_id).changes_since(programme_id, revision)

    def diff(self, programme_id: str, one: int, other: int) -> list[RowChange]:
        """Return the rows that differ between two revisions, each once."""
        return self._of(programme_id).diff(programme_id, one, other)

    def name_version(
        self,
        programme_id: str,
        name: str,
        *,
        actor: Actor,
        note: str = "",
        revision: int | None = None,
    ) -> NamedVersion:
        """Give the present (or an earlier) revision a name."""
        del actor
        own = self.actor_in(programme_id)
        return self.whole.name_version(
            programme_id, name, actor=own, note=note, revision=revision
        )

    def versions(self, programme_id: str) -> list[NamedVersion]:
        """Return the named versions, oldest first."""
        return self._of(programme_id).versions(programme_id)

    def redact(
        self,
        programme_id: str,
        kind: str,
        key: str,
        fields: Iterable[str],
        *,
        actor: Actor,
        reason: str,
        repeated: bool = True,
    ) -> Receipt:
        """Remove words on request, here and in the whole log."""
        del actor
        own = self.actor_in(programme_id)
        return self.whole.redact(
            programme_id,
            kind,
            key,
            fields,
            actor=own,
            reason=reason,
            repeated=repeated,
        )

    def verify(self, programme_id: str | None = None) -> Verdict:
        """Check the log; of everything, only for who owns everything."""
        if programme_id is None:
            self._owner("check the whole installation")
            return self.whole.verify()
        return self._of(programme_id).verify(programme_id)

    def backup(self, target: str) -> str:
        """Write a copy of everything, for who owns everything."""
        self._owner("make a backup of everything")
        return self.whole.backup(target)

    def safeguard(self, reason: str) -> str | None:
        """Keep a copy on the server before something large, for who may write somewhere."""
        if not any(self._writes(s.id) for s in self.programmes()):
            self._maker(EVERY)
        return self.whole.safeguard(reason)

    def restore(self, source: str, *, actor: Actor) -> None:
        """Put a backup in the place of everything, for who owns everything."""
        del actor
        self.whole.restore(source, actor=self._owner("restore a backup"))

    def carried(self, programme_id: str) -> Carried:
        """Return a programme with its whole history, to be written into a file."""
        return self._of(programme_id).carried(programme_id)

    def adopt(
        self,
        programme: Programme,
        log: Iterable[Mapping[str, Any]],
        *,
        actor: Actor,
        label: str = "",
    ) -> Receipt:
        """Take in a programme with the history that `carried` gave."""
        del actor
        who = self._maker(programme.id)
        return self.whole.adopt(programme, log, actor=who, label=label)

    def subscribe(self, listener: Callable[[Receipt], None]) -> Callable[[], None]:
        """Call `listener` after each commit to a programme the person sees."""

        def heard(receipt: Receipt) -> None:
            if self._sees(receipt.programme_id):
                listener(receipt)

        return self.whole.subscribe(heard)

    def close(self) -> None:
        """Leave the store open: others use it too."""

    def _of(self, programme_id: str) -> ProgrammeStore:
        """Return the store behind this one, if the person may read the programme."""
        self.actor_in(programme_id)
        return self.whole

    def _sees(self, programme_id: str) -> bool:
        return self._rights.actor_in(self.person, programme_id) is not None

    def _writes(self, programme_id: str) -> bool:
        found = self._rights.actor_in(self.person, programme_id)
        return found is not None and found.role != "viewer"

    def _maker(self, programme_id: str) -> Actor:
        found = self._rights.actor_in(self.person, programme_id)
        if found is None or found.role not in ("admin", "facilitator"):
            raise NotAllowed(
                "You may not begin a programme here. Ask whoever looks after systemmap to list you as owner or facilitator of all programmes."
            )
        return found

    def _owner(self, what: str) -> Actor:
        found = self._rights.actor_in(self.person, EVERY)
        if found is None or found.role != "admin":
            msg = f"You may not {what}. Ask an owner of all programmes."
            raise NotAllowed(msg)
        return found


def whole_store(store: ProgrammeStore) -> ProgrammeStore:
    """Return the store that everybody shares, behind whoever's own."""
    return store.whole if isinstance(store, PersonalStore) else store
