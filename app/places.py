"""The ten places of the app, in the order of the menu.

A place holds one or several screens, its ways of looking. The first of them is
what opens; the others stand in a row at the top of the place.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the menu: its address, its name and its symbol.

    A place that `fills` the window folds the rail and keeps one bar above.
    """

    key: str
    title: str
    icon: str
    fills: bool = False


PLACES: Mapping[str, Place] = MappingProxyType(
    {
        place.key: place
        for place in (
            Place("home", "Home", ":material/home:"),
            Place("plan", "Plan", ":material/checklist:"),
            Place("place", "Place", ":material/location_city:"),
            Place("workshop", "Workshop", ":material/groups:"),
            Place("map", "Map", ":material/hub:", fills=True),
            Place("gaps", "Gaps", ":material/grid_view:"),
            Place("actions", "Actions", ":material/task_alt:"),
            Place("changes", "Changes", ":material/compare_arrows:"),
            Place("share", "Share", ":material/ios_share:"),
            Place("settings", "Settings", ":material/settings:"),
        )
    }
)
