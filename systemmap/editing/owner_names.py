"""Owners as organisations: a name with "and" in it is one, or several, as people said once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.language.menu_words import term_name
from systemmap.model.meetings import Board
from systemmap.model.owners import Owners, read_owners
from systemmap.model.people import Stakeholder
from systemmap.model.plan import LocalTerm, Phase
from systemmap.model.text import clean_label, folded, slug

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.model.response import Action

ONE, SEVERAL = "organisations", "organisations_apart"
"""Vocabularies of a programme's own in which the two answers are kept."""
SORTS = {
    ONE: "One organisation",
    "organisations_partnership": "A partnership",
    "organisations_group": "A group",
    "organisations_role": "A role",
    SEVERAL: "Several",
}
"""What an owner can be, by the vocabulary in which that is kept; all but the last are one."""
_SIGNS = (" and ", "&", "/")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerQuestion:
    """Words that were read as several names and may be one: "HR & OD"."""

    raw: str
    names: tuple[str, ...]
    rows: int


def owners_of(programme: Programme, raw: str) -> Owners:
    """Read whom a cell names, with the names this programme knows to be one."""
    return read_owners(raw, known_owners(programme))


def known_owners(programme: Programme) -> tuple[str, ...]:
    """Return names that are never split: boards, partners, and those people said are one."""
    apart = {folded(term) for term in _terms(programme, SEVERAL)}
    names = (
        *(board.name for board in programme.all(Board).values()),
        *(s.organisation for s in programme.all(Stakeholder).values() if not s.group),
        *(t for sort in SORTS if sort != SEVERAL for t in _terms(programme, sort)),
    )
    return tuple(dict.fromkeys(n for n in names if n and folded(n) not in apart))


def owners_used(programme: Programme) -> tuple[str, ...]:
    """Return the owners that rows name and the organisations that take part, by name."""
    named = {folded(n): n for record in _owned(programme) for n in record.owners}
    named |= {
        folded(s.organisation): s.organisation
        for s in programme.all(Stakeholder).values()
        if not s.group
    }
    return tuple(sorted(filter(None, named.values()), key=str.casefold))


def partners_used(programme: Programme) -> tuple[str, ...]:
    """Return the owners used and the organisations named as partners of actions, by name."""
    named = {folded(name): name for name in owners_used(programme)}
    for action in programme.actions.values():
        for name in action.partners:
            named.setdefault(folded(name), name)
    return tuple(sorted(named.values(), key=str.casefold))


def owner_questions(programme: Programme) -> tuple[OwnerQuestion, ...]:
    """Return what to ask once, the words that stand in most rows first.

    Asked are cells that were split at "and", "&" or "/" and about which nobody
    has said yet whether they are one name or several. "Public Health and
    partners" is no question: partners are nobody in particular.
    """
    known = {folded(name) for name in known_owners(programme)}
    said = known | {folded(term) for term in _terms(programme, SEVERAL)}
    found: dict[str, list[str]] = {}
    for record in _owned(programme):
        for part in _parts(record.owners_raw):
            if folded(part) not in said:
                found.setdefault(folded(part), []).append(part)
    asked = []
    for parts in found.values():
        owners = owners_of(programme, parts[0])
        settled = owners.groups or known & set(map(folded, owners.names))
        if len(owners.names) > 1 and not settled:
            asked.append(
                OwnerQuestion(raw=parts[0], names=owners.names, rows=len(parts))
            )
    return tuple(sorted(asked, key=lambda q: (-q.rows, q.raw.casefold())))


def sort_of(programme: Programme, name: str) -> str:
    """Return what an owner is, in words: as people said, or as a board says; "" = unsaid."""
    for term in programme.all(LocalTerm).values():
        if term.vocabulary in SORTS and folded(term.label) == folded(name):
            return SORTS[term.vocabulary]
    for board in programme.all(Board).values():
        if folded(board.name) == folded(name):
            return term_name(programme, "board_kinds", board.kind)
    return ""


def settle_owner(programme: Programme, raw: str, *, one: bool, sort: str = ONE) -> int:
    """Keep whether words are one name or several, and read every row anew.

    Parameters
    ----------
    sort : str
        What the one is: a key of `SORTS`.

    Returns
    -------
    int
        How many rows now name somebody else.

    Raises
    ------
    InvalidValue
        The words are blank.
    """
    name = clean_label(raw)
    if not name:
        raise InvalidValue("Give the words as they stand in the plan.")
    for vocabulary in SORTS:
        for key, term in list(programme.all(LocalTerm).items()):
            if term.vocabulary == vocabulary and folded(term.label) == folded(name):
                programme.remove(LocalTerm, key)
    wanted = sort if one else SEVERAL
    key = slug(name, {t.key for t in programme.all(LocalTerm).values()})
    programme.add(LocalTerm(vocabulary=wanted, key=key, label=name))
    changed = 0
    for record in _owned(programme):
        if folded(name) not in map(folded, _parts(record.owners_raw)):
            continue
        owners = owners_of(programme, record.owners_raw).names
        if owners != record.owners:
            programme.replace(replace(record, owners=owners))
            changed += 1
    return changed


def _owned(programme: Programme) -> list[Action | Phase]:
    return [*programme.actions.values(), *programme.all(Phase).values()]


def _terms(programme: Programme, vocabulary: str) -> tuple[str, ...]:
    found = programme.all(LocalTerm).values()
    return tuple(term.label for term in found if term.vocabulary == vocabulary)


def _parts(raw: str) -> list[str]:
    """Return the parts of a cell between commas that hold a sign at which they were split."""
    parts = (part.strip() for part in raw.replace(";", ",").split(","))
    return [p for p in parts if any(sign in f" {p.lower()} " for sign in _SIGNS)]
