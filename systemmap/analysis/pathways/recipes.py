"""Sub-map recipes: start, build and question, kept so that a figure can be remade."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from systemmap.analysis.settings import SETTINGS
from systemmap.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Mapping


class Build(StrEnum):
    """How a sub-map grows from each start."""

    UPSTREAM = "upstream"
    DOWNSTREAM = "downstream"
    EGO = "ego"  # one link both ways
    PATHS = "paths"  # from the starts to the ends


class Combine(StrEnum):
    """How the sub-maps of several starts become one."""

    UNION = "union"
    INTERSECTION = "intersection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What to draw: saved with its parameters, remade on next year's map.

    Attributes
    ----------
    starts, ends : tuple[str, ...]
        Factor ids; `ends` serves paths only.
    within : int
        Links to follow up- or downstream: 1 to 3.
    question : str
        What the figure is to answer, in the group's words.
    """

    starts: tuple[str, ...]
    build: Build
    combine: Combine = Combine.UNION
    within: int = SETTINGS.steps
    ends: tuple[str, ...] = ()
    question: str = ""

    def __post_init__(self) -> None:
        if not self.starts:
            raise InvalidValue("Nothing to start from. Choose at least one cause.")
        if self.build is Build.PATHS and not self.ends:
            raise InvalidValue("Nothing to lead to. Choose where the paths should end.")

    def parameters(self) -> dict[str, object]:
        """Return the recipe as plain data, to be kept in a saved view."""
        return {
            "starts": list(self.starts),
            "build": str(self.build),
            "combine": str(self.combine),
            "within": self.within,
            "ends": list(self.ends),
            "question": self.question,
        }


def recipe_from(parameters: Mapping[str, object]) -> Recipe:
    """Return the recipe that was kept as `parameters`."""

    def names(key: str) -> tuple[str, ...]:
        value = parameters.get(key) or ()
        return tuple(map(str, value)) if isinstance(value, list | tuple) else ()

    return Recipe(
        starts=names("starts"),
        build=Build(str(parameters.get("build", Build.DOWNSTREAM))),
        combine=Combine(str(parameters.get("combine", Combine.UNION))),
        within=int(str(parameters.get("within", SETTINGS.steps))),
        ends=names("ends"),
        question=str(parameters.get("question", "")),
    )
