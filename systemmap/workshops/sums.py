"""The write-up's sums: every number counted from the records, so that they add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.editing.merge_records import claims_of
from systemmap.language.menu_words import theme_name
from systemmap.language.phrases import counted, joined, quoted
from systemmap.model.elements import Factor, Link
from systemmap.model.text import folded
from systemmap.model.values import Confidence, Polarity
from systemmap.model.workshop import (
    Contribution,
    Proposal,
    Vote,
    VoteRound,
    Workshop,
    WorkshopTable,
)
from systemmap.vocab import terms
from systemmap.workshops.hidden_words import (
    hidden_in,
    ideas_shown,
    joined_in,
    sentences_said,
)
from systemmap.workshops.note_pictures import waiting_pictures
from systemmap.workshops.notes import is_hidden
from systemmap.workshops.running import tables_of
from systemmap.workshops.said_links import heard, sentence
from systemmap.workshops.table_cards import joined_causes
from systemmap.workshops.votes import result_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap
    from systemmap.workshops.said_links import Heard

SMALLEST_GROUP = 5
"""Breakdowns are given for groups of this many phones or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """How many notes became how many causes.

    ``notes - repeats == different`` and ``different - merged == causes``.
    Notes that wait, what was hidden, ideas put together with another and pictures
    nobody has typed are counted apart and are in none of the other numbers.
    """

    notes: int
    different: int
    causes: int
    held: int
    hidden: int
    special: int
    on_map: int
    links_said: int
    links_different: int
    words_hidden: int = 0
    ideas_joined: int = 0
    photographed: int = 0
    pictures_waiting: int = 0

    @property
    def repeats(self) -> int:
        """Notes that say the very words of another note."""
        return self.notes - self.different

    @property
    def merged(self) -> int:
        """Wordings that went into another cause."""
        return self.different - self.causes

    @property
    def headline(self) -> str:
        """The sums in one short sentence."""
        if not self.notes:
            return "No note about a cause has been written yet."
        return f"{counted(self.notes, 'note')} became {counted(self.causes, 'different cause')}."

    @property
    def sentence(self) -> str:
        """The sums in sentences that can be read aloud."""
        if not self.notes:
            return "Nobody has written a note about a cause yet."
        said = [f"You wrote {counted(self.notes, 'note')} about causes."]
        if self.repeats:
            said.append(f"{self.repeats} of them used the very words of another.")
        if self.merged:
            said.append(f"{self.merged} said much the same as another.")
        if self.repeats or self.merged:
            said.append(
                f"Put together, they name {counted(self.causes, 'different cause')}."
            )
        else:
            said.append("Each of them names a different cause.")
        return f"{' '.join(said)} Nothing was deleted: every note is in the appendix."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """A closed vote: its question, its options in words with dots, who voted."""

    question: str
    people: int
    dots_each: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A pair of causes on which people said or drew opposite things; left open."""

    source: str
    target: str
    more: tuple[str, ...]
    less: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Who said what, without choosing."""
        source, target = quoted(self.source), quoted(self.target)
        more = f"more {source} leads to more {target}"
        less = f"more {source} leads to less {target}"
        if self.more == self.less:
            return f"{joined(self.more)} said both: {more}, and {less}. Left open."
        return (
            f"{joined(self.more)} said: {more}. "
            f"{joined(self.less)} said: {less}. Left open."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Everything a write-up says about one workshop."""

    workshop: Workshop
    tables: tuple[str, ...]
    people: int | None
    phones: int
    sectors: tuple[str, ...]
    missing: tuple[str, ...]
    sums: Sums
    causes: tuple[tuple[str, int, int], ...]
    ballots: tuple[Ballot, ...]
    differences: tuple[Difference, ...]
    links: tuple[tuple[str, int, int], ...]
    proposals: tuple[Proposal, ...]
    notes: tuple[tuple[str, tuple[Contribution, ...]], ...]
    placed: dict[str, str]
    drawn: tuple[tuple[str, int, int, int], ...]


def account_of(programme: Programme, workshop_id: str) -> Account:
    """Count and gather what a workshop's write-up says. Nothing is changed."""
    workshop = programme.find(Workshop, workshop_id)
    notes = [
        n for n in programme.all(Contribution).values() if n.workshop_id == workshop_id
    ]
    said = sentences_said(programme, workshop_id)
    phones = {n.participant for n in notes} | {s.participant for s in said}
    sectors = _sectors(notes)
    groups = heard(said)
    return Account(
        workshop=workshop,
        tables=tuple(t.name for t in tables_of(programme, workshop_id)),
        people=workshop.attendance,
        phones=len(phones - {""}),
        sectors=sectors,
        missing=_missing(notes, workshop),
        sums=sums_of(programme, workshop_id),
        causes=_causes(programme, notes),
        ballots=tuple(_ballots(programme, workshop_id)),
        differences=tuple(_differences(programme, workshop_id, groups)),
        links=tuple(
            (sentence(g.source, g.polarity, g.target), len(g.statements), g.tables)
            for g in groups
        ),
        proposals=tuple(ideas_shown(programme, workshop_id)),
        notes=_by_table(programme, workshop_id, notes),
        placed=_placed(programme, notes),
        drawn=tuple(_drawn(programme, workshop_id)),
    )


def sums_of(programme: Programme, workshop_id: str) -> Sums:
    """Count one workshop's notes: as written, different, and after merging."""
    every = [
        n for n in programme.all(Contribution).values() if n.workshop_id == workshop_id
    ]
    notes = [n for n in every if n.kind == "cause" and not n.held]
    home: dict[str, str] = {}
    for note in notes:
        place = f"#{note.map_id}/{note.factor_id}" if note.factor_id else ""
        home[folded(note.text)] = home.get(folded(note.text)) or place
    said = sentences_said(programme, workshop_id)
    workshop = programme.find(Workshop, workshop_id)
    pictures = waiting_pictures(programme, workshop_id)
    return Sums(
        notes=len(notes),
        different=len(home),
        causes=len({place or text for text, place in home.items()}),
        held=sum(n.held and not is_hidden(n) for n in every),
        hidden=sum(is_hidden(n) for n in every),
        special=sum(n.special for n in notes),
        on_map=len({place for place in home.values() if place}),
        links_said=len(said),
        links_different=len(heard(said)),
        words_hidden=len(hidden_in(workshop)),
        ideas_joined=len(joined_in(workshop)),
        photographed=sum(n.source == "photo" for n in notes),
        pictures_waiting=len(pictures),
    )


def _causes(
    programme: Programme, notes: Sequence[Contribution]
) -> tuple[tuple[str, int, int], ...]:
    """Return (name, notes, tables) of each cause on a map, most notes first."""
    factors = programme.all(Factor)
    found: dict[str, list[Contribution]] = {}
    for note in notes:
        if note.factor_id and not note.held:
            found.setdefault(f"{note.map_id}/{note.factor_id}", []).append(note)
    rows = [
        (factors[key].label, len(said), len({n.table_id for n in said}))
        for key, said in found.items()
        if key in factors
    ]
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0].casefold())))


