"""Licence words that must travel with a map we know, whatever file it comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.bundled.bundled_files import foresight_map
from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Collection

    from systemmap.model.elements import Factor

_ENOUGH = 20  # borrowed factors from which on the map is part of the reference map


def notice_for(factors: Collection[Factor]) -> str:
    """Return the notice of the Foresight map when a good part of it is among `factors`.

    Twenty of its factors, by name or by key; a few shared words such as
    "Stress" make no borrowing.
    """
    if len(factors) < _ENOUGH:
        return ""
    reference = foresight_map()
    labels = {folded(factor.label) for factor in reference.factors.values()}
    known = sum(f.id in reference.factors or folded(f.label) in labels for f in factors)
    return reference.version.notice if known >= _ENOUGH else ""
