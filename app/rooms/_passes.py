"""The signed cookie a phone carries: which workshop and table, and a random token.

It names nobody. The token is kept nowhere; records hold a hash of it, so that
a phone can see its own notes and take back its own dots.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import asdict, dataclass, field

COOKIE = "systemmap_room"
HOURS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What a phone may say about itself: its room, its table, at most its sector."""

    programme_id: str
    workshop_id: str
    table_id: str = ""
    sector: str = ""
    language: str = ""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    until: int = field(default_factory=lambda: int(time.time()) + HOURS * 3600)

    @property
    def participant(self) -> str:
        """The hash under which this phone's notes and dots are kept."""
        return _digest("participant", self.workshop_id, self.token)


def seal(room_pass: Pass, secret: bytes) -> str:
    """Return a pass as signed text, fit for a cookie."""
    body = _packed(json.dumps(asdict(room_pass), separators=(",", ":")).encode())
    return f"{body}.{_signed(body, secret)}"


def unseal(text: str, secret: bytes) -> Pass | None:
    """Return the pass in a cookie; None when it is forged, spoilt or too old."""
    body, _, signature = text.partition(".")
    if not hmac.compare_digest(_signed(body, secret).encode(), signature.encode()):
        return None
    try:
        room_pass = Pass(**json.loads(base64.urlsafe_b64decode(body + "==")))
    except (ValueError, TypeError):
        return None  # signed by another version of this program
    return room_pass if room_pass.until > time.time() else None


def form_token(room_pass: Pass, secret: bytes) -> str:
    """Return the token every form of this phone must carry (cross-site forgery)."""
    return _signed(f"form.{room_pass.token}", secret)


def same(one: str, other: str) -> bool:
    """Compare two signed words without telling how far they agree."""
    return hmac.compare_digest(one.encode(), other.encode())


def _signed(text: str, secret: bytes) -> str:
    return _packed(hmac.digest(secret, text.encode(), "sha256")[:18])


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
