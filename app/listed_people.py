"""Who is signed in, and as whom they act: the list of the installation's file.

The list is read again when the file changes, looked at no more than once a
second, so that taking somebody off it acts at once on every screen, canvas and
link of theirs. A list that cannot be read any more leaves the last good one in
force and says so in the log.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from app import settings
from app.installation import ROLES, read_installation
from systemmap.errors import SystemMapError
from systemmap.store import EVERY, Actor, Person, PersonalStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.store import PersonRole, ProgrammeStore

LOG = logging.getLogger(__name__)
LOOK_EVERY = 1.0
_STORE_ROLES = {"owner": "admin"}
"""What the list calls a role where the store has another word."""


class People:
    """The list of people of one installation's file.

    Parameters
    ----------
    file : str
        The installation's file.
    secret : callable
        What this installation signs with: it makes the mark by which a person's
        changes are told from another's, without a name.
    """

    def __init__(self, file: str, secret: Callable[[], bytes]) -> None:
        self._file = Path(file)
        self._secret = secret
        self._lines: tuple[PersonRole, ...] = ()
        self._written = -1
        self._looked = -LOOK_EVERY
        self._lock = Lock()

    def actor_in(self, person: Person, programme_id: str) -> Actor | None:
        """Return as whom a person acts in a programme; None = they have no role there."""
        best: PersonRole | None = None
        for line in self._now():
            here = EVERY in line.programmes or programme_id in line.programmes
            if not (here and line.is_about(person)):
                continue
            if best is None or ROLES.index(line.role) < ROLES.index(best.role):
                best = line
        if best is None:
            return None
        name = best.shown_as or f"{best.role.capitalize()} {self._mark(person)}"
        return Actor(name, _STORE_ROLES.get(best.role, best.role))

    def named_groups(self, groups: object) -> tuple[str, ...]:
        """Return those of somebody's groups that the list speaks of."""
        known = {line.group for line in self._now() if line.group}
        said = groups if isinstance(groups, list) else []
        return tuple(sorted(known & {str(one) for one in said}))

    def _mark(self, person: Person) -> str:
        digest = hmac.new(self._secret(), person.who.encode(), hashlib.sha256)
        return digest.hexdigest()[:4]

    def _now(self) -> tuple[PersonRole, ...]:
        with self._lock:
            if time.monotonic() - self._looked >= LOOK_EVERY:
                self._looked = time.monotonic()
                self._look()
            return self._lines

    def _look(self) -> None:
        try:
            written = self._file.stat().st_mtime_ns
            if written == self._written:
                return
            self._lines = read_installation(self._file).people
            self._written = written
        except (OSError, SystemMapError) as error:
            LOG.error("The list of people was not read again: %s", error)


class _Lists:
    """The list of the settings in use."""

    def __init__(self) -> None:
        self.file = ""
        self.people: People | None = None


_lists = _Lists()


def people() -> People:
    """Return the list of people of this process's settings."""
    file = settings.current().file
    if _lists.people is None or _lists.file != file:
        _lists.people = People(file, lambda: settings.store().secret())
        _lists.file = file
    return _lists.people


def store_of(person: Person | None) -> ProgrammeStore:
    """Return the store as somebody may use it; nobody signs in on a laptop."""
    whole = settings.store()
    if person is not None:
        return PersonalStore(whole, person, people())
    if settings.current().server:
        raise SystemMapError("Sign in first.")
    return whole


def person_behind(store: ProgrammeStore) -> Person | None:
    """Return whose store this is; None = everybody's."""
    return store.person if isinstance(store, PersonalStore) else None
