"""What stands in front of every route, by the kind of installation.

On a laptop: the shield and the limits. On a server: first what the trusted
proxy says, then the shield that knows who has signed in. The parts of signing
in are loaded on a server only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute

from app.server.forwarded import Forwarded
from app.server.metrics import Counted
from app.server.shield import PublicShield, Shield
from app.server.traffic import Traffic
from app.settings import later_hosts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from starlette.routing import BaseRoute

    from app.settings import Settings


def doors(
    chosen: Settings, device: Callable[[Mapping[str, str]], str]
) -> list[Middleware]:
    """Return the middleware of an installation, the outermost first.

    Parameters
    ----------
    device : callable
        Turns the cookies of a request into the phone that has joined, "" = none.
    """
    if not chosen.server:
        return [
            Middleware(Counted),
            Middleware(Shield, hosts=chosen.hosts, later=later_hosts),
            Middleware(Traffic, device=device),
        ]
    from app.server.sign_in import is_signed_in, person_in

    def visitor(cookies: Mapping[str, str]) -> str:
        person = person_in(cookies)
        return f"person {person.who}" if person else device(cookies)

    return [
        Middleware(Counted, base=chosen.base_path),
        Middleware(Forwarded, trusted=chosen.trusted_proxies),
        Middleware(
            PublicShield,
            hosts=chosen.hosts,
            base=chosen.base_path,
            signed_in=is_signed_in,
        ),
        Middleware(Traffic, device=visitor),
    ]


def below(base: str, routes: Iterable[BaseRoute]) -> list[BaseRoute]:
    """Return routes with every address below a base path."""
    return [_below(base, route) for route in routes] if base else list(routes)


def _below(base: str, route: BaseRoute) -> BaseRoute:
    if isinstance(route, WebSocketRoute):
        return WebSocketRoute(base + route.path, route.endpoint, name=route.name)
    if isinstance(route, Route):
        methods = sorted(route.methods or ())
        return Route(
            base + route.path, route.endpoint, methods=methods, name=route.name
        )
    msg = f"{route!r} cannot be put below a base path"
    raise TypeError(msg)


def sign_in_routes(chosen: Settings) -> list[Route]:
    """Return the routes where people sign in; none on a laptop."""
    if not chosen.server:
        return []
    from app.server import sign_in

    return sign_in.routes()


def told_secrets(chosen: Settings) -> dict[str, Any] | None:
    """Return what Streamlit's sign-in is told; None on a laptop."""
    if not chosen.server:
        return None
    from app.server import sign_in

    return sign_in.secrets_of(chosen)
