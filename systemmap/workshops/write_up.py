"""The write-up as parts: headings, sentences, tables. Documents only lay them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.analysis.template_share import template_share
from systemmap.drawing.framed import framed
from systemmap.drawing.picture import bare_svg
from systemmap.drawing.scene import programme_scene
from systemmap.language.phrases import STRUCTURE_NOTE, counted, day
from systemmap.workshops.said_links import named_here
from systemmap.workshops.sums import account_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.model.programme import Programme
    from systemmap.model.workshop import Contribution
    from systemmap.workshops.sums import Account, Ballot

MOST_NAMED = 10
TOP = 5
_SHAPE = 1.3  # width of the map's picture by its height, on an upright page
CORRECTIONS = (
    "If we got something wrong, tell us and we will put it right. "
    "The words of your notes stay as you wrote them."
)


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its heading, its sentences, at most one table and one picture."""

    heading: str
    sentences: tuple[str, ...] = ()
    caption: str = ""
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    svg: str = ""
    svg_words: str = ""
    level: int = 1  # 2 = a part of the one before


@dataclass(frozen=True, slots=True)
class WriteUp:
    """A workshop's write-up, ready to be laid out."""

    title: str
    place: str
    on: str
    parts: tuple[Part, ...]


def write_up(programme: Programme, workshop_id: str) -> WriteUp:
    """Say what one workshop came to: every number counted, nothing left out.

    The appendix holds every note in its own words; notes that the facilitator
    holds back are counted, not shown.
    """
    account = account_of(programme, workshop_id)
    on = account.workshop.on
    parts = [
        _told(account),
        _made(account),
        *_voted(account),
        _differed(account),
        _links(account),
        *_drawn(account),
        *_map(programme, workshop_id),
        _next(account),
        *_appendix(account),
    ]
    return WriteUp(
        title=account.workshop.title,
        place=programme.info.name,
        on=day(on) if on else "",
        parts=tuple(parts),
    )


def _told(account: Account) -> Part:
    people = (
        counted(account.people, "person", "people")
        if account.people is not None
        else f"{counted(account.phones, 'phone')} (people were not counted)"
    )
    organisations = len(account.workshop.organisations)
    room = ", ".join(
        filter(
            None,
            (
                people,
                counted(len(account.tables), "table"),
                counted(organisations, "organisation") if organisations else "",
            ),
        )
    )
    sentences = [f"{room}."]
    if account.sectors:
        sentences.append(
            f"Who said where they come from: {', '.join(account.sectors)}."
        )
    if account.missing:
        sentences.append(f"Nobody named these sectors: {', '.join(account.missing)}.")
    return Part("What you told us", tuple(sentences))


def _made(account: Account) -> Part:
    sums = account.sums
    sentences = [sums.sentence]
    waiting = sums.causes - sums.on_map
    if 0 < waiting < sums.causes:
        verb = "is" if waiting == 1 else "are"
        sentences.append(f"{waiting} of them {verb} not on the map yet.")
    if sums.special:
        sentences.append(
            f"{counted(sums.special, 'note')} said something special to this place."
        )
    if sums.held:
        sentences.append(
            f"{counted(sums.held, 'note')} held back because of possible personal details, and not counted above."
        )
    if sums.hidden:
        sentences.append(
            f"{counted(sums.hidden, 'note')} taken off the wall by the facilitator, and not counted above."
        )
    if sums.photographed:
        sentences.append(
            f"{counted(sums.photographed, 'note')} of them {'was' if sums.photographed == 1 else 'were'} typed from photos."
        )
    if sums.pictures_waiting:
        sentences.append(
            f"{counted(sums.pictures_waiting, 'photographed note')} nobody has typed yet, and not counted above."
        )
    if sums.words_hidden:
        sentences.append(
            f"{counted(sums.words_hidden, 'sentence or idea', 'sentences and ideas')} taken off the wall by the facilitator, and not counted here."
        )
    rows = tuple(
        (name, str(notes), str(tables))
        for name, notes, tables in account.causes[:MOST_NAMED]
    )
    shown = min(MOST_NAMED, len(account.causes))
    caption = (
        f"Causes named most often: {shown} of {len(account.causes)} that are on the map"
    )
    if not rows:
        return Part("What we made of it", tuple(sentences))
    return Part(
        "What we made of it",
        tuple(sentences),
        caption,
        ("Cause", "Notes", "Tables"),
        rows,
    )


def _voted(account: Account) -> list[Part]:
    if not account.ballots:
        return [Part("What you voted for", ("There was no vote.",))]
    parts, asked = [], [ballot.question for ballot in account.ballots]
    for at, ballot in enumerate(account.ballots):
        times = asked[: at + 1].count(ballot.question)
        again = f", round {times}" if asked.count(ballot.question) > 1 else ""
        parts.append(_ballot(account, ballot, again))
    return parts


