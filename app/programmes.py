"""The programmes as they stand: one copy of each, which every commit carries along.

Screens, rooms and canvases ask here. Reading the disk for each phone and each
act would hold up whoever writes (a reader's lock delays a commit), so this is
the one place that follows the store, and passes its commits on in order.

A copy is never changed: a commit puts a new one in its place. So whoever got
one may keep it, and must not change it either.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from threading import Lock, RLock
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from systemmap.errors import ProgrammeNotFound, StoreError
from systemmap.model.kinds import KINDS
from systemmap.model.rows import record_from
from systemmap.store import PersonalStore, whole_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.model.programme import Programme
    from systemmap.store import ProgrammeStore, Receipt

LOG = logging.getLogger(__name__)

ASK_EVERY = 1.0
"""Seconds between two questions to the store whether there is a change untold."""
MOST_EARLY = 100
"""Commits held back for one that does not come; then it is given up."""
MOST_ROWS = 400
"""Rows of one commit; a larger one (an import) is read from disk once instead."""
KEPT = 16
"""Earlier states that screens look at."""


class _Followed:
    """One programme: the copy, and which commits were heard of and passed on."""

    def __init__(self) -> None:
        self.programme: Programme | None = None
        self.heard = 0  # the last commit anybody told of
        self.anew = False  # the copy cannot be carried along
        self.asked = 0.0
        self.passed: int | None = None  # the last commit passed on
        self.early: dict[int, Receipt] = {}  # those that wait for one before them
        self.reading = Lock()

    @property
    def behind(self) -> bool:
        """Whether the copy lacks something that is known of."""
        return (
            self.programme is None or self.anew or self.programme.revision < self.heard
        )

    def carry(self, receipt: Receipt) -> None:
        """Put a copy with one commit more in the copy's place, if that can be."""
        held = self.programme
        if held is None or receipt.revision != held.revision + 1:
            return  # read with it already, or to be read anew
        if len(receipt.rows) > MOST_ROWS:
            return
        fresh = held.copy()
        try:
            for row in receipt.rows:
                if row.after is None:
                    fresh.remove(KINDS[row.kind].record, row.key)
                else:
                    fresh.put(record_from(row.kind, row.after))
        except Exception:  # whatever it is, what is on disk is right
            LOG.exception("A commit could not be taken in; the programme is read anew")
            self.anew = True
            return
        fresh.revision = receipt.revision
        self.programme = fresh

    def ready(self) -> list[Receipt]:
        """Return what can be passed on now, oldest first; the rest is held back."""
        if len(self.early) > MOST_EARLY:  # one will never come
            self.passed = min(self.early) - 1
        found: list[Receipt] = []
        if self.passed is not None:
            while (receipt := self.early.pop(self.passed + 1, None)) is not None:
                found.append(receipt)
                self.passed = receipt.revision
        return found


