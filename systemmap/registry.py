"""discover(): a file dropped into a folder becomes an entry in a dict."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from types import ModuleType


class Keyed(Protocol):
    """Anything with a key of its own."""

    @property
    def key(self) -> str:
        """The name under which the entry is registered."""


T = TypeVar("T", bound=Keyed)


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
        The entries by key, in file-name order.

    Raises
    ------
    TypeError
        A module defines no such entry, or its key is already taken.
    """
    found: dict[str, T] = {}
    modules = [
        (info.name, f"{folder.__name__}.{info.name}")
        for folder in (package, *more)
        for info in pkgutil.iter_modules(folder.__path__)
        if not info.ispkg and not info.name.startswith("_")
    ]
    for _, name in sorted(modules):
        module = importlib.import_module(name)
        entry = getattr(module, attribute, None)
        if not isinstance(entry, kind) or entry.key in found:
            msg = f"{module.__name__} must define {attribute}, a {kind.__name__} with a key of its own"
            raise TypeError(msg)
        found[entry.key] = entry
    return found
