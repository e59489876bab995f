"""The links behind a sentence or a picture, as table rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.components.html_tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.system_map import SystemMap

_EFFECTS = {
    "+": "more leads to more",
    "-": "more leads to less",
    "?": "direction not agreed",
}


def links_table(
    system_map: SystemMap, pairs: Iterable[tuple[str, str]], *, alt: str
) -> None:
    """Show links in the order given: both ends, the effect, how often said, and why."""
    table((_row(system_map, pair) for pair in pairs), alt=alt)


def _row(system_map: SystemMap, pair: tuple[str, str]) -> dict[str, object]:
    link = system_map.links[pair]
    return {
        "From": system_map.factor(pair[0]).label,
        "Effect": _EFFECTS[link.polarity] + (" (slowly)" if link.delay else ""),
        "To": system_map.factor(pair[1]).label,
        "Said": f"{link.mentions} times" if link.mentions else "",
        "Reason people gave": link.reason,
    }
