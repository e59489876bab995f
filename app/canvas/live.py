"""The live channel: what is committed reaches every open canvas and room at once.

One follower of the programmes serves all sockets of this process. A socket needs a
ticket; it hears of each commit of its programme, in order, and may send
operations. Whether the ticket is still good is asked at each act, and at each
commit that may have closed something: then the socket is shut. A canvas that
was away says which revision it has and is told to fetch the graph if that is
not the present one.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocketDisconnect

from app.canvas.admission import admitted, why_out
from app.canvas.canvas_rows import message_for
from app.canvas.operations import answer_to, first_ops
from app.canvas.pace import Pace, Spaced
from app.listed_people import store_of
from app.programmes import programmes_of
from app.settings import store
from systemmap.errors import NotAllowed, SystemMapError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.websockets import WebSocket

    from app.canvas.tickets import Ticket
    from app.programmes import Programmes
    from systemmap.store import Receipt

LOG = logging.getLogger(__name__)
WAITING = 200  # messages a slow canvas may be behind before it must fetch the graph
LONGEST = 65_536  # characters of one message from a canvas
_REFUSED = 4403
_LATER = 1013
_CLOSES = frozenset({"workshop", "table", "map"})  # what a tablet's right hangs on


@dataclass(eq=False, slots=True)
class Listener:
    """One open canvas or room."""

    ticket: Ticket
    loop: asyncio.AbstractEventLoop
    queue: asyncio.Queue[str] = field(default_factory=lambda: asyncio.Queue(WAITING))
    at: str = ""  # the factor chosen there: who is editing what
    in_doubt: bool = False  # something changed that its right to be here hangs on

    def greet(self, revision: int) -> None:
        """Say first where its programme stands: what came meanwhile comes behind.

        A row that was ahead would look like one after a gap, and have the canvas
        fetch a graph that the greeting then has it fetch again.
        """
        early = [self.queue.get_nowait() for _ in range(self.queue.qsize())]
        for message in (json.dumps({"hello": revision}), *early):
            self.tell(message)

    def doubt(self) -> None:
        """Ask before the next message goes out whether this canvas may stay."""
        self.in_doubt = True
        self.tell("")

    def tell(self, message: str) -> None:
        """Queue a message; a canvas too far behind is told to fetch the graph."""
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            message = json.dumps({"reload": True, "rev": -1})
        self.queue.put_nowait(message)


class Hub:
    """All open canvases of this process, and the one subscription that feeds them."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self._programmes: Programmes | None = None
        self._lock = Lock()
        self._who = Spaced(self._show_who)

    def add(self, listener: Listener) -> int:
        """Let a canvas hear of all later commits; return the revision it starts from."""
        programmes = self.programmes()
        self.listeners.add(listener)
        return programmes.now(listener.ticket.programme_id).revision

    def programmes(self) -> Programmes:
        """Return the programmes as they stand, and hear of commits from now on."""
        with self._lock:
            if self._programmes is None or self._programmes.store is not store():
                self._programmes = programmes_of(store())
                self._programmes.listen(self.committed)
            return self._programmes

    def remove(self, listener: Listener) -> None:
        """Forget a canvas that is gone, and tell the others."""
        self.listeners.discard(listener)
        self.show_who(listener.ticket)

    def committed(self, receipt: Receipt) -> None:
        """Pass a commit on; called in the writer's thread, so it only hands over."""
        if not receipt.rows:  # a backup was restored: everything may differ
            self._begin_again(receipt)
            return
        try:
            self._pass_on(receipt)
        except Exception:
            LOG.exception("A commit could not be told with its rows")
            self._begin_again(receipt)

    def _begin_again(self, receipt: Receipt) -> None:
        self._doubt(receipt.programme_id)
        self._hand_over(receipt.programme_id, lambda _: {"restart": receipt.revision})

    def _pass_on(self, receipt: Receipt) -> None:
        if any(row.kind in _CLOSES for row in receipt.rows):
            self._doubt(receipt.programme_id)
        self._hand_over(
            receipt.programme_id, lambda map_id: message_for(receipt, map_id)
        )

    def _doubt(self, programme_id: str) -> None:
        for listener in tuple(self.listeners):
            if listener.ticket.programme_id == programme_id:
                with suppress(RuntimeError):
                    listener.loop.call_soon_threadsafe(listener.doubt)

    def _hand_over(
        self, programme_id: str, message: Callable[[str], dict[str, Any]]
    ) -> None:
        messages: dict[str, str] = {}
        for listener in tuple(self.listeners):
            if listener.ticket.programme_id != programme_id:
                continue
            map_id = listener.ticket.map_id
            if map_id not in messages:
                messages[map_id] = json.dumps(message(map_id))
            with suppress(RuntimeError):  # its loop is closing: nobody is there
                listener.loop.call_soon_threadsafe(listener.tell, messages[map_id])

    def show_who(self, ticket: Ticket) -> None:
        """Tell the canvases of one map who has what open (tables, not persons)."""
        self._who.ask((ticket.programme_id, ticket.map_id))

    def _show_who(self, place: tuple[str, str]) -> None:
        there = [one for one in self.listeners if _map_of(one.ticket) == place]
        for listener in there:
            others = [
                {"name": other.ticket.name, "at": other.at}
                for other in there
                if other is not listener and other.at
            ]
            listener.tell(json.dumps({"who": others}))


