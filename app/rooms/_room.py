"""Room: one small page for phones, and the frame all rooms share.

A page is plain HTML, works with scripts off, and talks to this server only.
A room appends (a note, a sentence, a dot, a proposal) and never edits; its
answer comes after the store has written to disk.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.rooms._page_files import asset_address
from app.rooms._passes import COOKIE, Pass, form_token, seal
from app.rooms._replies import HEADERS, clock_time, headers_for
from app.rooms._room_phrases import ENGLISH, direction, phrases
from app.settings import address_of
from systemmap.errors import NotAllowed, StoreError
from systemmap.language.phrases import STRUCTURE_NOTE
from systemmap.model.seat import PART_KINDS
from systemmap.model.workshop import WorkshopTable
from systemmap.store import Actor, Seat

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.rooms._venue import Hall, Venue
    from systemmap.model.changes import Change
    from systemmap.model.workshop import Workshop
    from systemmap.store import Receipt

OPEN_ROOMS = {name: f"/room/{name}" for name in (*PART_KINDS, "others")}
"""The rooms a facilitator opens and closes, in menu order, with their addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One room: where it is and what answers there.

    Attributes
    ----------
    key, title, path : str
        Its name, its heading, its address (Starlette path).
    answer : callable
        What turns a visit into a response. It runs off the event loop.
    needs_pass : bool
        Whether only a phone that has joined may enter.
    opened_as : str
        The name under which the facilitator opens it; "" = always open.
    more_paths : tuple[str, ...]
        Further addresses of the same room.
    words : tuple[str, ...]
        The fields in which people write; they are shown again when the store
        does not answer.
    takes_words : bool
        Whether ``{words}`` in its address are join words, which can be guessed:
        then a try may have to wait.
    for_leader : bool
        Whether whoever leads the workshop works here: then a ticket lets long
        forms and files in.
    """

    key: str
    title: str
    path: str
    answer: Callable[[Visit], Response]
    needs_pass: bool = True
    opened_as: str = ""
    more_paths: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    takes_words: bool = False
    for_leader: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request to a room, with everything a room may ask about it."""

    room: Room
    venue: Venue
    method: str
    path: str
    host: str
    peer: str
    secure: bool
    headers: Mapping[str, str]
    parameters: Mapping[str, str]
    query: Mapping[str, list[str]]
    form: Mapping[str, list[str]] = field(default_factory=dict)
    room_pass: Pass | None = None
    hall: Hall | None = None
    workshop: Workshop | None = None
    away: StoreError | None = None  # why the hall cannot be read just now
    ran_out: bool = False  # it carried a pass of ours whose time is over
    wait: int = 0
    file: bytes = b""  # what was sent beside the form

    @property
    def place(self) -> str:
        """Where wrong join words count: this phone, if it has joined, or its address."""
        return self.room_pass.token if self.room_pass else self.peer

    @property
    def posted(self) -> bool:
        """Whether a form was sent."""
        return self.method == "POST"

    @property
    def wants_json(self) -> bool:
        """Whether our own script asks, rather than a browser showing a page."""
        return "application/json" in self.headers.get("accept", "")

    @property
    def at_this_computer(self) -> bool:
        """Whether the request comes from the computer the server runs on (laptop mode)."""
        return self.venue.laptop and self.peer in ("127.0.0.1", "::1")

    @property
    def home(self) -> str:
        """The address under which this server was asked, for a code to scan."""
        scheme = "https" if self.secure else "http"
        return f"{scheme}://{self.host}{address_of('')}"

    @property
    def here(self) -> tuple[Pass, Hall, Workshop]:
        """The pass, hall and workshop of a phone that has joined."""
        if self.room_pass is None or self.hall is None or self.workshop is None:
            raise RuntimeError("this room needs a pass and was entered without one")
        return self.room_pass, self.hall, self.workshop

    @property
    def table(self) -> WorkshopTable | None:
        """The table the phone sits at, if any."""
        room_pass, hall, _ = self.here
        return hall.find(WorkshopTable, room_pass.table_id)

    @property
    def seat(self) -> Seat:
        """Where the phone acts: this room's part, at its table."""
        room_pass, _, workshop = self.here
        return Seat(
            workshop_id=workshop.id,
            part=self.room.opened_as,
            device=room_pass.participant,
            table_id=room_pass.table_id,
        )

    @property
    def language(self) -> str:
        """The language to answer in: the phone's choice, else English."""
        wanted = self.room_pass.language if self.room_pass else ""
        wanted = self.asked("lang") or wanted
        return wanted if wanted in phrases() else ENGLISH

    @property
    def not_saved_words(self) -> str:
        """What is said when the store did not answer: nothing is lost, try again."""
        return phrases()[self.language]["not_saved"]

    def sent(self, name: str) -> str:
        """Return one field of the form; "" when it was not sent."""
        return self.form.get(name, [""])[0]

    def asked(self, name: str) -> str:
        """Return one value of the address's query; "" when it is not there."""
        return self.query.get(name, [""])[0]

    def page(
        self,
        template: str,
        *,
        status: int = 200,
        problems: Sequence[tuple[str, str]] = (),
        framable: bool = False,
        **values: Any,  # noqa: ANN401 - whatever the template shows
    ) -> HTMLResponse:
        """Fill a template. `problems` holds (field id, words) for the error summary."""
        joined = self.workshop is not None and self.room_pass is not None
        html = (
            _templates()
            .get_template(template)
            .render(
                visit=self,
                room=self.room,
                workshop=self.workshop,
                table=self.table if joined else None,
                open_rooms=self._open_rooms() if joined else [],
                form_token=self._form_token(),
                new_key=secrets.token_urlsafe(12),
                problems=list(problems),
                words=phrases()[self.language],
                language=self.language,
                languages={tag: said["language"] for tag, said in phrases().items()},
                direction=direction(self.language),
                style=asset_address("room.css"),
                script=asset_address("room.js"),
                follower=asset_address("follow.js"),
                **values,
            )
        )
        headers = headers_for(status, framable=framable)
        return HTMLResponse(html, status, headers=headers)

    def message(
        self, title: str, text: str, *, status: int = 200, waits: bool = False
    ) -> Response:
        """Answer with one heading and one sentence, or the same for our script.

        A page that `waits` gives way by itself as soon as the part is open.
        """
        if self.wants_json:
            said = {"problem": text, **({"shut": True} if waits else {})}
            return JSONResponse(said, status, headers=headers_for(status))
        return self.page(
            "message.html", status=status, title=title, text=text, waits=waits
        )

    def go(self, path: str, **query: str) -> Response:
        """Send the browser on with a plain GET (after a form, so that reload is safe)."""
        path = address_of(path)
        address = f"{path}?{urlencode(query)}" if query else path
        return RedirectResponse(address, HTTPStatus.SEE_OTHER, headers=HEADERS)

    @property
    def sending(self) -> str:
        """What this sending is called: the form's key, or a new one where it has none."""
        return self.sent("key") or secrets.token_urlsafe(12)

    def write(self, changes: Sequence[Change], *, label: str) -> Receipt:
        """Write through the one change path; returns once it is on disk.

        The form's key makes a retry or a double tap count once. What was
        filled in belongs to the key: a page that came back by "go back" and
        was filled in anew carries the old key, and is a sending of its own.

        Raises
        ------
        Shut
            The store says that this part has closed since the page was asked for.
        """
        _, hall, workshop = self.here
        name = self.table.name if self.table else "A phone"
        try:
            return self.venue.store.apply(
                hall.programme_id,
                changes,
                actor=Actor(name, "room", self.seat),
                label=label,
                workshop_id=workshop.id,
                key=self._once(workshop.id),
            )
        except NotAllowed as error:
            raise Shut(str(error)) from None

    def _once(self, workshop_id: str) -> str | None:
        if not self.sent("key"):
            return None
        filled = sorted((k, v) for k, v in self.form.items() if k != "token")
        digest = hashlib.sha256(repr(filled).encode()).hexdigest()[:32]
        return f"{workshop_id}:{digest}"

    def give_pass(self, response: Response, room_pass: Pass) -> Response:
        """Put a signed pass into the phone's cookie."""
        response.set_cookie(
            COOKIE,
            seal(room_pass, self.venue.secret),
            max_age=max(0, room_pass.until - int(datetime.now().timestamp())),  # noqa: DTZ005 - seconds since 1970
            httponly=True,
            samesite="strict",
            secure=self.secure,
        )
        return response

    def _form_token(self) -> str:
        return form_token(self.room_pass, self.venue.secret) if self.room_pass else ""

    def _open_rooms(self) -> list[tuple[str, str, str]]:
        _, _, workshop = self.here
        words = phrases()[self.language]
        if not workshop.open:
            return []
        return [
            (key, address_of(path), words[f"room_{key}"])
            for key, path in OPEN_ROOMS.items()
            if key in workshop.rooms or key == "others"
        ]


class Shut(Exception):
    """Nothing may be written here now; says why."""


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("app.rooms", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clock"] = clock_time
    environment.globals["address_of"] = address_of
    environment.globals["caution"] = STRUCTURE_NOTE
    return environment
