"""Labels made different from each other, for formats that tie links by label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.model.text import clean_label, folded

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.model.system_map import SystemMap


def unique_labels(
    system_map: SystemMap, tidy: Callable[[str], str] = clean_label
) -> dict[str, str]:
    """Return a label for each factor id; a repeated one gets " (2)", " (3)" …

    Parameters
    ----------
    system_map : SystemMap
        The map. It is not changed.
    tidy : callable
        Takes out what the format cannot have in a label.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for factor_id in sorted(system_map.factors):
        base = tidy(system_map.factors[factor_id].label) or factor_id
        label, n = base, 1
        while folded(label) in taken:
            n += 1
            label = f"{base} ({n})"
        taken.add(folded(label))
        found[factor_id] = label
    return found


def renamed(system_map: SystemMap, labels: dict[str, str]) -> tuple[str, ...]:
    """Return a sentence for the losses when labels had to be changed."""
    count = sum(system_map.factors[key].label != label for key, label in labels.items())
    return (
        (f"{count} names were changed so that each is different and plain",)
        if count
        else ()
    )
