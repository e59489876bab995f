"""Who takes part and who is meant: organisations first, names of persons never needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from systemmap.model.text import check_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder:
    """An organisation, or a role in one, that takes part or should.

    `engaged_on` holds dates or workshops as typed, oldest first. `invited` is
    True for those still missing from the network.
    """

    id: str
    organisation: str
    role: str = ""  # sponsor, core working team, network, contributor
    sector: str = ""
    title: str = ""  # a job title or role, never a name
    engaged_on: tuple[str, ...] = ()
    invited: bool = False
    group: bool = False  # "all partners" names nobody in particular
    note: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id, "Stakeholder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """A group of people as a dimension of factors, actions and assets."""

    id: str
    name: str
    priority: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        check_id(self.id, "Population")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An area with a code, or a neighbourhood people know."""

    id: str
    name: str
    code: str = ""
    level: str = ""
    parent: str = ""
    decile: int | None = None  # IMD decile, 1 = most deprived; None = no figure
    priority: bool = False
    population: int | None = None
    source: str = ""
    geometry: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id, "Place")
