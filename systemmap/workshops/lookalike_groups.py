"""Look-alikes: notes and factors that may mean the same, group by group, with a reason.

Nothing is merged by itself. Accepting a group is one change to a draft, so
saved as one change it is undone as one; the notes keep their words, tables
and times.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.analysis.lookalikes import (
    LIKENESS_WORDS,
    MARKERS,
    Likeness,
    find_lookalikes,
    is_opposite,
)
from systemmap.editing.merge_factors import flip_factor, merge_factors, merge_opposites
from systemmap.editing.merge_records import renamed
from systemmap.errors import InvalidValue
from systemmap.model.elements import Factor, MapVersion
from systemmap.model.text import clean_label, folded, slug
from systemmap.model.values import Wording
from systemmap.model.workshop import Contribution, Workshop, WorkshopTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from systemmap.model.programme import Programme

KEPT_APART = "kept_apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One wording of a group: a factor of the map, or notes that say the same words."""

    text: str
    factor_id: str | None = None
    notes: tuple[Contribution, ...] = ()
    tables: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many notes say it."""
        return len(self.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Wordings that may mean the same, with the reason and a name to start from."""

    key: str
    likeness: Likeness
    wishes: tuple[Wish, ...]
    suggested: str

    @property
    def reason(self) -> str:
        """Why they stand together, in words."""
        return LIKENESS_WORDS[self.likeness]


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


def lookalike_groups(
    programme: Programme, workshop_id: str, map_id: str = "main"
) -> list[Group]:
    """Group this workshop's unplaced notes, and the map's factors, by likeness.

    Returns
    -------
    list[Group]
        Opposite wordings first, then the same words, then those worth a look.
        Notes with the very same words stand as one wording. A note is also
        held against the wordings that were merged into a factor before, and
        two factors that this workshop made are put side by side when their
        names say the same. Groups that people kept apart are left out.
    """
    wishes = _wishes(programme, workshop_id, map_id)
    stand_ins = {f"w-{n}": wish for n, wish in enumerate(wishes)}
    found = find_lookalikes(
        Factor(id=name, label=wish.text) for name, wish in stand_ins.items()
    )
    apart = _apart(programme, workshop_id)
    groups = [
        _group(likeness.likeness, [stand_ins[name] for name in likeness.factor_ids])
        for likeness in found
    ]
    grouped = {wish.text for group in groups for wish in group.wishes}
    groups += [
        _group(Likeness.SAME, [wish])
        for wish in wishes
        if wish.text not in grouped and _stands_twice(wish)
    ]
    grouped |= {wish.text for group in groups for wish in group.wishes}
    groups += _by_earlier_wording(programme, wishes, grouped, map_id)
    made_here = _made_in(programme, workshop_id, map_id)
    order = list(Likeness)
    fresh = [
        group
        for group in groups
        if group.key not in apart and (_has_notes(group) or _joinable(group, made_here))
    ]
    return sorted(fresh, key=lambda g: (order.index(g.likeness), -_size(g)))


def accept_group(
    draft: Programme,
    group: Group,
    label: str,
    *,
    leave_out: Iterable[str] = (),
    map_id: str = "main",
) -> Factor:
    """Make one factor of a group under a name people chose.

    Parameters
    ----------
    draft : Programme
        Edited in place.
    group : Group
        As `lookalike_groups` proposed it.
    label : str
        The neutral name.
    leave_out : iterable of str
        Wordings of the group that mean something else after all.

    Returns
    -------
    Factor
        With every wording, table and count. A factor of the map whose name
        says the opposite of the new one has its links flipped.

    Raises
    ------
    InvalidValue
        There is no name, or everything was left out.
    """
    name = clean_label(label)
    if not name:
        raise InvalidValue("Write a short neutral name, for example 'Time to cook'.")
    out = {folded(text) for text in leave_out}
    wishes = [wish for wish in group.wishes if folded(wish.text) not in out]
    if not wishes:
        raise InvalidValue("Everything was left out, so there is nothing to merge.")
    factor_ids = [wish.factor_id for wish in wishes if wish.factor_id]
    notes = [note for wish in wishes for note in wish.notes]
    if not factor_ids:
        return place_notes(draft, notes, name, map_id=map_id)
    keep = _merged(draft, factor_ids, name, map_id)
    return place_notes(draft, notes, keep.label, map_id=map_id, factor_id=keep.id)


def keep_apart(draft: Programme, workshop_id: str, group: Group) -> None:
    """Remember in a draft that people looked at a group and kept it apart."""
    workshop = draft.find(Workshop, workshop_id)
    apart = [*_apart(draft, workshop_id), group.key]
    draft.replace(replace(workshop, extra={**workshop.extra, KEPT_APART: apart}))


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
        wordings=(*factor.wordings, *_wordings(draft, notes)),
        mentions=factor.mentions + len(notes),
        unique_to_area=factor.unique_to_area or any(note.special for note in notes),
    )
    draft.replace(grown)
    for note in notes:
        draft.replace(replace(note, map_id=map_id, factor_id=factor_id))
    return grown


def place_singles(
    draft: Programme, workshop_id: str, texts: Iterable[str], map_id: str = "main"
) -> int:
    """Make a factor of each of these wordings as it was said; return how many."""
    wanted = {folded(text) for text in texts}
    by_text: dict[str, list[Contribution]] = defaultdict(list)
    for note in unplaced(draft, workshop_id):
        if folded(note.text) in wanted:
            by_text[folded(note.text)].append(note)
    for notes in by_text.values():
        place_notes(draft, notes, notes[0].text[:200], map_id=map_id)
    return len(by_text)


