"""What a screen is: a title, the place it stands in, and a function that draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.places import PLACES

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One way of looking at one of the app's places.

    Attributes
    ----------
    key, title : str
        Its key, under which other screens lead to it, and its name.
    place : str
        The place it stands in, a key of `PLACES`.
    icon : str
        A Material symbol, for instance ``":material/map:"``.
    draw : callable
        Draws the screen; it changes things only through the workspace.
    position : int
        Order within its place; the first one opens.
    needs_programme : bool
        Whether it is hidden while no programme is open.
    """

    key: str
    title: str
    place: str
    icon: str
    draw: Callable[[Workspace], None]
    position: int = 0
    needs_programme: bool = True

    def __post_init__(self) -> None:
        if self.place not in PLACES:
            msg = f"Screen '{self.key}' is in no known place: '{self.place}'."
            raise ValueError(msg)
