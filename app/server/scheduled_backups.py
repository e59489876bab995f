"""Copies of everything taken by themselves, as often as the installation's file says.

When a copy is due is read from the copies that are there, so that a restart
neither forgets one nor takes one too many, and several processes that share the
folder take one between them. A copy that fails is told in the log and tried
again; nobody who works waits for one.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from systemmap.errors import StoreInUse, SystemMapError
from systemmap.store.sql.backups import SCHEDULED, copies_in, data_folder, is_scheduled
from systemmap.store.sql.file_holder import FileHolder

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.installation import BackupPlan
    from systemmap.store import ProgrammeStore

LOG = logging.getLogger(__name__)
LOOK_EVERY = 60.0
"""Seconds between two looks whether a copy is due."""


class ScheduledBackups:
    """A thread that takes copies while the app runs.

    Parameters
    ----------
    store : callable
        Returns the store to copy.
    plan : BackupPlan
        How often, how many, where.
    data : str
        Where the data are: copies lie beside a file unless the plan says otherwise.
    """

    def __init__(
        self, store: Callable[[], ProgrammeStore], plan: BackupPlan, data: str
    ) -> None:
        self._store = store
        self._plan = plan
        beside = data_folder() if "://" in data else Path(data).parent
        self._folder = Path(plan.folder) if plan.folder else beside / "backups"
        self._stop = Event()
        self._thread = Thread(target=self._run, name="systemmap-backups", daemon=True)

    def start(self) -> None:
        """Begin, where copies are wanted at all."""
        if self._plan.every_hours:
            self._thread.start()

    def stop(self) -> None:
        """End, after the copy that is being taken."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def is_due(self, now: float) -> bool:
        """Say whether the last copy of the schedule is old enough."""
        taken = [
            copy.stat().st_mtime
            for copy in copies_in(self._folder)
            if is_scheduled(copy)
        ]
        return not taken or now - max(taken) >= self._plan.every_hours * 3_600

    def take_if_due(self) -> str | None:
        """Take a copy if one is due and no other process is at it; return where it lies."""
        if not self.is_due(time.time()):
            return None
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileHolder(self._folder / SCHEDULED).alone():
                if self.is_due(time.time()):  # another process may just have done it
                    return self._store().safeguard(SCHEDULED)
        except StoreInUse:
            LOG.debug("Another process takes the copy")
        return None

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.take_if_due()
            except (SystemMapError, OSError) as error:
                LOG.error(
                    "No copy could be taken (%s). It is tried again in a minute. Look at the disk and the database.",
                    type(error).__name__,
                )
            self._stop.wait(LOOK_EVERY)