hub = Hub()


async def follow(socket: WebSocket) -> None:
    """Serve one canvas until it goes away."""
    text = socket.query_params.get("ticket", "")
    try:
        programmes = await run_in_threadpool(hub.programmes)
        ticket = await run_in_threadpool(admitted, text, socket.url.path, programmes)
    except NotAllowed:
        await socket.close(_REFUSED)
        return
    except SystemMapError:  # the store is away: the canvas comes back by itself
        await socket.accept()
        await socket.close(_LATER)
        return
    await socket.accept()
    listener = Listener(ticket, asyncio.get_running_loop())
    try:
        revision = await run_in_threadpool(hub.add, listener)
    except SystemMapError:  # away meanwhile
        await socket.close(_LATER)
        return
    listener.doubt()  # it may have closed before this canvas was listed
    listener.greet(revision)
    hub.show_who(ticket)
    sending = asyncio.create_task(_send(socket, listener))
    pace = Pace()
    try:
        while True:
            text = await socket.receive_text()
            if len(text) > LONGEST:
                await socket.close(1009)
                return
            said = _read(text)
            if said is None:
                await socket.close(1003)
                return
            await _heard(listener, said)
            await asyncio.sleep(pace.wait(said))
    except WebSocketDisconnect:
        pass  # gone
    except RuntimeError:  # Starlette's word for a socket that we are closing ourselves
        await asyncio.wait([sending], timeout=1)  # so that the reason gets out
    finally:
        sending.cancel()
        hub.remove(listener)


async def _send(socket: WebSocket, listener: Listener) -> None:
    with suppress(WebSocketDisconnect, RuntimeError):
        while True:
            message = await listener.queue.get()
            if listener.ticket.spent or listener.in_doubt:
                listener.in_doubt = False
                if not await _may_stay(socket, listener.ticket):
                    return
            if message:
                await socket.send_text(message)


async def _may_stay(socket: WebSocket, ticket: Ticket) -> bool:
    """Hang up on a canvas whose ticket is not good any more, with the reason."""
    try:
        why = await run_in_threadpool(_why_out, ticket)
    except SystemMapError:  # the store is away, so nobody can say
        await socket.close(_LATER)
        return False
    if why:
        await socket.send_text(json.dumps({"unsaved": why}))
        await socket.close(_REFUSED)
    return not why


def _why_out(ticket: Ticket) -> str:
    return why_out(ticket, hub.programmes())


def _read(text: str) -> dict[str, Any] | None:
    """Return one message from a canvas; None when it is not one of ours."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


async def _heard(listener: Listener, said: dict[str, Any]) -> None:
    """Take one message from a canvas."""
    try:
        shut = await run_in_threadpool(_why_out, listener.ticket)
    except SystemMapError as error:
        listener.tell(json.dumps({"unsaved": str(error)}))
        return
    if shut:
        listener.doubt()  # who sends says why, and hangs up
        return
    if "at" in said and listener.at != (at := str(said["at"] or "")[:200]):
        listener.at = at
        hub.show_who(listener.ticket)
    if isinstance(said.get("ops"), list):
        answer = await run_in_threadpool(_applied, listener.ticket, said)
        listener.tell(json.dumps(answer))


def _applied(ticket: Ticket, said: dict[str, Any]) -> dict[str, Any]:
    return answer_to(
        first_ops(said.get("ops")),
        store() if ticket.seat else store_of(ticket.person),
        ticket.programme_id,
        ticket.map_id,
        actor=ticket.actor,
        workshop_id=ticket.workshop_id,
    )


def _map_of(ticket: Ticket) -> tuple[str, str]:
    return ticket.programme_id, ticket.map_id


def routes() -> list[WebSocketRoute]:
    """Return the two doors of the live channel: for screens, and for tablets."""
    return [WebSocketRoute("/live", follow), WebSocketRoute("/room/live", follow)]
