"""What a screen is: a title, a place in the menu, and a function that draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.workspace import Workspace

SECTIONS = (
    "",
    "1 Set-up",
    "2 Local picture",
    "3 Mapping",
    "4 Action",
    "5 Network",
    "6 Reflect and refresh",
    "Keep and share",
)
"""The menu's headings, in order: the six phases are the spine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One page of the app.

    Attributes
    ----------
    key, title : str
        Its address and its name in the menu.
    section : str
        One of `SECTIONS`.
    icon : str
        A Material symbol, for instance ``":material/map:"``.
    draw : callable
        Draws the screen; it changes things only through the workspace.
    position : int
        Order within its section.
    needs_programme : bool
        Whether it is hidden while no programme is open.
    """

    key: str
    title: str
    section: str
    icon: str
    draw: Callable[[Workspace], None]
    position: int = 0
    needs_programme: bool = True

    def __post_init__(self) -> None:
        if self.section not in SECTIONS:
            msg = f"Screen '{self.key}' is in no known section: '{self.section}'."
            raise ValueError(msg)
