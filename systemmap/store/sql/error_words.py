"""What a database says, in words for people: what happened, what is safe, what to do."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from systemmap.errors import DamagedStore, StillNeeded, StoreError, SystemMapError

_SAFE = "Not saved yet – try again. Everything saved earlier is safe."
_FULL = f"The disk is full. {_SAFE} Free some space first: empty the bin or move large files away."
_READ_ONLY = f"The data cannot be written: it is read-only. {_SAFE} Check that the folder may be written to, and that the file is not on a share that was disconnected."
_LOCKED = f"Another program is using the data. {_SAFE} Close the other program, or wait until its copy or backup is done."
_GONE = f"The database does not answer. {_SAFE} If it goes on, tell whoever runs the server."
_BROKEN = "The data file is damaged. Nothing more was written. Close systemmap and restore the latest backup."
_NEEDED = "Other things now depend on this. Nothing was changed."

_SQLITE = {
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_PERM": _READ_ONLY,
    "SQLITE_CANTOPEN": _READ_ONLY,
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_PROTOCOL": _LOCKED,
    "SQLITE_IOERR": f"The disk did not take the data. {_SAFE} If it goes on, copy the backups elsewhere and check the disk.",
}
_POSTGRES = {
    "53100": _FULL,
    "53": f"The database server has run out of room. {_SAFE}",
    "25006": _READ_ONLY,
    "55P03": _LOCKED,
    "40": _LOCKED,
    "57": _GONE,
    "08": _GONE,
}
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


def in_words(error: DBAPIError | PoolTimeout) -> SystemMapError:
    """Return the error that says in plain words what the database reported."""
    if not isinstance(error, DBAPIError):  # all connections are waiting for it
        return StoreError(_GONE)
    name = getattr(error.orig, "sqlite_errorname", None)
    state = getattr(error.orig, "sqlstate", None)
    if name is not None:
        return _of_sqlite(name)
    if state is not None:
        if state.startswith("23"):
            return StillNeeded(_NEEDED)
        words = _POSTGRES.get(state) or _POSTGRES.get(state[:2])
        return StoreError(words or f"The database refused this (code {state}). {_SAFE}")
    if isinstance(error.orig, sqlite3.Error):  # its text is not text: no code is given
        return DamagedStore(_BROKEN)
    return StoreError(_GONE)


def is_locked(error: Exception) -> bool:
    """Say whether another program holds a SQLite file."""
    name = getattr(error, "sqlite_errorname", None) or ""
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _of_sqlite(name: str) -> SystemMapError:
    if name.startswith("SQLITE_CONSTRAINT"):
        return StillNeeded(_NEEDED)
    if name.startswith(_DAMAGED):
        return DamagedStore(_BROKEN)
    for known, words in _SQLITE.items():
        if name.startswith(known):
            return StoreError(words)
    return StoreError(f"The database refused this (code {name}). {_SAFE}")
