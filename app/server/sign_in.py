"""Signing in: Streamlit's own OpenID Connect routes, and a page that leads to them.

The page is ours, so that a stranger never gets a Streamlit session. Who is
signed in is read from Streamlit's signed cookie; that a sign-in is over after
some hours is asked here, because Streamlit keeps the cookie for thirty days.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from html import escape
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from app import settings
from app.listed_people import people
from app.server.shield import SIGN_IN
from systemmap.store import Person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope

    from app.settings import Settings

_EARLY = 60  # seconds another clock may be ahead of ours


def cookie_secret() -> str:
    """Return what sign-in cookies are signed with: the same in every process."""
    return hmac.new(settings.store().secret(), b"sign-in", hashlib.sha256).hexdigest()


def secrets_of(chosen: Settings) -> dict[str, Any] | None:
    """Return what Streamlit's sign-in is told; None on a laptop."""
    told = chosen.sign_in
    if told is None:
        return None
    return {
        "auth": {
            "redirect_uri": f"{chosen.public}/oauth2callback",
            "cookie_secret": cookie_secret(),
            "client_id": told.client_id,
            "client_secret": told.client_secret,
            "server_metadata_url": told.metadata,
        }
    }


def person_in(cookies: Mapping[str, str]) -> Person | None:
    """Return who is signed in by the cookies of a request; None = nobody, or not any more."""
    chosen = settings.current()
    if chosen.sign_in is None:
        return None
    secret = cookie_secret()

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        if value is None:
            return None
        try:
            return decode_signed_value(secret, name, value.encode("latin-1"))
        except (ValueError, UnicodeError):
            return None

    held = get_cookie_with_chunks(one, USER_COOKIE_NAME)
    try:
        said = json.loads(held) if held else None
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    return _person_of(said, chosen)


def _person_of(said: Mapping[str, Any], chosen: Settings) -> Person | None:
    told = chosen.sign_in
    origin = "/".join(chosen.public.split("/")[:3])
    who, since = said.get(told.claim if told else ""), said.get("iat")
    if told is None or said.get("origin") != origin or not said.get("is_logged_in"):
        return None
    if not isinstance(who, str) or not who or said.get("email_verified") is False:
        return None
    if not isinstance(since, (int, float)):
        return None
    if not -_EARLY <= time.time() - since <= told.hours * 3600:
        return None
    groups = people().named_groups(said.get(told.groups_claim))
    return Person(who=who.casefold(), groups=groups)


def is_signed_in(scope: Scope) -> bool:
    """Say whether a request is from somebody signed in, for the shield."""
    return person_in(cookies_of(scope)) is not None


def cookies_of(scope: Scope) -> Mapping[str, str]:
    """Return the cookies of a request."""
    sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    return cookie_parser(sent.decode("latin-1")) if sent else {}


async def _page(request: Request) -> Response:
    if await run_in_threadpool(person_in, request.cookies):
        return RedirectResponse(settings.address_of("/"), 303)
    page = _PAGE.format(to=escape(settings.address_of(_GO), quote=True))
    return HTMLResponse(page, headers={"cache-control": "no-store"})


async def _go(_request: Request) -> Response:
    """Lead on to Streamlit's route with a token that is good for two minutes."""
    token = await run_in_threadpool(encode_provider_token, "default")
    address = settings.address_of(f"/auth/login?provider={token}")
    return RedirectResponse(address, 303, headers={"cache-control": "no-store"})


_GO = f"{SIGN_IN}/go"
_PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Sign in · systemmap</title>
<link rel="icon" href="data:,">
<style>
body {{ background: #fff; color: #1b2127; font: 1.125rem/1.5 system-ui, sans-serif; margin: 0; }}
main {{ margin: 0 auto; max-width: 32rem; padding: 3rem 1rem; }}
h1 {{ font-size: 1.75rem; }}
a {{ background: #0b5c6b; border-radius: 4px; color: #fff; display: inline-block;
  font-weight: 600; padding: .75rem 1.25rem; text-decoration: none; }}
a:focus-visible {{ box-shadow: inset 0 0 0 2px #1b2127; outline: 3px solid #ffbf47; }}
</style>
</head>
<body>
<main>
<h1>systemmap</h1>
<p>This is for people whom the council has given a part in a programme. You sign in
with your work account; systemmap keeps no password.</p>
<p><a href="{to}">Sign in</a></p>
<p>In a workshop you need no account: scan the code on the big screen instead.</p>
</main>
</body>
</html>
"""


def routes() -> list[Route]:
    """Return the routes of the page where people sign in."""
    return [Route(SIGN_IN, _page), Route(_GO, _go)]