def _wishes(programme: Programme, workshop_id: str, map_id: str) -> list[Wish]:
    tables = programme.all(WorkshopTable)
    said: dict[str, list[Contribution]] = defaultdict(list)
    for note in unplaced(programme, workshop_id):
        said[folded(note.text)].append(note)
    factors = {
        folded(f.label): f for f in programme.system_map(map_id).factors.values()
    }
    wishes = [
        Wish(
            text=notes[0].text,
            factor_id=factors[text].id if text in factors else None,
            notes=tuple(notes),
            tables=tuple(
                sorted({tables[n.table_id].name for n in notes if n.table_id})
            ),
        )
        for text, notes in said.items()
    ]
    others = (
        Wish(text=f.label, factor_id=f.id) for t, f in factors.items() if t not in said
    )
    return [*wishes, *others]


def _group(likeness: Likeness, wishes: list[Wish]) -> Group:
    names = sorted(
        f"#{wish.factor_id}" if wish.factor_id else folded(wish.text) for wish in wishes
    )
    digest = hashlib.sha256("\x1f".join(names).encode()).hexdigest()[:12]
    return Group(
        key=f"{likeness.value}-{digest}",
        likeness=likeness,
        wishes=tuple(wishes),
        suggested=_suggested(wishes),
    )


def _suggested(wishes: list[Wish]) -> str:
    """Return the wording to start from: a factor's name, else the neutral short one."""
    marked = {
        one.text
        for one in wishes
        for other in wishes
        if one is not other
        and is_opposite(one.text, other.text)
        and _is_less(one, other)
    }
    best = min(
        wishes,
        key=lambda w: (
            w.text in marked,
            w.factor_id is None,
            -w.count,
            len(w.text),
            w.text,
        ),
    )
    return clean_label(best.text)


def _is_less(one: Wish, other: Wish) -> bool:
    """Say whether the first of two opposites is the one that names the lack."""
    lacking = set(folded(one.text).split()) & MARKERS
    return bool(lacking) or len(one.text) > len(other.text)


def _merged(
    draft: Programme, factor_ids: Sequence[str], name: str, map_id: str
) -> Factor:
    keep = factor_ids[0]
    for drop in factor_ids[1:]:
        one, other = (draft.find(Factor, f"{map_id}/{f}").label for f in (keep, drop))
        merge = merge_opposites if is_opposite(one, other) else merge_factors
        merge(draft, map_id, keep, drop)
    kept = draft.find(Factor, f"{map_id}/{keep}")
    if is_opposite(kept.label, name):
        return flip_factor(draft, map_id, keep, name)
    if kept.label != name:
        kept = renamed(kept, name)
        draft.replace(kept)
    return kept


def _wordings(draft: Programme, notes: Iterable[Contribution]) -> list[Wording]:
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


def _apart(programme: Programme, workshop_id: str) -> list[str]:
    kept = programme.find(Workshop, workshop_id).extra.get(KEPT_APART)
    return [str(key) for key in kept] if isinstance(kept, (list, tuple)) else []


def _by_earlier_wording(
    programme: Programme, wishes: Sequence[Wish], grouped: set[str], map_id: str
) -> list[Group]:
    """Group notes with the factors into which the same words were merged before."""
    factors = programme.system_map(map_id).factors
    own = {wish.factor_id: wish for wish in wishes if wish.factor_id}
    notes = [w for w in wishes if w.notes and not w.factor_id and w.text not in grouped]
    known = {
        folded(wording.text): factor.id
        for factor in factors.values()
        for wording in factor.wordings
        if factor.id in own
    }
    stand_ins = [
        *(Factor(id=f"n-{n}", label=wish.text) for n, wish in enumerate(notes)),
        *(Factor(id=f"w-{n}", label=text) for n, text in enumerate(known) if text),
    ]
    targets = list(known.values())
    found = []
    for cluster in find_lookalikes(stand_ins) if notes else ():
        if cluster.likeness is not Likeness.SAME:
            continue
        here = [key.partition("-") for key in cluster.factor_ids]
        said = [notes[int(n)] for kind, _, n in here if kind == "n"]
        there = dict.fromkeys(targets[int(n)] for kind, _, n in here if kind == "w")
        if said and there:
            found.append(_group(Likeness.SAME, [*(own[f] for f in there), *said]))
    return found


def _made_in(programme: Programme, workshop_id: str, map_id: str) -> set[str]:
    """Return the factors that hold a wording of this workshop."""
    return {
        factor.id
        for factor in programme.system_map(map_id).factors.values()
        if any(wording.workshop == workshop_id for wording in factor.wordings)
    }


def _joinable(group: Group, made_here: set[str]) -> bool:
    """Say whether factors alone are worth a decision: made here, and more than a look."""
    ids = {wish.factor_id for wish in group.wishes}
    return group.likeness is not Likeness.LOOK and bool(ids & made_here)


def _has_notes(group: Group) -> bool:
    return any(wish.notes for wish in group.wishes)


def _stands_twice(wish: Wish) -> bool:
    """Say whether the very same words stand in several notes, or in a note and on the map."""
    return wish.count > 1 or (wish.count > 0 and wish.factor_id is not None)


def _size(group: Group) -> int:
    return sum(wish.count for wish in group.wishes)
