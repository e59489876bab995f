"""Tables' maps on their way into the main map: which wait, and what each factor may match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.analysis.lookalikes import Likeness, lookalikes_of
from systemmap.model.text import folded
from systemmap.workshops.running import tables_of

if TYPE_CHECKING:
    from systemmap.analysis.lookalikes import LookAlike
    from systemmap.model.elements import Factor
    from systemmap.model.programme import Programme
    from systemmap.model.workshop import WorkshopTable


@dataclass(frozen=True, slots=True)
class Waiting:
    """A table whose map holds something and was not brought in yet."""

    table: WorkshopTable
    map_id: str
    factors: int
    links: int


@dataclass(frozen=True, slots=True)
class Match:
    """One factor of a table's map, and the factors of the main map it may be.

    `same` is the factor with the very same name. Opposite wordings are not
    among `looks`: their links would have to be flipped, which is a merge of
    its own among the look-alikes.
    """

    factor: Factor
    same: str | None
    looks: tuple[LookAlike, ...]


def waiting_maps(programme: Programme, workshop_id: str) -> list[Waiting]:
    """Return the tables' maps that can be brought in, in the order of the tables."""
    parents = programme.system_map().version.parents
    found = []
    for table in tables_of(programme, workshop_id):
        if table.map_id and table.map_id not in parents:
            drawn = programme.system_map(table.map_id)
            if drawn.factors:
                found.append(
                    Waiting(table, table.map_id, len(drawn.factors), len(drawn.links))
                )
    return found


def matches_for(programme: Programme, map_id: str) -> list[Match]:
    """Propose, for each factor of a table's map, which main factor it may be."""
    mine = programme.system_map().factors
    by_name = {folded(factor.label): factor.id for factor in mine.values()}
    found = []
    for factor in programme.system_map(map_id).factors.values():
        looks = lookalikes_of(factor.label, mine.values(), limit=3)
        found.append(
            Match(
                factor=factor,
                same=by_name.get(folded(factor.label)),
                looks=tuple(
                    look for look in looks if look.likeness is not Likeness.OPPOSITE
                ),
            )
        )
    return found
