"""Programmes on disk: one protocol, one change path, two databases."""

from __future__ import annotations

from systemmap.store._store import (
    ROLES,
    Actor,
    NamedVersion,
    ProgrammeStore,
    ProgrammeSummary,
    Receipt,
    RowChange,
    Transaction,
    Verdict,
)
from systemmap.store.memory import MemoryStore

__all__ = [
    "ROLES",
    "Actor",
    "MemoryStore",
    "NamedVersion",
    "ProgrammeStore",
    "ProgrammeSummary",
    "Receipt",
    "RowChange",
    "Transaction",
    "Verdict",
]
