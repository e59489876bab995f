"""Words this installation has signed: passes of phones, tickets of canvases.

A signed word is read by the same installation only, for one purpose only, and
until its time is over. That it was never ours, and that it has run out, are
two different things: the first is refused, the second says what to do.
"""

from __future__ import annotations

import hashlib
import time
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

_PACKED = {"sort_keys": True, "separators": (",", ":")}


class NotSigned(Exception):
    """The word was not signed here for this purpose, or was spoilt on its way."""


class RunOut(NotSigned):
    """The word was signed here, and its time is over."""


def sealed(secret: bytes, purpose: str, data: dict[str, Any]) -> str:
    """Return data as a signed word, fit for an address or a cookie.

    Parameters
    ----------
    secret : bytes
        The installation's.
    purpose : str
        What it is good for; a word signed for one purpose is none for another.
    data : dict
        Plain data with ``until``, the moment its time is over (seconds since
        1970). It is signed, not hidden.
    """
    return str(_signer(secret, purpose).dumps(data))


def opened(secret: bytes, purpose: str, text: str) -> dict[str, Any]:
    """Return the data of a signed word.

    Raises
    ------
    NotSigned
        It was not signed here for this purpose.
    RunOut
        It was, and its time is over.
    """
    try:
        data = _signer(secret, purpose).loads(text)
        until = float(data["until"])
    except (BadData, KeyError, TypeError, ValueError):
        raise NotSigned from None
    if until <= time.time():
        raise RunOut
    return dict(data)


def _signer(secret: bytes, purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret,
        salt=f"systemmap.{purpose}",
        serializer_kwargs=_PACKED,
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )
