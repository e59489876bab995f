"""apsw as a DB-API connection, and a disk of our own under it.

SQLite lets a program put its own disk underneath (a VFS). Python's sqlite3
does not offer that; apsw does. `Disk` passes every call on to the real disk
and lets a fault test watch it (`record`) or limit it (`room`).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from systemmap.errors import StoreError


def load_apsw() -> Any:  # noqa: ANN401 - a module that may be missing
    """Return apsw, or say in words that it is not installed."""
    try:
        return import_module("apsw")
    except ImportError:
        msg = "This fault test needs the package 'apsw', which is not installed. Install it with: pip install apsw"
        raise StoreError(msg) from None


@dataclass
class Disk:
    """A disk that keeps count and a diary, and can be full.

    Attributes
    ----------
    events : list
        ("write", file, offset, bytes), ("truncate", file, size),
        ("sync", file), ("delete", file), and whatever a fault test adds.
    room : int | None
        How many bytes all files together may take; None = no limit.
    """

    name: str
    events: list[tuple[Any, ...]] = field(default_factory=list)
    room: int | None = None
    sizes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._apsw = load_apsw()
        self._vfs = _vfs(self._apsw, self)

    def connect(self, path: Path, *, mode: str) -> Connection:
        """Open a file on this disk; what `DatabaseStore(connect=...)` takes."""
        flags = {
            "ro": self._apsw.SQLITE_OPEN_READONLY,
            "rw": self._apsw.SQLITE_OPEN_READWRITE,
            "rwc": self._apsw.SQLITE_OPEN_READWRITE | self._apsw.SQLITE_OPEN_CREATE,
        }[mode]
        try:
            opened = self._apsw.Connection(str(path), flags=flags, vfs=self.name)
        except self._apsw.Error as error:
            raise _translated(error) from None
        return Connection(opened, self._apsw)

    def grown(self, file: str, size: int) -> bool:
        """Note a file's new size; False when there is no room for it."""
        others = sum(n for other, n in self.sizes.items() if other != file)
        if self.room is not None and others + size > max(
            self.room, others + self.sizes.get(file, 0)
        ):
            return False
        self.sizes[file] = size
        return True

    def remove(self) -> None:
        """Take the disk away again."""
        self._vfs.unregister()


def _vfs(apsw: Any, disk: Disk) -> Any:  # noqa: ANN401 - apsw's own classes
    class File(apsw.VFSFile):  # type: ignore[misc]
        def __init__(self, filename: Any, flags: list[int]) -> None:  # noqa: ANN401
            super().__init__("", filename, flags)
            name = filename.filename() if hasattr(filename, "filename") else filename
            self._name = Path(name).name if name else ""
            if self._name:
                disk.sizes[self._name] = self.xFileSize()

        def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
            if self._name:
                size = max(disk.sizes.get(self._name, 0), offset + len(data))
                if not disk.grown(self._name, size):
                    raise apsw.FullError
                disk.events.append(("write", self._name, offset, bytes(data)))
            super().xWrite(data, offset)

        def xTruncate(self, size: int) -> None:  # noqa: N802
            super().xTruncate(size)
            disk.sizes[self._name] = size
            disk.events.append(("truncate", self._name, size))

        def xSync(self, flags: int) -> None:  # noqa: N802
            disk.events.append(("sync", self._name))

    class Vfs(apsw.VFS):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(disk.name, "")

        def xOpen(self, name: Any, flags: list[int]) -> File:  # noqa: ANN401, N802
            return File(name, flags)

        def xDelete(self, filename: str, sync: bool) -> None:  # noqa: FBT001, N802
            super().xDelete(filename, sync)
            disk.sizes.pop(Path(filename).name, None)
            disk.events.append(("delete", Path(filename).name))

    return Vfs()


class Connection:
    """The little of a DB-API connection that SQLAlchemy asks for."""

    isolation_level = None

    def __init__(self, opened: Any, apsw: Any) -> None:  # noqa: ANN401 - apsw's own
        self._opened = opened
        self._apsw = apsw

    def cursor(self, *_: object) -> Cursor:
        """Return a new cursor."""
        return Cursor(self._opened, self._apsw)

    def create_function(self, *_: object, **__: object) -> None:
        """We call none of SQLAlchemy's own functions."""

    def commit(self) -> None:
        """Commit if a transaction is open."""
        if self._opened.in_transaction:
            self.cursor().execute("COMMIT")

    def rollback(self) -> None:
        """Roll back if a transaction is open."""
        if self._opened.in_transaction:
            self.cursor().execute("ROLLBACK")

    def close(self) -> None:
        """Let go of the file."""
        self._opened.close()


class Cursor:
    """The little of a DB-API cursor that SQLAlchemy asks for."""

    arraysize = 100

    def __init__(self, opened: Any, apsw: Any) -> None:  # noqa: ANN401 - apsw's own
        self._opened = opened
        self._apsw = apsw
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid = 0

    def execute(self, sql: str, values: Any = ()) -> Cursor:  # noqa: ANN401 - bound values
        """Run one statement and keep its rows."""
        cursor = self._opened.cursor()
        self.description = None
        cursor.exec_trace = self._traced
        try:
            self._rows = list(cursor.execute(sql, tuple(values)))
        except self._apsw.Error as error:
            raise _translated(error) from None
        self.rowcount = -1 if self.description else self._opened.changes()
        self.lastrowid = self._opened.last_insert_rowid()
        return self

    def executemany(self, sql: str, rows: Any) -> Cursor:  # noqa: ANN401 - bound values
        """Run one statement for each row of values."""
        for values in rows:
            self.execute(sql, values)
        return self

    def fetchone(self) -> Any:  # noqa: ANN401 - a row
        """Return the next row or None."""
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 100) -> list[Any]:
        """Return up to `size` rows."""
        part, self._rows = self._rows[:size], self._rows[size:]
        return part

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        return self.fetchmany(len(self._rows))

    def close(self) -> None:
        """Nothing is left open."""

    def _traced(self, cursor: Any, _sql: str, _bound: object) -> bool:  # noqa: ANN401
        found = cursor.get_description()
        self.description = [(name, *[None] * 6) for name, *_ in found] or None
        return True


def _translated(error: Exception) -> sqlite3.Error:
    """Return sqlite3's error for apsw's, with SQLite's own name for it."""
    name = type(error).__name__.removesuffix("Error").upper()
    if name == "CONSTRAINT":
        found: sqlite3.Error = sqlite3.IntegrityError(str(error))
    elif name in ("CORRUPT", "NOTADB"):
        found = sqlite3.DatabaseError(str(error))
    else:
        found = sqlite3.OperationalError(str(error))
    found.sqlite_errorname = f"SQLITE_{name}"
    return found
