"""Which program holds a SQLite file: one app at a time, told by a lock beside it.

SQLite lets several programs write to one file in turn, and the command line
does so while the app runs. Two apps would each keep copies of what the other
changes, and a file must not be put back or brought up to date under an app.
The lock is the operating system's: it ends with the program that took it,
however that ends.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import IO, TYPE_CHECKING

from systemmap.errors import StoreInUse
from systemmap.model.values import now
from systemmap.private_files import private_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BEYOND = 1 << 30
"""The byte that is locked on Windows: far behind the words, which others must read."""
_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}


class FileHolder:
    """The lock beside one data file.

    Parameters
    ----------
    path : Path
        The data file; the lock lies beside it, in ``<name>.in-use``.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = path.with_name(f"{path.name}.in-use")
        self._held: IO[bytes] | None = None

    def hold(self, who: str) -> None:
        """Hold the file until `release`.

        Parameters
        ----------
        who : str
            What is told to others who want it.

        Raises
        ------
        StoreInUse
            Another program holds it; says which, and since when.
        """
        self._held = self._taken()
        if self._held is not None:
            words = {
                "who": who,
                "since": now().isoformat(),
                "process": os.getpid(),
                "computer": socket.gethostname(),
            }
            self._held.truncate(0)
            self._held.write(json.dumps(words).encode())
            self._held.flush()

    def release(self) -> None:
        """Let go of the file, if it is held."""
        if self._held is not None:
            with suppress(OSError):
                self._held.truncate(0)
            self._held.close()
            self._held = None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep apps away for the length of a block.

        Raises
        ------
        StoreInUse
            Another program holds the file.
        """
        if self._held is not None:
            yield
            return
        taken = self._taken()
        try:
            yield
        finally:
            if taken is not None:
                taken.close()

    def _taken(self) -> IO[bytes] | None:
        """Return the locked file; None where no lock can be had, and none is missed."""
        try:
            file = private_file(self._lock).open("r+b")
        except OSError:  # a folder that cannot be written to: no app can run on it
            return None
        try:
            _lock(file)
        except OSError as error:
            words = file.read()
            file.close()
            if error.errno in _TAKEN:
                raise StoreInUse(_told(self._path.name, words)) from None
            return None  # a file system without locks
        return file


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(_BEYOND)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        finally:
            file.seek(0)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _told(name: str, words: bytes) -> str:
    """Say who holds a file; its words may be missing, for a moment or for good."""
    try:
        said = json.loads(words)
        since = datetime.fromisoformat(said["since"]).astimezone()
        there = said["computer"]
        where = (
            "this computer" if there == socket.gethostname() else f"computer {there}"
        )
        holder = f"{said['who']}, since {since.day} {since:%B %Y, %H:%M} (process {said['process']} on {where})"
    except (ValueError, KeyError, TypeError):
        holder = "another systemmap"
    return f"{name} is in use by {holder}. Go on there, or stop that one first. Nothing was changed."
