"""Vote: place dots, take them back; nobody sees the count before the round closes."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from app.rooms._replies import as_json
from app.rooms._room import Room, Visit
from app.rooms._sending import shown_or_saved
from app.rooms._subject_names import option_words
from systemmap.errors import DuplicateItem, InvalidValue
from systemmap.model.workshop import VoteRound
from systemmap.workshops.votes import (
    dots_of,
    people_voted,
    place_dot,
    result_of,
    take_back,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from app.rooms._venue import Hall

TRIES = 3
"""Two taps at the same moment may want the same place; the second takes the next."""


def answer(visit: Visit) -> Response:
    """Show the choices, or place or take back one dot."""
    return shown_or_saved(visit, _page, _save)


def _save(visit: Visit) -> Response:
    _change(visit)
    if visit.wants_json:
        return as_json({"saved": ""})
    pressed = "back" if visit.sent("back") else "add"
    return visit.go("/room/vote", **{pressed: visit.sent(pressed)})


def _change(visit: Visit) -> None:
    room_pass, hall, _ = visit.here
    vote_round = _round(visit, visit.sent("round"))
    if vote_round is None:
        raise InvalidValue("This vote is not open.")
    for attempt in range(TRIES):
        votes = hall.votes_in(vote_round.id)
        if visit.sent("back"):
            change = take_back(
                vote_round, votes, room_pass.participant, visit.sent("back")
            )
        else:
            change = place_dot(
                vote_round, votes, room_pass.participant, visit.sent("add")
            )
        try:
            visit.write([change], label="A dot")
        except DuplicateItem:
            if attempt == TRIES - 1:
                raise
            hall = visit.venue.hall(hall.programme_id, ask=True) or hall
        else:
            break
    visit.venue.dots.voted(
        hall.programme_id, vote_round.id, room_pass.participant, visit.peer
    )


def _round(visit: Visit, wanted: str = "") -> VoteRound | None:
    _, hall, workshop = visit.here
    rounds = [r for r in hall.all(VoteRound).values() if r.workshop_id == workshop.id]
    open_now = [r for r in rounds if r.state == "open"]
    if wanted:
        return next((r for r in open_now if r.id == wanted), None)
    closed = [r for r in rounds if r.state == "closed"]
    latest = open_now or closed
    return latest[-1] if latest else None


def _page(visit: Visit, *, status: int = 200, problem: str = "") -> Response:
    room_pass, hall, _ = visit.here
    vote_round = _round(visit)
    votes = hall.votes_in(vote_round.id) if vote_round else []
    mine = dots_of(votes, room_pass.participant)
    names = _names(hall, vote_round) if vote_round else {}
    left = vote_round.dots - mine.total() if vote_round else 0
    closed = vote_round is not None and vote_round.state == "closed"
    return visit.page(
        "vote.html",
        status=status,
        problems=[("choices", problem)] if problem else [],
        round=vote_round,
        key=visit.sent("key") if status == HTTPStatus.SERVICE_UNAVAILABLE else "",
        names=names,
        mine=mine,
        left=left,
        stands=_pressed(visit, mine, left=left),
        people=people_voted(votes),
        result=result_of(vote_round, votes) if closed and vote_round else None,
    )


def _pressed(visit: Visit, mine: Mapping[str, int], *, left: int) -> tuple[str, str]:
    """Return which button somebody pressed, or the one beside it if that one is gone.

    There the keyboard goes on: a page that is sent anew forgets where it stood.
    """
    back, add = visit.asked("back"), visit.asked("add")
    if back:
        return ("back" if mine.get(back) else "add", back)
    return ("add" if left else "back", add)


def _names(hall: Hall, vote_round: VoteRound) -> dict[str, str]:
    about = vote_round.about
    return {option: option_words(hall, about, option) for option in vote_round.options}


ROOM = Room(
    key="vote", title="Vote", path="/room/vote", answer=answer, opened_as="vote"
)
