"""A table's notes as cards on its own drawing: nothing that was said is typed again.

A card is a factor of the table's map that holds the note as a wording. The note
itself stays where it is until the tables' maps come together.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.editing.merge_maps import CARD_ID
from systemmap.editing.positions import give_places
from systemmap.model.elements import Factor, MapVersion
from systemmap.model.response import ActionFactor, AssetFactor
from systemmap.model.text import clean_label, folded
from systemmap.model.values import MapKind
from systemmap.model.workshop import Contribution, Workshop
from systemmap.workshops.note_places import wordings_from
from systemmap.workshops.running import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap
    from systemmap.model.workshop import WorkshopTable

NAME_LENGTH = 200
"""Characters on a card; a longer note stands in full among what the card holds."""
STOOD = "stood_notes"
"""What a table's map remembers in its `extra`: notes that became cards, ids alone."""


def drawing_is_open(workshop: Workshop) -> bool:
    """Say whether tables draw just now."""
    return workshop.open and "draw" in workshop.rooms


def joined_causes(system_map: SystemMap) -> frozenset[str]:
    r"""Return the causes that a link joins: what was drawn.

    The rest are cards: they stand there because somebody said them.

    Examples
    --------
    >>> from systemmap.testing import map_from
    >>> sorted(joined_causes(map_from("stress -> snacking\n sleep")))
    ['snacking', 'stress']
    """
    return frozenset(end for pair in system_map.links for end in pair)


def cards_follow(draft: Programme, workshop_id: str) -> int:
    """Stand new notes on the drawings while tables draw; return how many cards came."""
    if not drawing_is_open(draft.find(Workshop, workshop_id)):
        return 0
    return stand_cards(draft, workshop_id)


def stand_cards(draft: Programme, workshop_id: str) -> int:
    """Stand each table's notes as cards on its own map, in a draft.

    Parameters
    ----------
    draft : Programme
        Changed in place.
    workshop_id : str
        Whose tables. A map that was brought into the main one is left alone.

    Returns
    -------
    int
        How many cards came. Notes that wait or were hidden stand nowhere; the
        same words make one card; a note whose card somebody took away is not
        put back. Cards have places of their own, so that none covers another.
    """
    brought = draft.maps["main"].parents if "main" in draft.maps else ()
    said: dict[str | None, list[Contribution]] = defaultdict(list)
    for note in draft.all(Contribution).values():
        if note.workshop_id == workshop_id and note.kind == "cause" and not note.held:
            said[note.table_id].append(note)
    return sum(
        _stand(draft, table, said[table.id])
        for table in tables_of(draft, workshop_id)
        if said[table.id] and table.map_id and table.map_id not in brought
    )


def _stand(
    draft: Programme, table: WorkshopTable, notes: Sequence[Contribution]
) -> int:
    version = draft.find(MapVersion, str(table.map_id))
    stood = _stood(version)
    fresh = [note for note in notes if note.id not in stood]
    if not fresh:
        return 0
    main = draft.all(Factor)
    by_name: dict[str, list[Contribution]] = defaultdict(list)
    names: dict[str, str] = {}
    for note in fresh:
        merged = main.get(f"main/{note.factor_id}") if note.map_id == "main" else None
        name = merged.label if merged else _short(note.text)
        names.setdefault(folded(name), name)
        by_name[folded(name)].append(note)
    came = sum(_card(draft, version.id, names[k], by_name[k]) for k in by_name)
    ids = [*stood, *(note.id for note in fresh)]
    draft.replace(replace(version, extra={**version.extra, STOOD: ids}))
    give_places(draft, version.id, without_links=True)
    return came


def _card(
    draft: Programme, map_id: str, name: str, notes: Sequence[Contribution]
) -> bool:
    """Add a card, or give its words to the one of that name; say whether it is new."""
    there = draft.system_map(map_id).factors
    same = next((f for f in there.values() if folded(f.label) == folded(name)), None)
    themes = [note.theme for note in notes if note.theme]
    card = same or Factor(
        map_id=map_id,
        id=f"{CARD_ID}{notes[0].id.removeprefix('n-')}",
        label=name,
        theme=themes[0] if themes else "",
    )
    draft.put(
        replace(
            card,
            wordings=(*card.wordings, *wordings_from(draft, notes)),
            mentions=card.mentions + len(notes),
            unique_to_area=card.unique_to_area or any(note.special for note in notes),
        )
    )
    return same is None


def take_cards(draft: Programme, notes: Iterable[Contribution]) -> int:
    """Take notes off every map they stand on, in a draft; return how many links went.

    A cause that other notes say too, that people gave another name, or that
    actions and assets are tied to, stays without these words.
    """
    ids = {note.id for note in notes}
    if not ids:
        return 0
    gone = 0
    for key, factor in list(draft.all(Factor).items()):
        mine = [w for w in factor.wordings if w.contribution_id in ids]
        if mine and draft.find(MapVersion, factor.map_id).kind in _DRAWN:
            gone += _without(draft, key, factor, {w.contribution_id for w in mine})
    for version in list(draft.maps.values()):
        stood = _stood(version)
        stay = [note_id for note_id in stood if note_id not in ids]
        if len(stay) != len(stood):
            draft.replace(replace(version, extra={**version.extra, STOOD: stay}))
    return gone


_DRAWN = (MapKind.MAIN, MapKind.WORKSHOP_TABLE)


def _without(draft: Programme, key: str, factor: Factor, ids: set[str]) -> int:
    stay = tuple(w for w in factor.wordings if w.contribution_id not in ids)
    gone = [w for w in factor.wordings if w.contribution_id in ids]
    own_words = folded(factor.label) in {folded(_short(w.text)) for w in gone}
    if stay or not own_words or _is_tied(draft, factor):
        mentions = max(0, factor.mentions - sum(w.count for w in gone))
        draft.replace(replace(factor, wordings=stay, mentions=mentions))
        return 0
    ends = (link for link in draft.system_map(factor.map_id).links.values())
    links = sum(factor.id in (link.source, link.target) for link in ends)
    draft.remove_factor(factor.map_id, factor.id)
    return links


def held_by(programme: Programme, note: Contribution) -> list[tuple[str, Factor]]:
    """Return the causes that hold a note's words, by key."""
    return [
        (key, factor)
        for key, factor in programme.all(Factor).items()
        if any(w.contribution_id == note.id for w in factor.wordings)
    ]


def reworded(factor: Factor, note: Contribution, text: str) -> Factor:
    """Return a cause with other words for a note; so its name, where it had the note's."""
    own = folded(factor.label) == folded(_short(note.text))
    return replace(
        factor,
        label=_short(text) if own else factor.label,
        wordings=tuple(
            replace(w, text=text) if w.contribution_id == note.id else w
            for w in factor.wordings
        ),
    )


def _is_tied(draft: Programme, factor: Factor) -> bool:
    place = (factor.map_id, factor.id)
    acted_on = {(t.map_id, t.factor_id) for t in draft.all(ActionFactor).values()}
    helped = {(t.map_id, t.factor_id) for t in draft.all(AssetFactor).values()}
    return place in acted_on | helped


def _stood(version: MapVersion) -> list[str]:
    found: Mapping[str, object] = version.extra
    ids = found.get(STOOD)
    return [str(note_id) for note_id in ids] if isinstance(ids, (list, tuple)) else []


def _short(text: str) -> str:
    name = clean_label(text)
    if len(name) <= NAME_LENGTH:
        return name
    return f"{name[: NAME_LENGTH - 1].rpartition(' ')[0] or name[: NAME_LENGTH - 1]}…"
