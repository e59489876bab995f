"""Large programmes are worked out while the server starts, before anybody opens one.

What a map of 2,000 causes says takes seconds to work out, and is then kept. The
first person in the morning need not be the one who waits.
"""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING

from app.analyses import gaps_of
from app.canvas.packed_graphs import graph, today
from app.programmes import programmes_of
from systemmap.errors import SystemMapError
from systemmap.model.elements import MapVersion

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.store import ProgrammeStore

LOG = logging.getLogger(__name__)
LARGE = 300
"""Causes from which on it is worth it; below, nobody notices."""
MOST = 4
"""Programmes that are worked out: those changed last."""


def work_ahead(store: ProgrammeStore) -> list[str]:
    """Work out the main maps of the large programmes changed last; return their ids.

    What the canvas asks for comes first: it is what people wait for.
    """
    large = [one for one in store.programmes() if one.counts.get("factor", 0) >= LARGE]
    large.sort(key=lambda one: one.changed_at, reverse=True)
    found = [programmes_of(store).now(summary.id) for summary in large[:MOST]]
    drawn = [one for one in found if "main" in one.all(MapVersion)]
    for one in drawn:
        graph(store, one.id, "main", one.revision, today(), register=True)
    for one in drawn:
        gaps_of(store, one, "main", today())
    return [one.id for one in drawn]


def begin(store: Callable[[], ProgrammeStore]) -> None:
    """Do it beside the server, which waits for nothing here."""

    def run() -> None:
        try:
            work_ahead(store())
        except SystemMapError as error:  # whoever opens it will be told
            LOG.warning("Nothing was worked out ahead: %s", type(error).__name__)

    Thread(target=run, name="systemmap-ahead", daemon=True).start()
