"""Where the sticky notes are on a photo of a wall: by colour, then by size.

A shadow makes red, green and blue darker alike, so colours are compared by the
logarithms of their ratios, in which it does not show. What differs from the wall is
a note; notes of one colour that touch are told apart by the size that the single
ones have in that part of the photo.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from systemmap.formats.photos.cuts import Cut, in_reading_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Plane = np.ndarray[Any, Any]

_LOOKED_AT = 1_500  # pixels along the longer side: finer shows no more notes
_APART = 0.11  # from the wall's colour, in logarithms of ratios
_HUES = 90  # bins of colours round the wall's
_LEAST = 0.0006  # of the photo: a note smaller than this cannot be read
_THIN = 0.2  # of a note's side: what is thinner is a line, not a note
_MOST_TOUCHING = 30  # notes of one colour
_OVERLAPPED = 0.93  # of a note is seen on average where two touch
_NAMES = (
    (18.0, "red"),
    (43.0, "orange"),
    (68.0, "yellow"),
    (165.0, "green"),
    (255.0, "blue"),
    (292.0, "purple"),
    (352.0, "pink"),
    (361.0, "red"),
)


def notes_on_wall(photo: Plane) -> list[Cut]:
    """Return the notes of a photo in reading order, row by row.

    Parameters
    ----------
    photo : array
        Height × width × blue, green and red.
    """
    scale = min(1.0, _LOOKED_AT / max(photo.shape[:2]))
    small = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = cv2.medianBlur(small, 5)
    tints = _tints(small)
    mask = _differs(tints)
    masks = list(_by_hue(tints, mask))
    pieces = [
        (piece, group) for group, hue in enumerate(masks) for piece in _pieces(hue)
    ]
    if not pieces:
        return []
    usual = _Sizes([piece for piece, _ in pieces])
    pieces = [
        (bare, group)
        for piece, group in pieces
        for bare in _without_lines(piece, usual)
    ]
    if not pieces:
        return []
    size = _Sizes([piece for piece, _ in pieces])
    parts = [(part, group) for piece, group in pieces for part in _parted(piece, size)]
    names = _names(small, tints, parts, len(masks))
    height, width = small.shape[:2]
    cuts = [
        Cut(x / width, y / height, (x + w) / width, (y + h) / height, names[group])
        for (x, y, w, h), group in ((part.box, group) for part, group in parts)
    ]
    return in_reading_order(cuts)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A connected part of one colour: its mask, and where that stands."""

    mask: Plane
    x: int
    y: int
    area: float
    inner: float  # the side of the largest square that fits into it

    @property
    def box(self) -> tuple[int, int, int, int]:
        x, y, w, h = cv2.boundingRect(self.mask)
        return self.x + x, self.y + y, w, h

    @property
    def centre(self) -> tuple[float, float]:
        x, y, w, h = self.box
        return x + w / 2, y + h / 2

    @property
    def squareness(self) -> float:
        """How nearly it is one square: its share of the rectangle round it, by its sides."""
        if not self.area:
            return 0.0
        _, (w, h), _ = cv2.minAreaRect(cv2.findNonZero(self.mask))
        if min(w, h) < 1:
            return 0.0
        return float(self.area / (w * h) * min(w, h) / max(w, h))


class _Sizes:
    """How large one note is in each part of the photo, from those that stand alone."""

    def __init__(self, pieces: Sequence[_Piece]) -> None:
        sides = np.array([piece.inner for piece in pieces])
        usual = _weighted_median(sides, np.array([p.area for p in pieces]))
        self._plane = np.array([usual, 0.0, 0.0])
        alone = [
            piece
            for piece in pieces
            if piece.squareness > 0.8 and 0.6 < piece.inner / usual < 1.6
        ]
        if len(alone) >= 6:
            at: Plane = np.array([(1.0, *piece.centre) for piece in alone])
            sides = np.array([piece.area**0.5 for piece in alone])
            fit = np.linalg.lstsq(at, sides, rcond=None)[0]
            self._plane = np.array(fit, np.float64)
        elif alone:
            self._plane[0] = np.median([piece.area**0.5 for piece in alone])
        self._usual = usual

    def at(self, place: tuple[float, float]) -> float:
        """Return the side of a note there, in pixels."""
        side = float(self._plane @ (1.0, *place))
        return float(np.clip(side, 0.65 * self._usual, 1.5 * self._usual))


