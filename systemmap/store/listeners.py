"""Who is told of each commit, and that a listener's fault is not the writer's."""

from __future__ import annotations

import logging
from threading import RLock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.store.protocol import Receipt


class Listeners:
    """Those who are called after each commit.

    Parameters
    ----------
    begin : callable
        Called once, when the first one wants to hear: starts to listen for
        commits made by other processes.
    """

    def __init__(self, begin: Callable[[], None]) -> None:
        self._begin = begin
        self._begun = False
        self._listeners: list[Callable[[Receipt], None]] = []
        self._lock = RLock()

    def add(self, listener: Callable[[Receipt], None]) -> Callable[[], None]:
        """Call `listener` from now on; return the call that ends it."""
        with self._lock:
            self._listeners.append(listener)
            if not self._begun:
                self._begun = True
                self._begin()

        def end() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return end

    def tell(self, receipt: Receipt) -> None:
        """Tell all of one commit."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener(receipt)
            except (
                Exception
            ):  # the change is saved: a listener's fault is not the writer's
                logging.getLogger(__name__).exception("A listener failed")
