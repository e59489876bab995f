"""Pages of a PDF as pictures (PNG), to be looked at before a document is saved."""

from __future__ import annotations

import struct
import zlib
from typing import Any

PIXELS = 110.0  # for an inch
MOST_PAGES = 20


def pictures_of(
    pdf: bytes, *, pixels: float = PIXELS, most: int = MOST_PAGES, wide: float = 0.0
) -> tuple[bytes, ...]:
    """Return a picture of each page of a PDF of ours, up to `most`.

    `pixels` are for an inch; with `wide` a page has so many from side to side.
    """
    import pypdfium2  # only when somebody looks

    document: Any = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(
            _png(
                document[n].render(
                    scale=_scale(document[n], pixels, wide), rev_byteorder=True
                )
            )
            for n in range(min(len(document), most))
        )
    finally:
        document.close()


def _scale(page: Any, pixels: float, wide: float) -> float:  # noqa: ANN401
    return float(wide / page.get_width()) if wide else pixels / 72


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    import pypdfium2

    document: Any = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _png(bitmap: Any) -> bytes:  # noqa: ANN401 - pypdfium2 is untyped
    """Write a bitmap as PNG: PIL is not among our libraries."""
    wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
    depth = bitmap.n_channels
    raw = bytes(bitmap.buffer)
    rows = b"".join(
        b"\0" + raw[at * stride : at * stride + wide * depth] for at in range(high)
    )
    kind = {1: 0, 3: 2, 4: 6}[depth]
    head = struct.pack(">IIBBBBB", wide, high, 8, kind, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + name
        + data
        + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
