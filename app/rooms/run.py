"""Run the room: the facilitator's one screen while a room is open.

It is served to whoever holds a ticket of a facilitator's screen, outside the
addresses that phones may reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from markupsafe import Markup
from starlette.responses import Response

from app import settings
from app.canvas import tickets
from app.listed_people import store_of
from app.rooms._drawing_ahead import load_drawing
from app.rooms._page_files import asset_address
from app.rooms._replies import HEADERS, as_json, clock_time
from app.rooms._room import Room, Visit
from app.rooms._run_acts import ACTS
from app.rooms._run_alike import alike_of, ids_of, look_anew
from app.rooms._run_asked import Asked
from app.rooms._run_day import (
    PART_WORDS,
    WALL_WORDS,
    address_of,
    guide_of,
    left_of,
    seats_of,
    steps_of,
)
from app.rooms._run_focus import focus_choices, focus_facts
from app.rooms._run_notes import card_of, columns_of, hidden_of, notes_of, waiting_of
from app.rooms._run_paper import paper_of, parted, picture_of
from app.rooms._run_parts import (
    ballots_of,
    drawn_of,
    hidden_words_of,
    ideas_of,
    links_of,
    stand_of,
)
from app.rooms._subject_names import focus_words
from app.server.guesses import NOTICED
from app.undoable import LOOKED_THROUGH, UNASKED, last_undoable, undo_words
from systemmap.errors import StaleRevision, StoreError, SystemMapError
from systemmap.language.phrases import counted
from systemmap.model.workshop import Workshop
from systemmap.vocab import terms
from systemmap.workshops.agenda import planned_start
from systemmap.workshops.hidden_words import ideas_shown
from systemmap.workshops.join_words import join_address, spoken
from systemmap.workshops.moderation import correct, watched_words
from systemmap.workshops.qr import qr_svg
from systemmap.workshops.table_maps import joining

if TYPE_CHECKING:
    from app.canvas.tickets import Ticket
    from app.rooms._venue import Hall
    from systemmap.store import ProgrammeStore, Transaction

LOOKS = {
    "notes": "Notes",
    "alike": "Look-alikes",
    "links": "Links",
    "tables": "Tables' maps",
    "votes": "Votes",
    "ideas": "Ideas",
    "paper": "Type up",
    "guide": "Guide",
}
_LOOK_OF = {
    "capture": "notes",
    "links": "links",
    "draw": "tables",
    "vote": "votes",
    "proposals": "ideas",
}
KEPT = ("table", "kind", "source")
"""What stays chosen while paper is typed up, also without scripts."""
TRIES = 3
"""A note that came in while an act was written is no reason to refuse the act."""


def answer(visit: Visit) -> Response:
    """Show the screen, or do what one of its forms asks for."""
    of = visit.parameters
    ticket = tickets.leading(
        visit.venue.secret, visit.asked("ticket"), of["programme"], of["workshop"]
    )
    if ticket is None:
        text = "Open this page from systemmap on the facilitator's computer."
        return visit.message("Not here", text, status=403)
    hall = visit.venue.hall(ticket.programme_id)
    workshop = hall.find(Workshop, visit.parameters["workshop"]) if hall else None
    if hall is None or workshop is None:
        text = "There is no such workshop any more. Open another one in systemmap."
        return visit.message("Nothing to run", text, status=404)
    if picture_id := of.get("picture"):
        return _picture(hall, workshop, picture_id)
    load_drawing()
    if not visit.posted:
        return _page(visit, hall, workshop, ticket)
    return _done(visit, workshop, ticket)


def _picture(hall: Hall, workshop: Workshop, picture_id: str) -> Response:
    """Show one note of a photo; its address never shows another one."""
    found = picture_of(hall, workshop, picture_id)
    kept = {**HEADERS, "cache-control": "private, max-age=3600"}
    return Response(found, 200 if found else 404, kept, media_type="image/jpeg")


def _done(visit: Visit, workshop: Workshop, ticket: Ticket) -> Response:
    """Do one act; the answer comes after it is on disk."""
    asked = Asked(workshop.id, visit.form, visit.file)
    try:
        if visit.sent("act") == "part":
            return as_json(parted(asked))
        said, status = _act(visit, asked, ticket), 200
        look_anew(visit.venue, ticket.programme_id, workshop.id)
    except StoreError as error:
        if not isinstance(error, StaleRevision):
            raise
        said, status = str(error), 409
    except SystemMapError as error:
        said, status = str(error), 422
    if visit.wants_json:
        return as_json({"said" if status == 200 else "problem": said}, status)
    if status != 200:
        return visit.message("This was not done", said, status=status)
    kept = {name: visit.asked(name) for name in ("ticket", "look")}
    kept |= {name: visit.sent(name) for name in KEPT if visit.sent(name)}
    return visit.go(f"{visit.path}?{urlencode(kept)}")


def _act(visit: Visit, asked: Asked, ticket: Ticket) -> str:
    store = store_of(ticket.person) if ticket.person else visit.venue.store
    pressed = (
        n for n in ("hide", "hide-words", "drop") if visit.sent(n.removeprefix("hide-"))
    )
    name = visit.sent("act") or next(pressed, "")
    if name == "undo":
        receipt = store.undo(
            ticket.programme_id, _revision(visit.sent("revision")), actor=ticket.actor
        )
        return f"Undone, saved {clock_time(receipt.at)}."
    if name == "correct":
        note = visit.sent("note").partition(",")[0]
        correct(
            store, ticket.programme_id, note, visit.sent("text"), actor=ticket.actor
        )
        return "Corrected. What stood there is gone, from the history too."
    if name not in ACTS:
        return "Nothing was asked for."
    label, act = ACTS[name]
    for attempt in range(TRIES):
        try:
            with store.editing(
                ticket.programme_id,
                actor=ticket.actor,
                label=label,
                workshop_id=asked.workshop_id,
            ) as draft:
                said = act(draft, asked)
        except StaleRevision:
            if attempt == TRIES - 1:
                raise
        else:
            break
    return said


def _revision(sent: str) -> int:
    return int(sent) if sent.isdecimal() and len(sent) < 12 else 0


def _page(visit: Visit, hall: Hall, workshop: Workshop, ticket: Ticket) -> Response:
    notes = notes_of(hall, workshop)
    look = _look(visit, workshop, bool(notes))
    address, gone = address_of(visit, workshop)
    steps = steps_of(workshop)
    undo = _undoable(visit.venue.store, hall, ticket.name)
    code = join_address(address, workshop.join_words)
    seconds, paused = left_of(workshop)
    return visit.page(
        "run.html",
        run_style=asset_address("run.css"),
        news_script=asset_address("room_news.js"),
        run_script=asset_address("run.js"),
        cards_script=asset_address("run_cards.js"),
        paper_script=asset_address("run_paper.js"),
        words_script=asset_address("run_words.js"),
        clock_script=asset_address("clock.js"),
        framable=True,
        meeting=workshop,
        place=hall.name,
        revision=hall.programme.revision,
        ticket=visit.asked("ticket"),
        here=settings.address_of(visit.path),
        look=look,
        looks=LOOKS,
        following=not visit.asked("look"),
        steps=steps,
        next_step=next((s for s in steps if s.state == "next"), None),
        seconds=seconds,
        paused=paused,
        begins=planned_start(workshop),
        seats=seats_of(visit, hall, workshop),
        waiting=waiting_of(hall, workshop, notes),
        hidden=hidden_of(hall, workshop, notes),
        hidden_words=hidden_words_of(hall, workshop),
        shown=sum(not note.held for note in notes),
        ideas_sent=len(ideas_shown(hall.programme, workshop.id)),
        every=workshop.extra.get("hold") == "all",
        watched="\n".join(watched_words(hall.programme)),
        parts=PART_WORDS,
        walls=WALL_WORDS,
        wall=settings.address_of(
            f"/room/present/{hall.programme_id}/{workshop.id}?ticket={visit.asked('ticket')}"
        ),
        qr=Markup(qr_svg(code, f"QR code that opens {code}"))  # noqa: S704 - our own drawing
        if workshop.join_words
        else "",
        address=address,
        gone=gone,
        spoken=spoken(workshop.join_words),
        undo=undo,
        undo_label=undo_words(undo) if undo else "",
        ask_undo=undo is not None and undo.row_count > UNASKED,
        programme_id=hall.programme_id,
        counted=counted,
        guessing=_guessing(visit),
        only_here=not settings.current().workshop,
        **_centre(visit, hall, workshop, look),
    )


def _guessing(visit: Visit) -> str:
    """Tell the facilitator when somebody guesses the words, and what stops it; "" = nobody."""
    seen = visit.venue.guesses.lately()
    if seen.tries < NOTICED:
        return ""
    places = counted(seen.places, "phone or network", "phones or networks")
    return (
        f"Somebody may be guessing the words: {seen.tries:,} wrong tries in the last "
        f"{seen.minutes} minutes, from {places}. They have to wait longer each time; "
        "people with the right words still get in. “Change the words” stops it at once: "
        "those who are in stay in, and cards printed before no longer work."
    )


def _look(visit: Visit, workshop: Workshop, written: bool) -> str:  # noqa: FBT001 - private
    """Return what stands in the middle: what was chosen, else what the room does now."""
    asked = visit.asked("look")
    if asked in LOOKS:
        return asked
    begun = workshop.agenda[workshop.step].parts if workshop.step >= 0 else ()
    for part in workshop.rooms:
        empty = part == "capture" and not written and part not in begun
        if part in _LOOK_OF and not empty:
            return _LOOK_OF[part]
    return "notes" if written else "guide"


def _centre(visit: Visit, hall: Hall, workshop: Workshop, look: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if look == "notes":
        notes = notes_of(hall, workshop)
        found["columns"] = columns_of(hall, workshop, notes)
        found["correcting"] = card_of(hall, workshop, notes, visit.asked("correct"))
    elif look == "alike":
        found["alike"] = alike_of(visit.venue, hall, workshop)
        found["ids_of"] = ids_of
    elif look == "paper":
        found["paper"] = paper_of(hall, workshop)
    elif look == "links":
        found["links"] = links_of(hall, workshop)
    elif look == "tables":
        found["drawn"] = drawn_of(hall, workshop)
        found["joined"] = joining(hall.programme, workshop.id)
    elif look == "votes":
        found["ballots"] = ballots_of(hall, workshop)
        found["stand"] = stand_of(visit, hall, workshop)
    elif look == "ideas":
        found["ideas"] = ideas_of(hall, workshop)
        found["focus"] = focus_words(hall, workshop.focus) if workshop.focus else ""
        found["scales"] = [(t.key, t.label) for t in terms("action_scales").values()]
        found["focus_choices"] = focus_choices(visit, hall)
        found["facts"] = focus_facts(hall, workshop)
    else:
        found["guide"] = guide_of(workshop)
    return found


def _undoable(store: ProgrammeStore, hall: Hall, actor: str) -> Transaction | None:
    """Return the last change made here that can be undone, asked once a revision."""
    now_at = (hall.programme_id, hall.programme.revision, actor)
    asked, found = _last_asked.get(store, (None, None))
    if asked == now_at:
        return found
    latest = store.history(hall.programme_id, limit=LOOKED_THROUGH)

    def beginning() -> int:
        key = ("programme", hall.programme_id)
        return store.history(hall.programme_id, key=key)[-1].revision

    found = last_undoable(latest, actor, beginning)
    _last_asked[store] = (now_at, found)
    return found


_last_asked: WeakKeyDictionary[
    ProgrammeStore, tuple[tuple[str, int, str] | None, Transaction | None]
] = WeakKeyDictionary()

ROOM = Room(
    key="run",
    title="Run the room",
    path="/run/{programme}/{workshop}",
    answer=answer,
    more_paths=("/run/{programme}/{workshop}/picture/{picture}",),
    needs_pass=False,
    for_leader=True,
)