def _ballots(programme: Programme, workshop_id: str) -> list[Ballot]:
    found = []
    for vote_round in programme.all(VoteRound).values():
        if vote_round.workshop_id == workshop_id and vote_round.state == "closed":
            votes = [
                v for v in programme.all(Vote).values() if v.round_id == vote_round.id
            ]
            result = result_of(vote_round, votes)
            counts = tuple(
                (choice_words(programme, vote_round.about, option), dots)
                for option, dots in result.counts
            )
            found.append(
                Ballot(
                    question=vote_round.question,
                    people=result.people,
                    dots_each=vote_round.dots,
                    counts=counts,
                )
            )
    return found


def choice_words(programme: Programme, about: str, option: str) -> str:
    """Return the words for one option of a vote."""
    factors = programme.system_map().factors
    if about == "factors":
        return factors[option].label if option in factors else option
    if about == "themes":
        return theme_name(programme, option)
    if about == "links":
        source, _, target = option.partition(" -> ")
        link = programme.all(Link).get(f"main/{source}/{target}")
        if link and source in factors and target in factors:
            return sentence(factors[source].label, link.polarity, factors[target].label)
        return option
    proposal = programme.all(Proposal).get(option)
    return proposal.title if proposal else option


def _differences(
    programme: Programme, workshop_id: str, groups: Sequence[Heard]
) -> list[Difference]:
    """Return on what people differed, in sentences and in drawings, at one table too."""
    tables = programme.all(WorkshopTable)
    told: dict[tuple[str, str], tuple[str, str]] = {}
    who: dict[tuple[str, str], dict[Polarity, set[str]]] = {}

    def heard_from(name: str, source: str, target: str, polarity: Polarity) -> None:
        pair = folded(source), folded(target)
        told.setdefault(pair, (source, target))
        who.setdefault(pair, {}).setdefault(polarity, set()).add(name or "Somebody")

    for group in groups:
        for one in group.statements:
            name = tables[one.table_id].name if one.table_id else ""
            heard_from(name, group.source, group.target, one.polarity)
    for system_map, link, name in _drawn_links(programme, workshop_id):
        ends = (
            system_map.factor(link.source).label,
            system_map.factor(link.target).label,
        )
        if name and link.confidence is Confidence.DISPUTED:  # kept at the table as both
            heard_from(name, *ends, Polarity.SAME)
            heard_from(name, *ends, Polarity.OPPOSITE)
        for claim in claims_of(link):
            if name or claim.workshop == workshop_id:
                heard_from(name or claim.table, *ends, claim.polarity)
    both = {Polarity.SAME, Polarity.OPPOSITE}
    return [
        Difference(
            source=told[pair][0],
            target=told[pair][1],
            more=tuple(sorted(said[Polarity.SAME])),
            less=tuple(sorted(said[Polarity.OPPOSITE])),
        )
        for pair, said in who.items()
        if both <= said.keys()
    ]


