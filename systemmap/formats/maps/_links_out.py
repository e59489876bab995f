"""A map's links in the order and shape in which writers state them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from systemmap.model.elements import Link
    from systemmap.model.system_map import SystemMap


@dataclass(frozen=True, slots=True)
class LinkOut:
    """One line to write: a link, the sign to state, and its direction."""

    link: Link
    polarity: Polarity
    direction: str = "directed"
    number: int = 0  # 1 and 2 for the two sides of a dispute

    @property
    def id(self) -> str:
        """An id of letters, digits and hyphens, different for each line."""
        side = f"-side-{self.number}" if self.number else ""
        return f"{self.link.source}--{self.link.target}{side}"

    @property
    def mentions(self) -> int:
        """How often to say this line was named; two sides add up to the link's count."""
        if self.number == 1:
            return max(self.link.mentions - 1, 0)
        return 1 if self.number else self.link.mentions


def links_out(
    system_map: SystemMap, *, mutual: bool = True, parallel: bool = True
) -> list[LinkOut]:
    """Return the lines to write, sorted by source and target.

    Parameters
    ----------
    system_map : SystemMap
        The map. It is not changed.
    mutual : bool
        Whether a link drawn with two heads stays one line. Otherwise it is two.
    parallel : bool
        Whether both sides of a dispute get a line. Otherwise one, unsigned.
    """
    found: list[LinkOut] = []
    for pair in sorted(system_map.links):
        link = system_map.links[pair]
        if mutual and _two_headed(system_map, link):
            if pair < pair[::-1]:
                found.append(LinkOut(link, link.polarity, "mutual"))
            continue
        direction = "directed" if link.directed else "undirected"
        sides = sorted({c.polarity for c in link.claims} - {Polarity.UNKNOWN})
        if parallel and len(sides) > 1 and link.polarity is Polarity.UNKNOWN:
            found.extend(
                LinkOut(link, side, direction, n) for n, side in enumerate(sides, 1)
            )
        else:
            found.append(LinkOut(link, link.polarity, direction))
    return found


def _two_headed(system_map: SystemMap, link: Link) -> bool:
    """Say whether a link and its opposite were drawn as one line and still agree."""
    other = system_map.links.get((link.target, link.source))
    if other is None or link.extra.get("direction") != "mutual":
        return False
    return all(
        getattr(link, name) == getattr(other, name)
        for name in (
            "polarity",
            "strength",
            "confidence",
            "delay",
            "directed",
            "reason",
            "note",
            "mentions",
            "extra",
        )
    )
