"""The other activities as the facilitator works with them: links, maps, votes, ideas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.rooms._subject_names import focus_words, option_words
from systemmap.language.menu_words import words_of
from systemmap.model.elements import Link
from systemmap.model.values import Polarity
from systemmap.model.workshop import Proposal, VoteRound
from systemmap.vocab import label
from systemmap.workshops.hidden_words import (
    hidden_in,
    hidden_words,
    ideas_shown,
    joined_in,
    sentences_said,
)
from systemmap.workshops.said_links import heard, sentence
from systemmap.workshops.table_cards import joined_causes
from systemmap.workshops.votes import (
    MOST_DOTS,
    MOST_OPTIONS,
    candidates,
    people_voted,
    result_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.rooms._room import Visit
    from app.rooms._venue import Hall
    from systemmap.model.workshop import LinkStatement, Workshop
    from systemmap.workshops.said_links import Heard

ABOUT = {
    "factors": "Causes on the map",
    "links": "Links on the map",
    "themes": "Themes",
    "proposals": "Ideas from this workshop",
}
MOST_SAID = 12
"""How many "those most said" are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLink:
    """A link that was said, with every sentence that says it; acts go by `ids`."""

    text: str
    ids: tuple[str, ...]
    more: int
    less: int
    unsure: int
    tables: int
    disputed: bool
    waits: bool
    reasons: tuple[str, ...]

    @property
    def value(self) -> str:
        """The sentences, as a form sends them."""
        return ",".join(self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A table's own map in numbers: what it drew, and the cards it has not joined."""

    id: str
    name: str
    causes: int
    cards: int
    links: int
    brought: bool
    disputes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """A round of voting; `counts` only once it is closed."""

    id: str
    question: str
    state: str
    about: str
    people: int
    dots: int
    options: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """An idea as a card."""

    id: str
    title: str
    subject: str
    owner: str
    due: str
    partners: str
    scale_key: str
    scale: str
    benefits: str
    reason: str
    table: str
    accepted: bool
    about: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class HiddenWords:
    """A sentence or an idea that is hidden, and why."""

    id: str
    text: str
    why: str


def hidden_words_of(hall: Hall, workshop: Workshop) -> list[HiddenWords]:
    """Return the sentences and ideas that were taken off the wall, the newest first."""
    why = hidden_in(workshop)
    hidden = hidden_words(hall.programme, workshop.id)
    return [HiddenWords(one.id, _text(one), why[one.id]) for one in reversed(hidden)]


def _text(one: LinkStatement | Proposal) -> str:
    if isinstance(one, Proposal):
        return one.title
    return sentence(one.source_raw, one.polarity, one.target_raw)


def links_of(hall: Hall, workshop: Workshop) -> list[SaidLink]:
    """Return the links that were said, those that wait for the map first."""
    said = sentences_said(hall.programme, workshop.id)
    links = [_said_link(hall, group) for group in heard(said)]
    return sorted(links, key=lambda link: not link.waits)


def _said_link(hall: Hall, group: Heard) -> SaidLink:
    return SaidLink(
        text=sentence(group.source, group.polarity, group.target),
        ids=tuple(s.id for s in group.statements),
        more=group.said(Polarity.SAME),
        less=group.said(Polarity.OPPOSITE),
        unsure=group.said(Polarity.UNKNOWN),
        tables=group.tables,
        disputed=group.disputed,
        waits=_waits(hall, group),
        reasons=tuple(dict.fromkeys(s.reason for s in group.statements if s.reason)),
    )


def _waits(hall: Hall, group: Heard) -> bool:
    """Say whether the map's link does not hold all that was said."""
    first = group.statements[0]
    link = hall.find(Link, f"{first.map_id}/{first.source}/{first.target}")
    if link is None:
        return True
    counted = sum(c.count for c in link.claims if c.workshop == first.workshop_id)
    return counted < len(group.statements)


def drawn_of(hall: Hall, workshop: Workshop) -> list[Drawn]:
    """Return each table's map in numbers."""
    brought = hall.programme.system_map().version.parents
    found = []
    for table in hall.tables(workshop.id):
        if not table.map_id:
            continue
        drawn = hall.programme.system_map(table.map_id)
        joined = joined_causes(drawn)
        disputes = tuple(
            f"{drawn.factor(link.source).label} → {drawn.factor(link.target).label}"
            for link in drawn.links.values()
            if link.confidence == "disputed"
        )
        found.append(
            Drawn(
                id=table.map_id,
                name=table.name,
                causes=len(joined),
                cards=len(drawn.factors) - len(joined),
                links=len(drawn.links),
                brought=table.map_id in brought,
                disputes=disputes,
            )
        )
    return found


def ballots_of(hall: Hall, workshop: Workshop) -> list[Ballot]:
    """Return the rounds of voting, the latest first."""
    rounds = [r for r in hall.all(VoteRound).values() if r.workshop_id == workshop.id]
    return [_ballot(hall, vote_round) for vote_round in reversed(rounds)]


def _ballot(hall: Hall, vote_round: VoteRound) -> Ballot:
    votes = hall.votes_in(vote_round.id)
    counts: tuple[tuple[str, int], ...] = ()
    if vote_round.state == "closed":
        counts = tuple(
            (option_words(hall, vote_round.about, option), dots)
            for option, dots in result_of(vote_round, votes).counts
        )
    return Ballot(
        id=vote_round.id,
        question=vote_round.question,
        state=vote_round.state,
        about=ABOUT.get(vote_round.about, ""),
        people=people_voted(votes),
        dots=vote_round.dots,
        options=len(vote_round.options),
        counts=counts,
    )


def stand_of(visit: Visit, hall: Hall, workshop: Workshop) -> Mapping[str, object]:
    """Return what the form of a new vote offers: kinds, ways to choose, and the choices."""
    about = visit.asked("about") if visit.asked("about") in ABOUT else "factors"
    stand = visit.asked("stand")
    themes = words_of(hall.programme, "themes")
    options = candidates(
        hall.programme,
        workshop.id,
        about,
        theme=stand.partition("theme:")[2],
        most_said=MOST_SAID if stand == "most" else 0,
    )
    ways = {"": "All", "most": f"The {MOST_SAID} most said"}
    if about in ("factors", "links"):
        used = {f.theme for f in hall.factors() if f.theme}
        ways |= {f"theme:{k}": name for k, name in themes.items() if k in used}
    return {
        "kinds": ABOUT,
        "about": about,
        "ways": ways,
        "stand": stand if stand in ways else "",
        "options": [(o, option_words(hall, about, o)) for o in options],
        "most": MOST_OPTIONS,
        "most_dots": MOST_DOTS,
    }


def ideas_of(hall: Hall, workshop: Workshop) -> list[Idea]:
    """Return the ideas, those that wait first, the newest on top."""
    tables = {table.id: table.name for table in hall.tables(workshop.id)}
    ideas = ideas_shown(hall.programme, workshop.id)
    joined = list(joined_in(workshop).values())
    found = [
        Idea(
            id=p.id,
            title=p.title,
            subject=focus_words(hall, p.subject) if p.subject else "",
            owner=p.owner,
            due=p.due_raw,
            scale_key=p.action_scale,
            partners=p.partners,
            scale=label("action_scales", p.action_scale) if p.action_scale else "",
            benefits=p.benefits,
            reason=p.reason,
            table=tables.get(p.table_id or "", ""),
            accepted=p.action_id is not None,
            about=p.subject,
            times=1 + joined.count(p.id),
        )
        for p in reversed(ideas)
    ]
    return sorted(found, key=lambda idea: idea.accepted)