def _ballot(account: Account, ballot: Ballot, again: str) -> Part:
    of = f" of {account.people}" if account.people is not None else ""
    voted = f"{ballot.people}{of} {'person' if ballot.people == 1 and not of else 'people'} voted, {counted(ballot.dots_each, 'dot')} each."
    cut = ballot.counts[:TOP]
    last = cut[-1][1] if cut else 0
    shown = [(name, dots) for name, dots in ballot.counts if dots and dots >= last]
    ties = "" if len(shown) <= TOP else " (more than five, because of a tie)"
    return Part(
        f"What you voted for: {ballot.question}{again}",
        (voted,),
        f"Most dots{ties}; {len(ballot.counts)} choices in all",
        ("Choice", "Dots"),
        tuple((name, str(dots)) for name, dots in shown),
    )


def _differed(account: Account) -> Part:
    nobody = "Nobody said or drew the opposite of what others did about a link."
    told = tuple(d.sentence for d in account.differences) or (nobody,)
    return Part("Where people differed", told)


def _links(account: Account) -> Part:
    sums = account.sums
    if not account.links:
        return Part(
            "What leads to what",
            ("No table wrote a sentence about what leads to what.",),
        )
    said = (
        f"{counted(sums.links_said, 'sentence')} about "
        f"{counted(sums.links_different, 'link')}."
    )
    return Part(
        "What leads to what",
        (said, STRUCTURE_NOTE),
        "Links as they were said",
        ("Link", "Times", "Tables"),
        tuple((text, str(times), str(tables)) for text, times, tables in account.links),
    )


def _drawn(account: Account) -> list[Part]:
    """Say what tables drew on their own maps; nothing where nobody drew."""
    if not account.drawn:
        return []
    links = sum(links for _, _, links, _ in account.drawn)
    split = sum(split for _, _, _, split in account.drawn)
    said = f"{counted(len(account.drawn), 'table')} drew {counted(links, 'link')}"
    kept = (
        f"; on {split} of them people at one table did not agree, and both are kept"
        if split
        else ""
    )
    return [
        Part(
            "What tables drew",
            (f"{said}{kept}.", STRUCTURE_NOTE),
            "Tables' own maps",
            ("Table", "Causes", "Links", "Not agreed"),
            tuple((name, *map(str, numbers)) for name, *numbers in account.drawn),
        )
    ]


def _map(programme: Programme, workshop_id: str) -> list[Part]:
    """Show the map as it stands, what people here named counted apart from the rest."""
    system_map = programme.system_map()
    causes, links = len(system_map.factors), len(system_map.links)
    if not links:
        return []
    here = named_here(system_map, workshop_id)
    said = f"The map has {counted(causes, 'cause')} and {counted(links, 'link')}."
    from_here = here.factors or here.links  # where none is known, nothing is said
    if from_here and here.others:
        said += (
            f" People named {counted(len(here.factors), 'cause')} and "
            f"{counted(len(here.links), 'link')} of them in this workshop; {here.others}."
        )
    elif from_here:
        said += " All of it was named in this workshop."
    scene = framed(programme_scene(programme), _SHAPE)
    words = f"The map after the workshop: {said}"
    return [
        Part(
            "Our map",
            (said, template_share(system_map).note),
            svg=bare_svg(scene, words),
            svg_words=words,
        )
    ]


def _next(account: Account) -> Part:
    if not account.proposals:
        return Part(
            "What happens next", ("No action was proposed in the room.", CORRECTIONS)
        )
    rows = tuple(
        (
            p.title,
            p.owner or "no lead named yet",
            p.due_raw or "no date said",
            p.benefits,
            "in the register" if p.action_id else "an idea",
        )
        for p in account.proposals
    )
    return Part(
        "What happens next",
        (
            f"{counted(len(rows), 'idea')} for action.{_joined(account.sums.ideas_joined)}",
            CORRECTIONS,
        ),
        "Ideas for action",
        ("Idea", "Could lead", "By when", "Who benefits", "Where it stands"),
        rows,
    )


def _joined(times: int) -> str:
    if not times:
        return ""
    return f" {counted(times, 'further idea')} said the same as one of them."


def _appendix(account: Account) -> Sequence[Part]:
    total = sum(len(notes) for _, notes in account.notes)
    parts = [
        Part(
            "Appendix: every note",
            (_total(total, account.sums.notes),),
        )
    ]
    parts += [_notes_of(account, *each) for each in account.notes if each[1]]
    return parts


def _total(every: int, about_causes: int) -> str:
    words = "in the words they were written in"
    others = every - about_causes
    if not others:
        return f"{counted(every, 'note')}, {words}."
    return f"{counted(every, 'note')}, {words}: {about_causes} about causes, {others} about something else."


def _notes_of(account: Account, table: str, notes: Sequence[Contribution]) -> Part:
    special = any(note.special for note in notes)  # else the column would be empty
    rows = tuple(
        (
            note.text,
            account.placed.get(note.id, "not placed yet"),
            *(("yes" if note.special else "",) if special else ()),
        )
        for note in notes
    )
    last = ("Special to here",) if special else ()
    caption = f"{counted(len(notes), 'note')} from {table}"
    return Part(table, (), caption, ("Note", "Part of", *last), rows, level=2)
