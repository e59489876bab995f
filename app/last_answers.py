"""The store's last answers in one tab: what a screen shows while the store is away.

A screen that stopped because the data is locked would take its forms off the
page, and with them what people typed. So it is drawn as it last was, says so,
and whoever saves is told "Not saved yet".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from systemmap.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.store import (
        NamedVersion,
        ProgrammeStore,
        ProgrammeSummary,
        RowChange,
        Transaction,
    )

T = TypeVar("T")

MOST = 24
"""Questions whose answers a tab remembers; a screen asks fewer."""
LARGE = 500
"""Rows of an answer from which on only the last such one is remembered."""
_KEPT, _AWAY = "workspace.answers", "workspace.away"


class LastAnswers:
    """Asks the store, and remembers what it said.

    Each question is the store's own. While the store is away the answer is the
    last one; StoreError is raised when it was never asked that before.

    Parameters
    ----------
    store : ProgrammeStore
        Whom to ask.
    state : mapping
        The tab's own state.
    """

    def __init__(self, store: ProgrammeStore, state: Any) -> None:  # noqa: ANN401 - a proxy
        self._store = store
        self._state = state

    def revision(self, programme_id: str) -> int:
        """Return the number of the programme's last change."""
        return self._ask(self._store.revision, programme_id)

    def programmes(self) -> list[ProgrammeSummary]:
        """Return every programme, by name."""
        return self._ask(self._store.programmes)

    def history(self, programme_id: str, **which: Any) -> list[Transaction]:  # noqa: ANN401 - as the store's own
        """Return the changes, newest first."""
        return self._ask(self._store.history, programme_id, **which)

    def versions(self, programme_id: str) -> list[NamedVersion]:
        """Return the named versions, oldest first."""
        return self._ask(self._store.versions, programme_id)

    def diff(self, programme_id: str, one: int, other: int) -> list[RowChange]:
        """Return the rows that differ between two revisions."""
        return self._ask(self._store.diff, programme_id, one, other)

    def _ask(self, method: Callable[..., T], *about: object, **which: object) -> T:
        question = (method.__name__, about, tuple(sorted(which.items())))
        kept = self._state.setdefault(_KEPT, {})
        if self.why_away and question in kept:  # each try may take a second
            return cast("T", kept[question])
        try:
            answer = method(*about, **which)
        except StoreError as error:
            if not is_away(error) or question not in kept:
                raise
            self.note(error)
            return cast("T", kept[question])
        kept.pop(question, None)  # the last one asked stands last
        if _is_large(answer):
            for other in [q for q, held in kept.items() if _is_large(held)]:
                del kept[other]
        kept[question] = answer
        while len(kept) > MOST:
            del kept[next(iter(kept))]
        return answer

    @property
    def why_away(self) -> str:
        """Why the store did not answer while this screen was drawn; "" when it did."""
        return cast("str", self._state.get(_AWAY, ""))

    def note(self, error: StoreError) -> None:
        """Remember that the store is away until this screen has been drawn."""
        self._state[_AWAY] = str(error)

    def drawn(self) -> None:
        """Ask the store itself again from now on."""
        self._state.pop(_AWAY, None)

    def forget(self) -> None:
        """Forget every answer: another programme is opened."""
        self._state.pop(_KEPT, None)


def _is_large(answer: object) -> bool:
    return isinstance(answer, list) and len(answer) > LARGE


def is_away(error: Exception) -> bool:
    """Say whether a later try may go well: the disk, a lock or the server is at fault.

    Examples
    --------
    >>> from systemmap.errors import ProgrammeNotFound
    >>> is_away(StoreError("The disk is full.")), is_away(ProgrammeNotFound("x"))
    (True, False)
    """
    return type(error) is StoreError
