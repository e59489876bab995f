"""A photo opened within its limits: what it is and how large is read before it is unpacked."""

from __future__ import annotations

import base64
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from systemmap.errors import ReadError
from systemmap.formats.photos.cuts import Cut, PhotoCuts
from systemmap.formats.photos.sheet_cells import cells_on_sheets
from systemmap.formats.photos.wall_notes import notes_on_wall
from systemmap.formats.reading.limits import LIMITS, check_size, megabytes

if TYPE_CHECKING:
    from collections.abc import Sequence

Plane = np.ndarray[Any, Any]

MOST_CUTS = 120
_LEAST_SIDE = 200  # pixels
_NOTE, _PHOTO = 420, 1_100  # pixels along the longer side of what is kept
_QUALITY = 72
_MARGIN = 0.02  # of a note's size, left round it
_OTHER = {
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF",
    b"RIFF": "a WebP picture",
    b"II*\0": "a TIFF picture",
    b"MM\0*": "a TIFF picture",
    b"BM": "a BMP picture",
}
_SIZED = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # JPEG's frames


def parted(data: bytes, boxes: Sequence[Cut] | None = None) -> PhotoCuts:
    """Part a photo into its notes, or into the cuts that a person gave.

    Raises
    ------
    ReadError
        It is no photo, damaged, too large, or holds no notes.
    """
    photo = opened(data)
    blank, sheet = 0, False
    if boxes is not None:
        cuts = list(boxes)
        sheet = any(cut.table >= 0 for cut in cuts)
    else:
        cuts, blank = cells_on_sheets(photo)
        sheet = bool(cuts or blank)
        if not sheet:
            cuts = notes_on_wall(photo)
    if not cuts:
        raise ReadError(
            f"The sheet was found, and all its {blank} boxes are blank. Photograph it from straight above, in good light."
            if sheet
            else "No notes were found on the photo. Stand nearer, so that the notes fill it, and have the light behind you; or type the notes in below."
        )
    if len(cuts) > MOST_CUTS:
        msg = f"The photo shows {len(cuts)} notes, and the limit is {MOST_CUTS}. Photograph a part of the wall at a time."
        raise ReadError(msg)
    height, width = photo.shape[:2]
    return PhotoCuts(
        cuts=tuple(replace(cut, picture=_cut_out(photo, cut)) for cut in cuts),
        photo=_jpeg(photo, _PHOTO),
        width=width,
        height=height,
        blank=blank,
        sheet=sheet,
    )


def opened(data: bytes) -> Plane:
    """Return a photo's pixels, turned as it was held."""
    check_size(data, LIMITS.photo_bytes)
    width, height = size_of(data)
    if width * height > LIMITS.photo_pixels:
        msg = f"The photo has {width:,} by {height:,} pixels, and the limit is {LIMITS.photo_pixels // 1_000_000} million. Save it smaller, then try again."
        raise ReadError(msg)
    if min(width, height) < _LEAST_SIDE:
        msg = f"The picture has {width:,} by {height:,} pixels, too few to read notes on. Choose the photo itself, not its preview."
        raise ReadError(msg)
    damaged = "The photo is damaged: only a part of it is there. Copy it from the phone again. Nothing was changed."
    if data.startswith(b"\xff\xd8") and b"\xff\xd9" not in data[-4_096:]:
        raise ReadError(damaged)
    np.empty(4 * width * height, np.uint8)  # says so when there is no room for it
    try:
        photo = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        photo = None
    if photo is None or photo.size > 3 * LIMITS.photo_pixels:
        raise ReadError(damaged)
    return photo


def size_of(data: bytes) -> tuple[int, int]:
    """Return width and height as the file says them, without unpacking it."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        return _two(">II", data[16:24])
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheim"):
        raise ReadError(
            "This is an iPhone photo in Apple's own form (HEIC). Share it as JPEG: in Settings, Camera, Formats, choose Most Compatible, or send the photo by e-mail and save it from there."
        )
    what = next((name for mark, name in _OTHER.items() if data.startswith(mark)), "")
    msg = f"This is {what or 'not a photo'}. Choose a JPEG or PNG picture of the notes ({megabytes(LIMITS.photo_bytes)} at most)."
    raise ReadError(msg)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    place = 2
    while place + 9 < len(data):
        if data[place] != 0xFF:
            break
        mark = data[place + 1]
        if mark == 0xFF:
            place += 1
            continue
        if mark in _SIZED:
            height, width = _two(">HH", data[place + 5 : place + 9])
            return width, height
        if mark == 0x01 or 0xD0 <= mark <= 0xD8:
            place += 2
            continue
        (length,) = struct.unpack(">H", data[place + 2 : place + 4])
        place += 2 + max(length, 2)
    raise ReadError(
        "The photo is damaged: it does not say how large it is. Copy it from the phone again. Nothing was changed."
    )


def _two(form: str, data: bytes) -> tuple[int, int]:
    if len(data) < struct.calcsize(form):
        raise ReadError("The photo is damaged. Copy it from the phone again.")
    one, other = struct.unpack(form, data)
    return int(one), int(other)


def _cut_out(photo: Plane, cut: Cut) -> str:
    height, width = photo.shape[:2]
    x, y = (cut.right - cut.left) * _MARGIN, (cut.bottom - cut.top) * _MARGIN
    left, right = _span(cut.left - x, cut.right + x, width)
    top, bottom = _span(cut.top - y, cut.bottom + y, height)
    return _jpeg(photo[top:bottom, left:right], _NOTE)


def _span(low: float, high: float, length: int) -> tuple[int, int]:
    start = min(max(round(low * length), 0), length - 1)
    return start, max(min(round(high * length), length), start + 1)


def _jpeg(picture: Plane, side: int) -> str:
    """Return pixels as a JPEG: nothing but pixels, so neither place nor camera."""
    scale = min(1.0, side / max(picture.shape[:2]))
    size = tuple(max(1, round(n * scale)) for n in picture.shape[1::-1])
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    _, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return base64.b64encode(data.tobytes()).decode("ascii")
