"""What a proxy says of its visitors, believed from trusted proxies only.

Behind a proxy every visitor looks like the proxy. The proxy says who is asking
in ``X-Forwarded-For``, ``-Proto`` and ``-Host``; anybody can send these words, so
they are taken from the addresses in the setting ``trusted_proxies`` and from
nobody else. After this the request looks as if the visitor had asked directly.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TAKEN = (
    b"forwarded",
    b"x-forwarded-for",
    b"x-forwarded-host",
    b"x-forwarded-port",
    b"x-forwarded-proto",
    b"x-forwarded-server",
    b"x-real-ip",
    b"via",
)
"""Headers a trusted proxy may send; none of them goes further than here."""
_SECURE = {"https": "https", "wss": "https", "http": "http", "ws": "http"}


class Forwarded:
    """ASGI middleware: puts the visitor in the place of a trusted proxy.

    Parameters
    ----------
    trusted : iterable of str
        Addresses and networks of the proxies.
    """

    def __init__(self, app: ASGIApp, trusted: Iterable[str] = ()) -> None:
        self.app = app
        self._trusted = [ipaddress.ip_network(one, strict=False) for one in trusted]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a request as its visitor sent it."""
        peer = (scope.get("client") or ("",))[0]
        if scope["type"] not in ("http", "websocket") or not self._trusts(peer):
            await self.app(scope, receive, send)
            return
        told = dict(scope["headers"])
        visitor = self._visitor(told.get(b"x-forwarded-for", b"").decode("latin-1"))
        if not visitor:  # straight from this computer, or a proxy that says nothing
            await self.app({**scope, "unproxied": True}, receive, send)
            return
        scheme = _SECURE.get(told.get(b"x-forwarded-proto", b"").decode("latin-1"), "")
        host = told.get(b"x-forwarded-host")
        heads = [(k, v) for k, v in scope["headers"] if k not in TAKEN]
        if host:
            heads = [(k, v) for k, v in heads if k != b"host"] + [(b"host", host)]
        socket = scope["type"] == "websocket"
        shown = {"https": "wss", "http": "ws"}.get(scheme, "") if socket else scheme
        seen = {
            **scope,
            "proxied": True,
            "client": (visitor, 0),
            "headers": heads,
            "scheme": shown or scope["scheme"],
        }
        await self.app(seen, receive, _only_by_tls(send) if scheme == "https" else send)

    def _trusts(self, address: str) -> bool:
        if not self._trusted:
            return False
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._trusted)

    def _visitor(self, told: str) -> str:
        """Return the last address that no trusted proxy has; it is the first untold one."""
        hops = [hop.strip().strip("[]") for hop in told.split(",") if hop.strip()]
        for hop in reversed(hops):
            try:
                address = str(ipaddress.ip_address(hop))
            except ValueError:
                return ""  # a proxy that is trusted says addresses, nothing else
            if not self._trusts(address):
                return address
        return hops[0] if hops else ""


def _only_by_tls(send: Send) -> Send:
    """Let no cookie given over TLS travel without it, and the browser come back by it."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            heads = [
                (k, v + b"; Secure")
                if k.lower() == b"set-cookie" and b"; secure" not in v.lower()
                else (k, v)
                for k, v in message["headers"]
            ]
            heads.append((b"strict-transport-security", b"max-age=31536000"))
            message = {**message, "headers": heads}
        await send(message)

    return sent
