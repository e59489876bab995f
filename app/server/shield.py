"""The gate in front of everything.

Only this computer reaches the screens, Streamlit's socket, uploads and
metrics. Other devices reach the room pages and nothing else. Requests that
came through a proxy are refused, because behind one every visitor looks like
this computer. A request under a foreign host name is refused, because a page
elsewhere could otherwise talk to this server through the visitor's browser;
for the same reason a live channel is opened by this server's own pages only.

On a server (`PublicShield`) a proxy stands in front and people sign in: who has
not signed in reaches the room pages and the page where one signs in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route

from app.server.forwarded import TAKEN as FORWARDED
from app.server.readiness import PATHS as HEALTH
from app.settings import BOOT_TOKEN, LOOPBACK_HOSTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; worker-src 'self' blob:; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=()"),
)
_ISOLATED = (b"cross-origin-opener-policy", b"same-origin")
_NEVER = ("/_stcore/agent", "/_stcore/metrics")  # nobody here needs them
_LOOPBACK_PEERS = ("127.0.0.1", "::1")
_PORT = re.compile(r":\d*\Z")
_TOKEN = b"x-shield"


class Shield:
    """ASGI middleware: the loopback rule, the host check and the security headers.

    Parameters
    ----------
    hosts : collection of str
        The names under which this server may be addressed.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Collection[str] = LOOPBACK_HOSTS,
        later: Callable[[], Collection[str]] = tuple,
    ) -> None:
        self.app = app
        self.hosts = frozenset(hosts)
        self._later = later

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through with the boot token, or answer as if nothing were here."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        visitor = [(k, v) for k, v in scope["headers"] if k != _TOKEN]
        if not self._admits(scope, dict(visitor)):
            await self._refuse(scope, receive, send)
            return
        headers = [*visitor, (_TOKEN, BOOT_TOKEN.encode())]
        local = scope["scheme"] in ("https", "wss") or (
            _host(dict(visitor)) in LOOPBACK_HOSTS
        )

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _guarded(message["headers"], local)}
            await send(message)

        await self.app({**scope, "headers": headers}, receive, send_guarded)

    def _admits(self, scope: Scope, sent: dict[bytes, bytes]) -> bool:
        if sent.keys() & set(FORWARDED) or not self._is_here(_host(sent)):
            return False
        if scope["path"].startswith(_NEVER):
            return False
        if scope["type"] == "websocket" and not _from_own_page(sent):
            return False
        if scope.get("http_version") == "1.0":
            return False  # no browser's: a proxy that says nothing of its visitors
        peer = (scope.get("client") or ("",))[0]
        return peer in _LOOPBACK_PEERS or is_room(scope["path"])

    def _is_here(self, host: str) -> bool:
        """Say whether a request's host is this computer, also on a network it joined later."""
        return host in self.hosts or (_is_address(host) and host in self._later())

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _refuse(scope, receive, send)


