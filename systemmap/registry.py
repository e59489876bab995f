"""discover(): a file dropped into a folder becomes an entry in a dict.

A file that breaks is named in the log and on the screen Settings, and left
out: one bad file does not stop the program, and none is missed in silence.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from types import ModuleType


class Keyed(Protocol):
    """Anything with a key of its own."""

    @property
    def key(self) -> str:
        """The name under which the entry is registered."""


T = TypeVar("T", bound=Keyed)

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was to be an entry and could not be: its name, and why."""

    module: str
    why: str

    def __str__(self) -> str:
        return f"{self.module} was left out: {self.why}"


_LEFT_OUT: dict[str, LeftOut] = {}


def left_out() -> tuple[LeftOut, ...]:
    """Return the files that broke since the program started, by name."""
    return tuple(_LEFT_OUT[name] for name in sorted(_LEFT_OUT))


def discover(
    package: ModuleType, attribute: str, kind: type[T], *more: ModuleType
) -> dict[str, T]:
    """Collect `attribute` from every public module of `package`.

    Parameters
    ----------
    package : ModuleType
        The folder to walk. Modules whose name starts with "_" are left out, and
        so are folders within it.
    attribute : str
        The name each module must define, for instance ``"MEASURE"``.
    kind : type
        What that attribute must be an instance of.
    *more : ModuleType
        Further folders whose entries belong to the same list.

    Returns
    -------
    dict[str, kind]
        The entries by key, in file-name order. A file that cannot be loaded,
        holds no such entry, or whose key is taken by an earlier file, is left
        out (see `left_out`).
    """
    found: dict[str, T] = {}
    modules = [
        (info.name, f"{folder.__name__}.{info.name}")
        for folder in (package, *more)
        for info in pkgutil.iter_modules(folder.__path__)
        if not info.ispkg and not info.name.startswith("_")
    ]
    for _, name in sorted(modules):
        entry = _entry(name, attribute, kind, found)
        if entry is not None:
            found[entry.key] = entry
    return found


def _entry(name: str, attribute: str, kind: type[T], found: dict[str, T]) -> T | None:
    try:
        entry = getattr(importlib.import_module(name), attribute, None)
    except Exception as error:  # noqa: BLE001 - whatever somebody's file may raise
        _LOG.exception("%s could not be loaded and is left out", name)
        _LEFT_OUT[name] = LeftOut(name, f"it could not be loaded ({error}).")
        return None
    if isinstance(entry, kind) and entry.key not in found:
        return entry
    why = f"it must define {attribute}, a {kind.__name__} with a key of its own."
    _LOG.error("%s is left out: %s", name, why)
    _LEFT_OUT[name] = LeftOut(name, why)
    return None