def _weighted_median(values: Plane, weights: Plane) -> float:
    order = np.argsort(values)
    sums = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(sums, sums[-1] / 2)])


def _tints(small: Plane) -> Plane:
    """Return the logarithms of red to green and blue to green."""
    blurred = cv2.GaussianBlur(small, (0, 0), 1.5).astype(np.float32) + 8
    logs = np.log(blurred)
    return np.dstack([logs[..., 2] - logs[..., 1], logs[..., 0] - logs[..., 1]])


def _differs(tints: Plane) -> Plane:
    """Return 255 where the colour is not the wall's.

    The wall is the commonest colour along the edges and all over the photo; it may
    drift from one side to the other, as the light does.
    """
    step = 4
    sparse = tints[::step, ::step].reshape(-1, 2)
    wall = _commonest(sparse)
    away = np.linalg.norm(tints - wall, axis=2)
    near = away[::step, ::step] < _APART
    if near.sum() > 500:
        h, w = near.shape
        y, x = np.mgrid[0:h, 0:w].astype(np.float32)
        terms = np.dstack([np.ones_like(x), x / w, y / h])
        fit = np.linalg.lstsq(terms[near], tints[::step, ::step][near], rcond=None)[0]
        local = (terms.reshape(-1, 3) @ fit).reshape(h, w, 2).astype(np.float32)
        size = (tints.shape[1], tints.shape[0])
        away = np.linalg.norm(tints - cv2.resize(local, size), axis=2)
    mask = (away > _APART).astype(np.uint8) * 255
    return cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))


def _commonest(tints: Plane) -> Plane:
    """Return the wall's colour: the greyest of the colours of which there is much."""
    counts, xs, ys = np.histogram2d(
        tints[:, 0], tints[:, 1], bins=64, range=((-1.2, 1.2), (-1.6, 1.6))
    )
    smooth = cv2.GaussianBlur(counts.astype(np.float32), (0, 0), 1.0)
    middle_x, middle_y = (xs[:-1] + xs[1:]) / 2, (ys[:-1] + ys[1:]) / 2
    grey = np.hypot(middle_x[:, None], 0.6 * middle_y[None, :])
    score = smooth * np.exp(-4 * grey)
    a, b = np.unravel_index(np.argmax(score), score.shape)
    rough = np.array([middle_x[a], middle_y[b]], np.float32)
    near = tints[np.linalg.norm(tints - rough, axis=1) < _APART]
    return np.array(np.median(near, axis=0)) if len(near) else rough


def _by_hue(tints: Plane, mask: Plane) -> Iterator[Plane]:
    """Yield one mask for each colour of notes."""
    where = mask > 0
    if where.sum() < 50:
        return
    wall = np.median(tints[~where], axis=0) if (~where).any() else np.zeros(2)
    x, y = tints[..., 0] - wall[0], tints[..., 1] - wall[1]
    angle = np.degrees(np.arctan2(y, x)) % 360
    strength = np.hypot(x, y)
    bins = (angle[where] / 360 * _HUES).astype(int) % _HUES
    counts = np.bincount(bins, np.minimum(strength[where], 0.5), minlength=_HUES)
    smooth = np.convolve(np.tile(counts, 3), _bell(1.2), "same")[_HUES : 2 * _HUES]
    peaks = [
        n
        for n in range(_HUES)
        if smooth[n] > 0.015 * smooth.sum()
        and smooth[n] == max(smooth[(n + d) % _HUES] for d in range(-3, 4))
    ]
    if not peaks:
        return
    hues = np.array(peaks) * 360 / _HUES + 180 / _HUES
    apart = np.abs((angle[..., None] - hues + 180) % 360 - 180)
    nearest = np.argmin(apart, axis=2)
    for n in range(len(peaks)):
        one = ((nearest == n) & where).astype(np.uint8) * 255
        yield cv2.morphologyEx(one, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))


def _bell(width: float) -> Plane:
    steps = np.arange(-4, 5)
    bell = np.exp(-0.5 * (steps / width) ** 2)
    return np.array(bell / bell.sum())


def _pieces(mask: Plane) -> Iterator[_Piece]:
    """Yield the connected parts of a mask that are large enough, their writing filled."""
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for outline in outlines:
        x, y, w, h = cv2.boundingRect(outline)
        if w * h < _LEAST * mask.size:
            continue
        own = np.zeros((h + 2, w + 2), np.uint8)
        shifted = outline - np.array([[x - 1, y - 1]])
        cv2.drawContours(own, [shifted], -1, 255, cv2.FILLED)
        piece = _piece(own, x - 1, y - 1)
        if (
            piece.area >= _LEAST * mask.size
            and piece.inner**2 > 0.25 * _LEAST * mask.size
        ):
            yield piece


