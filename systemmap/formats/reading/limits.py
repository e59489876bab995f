"""How much a file may hold, and what parsers raise on damage.

The figures are those of trust.md 8 (maps, plans and workbooks) with limits of
their own for local data and for our own project files, which may carry years
of history. Every refusal names the limit and the size found.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass

from systemmap.errors import ReadError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a file may hold. Bytes are counted in millions, not in 2**20."""

    file_bytes: int = 5_000_000
    unpacked_bytes: int = 20_000_000
    parts: int = 200
    rows: int = 5_000
    columns: int = 50
    depth: int = 64
    xml_elements: int = 400_000
    factors: int = 5_000
    links: int = 20_000
    lines: int = 10_000
    plan_rows: int = 5_000
    data_bytes: int = 100_000_000
    upload_bytes: int = (
        25_000_000  # on a screen; what is no data is refused above its own
    )
    data_rows: int = 2_000_000
    photo_bytes: int = 25_000_000
    photo_pixels: int = 40_000_000
    project_bytes: int = 50_000_000
    project_unpacked_bytes: int = 200_000_000


LIMITS = Limits()

# What parsers raise on damaged input; turned into a sentence at the edge.
DAMAGE: tuple[type[Exception], ...] = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def check_size(data: bytes, limit: int = LIMITS.file_bytes) -> None:
    """Refuse an empty file, or one above the limit."""
    if len(data) > limit:
        msg = (
            f"The file is {megabytes(len(data))}, and the limit is "
            f"{megabytes(limit)}. Remove pictures or split it, then try again."
        )
        raise ReadError(msg)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ReadError("The file is empty. Choose another file.")


def check_count(found: int, limit: int, what: str) -> None:
    """Refuse more than `limit` things, saying which and how many."""
    if found > limit:
        msg = f"The file holds {found:,} {what}, and the limit is {limit:,}. Split it, then try again."
        raise ReadError(msg)


def megabytes(size: int) -> str:
    """Return a size as people read it."""
    return f"{size / 1_000_000:.1f} MB".replace(".0 MB", " MB")
