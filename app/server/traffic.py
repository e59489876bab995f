"""How much one phone, one address and all strangers together may ask of the server.

A phone that has joined is known by its signed pass; whatever strangers do, it
has an allowance of its own. Whoever asks too fast waits for the answer, and is
sent away where the wait would be long. This computer is not counted.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse

from app.server.allowances import Allowances

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

PHONE = (30.0, 150.0)
"""Requests a second, and at once, of one phone that has joined."""
ADDRESS = (200.0, 1_000.0)
"""Of one address, phones that have joined included: a hall may sit behind one."""
STRANGER = (20.0, 300.0)
"""Of one address, by those who have not joined: a hall that comes in is 60 phones."""
STRANGERS = (100.0, 800.0)
"""Of all who have not joined, together."""
LONGEST_WAIT = 5.0
"""Seconds a request waits; one that would wait longer is refused."""
BUSY = (
    "This computer gets too many requests from your phone or its network. "
    "Wait a moment, then try again. What was saved is safe."
)
_THIS_COMPUTER = ("127.0.0.1", "::1")


class Traffic:
    """ASGI middleware: lets each visitor ask at a pace the hall can bear.

    Parameters
    ----------
    device : callable
        Turns the cookies of a request into the phone that has joined, "" = none.
    """

    def __init__(
        self, app: ASGIApp, device: Callable[[Mapping[str, str]], str]
    ) -> None:
        self.app = app
        self._device = device
        self._phone = Allowances(*PHONE)
        self._address = Allowances(*ADDRESS)
        self._stranger = Allowances(*STRANGER)
        self._strangers = Allowances(*STRANGERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer at once, after a wait, or not at all."""
        peer = (scope.get("client") or ("",))[0]
        if scope["type"] in ("http", "websocket") and peer not in _THIS_COMPUTER:
            wait = self._wait(scope, peer)
            if wait > LONGEST_WAIT:
                await _refuse(scope, receive, send, wait)
                return
            if wait:
                await asyncio.sleep(wait)
        await self.app(scope, receive, send)

    def _wait(self, scope: Scope, peer: str) -> float:
        device = self._device(_cookies(scope))
        own = self._phone if device else self._stranger
        asked = [(own, device or peer), (self._address, peer)]
        if not device:
            asked.append((self._strangers, ""))
        wait = 0.0
        for allowances, name in asked:
            wait = max(wait, allowances.use(name, longest=LONGEST_WAIT))
            if wait > LONGEST_WAIT:
                break  # it costs the others nothing
        return wait


def _cookies(scope: Scope) -> Mapping[str, str]:
    sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    return cookie_parser(sent.decode("latin-1")) if sent else {}


async def _refuse(scope: Scope, receive: Receive, send: Send, wait: float) -> None:
    if scope["type"] == "http":
        heads = {"retry-after": str(round(wait) + 1), "connection": "close"}
        await PlainTextResponse(BUSY, 429, headers=heads)(scope, receive, send)
        return
    await receive()
    await send({"type": "websocket.close", "code": 4429})
