"""Check and Finding: a question put to a map, and one answer worth a second look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to ask the group about: a question, never an error.

    Attributes
    ----------
    question : str
        What to ask, with the real names in it.
    factors, actions, assets : tuple[str, ...]
        Ids of what it is about.
    links : tuple[tuple[str, str], ...]
        The links it is about, as (source, target).
    """

    question: str
    factors: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    actions: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A question put to every map.

    Attributes
    ----------
    key, title : str
        Its name in code and on screen.
    why : str
        Why it is worth asking.
    find : callable
        Gives the findings for an analysed map of a programme, in alphabetical order of
        id; without a programme, what needs one finds nothing.
    """

    key: str
    title: str
    why: str
    find: Callable[[MapAnalysis, Programme | None], Iterable[Finding]]

    def __post_init__(self) -> None:
        for name in ("key", "title", "why"):
            if not str(getattr(self, name)).strip():
                msg = f"Check '{self.key}' has no {name}. Say what it asks and why."
                raise InvalidValue(msg)