def _drawn_links(
    programme: Programme, workshop_id: str
) -> Iterator[tuple[SystemMap, Link, str]]:
    """Yield the links of the tables' maps, each with its table, then the main map's."""
    for table in tables_of(programme, workshop_id):
        if table.map_id:
            drawn = programme.system_map(table.map_id)
            yield from ((drawn, link, table.name) for link in drawn.links.values())
    main = programme.system_map()
    yield from ((main, link, "") for link in main.links.values())


def _sectors(notes: Sequence[Contribution]) -> tuple[str, ...]:
    """Return the sectors that at least five phones named, in menu order."""
    phones: dict[str, set[str]] = {}
    for note in notes:
        if note.sector and note.participant:
            phones.setdefault(note.sector, set()).add(note.participant)
    return tuple(
        f"{term.label} ({len(phones[key])})"
        for key, term in terms("sectors").items()
        if len(phones.get(key, ())) >= SMALLEST_GROUP
    )


def _missing(notes: Sequence[Contribution], workshop: Workshop) -> tuple[str, ...]:
    """Return the sectors nobody named; empty when nobody named any."""
    named = {note.sector for note in notes if note.sector}
    invited = {folded(name) for name in workshop.organisations}
    if not named:
        return ()
    return tuple(
        term.label
        for key, term in terms("sectors").items()
        if key not in named and folded(term.label) not in invited
    )


def _by_table(
    programme: Programme, workshop_id: str, notes: Sequence[Contribution]
) -> tuple[tuple[str, tuple[Contribution, ...]], ...]:
    shown = [note for note in notes if not note.held]
    seats = [(t.id, t.name) for t in tables_of(programme, workshop_id)]
    groups = [
        (name, tuple(n for n in shown if n.table_id == table_id))
        for table_id, name in seats
    ]
    rest = tuple(n for n in shown if n.table_id is None)
    return (*groups, *([("No table", rest)] if rest else []))


def _drawn(programme: Programme, workshop_id: str) -> list[tuple[str, int, int, int]]:
    """Return (table, causes, links, of which not agreed) of each map that was drawn on."""
    found = []
    for table in tables_of(programme, workshop_id):
        drawn = programme.system_map(table.map_id) if table.map_id else None
        if drawn and drawn.links:  # cards alone are what was said, not what was drawn
            links = drawn.links.values()
            split = sum(link.confidence is Confidence.DISPUTED for link in links)
            found.append((table.name, len(joined_causes(drawn)), len(links), split))
    return found


def _placed(programme: Programme, notes: Sequence[Contribution]) -> dict[str, str]:
    factors = programme.all(Factor)
    return {
        note.id: factors[f"{note.map_id}/{note.factor_id}"].label
        for note in notes
        if note.factor_id and f"{note.map_id}/{note.factor_id}" in factors
    }
