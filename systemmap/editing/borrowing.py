"""Causes borrowed from another map: a template's, or the reference map beside the local one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.analysis.template_share import template_mark
from systemmap.bundled.bundled_files import foresight_map, foresight_terms
from systemmap.editing.positions import give_places
from systemmap.errors import UnknownItem
from systemmap.model.plan import LocalTerm
from systemmap.model.text import folded, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from systemmap.model.elements import Factor
    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap


def already_here(here: SystemMap, source: SystemMap) -> dict[str, str]:
    """Return which causes of another map stand on this one, by their ids there.

    Parameters
    ----------
    here : SystemMap
        The map that borrows.
    source : SystemMap
        The map that is borrowed from.

    Returns
    -------
    dict of str to str
        Id there to id here, in the order of `source`. A cause is the same when it
        bears the same reference key or, letter case aside, the same name.

    Examples
    --------
    >>> from systemmap.testing import map_from
    >>> already_here(map_from("stress -> sleep"), map_from("stress -> snacking"))
    {'stress': 'stress'}
    """
    by_key = {f.reference_key: f.id for f in here.factors.values() if f.reference_key}
    by_name = {folded(f.label): f.id for f in here.factors.values()}
    found = {
        f.id: by_key.get(f.reference_key) or by_name.get(folded(f.label))
        for f in source.factors.values()
    }
    return {there: known for there, known in found.items() if known}


def borrow(
    draft: Programme,
    source: SystemMap,
    factor_ids: Collection[str],
    *,
    themes: Iterable[LocalTerm] = (),
    map_id: str = "main",
) -> tuple[Factor, ...]:
    """Put causes of another map on a map, with the links between what both hold.

    Parameters
    ----------
    draft : Programme
        Changed in place. What its map holds already keeps its words and its place.
    source : SystemMap
        Where the causes come from; it is not changed.
    factor_ids : collection of str
        Their ids on `source`.
    themes : iterable of LocalTerm
        The themes of `source` that are its own; those that come along are added.
    map_id : str
        The map that borrows; made when there is none yet.

    Returns
    -------
    tuple of Factor
        The causes that are new, in the order of `source`.

    Raises
    ------
    UnknownItem
        The other map has no such cause.
    """
    unknown = set(factor_ids) - set(source.factors)
    if unknown:
        raise UnknownItem.named("cause", min(unknown), list(source.factors))
    here = draft.system_map(map_id)
    if map_id not in draft.maps:
        draft.put_map(here)
    known = already_here(here, source)
    new = []
    for factor in source.factors.values():
        if factor.id in factor_ids and factor.id not in known:
            taken = draft.system_map(map_id).factors
            free = slug(factor.label, taken) if factor.id in taken else factor.id
            mine = replace(
                factor,
                map_id=map_id,
                id=free,
                x=None,
                y=None,
                pinned=False,
                extra=template_mark(factor),
            )
            draft.add(mine)
            known[factor.id] = mine.id
            new.append(mine)
    _links(draft, source, known, {f.id for f in new}, map_id)
    _themes(draft, themes, {factor.theme for factor in new})
    give_places(draft, map_id, without_links=True)
    return tuple(new)


def _links(
    draft: Programme,
    source: SystemMap,
    known: Mapping[str, str],
    new: Collection[str],
    map_id: str,
) -> None:
    """Draw the links that touch something new; between what was here people decided."""
    for link in source.links.values():
        ends = known.get(link.source), known.get(link.target)
        if ends[0] and ends[1] and set(ends) & set(new) and ends[0] != ends[1]:
            draft.add(replace(link, map_id=map_id, source=ends[0], target=ends[1]))


def _themes(
    draft: Programme, themes: Iterable[LocalTerm], used: Collection[str]
) -> None:
    here = {(t.vocabulary, t.key) for t in draft.all(LocalTerm).values()}
    for term in themes:
        if term.key in used and (term.vocabulary, term.key) not in here:
            draft.add(term)


def open_reference(draft: Programme) -> str:
    """Lay the Foresight map beside the local maps, to borrow from; return its id.

    A programme that holds it already is left as it is.
    """
    reference = foresight_map()
    if reference.id not in draft.maps:
        draft.put_map(reference)
        _themes(draft, foresight_terms(), {term.key for term in foresight_terms()})
    return reference.id
