"""Presenter: what the whole room reads on the big screen, driven by the facilitator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from app.canvas import tickets
from app.rooms._page_files import asset_address
from app.rooms._room import Room, Visit
from app.rooms._room_picture import room_picture
from app.rooms._run_day import address_of, steps_of
from app.rooms._subject_names import option_words
from systemmap.analysis.template_share import template_share
from systemmap.errors import SystemMapError
from systemmap.language.phrases import counted
from systemmap.model.text import folded
from systemmap.model.values import now
from systemmap.model.workshop import (
    Contribution,
    VoteRound,
    Workshop,
)
from systemmap.workshops.agenda import running
from systemmap.workshops.focus import focus_on
from systemmap.workshops.focus_picture import part_of
from systemmap.workshops.hidden_words import ideas_shown, sentences_said
from systemmap.workshops.join_words import join_address, spoken
from systemmap.workshops.qr import qr_svg
from systemmap.workshops.room_map import RoomMap
from systemmap.workshops.said_links import heard, sentence
from systemmap.workshops.votes import people_voted, result_of

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.responses import Response

    from app.rooms._venue import Hall
    from systemmap.model.workshop import Proposal
    from systemmap.workshops.focus import Focus

WALL_NOTES = 150
"""Wordings that are sent to the wall; its script leaves out what does not fit."""
MOST_SAID = 12
AHEAD = 4
_NO_PICTURE = RoomMap(svg="", sentence="")
LINES = 8
"""Lines that can be read from the back of a hall."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One option of a closed vote."""

    name: str
    count: int
    percent: float


@dataclass(frozen=True, slots=True)
class Tile:
    """One wording on the wall, with how often it was said, where and when last."""

    text: str
    times: int
    table: str
    at: datetime
    special: bool


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
    sent = visit.asked("ticket")
    led = tickets.leading(visit.venue.secret, sent, programme_id, workshop_id)
    return led is not None


def _stage(visit: Visit, hall: Hall, workshop: Workshop) -> Response:
    base, gone = address_of(visit, workshop)
    address = join_address(base, workshop.join_words)
    rounds = [r for r in hall.all(VoteRound).values() if r.workshop_id == workshop.id]
    shown = [r for r in rounds if r.state != "draft"]
    vote_round = shown[-1] if shown else None
    tiles = _tiles(hall, workshop) if workshop.screen == "wall" else []
    steps = steps_of(workshop)
    focus = _focus(hall, workshop)
    whole = workshop.screen == "map" or (workshop.screen == "focus" and not focus)
    bars = _bars(hall, vote_round) if vote_round else []
    drawn = room_picture(visit.venue, hall, workshop.id) if whole else _NO_PICTURE
    return visit.page(
        "present.html",
        framable=True,
        present_style=asset_address("present.css"),
        glide_script=asset_address("map_glide.js"),
        news_script=asset_address("room_news.js"),
        wall_script=asset_address("present.js"),
        clock_script=asset_address("clock.js"),
        live=_live(visit, hall, workshop),
        meeting=workshop,
        place=hall.name,
        now_running=running(workshop, now()) if workshop.open else None,
        times=[step.at for step in steps],
        ahead=[(s.at, s.title) for s in steps if s.number > workshop.step][:AHEAD],
        address=address.rpartition("/")[0].partition("://")[2],
        moved=bool(gone),
        spoken=spoken(workshop.join_words),
        qr=Markup(qr_svg(address, "QR code to join on your phone"))  # noqa: S704 - our own drawing
        if workshop.open
        else "",
        newest=tiles[0] if tiles else None,
        others=tiles[1:WALL_NOTES],
        most=_most(tiles),
        said=_said(hall, workshop),
        ideas=_ideas(hall, workshop, about=workshop.focus if focus else ""),
        focus=focus,
        part=Markup(part_of(hall.programme, focus)) if focus else "",  # noqa: S704 - our own drawing
        picture=Markup(drawn.svg),  # noqa: S704 - our own drawing, its words escaped
        picture_words=drawn.sentence,
        caution=drawn.note or template_share(hall.programme.system_map()).note,
        vote=vote_round,
        people=people_voted(hall.votes_in(vote_round.id)) if vote_round else 0,
        bars=bars[:LINES],
        bars_left=_left(bars[LINES:]),
        options=[
            option_words(hall, vote_round.about, option)
            for option in vote_round.options[: LINES * 3]
        ]
        if vote_round
        else [],
    )


def _live(visit: Visit, hall: Hall, workshop: Workshop) -> str:
    """Return the address of the live channel; "" where only screens may open it."""
    if not visit.at_this_computer:
        return ""
    given = visit.asked("ticket")
    if given and not _invited(visit, hall.programme_id, workshop.id):
        return ""
    return f"/live?ticket={given}" if given else ""


def _tiles(hall: Hall, workshop: Workshop) -> list[Tile]:
    """Return the shown notes, the same words once, the latest said first."""
    names = {table.id: table.name for table in hall.tables(workshop.id)}
    same: dict[str, list[Contribution]] = {}
    for note in hall.all(Contribution).values():
        if note.workshop_id == workshop.id and not note.held:
            same.setdefault(folded(note.text), []).append(note)
    tiles = [
        Tile(
            text=said[-1].text,
            times=len(said),
            table=names.get(said[-1].table_id or "", ""),
            at=said[-1].at,
            special=any(note.special for note in said),
        )
        for said in same.values()
    ]
    return sorted(tiles, key=lambda tile: tile.at, reverse=True)


def _most(tiles: list[Tile]) -> list[Tile]:
    often = [tile for tile in tiles if tile.times > 1]
    return sorted(often, key=lambda tile: -tile.times)[:MOST_SAID]


def _said(hall: Hall, workshop: Workshop) -> list[tuple[str, int, bool]]:
    statements = sentences_said(hall.programme, workshop.id)
    return [
        (
            sentence(group.source, group.polarity, group.target),
            len(group.statements),
            group.disputed,
        )
        for group in heard(statements)[: LINES * 3]
    ]


def _ideas(hall: Hall, workshop: Workshop, *, about: str) -> list[Proposal]:
    """Return the latest ideas, where a part of the map stands on the wall those about it."""
    ideas = ideas_shown(hall.programme, workshop.id)
    return [p for p in reversed(ideas) if not about or p.subject == about][: LINES * 3]


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
        for option, count in result.counts
    ]


def _left(bars: list[Bar]) -> str:
    """Say what the options got that do not stand on the wall; "" = all stand there."""
    if not bars:
        return ""
    dots = sum(bar.count for bar in bars)
    got = f"{counted(dots, 'dot')} between them" if dots else "no dot"
    return f"{counted(len(bars), 'more choice')}: {got}."


ROOM = Room(
    key="present",
    title="Big screen",
    path="/room/present/{programme}/{workshop}",
    answer=answer,
    needs_pass=False,
)
