"""Parting a photo within a budget of work and memory, in a process of its own."""

from __future__ import annotations

import base64
import binascii
import json
import logging
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from systemmap.errors import ReadError
from systemmap.formats.photos.cuts import Cut, PhotoCuts
from systemmap.formats.reading.limits import LIMITS, check_size
from systemmap.formats.worker.bounded import answered_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOG = logging.getLogger(__name__)
_SECONDS = 20.0  # of the processor
_MEMORY = 1_200_000_000  # bytes, on top of the program itself


def cuts_within(
    data: bytes,
    cuts: Sequence[Cut] | None = None,
    *,
    seconds: float = _SECONDS,
    memory: int = _MEMORY,
) -> PhotoCuts:
    """Part a photo of a wall or of printed sheets into its notes.

    Parameters
    ----------
    data : bytes
        A JPEG or PNG. What the camera wrote into it is not kept.
    cuts : sequence of Cut | None
        Where a person says the notes are; None = find them.

    Raises
    ------
    ReadError
        It is no photo, too large, damaged, shows no notes, or took too long.
    """
    check_size(data, LIMITS.photo_bytes)
    asked = {
        "size": len(data),
        "seconds": seconds,
        "memory": memory,
        "cuts": None if cuts is None else [asdict(cut) for cut in cuts],
    }
    head = json.dumps(asked).encode() + b"\n"
    module = "systemmap.formats.photos.photo_process"
    out, err = answered_apart(module, head + data, seconds, memory)
    try:
        found: dict[str, Any] = json.loads(out)
    except ValueError:
        _LOG.error("Parting a photo broke off: %s", err.decode("utf-8", "replace"))
        raise ReadError(
            "Reading the photo broke off. Save it again as JPEG, then try again. Nothing was changed."
        ) from None
    if "refused" in found:
        raise ReadError(str(found["refused"]))
    parts = [Cut(**cut) for cut in found.pop("cuts")]
    return PhotoCuts(cuts=tuple(parts), **found)


def picture_bytes(picture: str) -> bytes:
    """Return the bytes of a kept picture; none when it was removed or is no JPEG."""
    try:
        data = base64.b64decode(picture, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return data if data.startswith(b"\xff\xd8") else b""
