"""Tables' maps on their way into the main map: which wait, and what each factor may match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.analysis.lookalikes import Likeness, lookalikes_of
from systemmap.editing.merge_maps import holder_of, merge_maps, notes_in
from systemmap.errors import StaleRevision
from systemmap.model.text import folded
from systemmap.workshops.running import tables_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.analysis.lookalikes import LookAlike
    from systemmap.editing.merge_maps import MapMerge
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

    `same` is the factor with the very same name, or the one its notes went into. Opposite wordings are not
    among `looks`: their links would have to be flipped, which is a merge of
    its own among the look-alikes.
    """

    factor: Factor
    same: str | None
    looks: tuple[LookAlike, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """How a table's map comes in: what has the very same name, is new, or may be the same.

    `likely` is the factor that an alike one is proposed to be, "" = a cause of
    its own until a person says otherwise.
    """

    waiting: Waiting
    same: int
    fresh: int
    alike: tuple[Match, ...]

    @staticmethod
    def likely(match: Match) -> str:
        """Return the factor with the same words in another spelling; "" = none."""
        certain = (x for x in match.looks if x.likeness is Likeness.SAME)
        return next((look.factor_id for look in certain), "")


def joining(programme: Programme, workshop_id: str) -> list[Joined]:
    """Propose, as one list, how all waiting maps come together.

    Each map is compared with the main one and with the tables before it.
    """
    draft = programme.copy()
    found = []
    for waiting in waiting_maps(programme, workshop_id):
        matches = matches_for(draft, waiting.map_id)
        alike = tuple(m for m in matches if m.looks and not m.same)
        same = sum(bool(match.same) for match in matches)
        found.append(Joined(waiting, same, len(matches) - same - len(alike), alike))
        merge_maps(draft, [waiting.map_id])
    return found


def bring_together(
    draft: Programme,
    workshop_id: str,
    *,
    matches: Mapping[tuple[str, str], str],
    shown: Mapping[str, tuple[int, int]],
) -> list[MapMerge]:
    """Bring tables' maps into the main one, in a draft, as a person reviewed them.

    Parameters
    ----------
    matches : mapping
        (map id, factor id) to the factor it is the same as.
    shown : mapping
        The maps that were shown, with how many factors and links each had.

    Raises
    ------
    StaleRevision
        A table has drawn on since: nothing that nobody looked at is brought in.
    """
    waiting = {w.map_id: w for w in waiting_maps(draft, workshop_id)}
    for map_id, size in shown.items():
        now = waiting.get(map_id)
        if now is None or (now.factors, now.links) != size:
            name = now.table.name if now else "A table"
            msg = f"{name} has drawn on since this list was made, or its map is in already. Look at the list again."
            raise StaleRevision(msg)
    gone: dict[str, str] = {}  # a cause of an earlier table that became another
    done: list[MapMerge] = []
    for map_id in (m for m in waiting if m in shown):
        said = {k: gone.get(to, to) for k, to in matches.items() if k[0] == map_id}
        known = draft.system_map().factors
        there = {key: to for key, to in said.items() if to in known}
        done += merge_maps(draft, [map_id], matches=there)
        gone |= {factor_id: to for (_, factor_id), to in there.items()}
    return done


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
    by_note = notes_in(mine.values())
    found = []
    for factor in programme.system_map(map_id).factors.values():
        looks = lookalikes_of(factor.label, mine.values(), limit=3)
        found.append(
            Match(
                factor=factor,
                same=by_name.get(folded(factor.label)) or holder_of(factor, by_note),
                looks=tuple(
                    look for look in looks if look.likeness is not Likeness.OPPOSITE
                ),
            )
        )
    return found
