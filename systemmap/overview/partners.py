"""Who takes part and who is missing, by sector, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.model.people import Stakeholder
from systemmap.model.plan import LocalTerm
from systemmap.vocab import terms

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorRow:
    """One sector: who takes part, and who was asked but does not yet.

    A sector with neither is one that nobody has been invited from.
    """

    key: str
    name: str
    taking_part: tuple[Stakeholder, ...]
    not_yet: tuple[Stakeholder, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Who takes part, by sector in menu order; those without a sector come last."""

    rows: tuple[SectorRow, ...]

    @property
    def taking_part(self) -> int:
        """How many organisations take part."""
        return sum(len(row.taking_part) for row in self.rows)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of sectors from which nobody takes part."""
        return tuple(row.name for row in self.rows if row.key and not row.taking_part)

    @property
    def sentence(self) -> str:
        """The finding, with its denominator."""
        if not self.taking_part:
            return "Nobody is listed as taking part yet."
        sectors = [row for row in self.rows if row.key]
        there = len(sectors) - len(self.missing)
        noun = "organisation takes" if self.taking_part == 1 else "organisations take"
        return (
            f"{self.taking_part} {noun} part, from {there} of {len(sectors)} sectors."
        )


def network(programme: Programme) -> Network:
    """Return who takes part by sector, the programme's own sectors included.

    Somebody takes part who has been engaged at least once, or whose role is
    not "not yet engaged". Groups such as "all partners" name nobody and are
    left out.
    """
    names = {key: term.label for key, term in terms("sectors").items()}
    local = (
        term
        for term in programme.all(LocalTerm).values()
        if term.vocabulary == "sectors"
    )
    names |= {term.key: term.label for term in local}
    people = [s for s in programme.all(Stakeholder).values() if not s.group]
    rows = [_row(key, name, people) for key, name in names.items()]
    unsorted = _row("", "No sector given", [s for s in people if s.sector not in names])
    return Network(
        rows=(*rows, unsorted)
        if unsorted.taking_part or unsorted.not_yet
        else tuple(rows)
    )


def _row(key: str, name: str, people: list[Stakeholder]) -> SectorRow:
    here = [person for person in people if not key or person.sector == key]
    return SectorRow(
        key=key,
        name=name,
        taking_part=tuple(person for person in here if _takes_part(person)),
        not_yet=tuple(person for person in here if not _takes_part(person)),
    )


def _takes_part(person: Stakeholder) -> bool:
    return bool(person.engaged_on) or person.role not in ("missing", "")
