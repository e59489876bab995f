"""Where notes go: the causes that are on no map yet, and the cause each becomes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.model.elements import Factor, MapVersion
from systemmap.model.text import clean_label, folded, slug
from systemmap.model.values import Wording
from systemmap.model.workshop import Contribution, WorkshopTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from systemmap.model.programme import Programme


def unplaced(
    programme: Programme, workshop_id: str | None = None
) -> list[Contribution]:
    """Return the causes that are on no map yet, oldest first; held notes wait elsewhere."""
    return [
        note
        for note in programme.all(Contribution).values()
        if note.kind == "cause"
        and note.factor_id is None
        and not note.held
        and workshop_id in (None, note.workshop_id)
    ]


def place_notes(
    draft: Programme,
    notes: Sequence[Contribution],
    label: str,
    *,
    map_id: str = "main",
    factor_id: str | None = None,
    theme: str = "",
) -> Factor:
    """Put notes into one factor, new or old; their words become its wordings."""
    if map_id not in draft.maps:
        draft.add(MapVersion(id=map_id, name="Main map"))
    factors = draft.system_map(map_id).factors
    name = clean_label(label)
    same = next(
        (f.id for f in factors.values() if folded(f.label) == folded(name)), None
    )
    factor_id = factor_id or same
    themes = [note.theme for note in notes if note.theme]
    if factor_id is None:
        factor_id = slug(name, factors, fallback="factor")
        draft.add(
            Factor(
                map_id=map_id,
                id=factor_id,
                label=name,
                theme=theme or (themes[0] if themes else ""),
            )
        )
    factor = draft.find(Factor, f"{map_id}/{factor_id}")
    grown = replace(
        factor,
        wordings=(*factor.wordings, *wordings_from(draft, notes)),
        mentions=factor.mentions + len(notes),
        unique_to_area=factor.unique_to_area or any(note.special for note in notes),
    )
    draft.replace(grown)
    for note in notes:
        draft.replace(replace(note, map_id=map_id, factor_id=factor_id))
    return grown


def place_singles(
    draft: Programme, workshop_id: str, note_ids: Iterable[str], map_id: str = "main"
) -> int:
    """Make a factor of each wording of these notes as it was said; return how many.

    A note with the same words that is not among them is left where it is.
    """
    wanted = set(note_ids)
    by_text: dict[str, list[Contribution]] = defaultdict(list)
    for note in unplaced(draft, workshop_id):
        if note.id in wanted:
            by_text[folded(note.text)].append(note)
    for notes in by_text.values():
        place_notes(draft, notes, notes[0].text[:200], map_id=map_id)
    return len(by_text)


def wordings_from(draft: Programme, notes: Iterable[Contribution]) -> list[Wording]:
    """Return notes as wordings of a cause, each with its table and its note's id."""
    tables = draft.all(WorkshopTable)
    return [
        Wording(
            text=note.text,
            table=tables[note.table_id].name if note.table_id else "",
            workshop=note.workshop_id,
            contribution_id=note.id,
        )
        for note in notes
    ]
