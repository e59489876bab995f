"""Workshop tables' maps into the main map, keeping which table said what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.editing.factor_references import move_notes
from systemmap.editing.merge_records import (
    claims_of,
    joined_factor,
    joined_link,
    wordings_of,
)
from systemmap.errors import InvalidValue, UnknownItem
from systemmap.language.phrases import counted, quoted
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.response import ActionFactor, AssetFactor
from systemmap.model.text import folded, slug
from systemmap.model.values import Confidence
from systemmap.model.workshop import Contribution, LinkStatement, WorkshopTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.model.programme import Programme


CARD_ID = "card-"
"""How the id of a note's card begins: made before a person read it, so without its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapMerge:
    """What came into the map from one table's map, in counts."""

    name: str
    new_factors: int = 0
    same_factors: int = 0
    new_links: int = 0
    same_links: int = 0
    disputed: int = 0
    dropped: int = 0

    @property
    def sentence(self) -> str:
        """What happened, in words."""
        said = (
            f"{quoted(self.name)}: {counted(self.new_factors, 'factor')} new, {self.same_factors} already there; "
            f"{counted(self.new_links, 'link')} new, {self.same_links} already there"
        )
        if self.disputed:
            said += f", of which {self.disputed} now disputed"
        if self.dropped:
            said += f"; {counted(self.dropped, 'link')} left out, because both ends became one factor"
        return f"{said}."


def merge_maps(
    draft: Programme,
    map_ids: Sequence[str],
    *,
    into: str = "main",
    matches: Mapping[tuple[str, str], str] | None = None,
) -> list[MapMerge]:
    """Bring several tables' maps into one map of the programme.

    Parameters
    ----------
    draft : Programme
        Edited in place; unchanged when an error is raised.
    map_ids : sequence of str
        The tables' maps, in the order in which to bring them in.
    into : str
        The map that takes them; made when it is the main map and there is none.
    matches : Mapping[tuple[str, str], str] | None
        What people decided: (map id, factor id) to the id of the factor it is
        the same as. Where nothing was decided only the very same name counts;
        look-alikes are never merged by themselves.

    Returns
    -------
    list[MapMerge]
        One per map, in order. Each wording and claim carries its table, counts
        add up, opposite signs become disputed with an unknown polarity. The
        tables' maps stay as they are; notes made into their factors now lie in
        the factors of the map that took them, and ties are there as well.

    Raises
    ------
    UnknownItem
        A map, or a factor named in `matches`, does not exist.
    InvalidValue
        A map was brought in before, or is the map itself.
    """
    chosen = dict(matches or {})
    _check(draft, map_ids, into, chosen)
    if into not in draft.maps:
        draft.add(MapVersion(id=into, name="Main map"))
    return [_bring_in(draft, map_id, into, chosen) for map_id in map_ids]


def _check(
    draft: Programme,
    map_ids: Sequence[str],
    into: str,
    chosen: Mapping[tuple[str, str], str],
) -> None:
    if into != "main":
        draft.find(MapVersion, into)
    for map_id in map_ids:
        version = draft.find(MapVersion, map_id)
        if map_id == into or map_ids.count(map_id) > 1:
            msg = f"{quoted(version.name)} cannot be merged into itself. Choose other maps."
            raise InvalidValue(msg)
        if into in draft.maps and map_id in draft.maps[into].parents:
            msg = f"{quoted(version.name)} was merged into this map before. Undo that merge first, or add what is new by hand."
            raise InvalidValue(msg)
    known = {
        key.partition("/")[2] for key in draft.all(Factor) if key.startswith(f"{into}/")
    }
    for target in chosen.values():
        if target not in known:
            raise UnknownItem.named("factor", target, known)


def _bring_in(
    draft: Programme, map_id: str, into: str, chosen: Mapping[tuple[str, str], str]
) -> MapMerge:
    table, workshop = _who(draft, map_id)
    counts = dict.fromkeys(MapMerge.__dataclass_fields__, 0)
    counts.pop("name")
    places = _bring_factors(draft, map_id, into, chosen, (table, workshop), counts)
    for link in draft.system_map(map_id).links.values():
        _bring_link(draft, link, into, places, (table, workshop), counts)
    _bring_ties(draft, map_id, into, places)
    _bring_notes(draft, map_id, into, places)
    version = draft.maps[into]
    draft.replace(replace(version, parents=(*version.parents, map_id)))
    return MapMerge(name=draft.maps[map_id].name, **counts)


def _who(draft: Programme, map_id: str) -> tuple[str, str]:
    """Return the name of the table that drew a map, and its workshop's id."""
    for table in draft.all(WorkshopTable).values():
        if table.map_id == map_id:
            return table.name, table.workshop_id
    version = draft.maps[map_id]
    return version.name, version.workshop_id or ""


