"""Starts the app: options in code, a free port, the server, the browser.

``streamlit run`` is not used: it reads settings from whatever folder it is
started in, listens on every network and asks the outside world for its own
address.
"""

from __future__ import annotations

import errno
import importlib.util
import socket
import sys
import webbrowser
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import uvicorn
from streamlit import config

from app import settings as process
from app.server import json_log, log_repeats
from app.server.connections import MOST, Connections
from app.server.descriptors import KEPT_FREE, raise_descriptor_limit
from app.server.live_protocol import MESSAGE
from app.server.metrics import watch_save
from app.server.request_protocol import RequestProtocol
from app.server.scheduled_backups import ScheduledBackups
from app.server.streamlit_options import set_options
from app.settings import DEFAULT_PORT, Settings
from systemmap.errors import SystemMapError

if TYPE_CHECKING:
    from collections.abc import Callable

    import streamlit as st

    from systemmap.store import ProgrammeStore

_TRIES = 20
_IN_LINE = 256  # connections the system holds until we take them; taken at one go
_HERE = Path(__file__).resolve().parents[1]
_TURN = 0.0005
"""Seconds a thread works on while another waits. With Python's own 0.005 each of the several
waits of a phone's answer for the writer's thread could be that long (`faults quick`)."""
_SAY = partial(print, flush=True)  # at once, also when somebody else reads it


class PortTaken(SystemMapError):
    """The port that was asked for is in use."""


def run(
    settings: Settings,
    *,
    programme_id: str = "",
    say: Callable[[str], None] = _SAY,
    beside: Callable[[Callable[[], ProgrammeStore]], None] = lambda _store: None,
) -> None:
    """Start the app and stay until it is stopped.

    Parameters
    ----------
    settings : Settings
        What to start with.
    programme_id : str
        The programme to open first; without one, that of the latest change.
    say : callable
        Where words for the person at the keyboard go.
    beside : callable
        What to begin beside the server: it is given what opens the store.

    Raises
    ------
    PortTaken
        The port that was asked for is in use.
    StoreInUse
        Another app has the data open.
    """
    if settings.log == "json" and say is _SAY:
        say = json_log.say_line
    sys.setswitchinterval(_TURN)
    _can_sign_in(settings)
    bound = bind(settings)
    with bound:
        port = bound.getsockname()[1]
        opens = _address(port, programme_id)
        process.use(replace(settings, port=port))
        process.watch_saves(watch_save)
        process.store().secret()  # damage, or another app, is told now and not on a screen
        say_where(settings, opens, say)
        set_options(settings)
        if settings.server:
            from app.server.sign_in import cookie_secret

            config.set_option("server.cookieSecret", cookie_secret(), "systemmap")
        config.set_option("server.port", port, "systemmap")
        config.set_option("browser.serverPort", port, "systemmap")
        connections = Connections(most_connections(raise_descriptor_limit()))
        configured = _configured(load_app(), connections)
        log_repeats.bound()
        if settings.log == "json":
            json_log.use_json()
        backups = ScheduledBackups(process.store, settings.backups, settings.data)
        backups.start()
        beside(process.store)
        try:
            _Server(configured, connections, opens=opens, settings=settings).run(
                sockets=[bound]
            )
        finally:
            backups.stop()
            process.close()


def _can_sign_in(settings: Settings) -> None:
    """Say at start what a server lacks, and not to the first person who signs in."""
    lacking = [
        name
        for name in ("authlib", "httpx")
        if settings.server and importlib.util.find_spec(name) is None
    ]
    if lacking:
        msg = f"People cannot sign in: {' and '.join(lacking)} is not installed. Nothing was started. Run: pip install authlib httpx"
        raise SystemMapError(msg)


def bind(settings: Settings) -> socket.socket:
    """Take the port that was asked for, or else the first free one from 8501 on.

    Raises
    ------
    PortTaken
        Says what to do instead.
    """
    first = settings.port if settings.port is not None else DEFAULT_PORT
    tries = [first] if settings.port is not None else range(first, first + _TRIES)
    for port in tries:
        try:
            return _bound(settings.address, port)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    msg = (
        f"Port {first} is in use, perhaps by systemmap itself: open {_address(first)} "
        f"to see. Otherwise choose another one, for example: systemmap --port {first + 1}"
    )
    raise PortTaken(msg)


def say_where(settings: Settings, address: str, say: Callable[[str], None]) -> None:
    """Print where the app is, and who can reach it."""
    port = urlsplit(address).port
    say(f"systemmap is at {address}")
    if settings.port is None and port != DEFAULT_PORT:
        say(f"(Port {DEFAULT_PORT} was in use, so this is the next free one.)")
    if settings.server:
        say(f"People reach it at {settings.public}/ and sign in there.")
        say(f"Believed about who asks: {', '.join(settings.trusted_proxies)}.")
    elif settings.workshop:
        others = ", ".join(
            f"http://{host}:{port}/j"
            for host in sorted(settings.hosts - process.LOOPBACK_HOSTS)
        )
        say(f"Open to this network: phones can reach the room pages at {others}.")
        say("Everything else still answers this computer only.")
    else:
        say("Only this computer can reach it.")
    say(f"Your programmes are kept in {process.place_in_words(settings.data)}")
    say("Press Ctrl+C here to stop.")


def load_app() -> st.App:
    """Return the one app of `streamlit_app.py`, from a clone or from an install."""
    for folder in (_HERE / "_entry", _HERE.parent):
        path = folder / "streamlit_app.py"
        if path.exists():
            break
    spec = importlib.util.spec_from_file_location("systemmap_entry", path)
    if spec is None or spec.loader is None:
        raise SystemMapError(
            "The file streamlit_app.py is missing. Install systemmap again."
        )
    module = importlib.util.module_from_spec(spec)
    sys.modules["systemmap_entry"] = module
    spec.loader.exec_module(module)
    return cast("st.App", module.app)


def most_connections(descriptors: int) -> int:
    """Return how many visitors may be connected: the rest is for files, and for saving."""
    return max(16, min(MOST, descriptors - KEPT_FREE - _IN_LINE))


def _configured(app: st.App, connections: Connections) -> uvicorn.Config:
    """Serve as Streamlit's own runner does, but within bounds, and believe no forwarding header."""
    seconds = 30  # Streamlit's own ping interval and time-out
    return uvicorn.Config(
        cast("Any", app),
        http=cast("Any", partial(RequestProtocol, connections=connections)),
        ws="websockets-sansio",
        ws_ping_interval=seconds,
        ws_ping_timeout=seconds,
        ws_max_size=MESSAGE,
        backlog=_IN_LINE,
        ws_per_message_deflate=config.get_option("server.enableWebsocketCompression"),
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )


class _Server(uvicorn.Server):
    """A server that opens the browser once it answers, and cuts off who dawdles."""

    def __init__(
        self,
        config: uvicorn.Config,
        connections: Connections,
        *,
        opens: str,
        settings: Settings,
    ) -> None:
        super().__init__(config)
        self._connections = connections
        self._opens = opens if settings.open_browser else ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self._opens:
            Thread(target=webbrowser.open, args=(self._opens,), daemon=True).start()

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:  # once a second
            self._connections.sweep()
        return await super().on_tick(counter)


def _bound(address: str, port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would share a port that is in use
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((address, port))
        found.listen(2048)
    except OSError:
        found.close()
        raise
    return found


def _address(port: int, programme_id: str = "") -> str:
    home = f"http://127.0.0.1:{port}"
    return f"{home}/?programme={programme_id}" if programme_id else home
