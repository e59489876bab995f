"""Look-alikes: notes and factors that may mean the same, group by group, with a reason.

Nothing is merged by itself. Accepting a group is one change to a draft, so
saved as one change it is undone as one; the notes keep their words, tables
and times.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.analysis.lookalikes import (
    MARKERS,
    Likeness,
    find_lookalikes,
    is_opposite,
    reason_for,
)
from systemmap.editing.merge_factors import flip_factor, merge_factors, merge_opposites
from systemmap.editing.merge_records import renamed
from systemmap.errors import InvalidValue
from systemmap.language.phrases import counted
from systemmap.model.elements import Factor
from systemmap.model.text import clean_label, folded
from systemmap.model.workshop import Contribution, Workshop, WorkshopTable
from systemmap.workshops.kept_apart import KeptApart, names_of, remember_apart, sense_of
from systemmap.workshops.note_places import place_notes, unplaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.model.programme import Programme


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

    @property
    def names(self) -> tuple[str, ...]:
        """What it is remembered by: its words and, on the map, its cause."""
        return names_of(self.text, self.factor_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Wordings that may mean the same, with the reason and a name to start from."""

    key: str
    likeness: Likeness
    wishes: tuple[Wish, ...]
    suggested: str
    flips: int = 0  # links of causes on the map that the suggested name turns round

    @property
    def certain(self) -> bool:
        """Whether all are the same words, written another way."""
        return self.likeness is Likeness.SAME

    @property
    def reason(self) -> str:
        """Why they stand together, in words."""
        if self.likeness is Likeness.OPPOSITE:
            flip = f" and flip {counted(self.flips, 'link')}" if self.flips else ""
            return f"opposite wording: rename{flip}"
        return reason_for([wish.text for wish in self.wishes], self.likeness)


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
    apart = KeptApart(programme.find(Workshop, workshop_id))
    by_text = {wish.text: wish for wish in wishes}
    stand_ins = {f"w-{n}": wish for n, wish in enumerate(wishes)}
    found = find_lookalikes(
        (Factor(id=name, label=wish.text) for name, wish in stand_ins.items()),
        kept_apart=lambda one, other: apart.are(
            by_text[one].names, by_text[other].names
        ),
    )
    links = _links_at(programme, map_id)
    groups = [
        _group(
            likeness.likeness,
            [stand_ins[name] for name in likeness.factor_ids],
            links=links,
        )
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
        if not apart.holds(group.key, [w.names for w in group.wishes])
        and (_has_notes(group) or _joinable(group, made_here))
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
    left = [wish for wish in group.wishes if wish not in wishes]
    factor_ids = [wish.factor_id for wish in wishes if wish.factor_id]
    notes = [note for wish in wishes for note in wish.notes]
    if not factor_ids:
        made = place_notes(draft, notes, name, map_id=map_id)
    else:
        keep = _merged(draft, factor_ids, name, map_id)
        made = place_notes(draft, notes, keep.label, map_id=map_id, factor_id=keep.id)
    said_in = {note.workshop_id for wish in group.wishes for note in wish.notes}
    kept = {
        name for wish in wishes for name in _names(wish, certain=group.certain)
    } | set(names_of(made.label, made.id))
    for wish in left:
        gone = _names(wish, certain=group.certain)
        for workshop_id in sorted(said_in):
            remember_apart(draft, workshop_id, [gone, kept - set(gone)])
    return made


def accept_certain(
    draft: Programme, groups: Iterable[Group], *, map_id: str = "main"
) -> int:
    """Accept the groups that are certain, each under its suggested name.

    Parameters
    ----------
    draft : Programme
        Edited in place.
    groups : iterable of Group
        As they were shown. What is not certain is left alone, and so is a group
        one of whose wordings went into another; it is proposed again.

    Returns
    -------
    int
        How many groups were accepted.
    """
    taken: set[str] = set()
    accepted = 0
    for group in groups:
        texts = {folded(wish.text) for wish in group.wishes}
        if group.certain and taken.isdisjoint(texts):
            accept_group(draft, group, group.suggested, map_id=map_id)
            taken |= texts
            accepted += 1
    return accepted


def keep_apart(draft: Programme, workshop_id: str, group: Group) -> None:
    """Remember in a draft that people looked at a group and kept it apart.

    Every two of its wordings are remembered, so that they are not proposed again
    when another wording comes to stand beside them.
    """
    names = [_names(wish, certain=group.certain) for wish in group.wishes]
    remember_apart(draft, workshop_id, names)


def _names(wish: Wish, *, certain: bool) -> list[str]:
    """Return by which names a wording is remembered.

    Within a group of the same words that is the letter, elsewhere the sense.
    """
    skipped = sense_of(wish.text) if certain else folded(wish.text)
    return [name for name in wish.names if name != skipped]


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


def _links_at(programme: Programme, map_id: str) -> Counter[str]:
    """Return how many links each cause of a map has."""
    links = programme.system_map(map_id).links.values()
    return Counter(end for link in links for end in (link.source, link.target))


def _group(
    likeness: Likeness, wishes: list[Wish], *, links: Mapping[str, int] | None = None
) -> Group:
    names = sorted(
        f"#{wish.factor_id}" if wish.factor_id else folded(wish.text) for wish in wishes
    )
    digest = hashlib.sha256("\x1f".join(names).encode()).hexdigest()[:12]
    suggested = _suggested(wishes)
    turned = (
        wish.factor_id
        for wish in wishes
        if links and wish.factor_id and is_opposite(wish.text, suggested)
    )
    return Group(
        key=f"{likeness.value}-{digest}",
        likeness=likeness,
        wishes=tuple(wishes),
        suggested=suggested,
        flips=sum(links.get(factor_id, 0) for factor_id in turned) if links else 0,
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
            likeness = Likeness.SAME if len(there) == 1 else Likeness.NEAR
            found.append(_group(likeness, [*(own[f] for f in there), *said]))
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
