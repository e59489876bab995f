"""Licence words that travel with a map, and with whatever is borrowed from the Foresight map."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from systemmap.bundled.bundled_files import foresight_map
from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Collection

    from systemmap.model.elements import Factor
    from systemmap.model.system_map import SystemMap

_ENOUGH = 20
"""Causes of the same name or id from which on a map without keys is a copy.

A few shared words such as "Stress" make no borrowing by themselves.
"""


def foresight_notice(factors: Collection[Factor]) -> str:
    """Return the notice of the Foresight map when something of it is among `factors`.

    That is a cause that bears a Foresight key and still its words, or so many of
    the same name or id that they are a copy. "" = nothing is borrowed.

    Examples
    --------
    >>> from systemmap.testing import map_from
    >>> foresight_notice(map_from("stress -> snacking").factors.values())
    ''
    """
    labels, ids, notice = _foresight()
    own_words = any(
        f.reference_key and labels.get(f.reference_key) == folded(f.label)
        for f in factors
    )
    if own_words:
        return notice
    names = frozenset(labels.values())
    alike = sum(f.id in ids or folded(f.label) in names for f in factors)
    return notice if alike >= _ENOUGH else ""


def notices_of(system_map: SystemMap) -> tuple[str, ...]:
    """Return every notice to be shown where a map or a part of it is: its own first."""
    found = (
        system_map.version.notice,
        foresight_notice(system_map.factors.values()),
    )
    return tuple(dict.fromkeys(filter(None, found)))


def without_notices(said: str, notice: str) -> str:
    r"""Return what people wrote of a map, from a text that ends with the map's notices.

    `notice` is the map's own; the Foresight map's may stand after it.

    Examples
    --------
    >>> without_notices("Drawn in May.\n\nKept by the county.", "Kept by the county.")
    'Drawn in May.'
    """
    for ending in (_foresight()[2], notice):
        said = said.rstrip("\n").removesuffix(ending)
    return said.strip("\n")


@cache
def _foresight() -> tuple[dict[str, str], frozenset[str], str]:
    """Return the map's names by key as they are compared, its ids, and its notice."""
    reference = foresight_map()
    labels = {f.id: folded(f.label) for f in reference.factors.values()}
    return labels, frozenset(labels), reference.version.notice
