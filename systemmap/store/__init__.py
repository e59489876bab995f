"""Programmes on disk: one protocol, one change path, two databases."""

from __future__ import annotations

from pathlib import Path

from systemmap.model.seat import Seat
from systemmap.store.memory import MemoryStore
from systemmap.store.personal import (
    EVERY,
    Person,
    PersonalStore,
    PersonRole,
    whole_store,
)
from systemmap.store.protocol import (
    ROLES,
    Actor,
    Carried,
    NamedVersion,
    ProgrammeStore,
    ProgrammeSummary,
    Receipt,
    RowChange,
    Transaction,
    Verdict,
    Watch,
)

__all__ = [
    "EVERY",
    "ROLES",
    "Actor",
    "Carried",
    "MemoryStore",
    "NamedVersion",
    "Person",
    "PersonRole",
    "PersonalStore",
    "ProgrammeStore",
    "ProgrammeSummary",
    "Receipt",
    "RowChange",
    "Seat",
    "Transaction",
    "Verdict",
    "Watch",
    "open_store",
    "whole_store",
]


def open_store(
    place: str | Path | None = None,
    *,
    holder: str = "",
    backups: str | Path | None = None,
    kept: int = 30,
    watch: Watch | None = None,
) -> ProgrammeStore:
    """Open where programmes are kept, making it when it is not there yet.

    Parameters
    ----------
    place : str | Path | None
        A path to a SQLite file; ``postgresql://…`` for a server; ``memory:``
        for a store that forgets; None for this computer's usual place.
    holder : str
        Who keeps other apps away from a file until the store is closed, in
        words for those who are kept away; "" = nobody.
    backups : str | Path | None
        The folder of automatic copies; None = beside the file.
    kept : int
        How many scheduled copies are kept, and how many of all others.
    watch : Watch | None
        Is told of every change that is put to a database.

    Raises
    ------
    NewerStore, DamagedStore, StoreInUse, StoreError
        It cannot be opened; it was left as it is.
    """
    if place == "memory:":
        return MemoryStore()
    from systemmap.store.database import DatabaseStore  # SQLAlchemy: only when used
    from systemmap.store.sql.backups import data_folder

    return DatabaseStore(
        place or data_folder() / "systemmap.db",
        holder=holder,
        backups=Path(backups) if backups else None,
        kept=kept,
        watch=watch,
    )
