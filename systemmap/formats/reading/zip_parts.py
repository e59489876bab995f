"""Zips that are not trusted: what comes out is counted, and no part defines a document type."""

from __future__ import annotations

import zipfile
from functools import lru_cache
from io import BytesIO

from systemmap.errors import ReadError
from systemmap.formats.reading.limits import (
    DAMAGE,
    LIMITS,
    check_count,
    check_size,
    megabytes,
)


def check_zip(
    data: bytes,
    *,
    limit: int = LIMITS.file_bytes,
    unpacked: int = LIMITS.unpacked_bytes,
    unread: str = "",
) -> tuple[str, ...]:
    """Really unpack a zip once, within limits, and return the names in it.

    The sizes a zip claims are not believed: what comes out is counted. Parts
    in a folder named `unread` may hold what they like: the caller drops them.

    Raises
    ------
    ReadError
        Damaged, locked with a password, above a limit, or an XML document
        type definition in any part.
    """
    check_size(data, limit)
    names, refusal = _unpacked_once(data, unpacked, unread)
    if refusal:
        raise ReadError(refusal)
    return names


@lru_cache(maxsize=4)  # each recogniser asks, then the reader
def _unpacked_once(
    data: bytes, unpacked: int, unread: str
) -> tuple[tuple[str, ...], str]:
    """Return the names in a zip, or why it is refused."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_parts(archive, unpacked, unread)
            return tuple(archive.namelist()), ""
    except ReadError as error:
        return (), str(error)
    except RuntimeError:  # zipfile's word for a password
        return (), "The file is locked with a password. Remove it and try again."
    except DAMAGE:
        return (), _DAMAGED_ZIP


_DAMAGED_ZIP = "The file is damaged: it cannot be unpacked. Save it again from the original program."


def zip_part(data: bytes, name: str) -> bytes:
    """Return one part of a zip that `check_zip` has passed."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def times_in_parts(data: bytes, start: str, mark: bytes) -> int:
    """Count a mark in the parts whose names begin so; what is damaged there counts not."""
    names = [name for name in zip_names(data) if name.startswith(start)]
    try:
        return sum(zip_part(data, name).count(mark) for name in names)
    except RuntimeError:  # a password
        return 0
    except DAMAGE:
        return 0


def zip_names(data: bytes) -> frozenset[str]:
    """Return the names in a zip, or nothing: for recognising."""
    if not data.startswith(b"PK"):
        return frozenset()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, LookupError):
        return frozenset()


def _check_parts(archive: zipfile.ZipFile, unpacked: int, unread: str) -> None:
    check_count(len(archive.infolist()), LIMITS.parts, "parts")
    size = 0
    for part in archive.infolist():
        skipped = bool(unread) and f"/{unread}/" in part.filename
        with archive.open(part) as stream:
            tail = b""
            while chunk := stream.read(65_536):
                size += len(chunk)
                if size > unpacked:
                    msg = f"Unpacked, the file is more than {megabytes(unpacked)}, the limit. Split it, then try again."
                    raise ReadError(msg)
                # NULs go, so that a definition written in UTF-16 is seen as well.
                if (
                    not skipped
                    and b"<!DOCTYPE" in (tail + chunk).translate(None, b"\0")
                    and not part.filename.endswith((".ndjson", ".json", ".txt"))
                ):
                    raise ReadError(
                        "This file contains an XML document type definition, which systemmap "
                        "does not open. Save it again from the original program."
                    )
                tail = chunk[-32:]
