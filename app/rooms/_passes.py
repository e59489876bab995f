"""The signed cookie a phone carries: which workshop and table, and a random token.

It names nobody. The token is kept nowhere; records hold a hash of it, so that
a phone can see its own notes and take back its own dots.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from app.signing import NotSigned, RunOut, opened, sealed

if TYPE_CHECKING:
    from collections.abc import Mapping

_PURPOSE = "phone"
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
    return sealed(secret, _PURPOSE, asdict(room_pass))


def unseal(text: str, secret: bytes) -> Pass | None:
    """Return the pass in a cookie; None when it is forged or spoilt.

    Raises
    ------
    RunOut
        It was a pass of ours, and its twelve hours are over.
    """
    try:
        return Pass(**opened(secret, _PURPOSE, text))
    except RunOut:
        raise
    except (NotSigned, TypeError):
        return None  # also when another version of this program signed it


def pass_in(cookies: Mapping[str, str], secret: bytes) -> Pass | None:
    """Return the pass a visitor carries; None = none, or none that is good now."""
    try:
        return unseal(cookies.get(COOKIE, ""), secret)
    except RunOut:
        return None


def form_token(room_pass: Pass, secret: bytes) -> str:
    """Return the token every form of this phone must carry (cross-site forgery)."""
    return hmac.new(secret, f"form.{room_pass.token}".encode(), "sha256").hexdigest()[
        :24
    ]


def same(one: str, other: str) -> bool:
    """Compare two signed words without telling how far they agree."""
    return hmac.compare_digest(one.encode(), other.encode())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