def _bring_factors(
    draft: Programme,
    map_id: str,
    into: str,
    chosen: Mapping[tuple[str, str], str],
    who: tuple[str, str],
    counts: dict[str, int],
) -> dict[str, str]:
    """Add or join each factor; return where each one now is."""
    target = draft.system_map(into)
    by_name = {folded(factor.label): factor.id for factor in target.factors.values()}
    by_note = notes_in(target.factors.values())
    places: dict[str, str] = {}
    for factor in draft.system_map(map_id).factors.values():
        said = _said_by(factor, who)
        there = (
            chosen.get((map_id, factor.id))
            or by_name.get(folded(factor.label))
            or holder_of(factor, by_note)
        )
        if there:
            kept = draft.find(Factor, f"{into}/{there}")
            draft.replace(joined_factor(kept, said))
            counts["same_factors"] += 1
        else:
            taken = {
                key.partition("/")[2]
                for key in draft.all(Factor)
                if key.startswith(f"{into}/")
            }
            again = factor.id in taken or factor.id.startswith(CARD_ID)
            there = slug(factor.label, taken) if again else factor.id
            draft.add(
                replace(said, map_id=into, id=there, x=None, y=None, pinned=False)
            )
            by_name[folded(factor.label)] = there
            counts["new_factors"] += 1
        places[factor.id] = there
    return places


def notes_in(factors: Iterable[Factor]) -> dict[str, str]:
    """Return, for each note that became part of a factor, that factor's id."""
    return {
        wording.contribution_id: factor.id
        for factor in factors
        for wording in factor.wordings
        if wording.contribution_id
    }


def holder_of(factor: Factor, by_note: Mapping[str, str]) -> str | None:
    """Return the factor that all notes of this one went into; None = not one factor."""
    ids = [w.contribution_id for w in factor.wordings if w.contribution_id]
    holders = {by_note.get(note_id) for note_id in ids}
    return holders.pop() if len(holders) == 1 else None


def _said_by(factor: Factor, who: tuple[str, str]) -> Factor:
    """Return a factor whose wordings and count say which table named it."""
    once = replace(factor, mentions=max(factor.mentions, 1))
    wordings = tuple(
        w if w.table else replace(w, table=who[0], workshop=who[1])
        for w in wordings_of(once)
    )
    return replace(once, wordings=wordings)


def _bring_link(
    draft: Programme,
    link: Link,
    into: str,
    places: Mapping[str, str],
    who: tuple[str, str],
    counts: dict[str, int],
) -> None:
    source, target = places[link.source], places[link.target]
    if source == target:
        counts["dropped"] += 1
        return
    claims = tuple(
        claim if claim.table else replace(claim, table=who[0], workshop=who[1])
        for claim in claims_of(link)
    )
    said = replace(
        link,
        map_id=into,
        source=source,
        target=target,
        claims=claims,
        mentions=max(link.mentions, sum(claim.count for claim in claims)),
    )
    there = draft.all(Link).get(f"{into}/{source}/{target}")
    if there is None:
        draft.add(said)
        counts["new_links"] += 1
        return
    joined = joined_link(there, said)
    was = Confidence.DISPUTED in (there.confidence, said.confidence)
    counts["same_links"] += 1
    counts["disputed"] += joined.confidence is Confidence.DISPUTED and not was
    draft.replace(joined)


def _bring_ties(
    draft: Programme, map_id: str, into: str, places: Mapping[str, str]
) -> None:
    for tie in list(draft.all(ActionFactor).values()):
        if tie.map_id == map_id:
            moved = replace(tie, map_id=into, factor_id=places[tie.factor_id])
            if f"{moved.action_id}/{into}/{moved.factor_id}" not in draft.all(
                ActionFactor
            ):
                draft.add(moved)
    for helps in list(draft.all(AssetFactor).values()):
        if helps.map_id == map_id:
            there = replace(helps, map_id=into, factor_id=places[helps.factor_id])
            if f"{there.asset_id}/{into}/{there.factor_id}" not in draft.all(
                AssetFactor
            ):
                draft.add(there)


def _bring_notes(
    draft: Programme, map_id: str, into: str, places: Mapping[str, str]
) -> None:
    for factor_id, there in places.items():
        move_notes(draft, (map_id, factor_id), (into, there))
    cards = notes_in(draft.system_map(map_id).factors.values())
    known = draft.all(Contribution)
    for note_id, factor_id in cards.items():  # notes that stood as cards are placed now
        note = known.get(note_id)
        if note is not None and note.factor_id is None and not note.held:
            placed = replace(note, map_id=into, factor_id=places[factor_id])
            draft.replace(placed)
    for said in list(draft.all(LinkStatement).values()):
        if said.map_id == map_id and said.source and said.target:
            ends = places[said.source], places[said.target]
            if ends[0] != ends[1]:
                draft.replace(
                    replace(said, map_id=into, source=ends[0], target=ends[1])
                )
