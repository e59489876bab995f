"""/metrics: what Prometheus asks of one process; counts and seconds, nobody's words.

Each process tells its own counts. They are asked at the server itself, by this
computer or by an address in the setting ``metrics_from``, never through a proxy.
No count has a person, a programme, a path or an address in it.
"""

from __future__ import annotations

import ipaddress
import time
from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from app import settings
from app.server.readiness import METRICS
from systemmap.errors import SystemMapError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prometheus_client.metrics_core import Metric
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SOON = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds between which waits are counted."""
_KINDS = {
    "j": "phone",
    "room": "phone",
    "see": "link",
    "map": "map",
    "graph": "map",
    "live": "map",
    "sign-in": "sign-in",
    "auth": "sign-in",
    "oauth2callback": "sign-in",
    "healthz": "watch",
    "readyz": "watch",
    "metrics": "watch",
}
"""What is asked for, by the first part of its path; whatever else is a screen's."""

REGISTRY = CollectorRegistry()
"""This process's counts, and nothing that another library counts."""
_requests = Counter(
    "systemmap_requests",
    "Requests answered, refused ones included.",
    ("kind", "status"),
    registry=REGISTRY,
)
_request_wait = Histogram(
    "systemmap_request_seconds",
    "Seconds from a request to the beginning of its answer.",
    ("kind",),
    buckets=SOON,
    registry=REGISTRY,
)
_sockets = Gauge(
    "systemmap_sockets", "Open live channels.", ("kind",), registry=REGISTRY
)
_saves = Counter(
    "systemmap_saves",
    "Changes put to the data: saved, or refused.",
    ("outcome",),
    registry=REGISTRY,
)
_save_wait = Histogram(
    "systemmap_save_seconds",
    "Seconds until a change was on disk, its turn in the queue included.",
    buckets=SOON,
    registry=REGISTRY,
)


def watch_save(seconds: float, *, saved: bool) -> None:
    """Count one change that was put to the data."""
    _saves.labels("saved" if saved else "refused").inc()
    if saved:
        _save_wait.observe(seconds)


class Counted:
    """ASGI middleware: counts requests and live channels, before anything refuses them."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a request, and count it when its answer begins."""
        kind = self._kind(scope)
        if scope["type"] == "websocket":
            with _sockets.labels(kind).track_inprogress():
                await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                _requests.labels(kind, f"{message['status'] // 100}xx").inc()
                _request_wait.labels(kind).observe(time.perf_counter() - begun)
            await send(message)

        await self.app(scope, receive, counting)

    def _kind(self, scope: Scope) -> str:
        path = str(scope.get("path", "")).removeprefix(self._base)
        return _KINDS.get(path.split("/")[1] if path.startswith("/") else "", "screen")


class _Kept:
    """How many programmes there are and how far they have come, asked when told."""

    def collect(self) -> Iterator[Metric]:
        programmes = GaugeMetricFamily(
            "systemmap_programmes", "Programmes kept; none told = the data is away."
        )
        revisions = GaugeMetricFamily(
            "systemmap_revisions", "Revisions of all programmes, added up."
        )
        try:
            kept = settings.store().programmes()
        except SystemMapError:
            kept = None
        if kept is not None:
            programmes.add_metric([], len(kept))
            revisions.add_metric([], sum(one.revision for one in kept))
        yield programmes
        yield revisions

    def describe(self) -> Iterable[Metric]:
        return ()  # nothing is asked while it is registered


REGISTRY.register(_Kept())
ProcessCollector(registry=REGISTRY)


async def tell(request: Request) -> Response:
    """Answer with every count of this process."""
    peer = request.client.host if request.client else ""
    if not may_ask(peer, settings.current().metrics_from):
        return Response("Not found", 404, media_type="text/plain")
    text = await run_in_threadpool(generate_latest, REGISTRY)
    return Response(
        text, headers={"content-type": CONTENT_TYPE_LATEST, "cache-control": "no-store"}
    )


def may_ask(peer: str, allowed: Iterable[str]) -> bool:
    """Say whether an address may read the counts: this computer, or one that is set.

    Examples
    --------
    >>> may_ask("127.0.0.1", []), may_ask("10.2.0.9", ["10.2.0.0/24"]), may_ask("10.3.0.9", [])
    (True, True, False)
    """
    try:
        asking = ipaddress.ip_address(peer)
    except ValueError:
        return False
    return asking.is_loopback or any(
        asking in ipaddress.ip_network(one, strict=False) for one in allowed
    )


def routes() -> list[Route]:
    """Return the route; it lies outside any base path."""
    return [Route(METRICS, tell)]
