"""Who said what is drawn: the factors and links of some tables, out of one shared map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.model.workshop import WorkshopTable

if TYPE_CHECKING:
    from collections.abc import Collection

    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What some tables said: ids of factors, and pairs of links."""

    factors: frozenset[str]
    links: frozenset[tuple[str, str]]


def tables_of(programme: Programme, map_id: str = "main") -> dict[str, str]:
    """Return the tables whose words are on a map, by key, with their names; by name.

    A table that was never planned here, for instance one of an imported list,
    goes by the words it came with.
    """
    system_map = programme.system_map(map_id)
    keys = {
        *(w.table for f in system_map.factors.values() for w in f.wordings),
        *(c.table for x in system_map.links.values() for c in x.claims),
    } - {""}
    names = {table.id: table.name for table in programme.all(WorkshopTable).values()}
    return dict(
        sorted(
            ((key, names.get(key, key)) for key in keys),
            key=lambda named: (named[1].casefold(), named[0]),
        )
    )


def said_by(system_map: SystemMap, tables: Collection[str]) -> Said:
    r"""Return what these tables said: factors they named, links they claimed.

    The ends of a claimed link belong to it, whoever named them first.

    Examples
    --------
    >>> from systemmap.testing import map_from
    >>> said_by(map_from("stress -> snacking +"), ["oak"]).links
    frozenset()
    """
    links = frozenset(
        pair
        for pair, link in system_map.links.items()
        if any(claim.table in tables for claim in link.claims)
    )
    named = {
        factor.id
        for factor in system_map.factors.values()
        if any(wording.table in tables for wording in factor.wordings)
    }
    ends = {end for pair in links for end in pair}
    return Said(factors=frozenset(named | ends), links=links)
