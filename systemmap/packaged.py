"""Files that travel with systemmap: `data/` and `workshops/`, from a clone or a wheel."""

from __future__ import annotations

from pathlib import Path

from systemmap.errors import UnknownItem

_HERE = Path(__file__).resolve().parent


def packaged_path(name: str) -> Path:
    """Return the path of a packaged file or folder, for instance ``data/examples``.

    In a clone the folders lie beside the package; in an installed wheel they
    lie within it.

    Raises
    ------
    UnknownItem
        Nothing of that name is packaged.
    """
    for root in (_HERE / "_packaged", _HERE.parent):
        if (root / name).exists():
            return root / name
    msg = f"The packaged file '{name}' is missing. Install systemmap again."
    raise UnknownItem(msg)


def data_file(name: str) -> bytes:
    """Return the bytes of one file of `data/`, for instance ``reference/x.csv``."""
    return packaged_path(f"data/{name}").read_bytes()
