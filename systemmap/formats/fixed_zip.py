"""The same bytes for the same document: one time stamp for every part of a zip."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_TIME = (2020, 1, 1, 0, 0, 0)
_UNIX = 3


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Pack named parts in their order, every one with the same time."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.create_system = _UNIX  # the same bytes on every system
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part)
    return stream.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip by name, in their order."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def without_times(data: bytes) -> bytes:
    """Pack an office document again without the moment it was made."""
    return zipped(unzipped(data))