class PublicShield(Shield):
    """ASGI middleware on a server: the proxy, the host, and who has signed in.

    Parameters
    ----------
    hosts : collection of str
        The name in the address people use.
    base : str
        What every address of this server begins with.
    signed_in : callable
        Says whether the cookies of a request are those of somebody signed in.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Collection[str],
        *,
        base: str,
        signed_in: Callable[[Scope], bool],
    ) -> None:
        super().__init__(app, hosts)
        self.base = base
        self._signed_in = signed_in

    def _admits(self, scope: Scope, sent: dict[bytes, bytes]) -> bool:
        path = str(scope["path"])
        if path in HEALTH:
            straight = not scope.get("proxied") and not sent.keys() & set(FORWARDED)
            return scope["type"] == "http" and straight
        if scope.get("unproxied") or sent.keys() & set(FORWARDED):
            return False
        if _host(sent) not in self.hosts or not path.startswith(f"{self.base}/"):
            return False
        path = path.removeprefix(self.base)
        if path.startswith(_NEVER):
            return False
        if scope["type"] == "websocket" and not _from_own_page(sent):
            return False
        return is_room(path) or _is_open(path) or self._signed_in(scope)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope["path"])
        if scope["type"] == "http":
            if scope.get("unproxied"):
                await PlainTextResponse(UNPROXIED, 400)(scope, receive, send)
                return
            if path == self.base:
                await RedirectResponse(f"{self.base}/")(scope, receive, send)
                return
            if self._is_page(scope, path):
                away = RedirectResponse(f"{self.base}{SIGN_IN}", 303)
                await away(scope, receive, send)
                return
        await _refuse(scope, receive, send)

    def _is_page(self, scope: Scope, path: str) -> bool:
        """Say whether a browser asks for a page that somebody signed in would get."""
        told = dict(scope["headers"])
        return (
            scope["method"] == "GET"
            and path.startswith(f"{self.base}/")
            and _host(told) in self.hosts
            and b"text/html" in told.get(b"accept", b"")
        )


SIGN_IN = "/sign-in"
UNPROXIED = (
    "This server is asked through its proxy. If you see this through the proxy: it "
    "must send X-Forwarded-For and X-Forwarded-Proto. docs/hosting.md has examples."
)
_OPEN = (
    SIGN_IN,
    f"{SIGN_IN}/go",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
    "/see/",
)
"""What somebody who has not signed in may ask for; links to look at are signed."""


def _is_open(path: str) -> bool:
    if "\\" in path or "//" in path or {".", ".."} & set(path.split("/")):
        return False
    return any(
        path == one or (one[-1] == "/" and path.startswith(one)) for one in _OPEN
    )


def _is_address(host: str) -> bool:
    """Say whether this is a number: a name may be pointed anywhere by a stranger."""
    return host.replace(".", "").isdigit() or host.startswith("[")


def is_room(path: str) -> bool:
    """Say whether a path is one of the pages that phones may open.

    Examples
    --------
    >>> is_room("/j"), is_room("/room/capture"), is_room("/room/../_stcore/metrics")
    (True, True, False)
    """
    parts = path.split("/")
    if "\\" in path or "\x00" in path or {".", ".."} & set(parts) or "//" in path:
        return False
    return len(parts) > 1 and (
        parts[1] == "j" or (parts[1] == "room" and len(parts) > 2)
    )


def no_such_room() -> list[Route]:
    """Return the routes that answer 404 below a room's address.

    Without them an unknown room would get Streamlit's own page.
    """

    async def nothing(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("Not found", 404)

    methods = ["GET", "POST", "PUT", "DELETE"]
    return [
        Route(path, nothing, methods=methods)
        for path in ("/j/{rest:path}", "/room/{rest:path}", "/room")
    ]


def is_own_page(origin: str, host: str) -> bool:
    """Say whether the page that asks, by its browser's word, lies at the address it asks.

    Examples
    --------
    >>> is_own_page("http://10.0.0.7:8501", "10.0.0.7:8501"), is_own_page("null", "10.0.0.7")
    (True, False)
    """
    scheme, _, place = origin.lower().partition("://")
    return scheme in ("http", "https") and place == host.lower()


def _from_own_page(sent: dict[bytes, bytes]) -> bool:
    """Say whether a page of this very address asks; every browser says which page asks."""
    host = sent.get(b"host", b"").decode("latin-1")
    return is_own_page(sent.get(b"origin", b"").decode("latin-1"), host)


def _host(sent: dict[bytes, bytes]) -> str:
    return _PORT.sub("", sent.get(b"host", b"").decode("latin-1").lower())


def _guarded(
    headers: list[tuple[bytes, bytes]],
    local: bool,  # noqa: FBT001 - private
) -> list[tuple[bytes, bytes]]:
    """Add each security header a route did not set itself."""
    wanted = (*HEADERS, _ISOLATED) if local else HEADERS
    present = {name.lower() for name, _ in headers}
    return [*headers, *((k, v) for k, v in wanted if k not in present)]


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await PlainTextResponse("Not found", 404)(scope, receive, send)
        return
    await receive()
    await send({"type": "websocket.close", "code": 4403})
