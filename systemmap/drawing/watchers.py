"""Who waits for a long layout: they are told how far it is, and may stop it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Watcher = Callable[[float], object]

_watcher: ContextVar[Watcher | None] = ContextVar("layout_watcher", default=None)
_share: ContextVar[float] = ContextVar("layout_share", default=0.0)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Tell somebody how far each layout inside the block is.

    Parameters
    ----------
    watcher : callable
        Gets the share that is done, from 0 to 1, several times a second on a
        map of thousands. An error it raises ends the layout, which has changed
        nothing by then.
    """
    before = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(before)


def told(share: float | None = None) -> None:
    """Tell whoever watches how much of a layout is done; None = as much as before."""
    watcher = _watcher.get()
    if watcher is None:
        return
    if share is not None:
        _share.set(share)
    watcher(_share.get())
