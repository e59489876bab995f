"""Answers about programmes, each worked out once and kept while it is of use.

Whoever asks the same at once waits for the first, who works it out for all. Of
one programme only what was asked at its last few revisions is kept: an
afternoon of changes holds no more than three of them do.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")

REVISIONS = 3
"""Of one programme: the present, the one before for whoever is behind, one looked back at."""


class KeptAnswers(Generic[T]):
    """Answers by what they are about, its revision, and the question.

    Parameters
    ----------
    most : int
        So many answers are kept; the one not asked for longest goes first.

    Examples
    --------
    >>> kept: KeptAnswers[str] = KeptAnswers(most=10)
    >>> for revision in range(1, 6):
    ...     found = kept.answer("town", revision, "name", lambda: f"Town {revision}")
    >>> kept.answer("town", 5, "name", lambda: "asked anew"), len(kept)
    ('Town 5', 3)
    >>> kept.answer("town", 1, "name", lambda: "asked anew")
    'asked anew'
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[tuple[Hashable, int, Hashable], T] = OrderedDict()
        self._turns: WeakValueDictionary[Hashable, Lock] = WeakValueDictionary()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._held)

    def answer(
        self, about: Hashable, revision: int, question: Hashable, ask: Callable[[], T]
    ) -> T:
        """Return what `ask` answers; it is asked once while the answer is kept."""
        key = (about, revision, question)
        with self._lock:
            turn = self._turns.get(key)
            if turn is None:
                turn = self._turns[key] = Lock()
        with turn:
            with self._lock:
                if key in self._held:
                    self._held.move_to_end(key)
                    return self._held[key]
            found = ask()
            with self._lock:
                self._held[key] = found
                self._let_go(about)
            return found

    def newest(self, about: Hashable, question: Hashable) -> T | None:
        """Return the answer at the highest revision there is; None when none is kept."""
        with self._lock:
            alike = [k for k in self._held if (k[0], k[2]) == (about, question)]
            return self._held[max(alike, key=lambda k: k[1])] if alike else None

    def _let_go(self, about: Hashable) -> None:
        own = [key for key in reversed(self._held) if key[0] == about]
        last = list(dict.fromkeys(revision for _, revision, _ in own))[:REVISIONS]
        for key in own:
            if key[1] not in last:
                del self._held[key]
        while len(self._held) > self._most:
            self._held.popitem(last=False)
