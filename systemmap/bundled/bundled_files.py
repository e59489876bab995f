"""Files that travel with the program: found from a clone and from an install alike.

A clone has `data/` and `workshops/` at its root; a wheel carries both inside
the package. Also reads the Foresight reference map from that data.
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from systemmap.errors import UnknownItem
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.plan import LocalTerm
from systemmap.model.system_map import SystemMap
from systemmap.model.values import MapKind, Polarity

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FOLDERS = ("data", "workshops")
FORESIGHT_OUTCOME = "strength-of-lock-in-to-accumulate-energy"


def data_file(name: str) -> bytes:
    """Return the bytes of a packaged file.

    Parameters
    ----------
    name : str
        Its place below the project's root, for instance
        ``data/reference/foresight_links.csv`` or ``workshops/one/agenda.md``.

    Raises
    ------
    UnknownItem
        No such file travels with the program.
    """
    found = _find(name)
    if found is None or not found.is_file():
        raise UnknownItem.named("packaged file", name, packaged_files())
    return found.read_bytes()


def data_text(name: str) -> str:
    """Return a packaged text file, read as UTF-8."""
    return data_file(name).decode("utf-8")


def packaged_files(folder: str = "") -> list[str]:
    """Return the names of all packaged files below a folder, in alphabetical order."""
    names: list[str] = []
    for root in FOLDERS:
        top = _root().joinpath(root)
        if top.is_dir():
            names.extend(_walk(top, root))
    return sorted(name for name in names if name.startswith(folder))


def source_of(name: str) -> dict[str, str]:
    """Return what the `.source.toml` beside a data file says of where it comes from."""
    stem = name.rpartition(".")[0]
    return {
        k: str(v) for k, v in tomllib.loads(data_text(f"{stem}.source.toml")).items()
    }


@cache
def _foresight() -> SystemMap:
    source = source_of("data/reference/foresight_factors.csv")
    version = MapVersion(
        id="foresight",
        name="Foresight obesity system map (2007)",
        kind=MapKind.REFERENCE,
        outcome=FORESIGHT_OUTCOME,
        notice=source["notice"],
        note="A reference layer to borrow from, not the local map.",
    )
    system_map = SystemMap(version)
    for row in _rows("data/reference/foresight_factors.csv"):
        system_map.add_factor(
            Factor(
                id=row["key"],
                label=row["label"],
                theme=_key(row["cluster"]),
                reference_key=row["key"],
                x=float(row["x"]),
                y=float(row["y"]),
                extra={"map_colour": row["map_colour"]},
            )
        )
    for row in _rows("data/reference/foresight_links.csv"):
        system_map.add_link(
            Link(
                source=row["source"],
                target=row["target"],
                polarity=Polarity(row["polarity"]),
            )
        )
    return system_map


def foresight_map() -> SystemMap:
    """Return the Foresight obesity system map: 108 factors, 296 signed links.

    A reference layer with map id ``foresight``; its notice must be shown
    wherever it appears. Each call returns a map of its own.

    References
    ----------
    Foresight Obesity System Map, Government Office for Science, 2007.
    """
    return _foresight().copy()


def foresight_terms() -> tuple[LocalTerm, ...]:
    """Return the map's eight clusters as themes, to add to a programme that holds it."""
    rows = _rows("data/reference/foresight_factors.csv")
    clusters = sorted({row["cluster"] for row in rows})
    return tuple(
        LocalTerm(
            vocabulary="themes",
            key=_key(cluster),
            label=cluster,
            description="A cluster of the Foresight obesity system map.",
            source="Government Office for Science (2007)",
        )
        for cluster in clusters
    )


def _key(cluster: str) -> str:
    return cluster.lower().replace(" ", "_")


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(data_text(name).splitlines()))


def _root() -> Traversable:
    """Return the folder that holds `data/`: inside the wheel, else the clone's root."""
    inside = files("systemmap").joinpath("_packaged")
    if inside.joinpath("data").is_dir():
        return inside
    return Path(__file__).resolve().parents[2]


def _find(name: str) -> Traversable | None:
    parts = name.split("/")
    if parts[0] not in FOLDERS or any(part in ("", ".", "..") for part in parts):
        return None
    return _root().joinpath(*parts)


def _walk(folder: Traversable, name: str) -> list[str]:
    found: list[str] = []
    for entry in folder.iterdir():
        inner = f"{name}/{entry.name}"
        if entry.is_dir():
            found.extend(_walk(entry, inner))
        elif entry.is_file():
            found.append(inner)
    return found