class Programmes:
    """All programmes of one store, and the one follower of its commits.

    Parameters
    ----------
    store : ProgrammeStore
        Where everything is kept.
    """

    def __init__(self, store: ProgrammeStore) -> None:
        self.store = store
        self._followed: dict[str, _Followed] = {}
        self._earlier: OrderedDict[tuple[str, int], Programme] = OrderedDict()
        self._listeners: list[Callable[[Receipt], None]] = []
        self._lock = RLock()  # never held while the store is read
        self.close = store.subscribe(self.committed)

    def now(self, programme_id: str, *, ask: bool = False) -> Programme:
        """Return a programme as it is now.

        It holds every commit that was told of. Once a second the store is
        asked, too, whether there is one more: with `ask` in any case.

        Raises
        ------
        ProgrammeNotFound
            There is no programme of that name.
        StoreError
            There is something to be read, and the store is away.
        """
        with self._lock:
            one = self._followed.setdefault(programme_id, _Followed())
        try:
            if ask or time.monotonic() - one.asked > ASK_EVERY:
                self._ask(one, programme_id)
            if one.behind or one.programme is None:
                return self._read(one, programme_id)
        except ProgrammeNotFound:
            with self._lock:
                self._followed.pop(programme_id, None)
            raise
        return one.programme

    def last_read(self, programme_id: str) -> Programme | None:
        """Return a programme as it was last read, without asking; None = never read."""
        one = self._followed.get(programme_id)
        return one.programme if one else None

    def at(self, programme_id: str, revision: int) -> Programme:
        """Return a programme as it was after a change."""
        held = self.last_read(programme_id)
        key = (programme_id, revision)
        if held is None or held.revision != revision:
            with self._lock:
                if key in self._earlier:
                    return self._earlier[key]
            if held is None or held.revision < revision:
                held = self.now(programme_id, ask=True)
            if held.revision != revision:
                held = self.store.load(programme_id, as_of=revision)
        with self._lock:
            self._earlier[key] = held
            while len(self._earlier) > KEPT:
                self._earlier.popitem(last=False)
        return held

    def held(self) -> list[str]:
        """Return the ids of the programmes that somebody asked for."""
        with self._lock:
            return [name for name, one in self._followed.items() if one.programme]

    def listen(self, listener: Callable[[Receipt], None]) -> None:
        """Call `listener` with each commit to a programme in use, in order.

        One without rows says that a backup was put back: all may differ.
        """
        with self._lock:
            if listener not in self._listeners:
                self._listeners.append(listener)

    def committed(self, receipt: Receipt) -> None:
        """Take in a commit; called in the writer's thread, in whatever order."""
        with self._lock:
            one = self._followed.get(receipt.programme_id)
            if not receipt.rows:
                self._begin_again(one, receipt)
            elif one is not None:
                one.heard = max(one.heard, receipt.revision)
                if one.passed is None or receipt.revision > one.passed:
                    one.early[receipt.revision] = receipt
                self._pass_on(one)

    def _begin_again(self, one: _Followed | None, receipt: Receipt) -> None:
        for key in [k for k in self._earlier if k[0] == receipt.programme_id]:
            del self._earlier[key]
        if one is not None:
            one.heard = one.passed = receipt.revision
            one.early.clear()
            one.anew = True
        self._tell(receipt)

    def _pass_on(self, one: _Followed) -> None:
        for receipt in one.ready():
            one.carry(receipt)
            self._tell(receipt)

    def _tell(self, receipt: Receipt) -> None:
        for listener in self._listeners:
            try:
                listener(receipt)
            except Exception:  # the commits behind it must still be told
                LOG.exception("A commit could not be passed on")

    def _ask(self, one: _Followed, programme_id: str) -> None:
        """Hear of what nobody told: another program's commit, a programme deleted."""
        one.asked = time.monotonic()
        if one.programme is None:
            return
        try:
            revision = self.store.revision(programme_id)
        except ProgrammeNotFound:
            raise
        except StoreError:
            return  # away: nobody told of a change
        with self._lock:
            one.heard = max(one.heard, revision)
            one.anew |= revision < one.programme.revision

    def _read(self, one: _Followed, programme_id: str) -> Programme:
        with one.reading:
            if one.programme is not None and not one.behind:
                return one.programme  # somebody else just read it
            with self._lock:
                heard, anew, one.anew = one.heard, one.anew, False
            try:
                fresh = self.store.load(programme_id)
            except BaseException:
                one.anew |= anew
                raise
            with self._lock:
                held = one.programme
                if held is None or anew or held.revision < fresh.revision:
                    one.programme = held = fresh
                if one.heard == heard:  # after a restore it may have been more
                    one.heard = held.revision
                if one.passed is None:
                    one.passed = fresh.revision
                    one.early = {n: r for n, r in one.early.items() if n > one.passed}
                self._pass_on(one)
                return one.programme or held


_programmes: WeakValueDictionary[int, Programmes] = WeakValueDictionary()
_making = Lock()


def programmes_of(store: ProgrammeStore) -> Programmes:
    """Return the programmes of a store: the same for everybody, as long as it is in use.

    Somebody's own store gives the same copies, of what they may read.
    """
    whole = whole_store(store)
    with _making:
        found = _programmes.get(id(whole))
        if found is None:
            found = _programmes[id(whole)] = Programmes(whole)
    return _Seen(found, store) if isinstance(store, PersonalStore) else found


class _Seen(Programmes):
    """Everybody's programmes, as one person may read them."""

    def __init__(self, shared: Programmes, own: PersonalStore) -> None:
        self.store = own
        self._shared = shared  # its follower ends with it and not with this
        self._own = own

    def now(self, programme_id: str, *, ask: bool = False) -> Programme:
        self._own.actor_in(programme_id)
        return self._shared.now(programme_id, ask=ask)

    def last_read(self, programme_id: str) -> Programme | None:
        self._own.actor_in(programme_id)
        return self._shared.last_read(programme_id)

    def at(self, programme_id: str, revision: int) -> Programme:
        self._own.actor_in(programme_id)
        return self._shared.at(programme_id, revision)

    def held(self) -> list[str]:
        seen = {summary.id for summary in self._own.programmes()}
        return [name for name in self._shared.held() if name in seen]

    def listen(self, listener: Callable[[Receipt], None]) -> None:
        self._shared.listen(listener)
