"""Which area of the figures is the council's own, and what kind of area each is.

A small area is never taken for the council. Where neither the programme's area code
nor its name is found among the figures, a person is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.model.evidence import Observation
from systemmap.model.people import Place
from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.model.plan import ProgrammeInfo
    from systemmap.model.programme import Programme

ENGLAND = "E92000001"
_COUNCILS = ("E06", "E07", "E08", "E09", "E10", "W06", "S12", "N09")
_REGION = "E12"
_TITLES = frozenset(
    [
        "council",
        "borough",
        "county",
        "city",
        "district",
        "metropolitan",
        "royal",
        "london",
        "unitary",
        "of",
        "the",
        "and",
    ]
)


@dataclass(frozen=True, slots=True)
class Area:
    """An area of the figures: its code and name, either of which may be ""."""

    code: str
    name: str

    @property
    def words(self) -> str:
        """The name, with its code where it has one."""
        if self.name and self.code:
            return f"{self.name} ({self.code})"
        return self.name or self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilArea:
    """The council among the areas of the figures.

    Attributes
    ----------
    own : tuple[Area, ...]
        The areas that are the council itself: by code, and by name where a source
        gives no code. Empty = a person has to say which it is.
    choices : tuple[Area, ...]
        Areas that could be the council, alphabetical; one that a source gives without
        its code is not asked for twice.
    """

    own: tuple[Area, ...]
    choices: tuple[Area, ...]

    def is_own(self, observation: Observation) -> bool:
        """Say whether a figure is the council's."""
        return area_of(observation) in self.own


def area_of(observation: Observation) -> Area:
    """Return the area of a figure."""
    return Area(observation.area_code, observation.area_name)


def is_england(code: str) -> bool:
    """Say whether a code is that of England."""
    return code == ENGLAND


def is_region(code: str) -> bool:
    """Say whether a code is that of a region of England."""
    return code.startswith(_REGION)


def is_official(code: str) -> bool:
    """Say whether a code has the form of the national statistics office's."""
    return len(code) == 9 and code[0].isalpha() and code[1:].isdigit()


def is_council(code: str) -> bool:
    """Say whether an official code is that of a council."""
    return is_official(code) and code.startswith(_COUNCILS)


def plain_name(name: str) -> str:
    """Return a council's name without its titles, for comparing.

    Examples
    --------
    >>> plain_name("London Borough of Havering") == plain_name("Havering Council")
    True
    """
    words = folded(name.replace(",", " ")).split()
    return " ".join(w for w in words if w not in _TITLES) or folded(name)


def council_area(programme: Programme) -> CouncilArea:
    """Return which area of the figures is the council, and which could be.

    Parameters
    ----------
    programme : Programme
        Its area code decides, then the name of its area, then its own name.
    """
    small = {p.code for p in programme.all(Place).values() if p.code}
    small |= {p.name for p in programme.all(Place).values()}
    areas = {area_of(o) for o in programme.all(Observation).values()}
    possible = [area for area in areas if _may_be_council(area, small)]
    own = _own(programme.info, possible)
    coded = {plain_name(area.name) for area in possible if area.code}
    choices = [a for a in possible if a.code or plain_name(a.name) not in coded]
    return CouncilArea(
        own=tuple(sorted(own, key=_order)), choices=tuple(sorted(choices, key=_order))
    )


def _order(area: Area) -> tuple[str, str]:
    return area.name.casefold(), area.code


def _may_be_council(area: Area, small: set[str]) -> bool:
    if is_official(area.code):
        return is_council(area.code)
    return bool(area.words) and not {area.code, area.name} & small


def _own(info: ProgrammeInfo, possible: Iterable[Area]) -> set[Area]:
    by_code = {a for a in possible if a.code and a.code == info.area_code}
    names = {plain_name(a.name) for a in by_code if a.name}
    if not by_code and not info.area_code:
        named = _named(possible, (info.area_name, info.name))
        if len({a.code for a in named if a.code}) > 1:
            return set()  # two councils of one name, as a county and its city
        by_code, names = named, {plain_name(a.name) for a in named}
    if not by_code:
        names = {plain_name(n) for n in (info.area_name, info.name) if n}
    return by_code | {a for a in possible if not a.code and plain_name(a.name) in names}


def _named(possible: Iterable[Area], names: Iterable[str]) -> set[Area]:
    for name in names:
        wanted = plain_name(name.partition("(")[0]) if name else ""
        found = {a for a in possible if wanted and plain_name(a.name) == wanted}
        if found:
            return found
    return set()


def parent_code(extra: Mapping[str, object]) -> str:
    """Return the code of the area above, where the file gave one."""
    for heading, value in extra.items():
        if heading.casefold().replace(" ", "") == "parentcode":
            return str(value)
    return ""