def _without_lines(piece: _Piece, size: _Sizes) -> Iterator[_Piece]:
    """Yield a piece without the pen lines and thin bridges that hang on it."""
    width = int(_THIN * size.at(piece.centre)) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (width, width))
    opened = cv2.morphologyEx(piece.mask, cv2.MORPH_OPEN, kernel)
    count, labels = cv2.connectedComponents(opened)
    for n in range(1, count):
        own = np.where(labels == n, 255, 0).astype(np.uint8)
        found = _piece(own, piece.x, piece.y)
        if found.area > 0.1 * size.at(found.centre) ** 2:
            yield found


def _piece(mask: Plane, x: int, y: int) -> _Piece:
    area = float(cv2.countNonZero(mask))
    inner = 2 * float(cv2.distanceTransform(mask, cv2.DIST_L2, 3).max())
    return _Piece(mask, x, y, area, inner)


def _parted(piece: _Piece, size: _Sizes) -> list[_Piece]:
    """Return the single notes of a piece: itself, or several that touch; not one: none."""
    side = size.at(piece.centre)
    share = piece.area / side**2
    if share < 0.35 or piece.inner < 0.45 * side:
        return []
    if share < 1.35:
        return [piece]
    if share > _MOST_TOUCHING:
        return []  # no notes: a coloured wall, a carpet, a coat
    most = int(np.ceil(share / 0.7)) + 1
    least = max(1, int(share / 1.15))
    ways = [_in_parts(piece, number) for number in range(least, most + 1)]
    return min(ways, key=lambda parts: _unlikeness(parts, size))


def _in_parts(piece: _Piece, number: int) -> list[_Piece]:
    """Part a piece into so many of about one size, each where its middle is nearest."""
    if number == 1:
        return [piece]
    points = np.argwhere(piece.mask > 0).astype(np.float32)
    step = max(1, len(points) // 4_000)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 30, 0.2)
    labels = np.zeros(len(points[::step]), np.int32)
    cv2.setRNGSeed(1)
    _, _, middles = cv2.kmeans(
        points[::step], number, labels, stop, 6, cv2.KMEANS_PP_CENTERS
    )
    away = [((points - middle) ** 2).sum(axis=1) for middle in middles]
    nearest = np.argmin(np.array(away), axis=0)
    found = []
    for n in range(number):
        own = np.zeros_like(piece.mask)
        at = points[nearest == n].astype(int)
        own[at[:, 0], at[:, 1]] = 255
        found.append(_piece(own, piece.x, piece.y))
    return found


def _unlikeness(parts: Sequence[_Piece], size: _Sizes) -> float:
    """Return how far parts are from squares of the size notes have there."""
    total = 0.0
    for part in parts:
        share = max(part.area, 1.0) / (_OVERLAPPED * size.at(part.centre) ** 2)
        total += abs(np.log(share)) + (1 - part.squareness)
    return total / len(parts)


def _names(
    small: Plane, tints: Plane, parts: Sequence[tuple[_Piece, int]], groups: int
) -> list[str]:
    """Return a name for each colour, seen as it would be on a white wall."""
    whole = np.zeros(small.shape[:2], np.int16)
    for part, group in parts:
        h, w = part.mask.shape
        view = whole[max(part.y, 0) : part.y + h, max(part.x, 0) : part.x + w]
        own = part.mask[: view.shape[0], : view.shape[1]]
        view[own > 0] = group + 1
    wall = np.median(tints[whole == 0], axis=0) if (whole == 0).any() else np.zeros(2)
    names: list[str] = []
    for group in range(groups):
        here = tints[whole == group + 1]
        red, blue = np.exp(np.median(here, axis=0) - wall) if len(here) else (1.0, 1.0)
        plain = np.array([[[blue, 1.0, red]]], np.float32)
        hue = float(cv2.cvtColor(plain / plain.max(), cv2.COLOR_BGR2HSV)[0, 0, 0])
        name = next(name for most, name in _NAMES if hue < most)
        again = sum(n == name or n.startswith(f"{name} ") for n in names)
        names.append(f"{name} {again + 1}" if again else name)
    return names
