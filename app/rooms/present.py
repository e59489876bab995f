"""Presenter: what the whole room reads on the big screen, driven by the facilitator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from app.canvas import tickets
from app.rooms._page_files import asset_address
from app.rooms._room import Room, Visit
from app.rooms._subject_names import option_words
from app.signing import NotSigned
from systemmap.errors import SystemMapError
from systemmap.model.values import now
from systemmap.model.workshop import (
    Contribution,
    LinkStatement,
    Proposal,
    VoteRound,
    Workshop,
)
from systemmap.workshops.agenda import running
from systemmap.workshops.focus import focus_on
from systemmap.workshops.join_words import join_address, spoken
from systemmap.workshops.qr import qr_svg
from systemmap.workshops.said_links import heard, sentence
from systemmap.workshops.votes import people_voted, result_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from app.rooms._venue import Hall
    from systemmap.workshops.focus import Focus

WALL_NOTES = 60
"""Notes on the whole wall; each table shows its latest share of them."""
LINES = 8
"""Lines that can be read from the back of a hall."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One option of a closed vote."""

    name: str
    count: int
    percent: float


def answer(visit: Visit) -> Response:
    """Show the screen the facilitator chose, to those who may drive or show it."""
    programme_id = visit.parameters["programme"]
    workshop_id = visit.parameters["workshop"]
    if not visit.at_this_computer and not _invited(visit, programme_id, workshop_id):
        text = "The big screen opens on the facilitator's computer only."
        return visit.message("Not here", text, status=403)
    hall = visit.venue.hall(programme_id)
    workshop = hall.find(Workshop, workshop_id) if hall else None
    if hall is None or workshop is None:
        text = "There is no such workshop. Open the big screen from the facilitator's page."
        return visit.message("Nothing to show", text, status=404)
    return _stage(visit, hall, workshop)


def _invited(visit: Visit, programme_id: str, workshop_id: str) -> bool:
    """Whether the address holds a ticket that a facilitator's screen made for this workshop."""
    try:
        ticket = tickets.read(visit.venue.secret, visit.asked("ticket"))
    except NotSigned:
        return False
    return ticket.role in ("admin", "editor") and (
        (ticket.programme_id, ticket.workshop_id) == (programme_id, workshop_id)
    )


def _stage(visit: Visit, hall: Hall, workshop: Workshop) -> Response:
    address = join_address(_base(visit, workshop), workshop.join_words)
    rounds = [r for r in hall.all(VoteRound).values() if r.workshop_id == workshop.id]
    shown = [r for r in rounds if r.state != "draft"]
    vote_round = shown[-1] if shown else None
    return visit.page(
        "present.html",
        present_style=asset_address("present.css"),
        meeting=workshop,
        place=hall.name,
        now_running=running(workshop, now()),
        address=address.rpartition("/")[0].partition("://")[2],
        spoken=spoken(workshop.join_words),
        qr=Markup(qr_svg(address, "QR code to join on your phone"))  # noqa: S704 - our own drawing
        if workshop.open
        else "",
        tables=_wall(hall, workshop),
        said=_said(hall, workshop),
        ideas=_ideas(hall, workshop),
        focus=_focus(hall, workshop),
        vote=vote_round,
        people=people_voted(hall.votes_in(vote_round.id)) if vote_round else 0,
        bars=_bars(hall, vote_round) if vote_round else [],
        options=[
            option_words(hall, vote_round.about, option)
            for option in vote_round.options[: LINES * 3]
        ]
        if vote_round
        else [],
    )


def _base(visit: Visit, workshop: Workshop) -> str:
    return str(workshop.extra.get("address") or f"http://{visit.host}")


def _wall(hall: Hall, workshop: Workshop) -> list[tuple[str, int, list[Contribution]]]:
    tables = hall.tables(workshop.id)
    each = max(3, WALL_NOTES // max(len(tables), 6))
    found = []
    for table_id, name in [*((t.id, t.name) for t in tables), ("", "Everybody")]:
        notes = [n for n in hall.notes_at(workshop.id, table_id) if not n.held]
        if notes or table_id:
            found.append((name, len(notes), notes[::-1][:each]))
    return found


def _said(hall: Hall, workshop: Workshop) -> list[tuple[str, int, bool]]:
    statements = [
        s for s in hall.all(LinkStatement).values() if s.workshop_id == workshop.id
    ]
    return [
        (
            sentence(group.source, group.polarity, group.target),
            len(group.statements),
            group.disputed,
        )
        for group in heard(statements)[:LINES]
    ]


def _ideas(hall: Hall, workshop: Workshop) -> list[Proposal]:
    ideas = [p for p in hall.all(Proposal).values() if p.workshop_id == workshop.id]
    return ideas[::-1][:LINES]


def _focus(hall: Hall, workshop: Workshop) -> Focus | None:
    if not workshop.focus or workshop.screen not in ("focus", "proposals"):
        return None
    try:
        return focus_on(hall.programme, workshop.focus)
    except SystemMapError:  # what it pointed to was merged or removed meanwhile
        return None


def _bars(hall: Hall, vote_round: VoteRound) -> list[Bar]:
    if vote_round.state != "closed":
        return []
    result = result_of(vote_round, hall.votes_in(vote_round.id))
    most = max((count for _, count in result.counts), default=0) or 1
    return [
        Bar(
            option_words(hall, vote_round.about, option),
            count,
            round(100 * count / most, 1),
        )
        for option, count in result.counts[:LINES]
    ]


ROOM = Room(
    key="present",
    title="Big screen",
    path="/room/present/{programme}/{workshop}",
    answer=answer,
    needs_pass=False,
)
