"""Walls of sticky notes as a phone would photograph them, with where each note is.

Written from what a room looks like, not from how notes are found: paint, board or
glass behind them; notes of five colours by hand, crooked, some over the edge of
others by up to a fifth; writing in pen; a heading sheet, a pen line, a socket; light
from one side, somebody's shadow; the camera held at an angle; grain and JPEG.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from systemmap.formats.photos import note_sheets

Picture = np.ndarray[Any, np.dtype[np.uint8]]
Plane = np.ndarray[Any, Any]

# As five pads of one maker measured in daylight, BGR.
COLOURS = {
    "yellow": (120, 236, 250),
    "pink": (186, 150, 246),
    "orange": (92, 168, 252),
    "green": (140, 226, 186),
    "blue": (228, 196, 128),
}
WALLS = {
    "white paint": (236, 240, 240),
    "magnolia": (206, 226, 236),
    "grey board": (168, 166, 164),
    "whiteboard": (246, 244, 242),
    "flip chart": (228, 236, 238),
    "pale blue": (232, 222, 210),
}
MOST_OVERLAP = 0.2  # of the note that is under another


@dataclass(frozen=True)
class Wall:
    """One photograph and what is on it: each note's colour and the part of it one sees."""

    name: str
    picture: Picture
    jpeg: bytes
    colours: list[str]
    masks: list[Picture]  # at a quarter of the size: 255 where this note is seen


def wall(seed: int, *, notes: int, megapixels: float) -> Wall:
    """Render one wall."""
    rng = np.random.default_rng(seed)
    height = int((megapixels * 1e6 * 3 / 4) ** 0.5)
    width = int(height * 4 / 3)
    if rng.random() < 0.25:
        width, height = height, width
    kind = list(WALLS)[seed % len(WALLS)]
    scene = _ground(rng, kind, width, height)
    quads, colours = _places(rng, notes, width, height)
    _furniture(rng, scene, quads)
    ids = np.zeros(scene.shape[:2], np.uint8)
    for number, (quad, colour) in enumerate(zip(quads, colours, strict=True), 1):
        _note(rng, scene, quad, colour)
        cv2.fillConvexPoly(ids, quad.astype(np.int32), number)
    warp = _camera(rng, width, height)
    size = (width, height)
    scene = cv2.warpPerspective(scene, warp, size, borderMode=cv2.BORDER_REPLICATE)
    ids = cv2.warpPerspective(ids, warp, size, flags=cv2.INTER_NEAREST)
    shot = _lit(rng, scene)
    quality = int(rng.integers(72, 94))
    _, data = cv2.imencode(".jpg", shot, [cv2.IMWRITE_JPEG_QUALITY, quality])
    small = ids[::4, ::4]
    masks = [np.where(small == n, 255, 0).astype(np.uint8) for n in range(1, notes + 1)]
    name = f"{kind}, {notes} notes, {megapixels:g} MP"
    return Wall(name, shot, data.tobytes(), colours, masks)


@dataclass(frozen=True)
class Sheet:
    """A photographed table sheet: which boxes are written on, and where they are."""

    jpeg: bytes
    table: int
    boxes: dict[int, tuple[float, float, float, float]]  # written cells, as shares
    covered: frozenset[int]  # cells in which a pen lies, written on or not


def sheet(seed: int, page: Picture, table: int, megapixels: float = 8.0) -> Sheet:
    """Photograph one printed sheet, some of its boxes written on, lying on a table."""
    rng = np.random.default_rng(seed)
    page = page.copy()
    tall, wide = page.shape[:2]
    written = [n for n in range(note_sheets.CELLS) if rng.random() < 0.7] or [0]
    for cell in written:
        left, top, right, bottom = note_sheets.cell_box(cell)
        left += note_sheets.CODE + 6
        room = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
        room = room * (wide / note_sheets.WIDTH)
        if rng.random() < 0.4:  # a sticky note put into the box
            middle, half = room.mean(axis=0), (bottom - top) * wide / 297 * 0.42
            square = half * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
            colour = list(COLOURS)[int(rng.integers(len(COLOURS)))]
            _note(rng, page, middle + square, colour)
        else:
            _writing(rng, page, room, float(room[1][0] - room[0][0]))
    height = int((megapixels * 1e6 * 3 / 4) ** 0.5)
    width = int(height * 4 / 3)
    desk = _ground(rng, "grey board", width, height)
    desk[:] = (desk * rng.uniform(0.4, 0.9, 3)).astype(np.uint8)
    span = rng.uniform(0.6, 0.9) * width
    corners = np.array(
        [(0, 0), (span, 0), (span, span * tall / wide), (0, span * tall / wide)]
    )
    turn = np.radians(rng.normal(0, 8) + rng.choice([0, 0, 0, 180]))
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    corners = (corners - corners.mean(axis=0)) @ spin.T
    corners += np.array([width, height]) / 2 + rng.normal(0, 0.02, (4, 2)) * span
    flat = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], np.float32)
    onto = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    lying = cv2.warpPerspective(page, onto, (width, height), flags=cv2.INTER_AREA)
    where = cv2.warpPerspective(
        np.full(page.shape[:2], 255, np.uint8), onto, (width, height)
    )
    desk[where > 128] = lying[where > 128]
    pens = np.zeros(desk.shape[:2], np.uint8)
    for _ in range(int(rng.integers(0, 3))):  # a pen lies on it
        at = rng.uniform((0.2 * width, 0.2 * height), (0.8 * width, 0.8 * height))
        ink = tuple(int(v) for v in rng.integers(20, 120, 3))
        far = at + rng.normal(0, 0.05, 2) * width
        ends = tuple(map(int, at)), tuple(map(int, far))
        cv2.line(desk, *ends, ink, width // 120)
        cv2.line(pens, *ends, 255, width // 120)
    shot = _lit(rng, desk)
    _, data = cv2.imencode(".jpg", shot, [cv2.IMWRITE_JPEG_QUALITY, 85])
    boxes = {}
    covered = set()
    for cell in range(note_sheets.CELLS):
        left, top, right, bottom = note_sheets.cell_box(cell)
        quad = np.array([[(left, top), (right, top), (right, bottom), (left, bottom)]])
        seen = cv2.perspectiveTransform(quad * (wide / note_sheets.WIDTH), onto)[0]
        low, high = seen.min(axis=0), seen.max(axis=0)
        inside = np.zeros_like(pens)
        cv2.fillConvexPoly(inside, seen.astype(np.int32), 255)
        if cv2.countNonZero(inside & pens):
            covered.add(cell)
        if cell not in written:
            continue
        boxes[cell] = (
            low[0] / width,
            low[1] / height,
            high[0] / width,
            high[1] / height,
        )
    return Sheet(data.tobytes(), table, boxes, frozenset(covered))


def _ground(rng: np.random.Generator, kind: str, width: int, height: int) -> Plane:
    """Paint the wall: its colour, its unevenness, its texture."""
    ground = np.empty((height, width, 3), np.float32)
    ground[:] = WALLS[kind]
    coarse = rng.normal(0, 2.2, (height // 40 + 2, width // 40 + 2)).astype(np.float32)
    fine = rng.normal(0, 1.5, (height // 2 + 1, width // 2 + 1)).astype(np.float32)
    for layer in (coarse, fine):
        ground += cv2.resize(layer, (width, height))[..., None]
    return np.clip(ground, 0, 255).astype(np.uint8)


def _places(
    rng: np.random.Generator, notes: int, width: int, height: int
) -> tuple[list[Plane], list[str]]:
    """Put notes up one by one, often beside the last, never over more than a fifth."""
    side = (width * height * rng.uniform(0.22, 0.4) / notes) ** 0.5
    side = min(side, 0.24 * min(width, height))
    mask = np.zeros((height // 8, width // 8), np.uint8)
    quads: list[Plane] = []
    colours: list[str] = []
    areas: list[float] = []
    seen: list[Plane] = []
    names = list(COLOURS)
    lean = rng.choice(len(names))
    while len(quads) < notes:
        if not quads or rng.random() < 0.45:
            centre = rng.uniform((side, side), (width - side, height - side))
        else:  # beside one that hangs already, as people group them
            base = quads[int(rng.integers(len(quads)))].mean(axis=0)
            way = rng.choice(4) * np.pi / 2 + rng.normal(0, 0.12)
            gap = side * rng.choice([rng.uniform(0.84, 0.99), rng.uniform(1.03, 1.25)])
            centre = base + gap * np.array([np.cos(way), np.sin(way)])
        own = side * rng.uniform(0.95, 1.05)
        turn = np.radians(rng.normal(0, 5))
        corners = own / 2 * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], float)
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        quad = corners @ spin.T + centre
        low, high = quad.min(axis=0), quad.max(axis=0)
        if (low < 0.3 * side).any() or (
            high > np.array((width, height)) - 0.3 * side
        ).any():
            continue
        new = np.zeros_like(mask)
        cv2.fillConvexPoly(new, (quad / 8).astype(np.int32), 1)
        hidden = [
            1 - (one & (1 - new)).sum() / area
            for one, area in zip(seen, areas, strict=True)
        ]
        if any(part > MOST_OVERLAP for part in hidden):
            continue
        seen = [one & (1 - new) for one in seen]
        seen.append(new)
        areas.append(float(new.sum()))
        quads.append(quad)
        same = rng.random() < 0.4
        colours.append(names[lean] if same else names[int(rng.integers(len(names)))])
    return quads, colours


def _furniture(rng: np.random.Generator, scene: Plane, quads: list[Plane]) -> None:
    """Add what else hangs there: a heading on white paper, pen lines, a socket."""
    height, width = scene.shape[:2]
    if rng.random() < 0.5:
        w, h = int(width * 0.18), int(height * 0.07)
        x, y = int(rng.uniform(0, width - w)), int(rng.uniform(0, height * 0.04))
        cv2.rectangle(scene, (x, y), (x + w, y + h), (250, 250, 250), -1)
        text = str(rng.choice(["Food", "Moving", "Money", "Place"]))
        scale = h / 40
        at = (x + w // 8, y + int(h * 0.7))
        cv2.putText(scene, text, at, cv2.FONT_HERSHEY_DUPLEX, scale, (40, 30, 30), 6)
    for _ in range(int(rng.integers(0, 4))):  # arrows between notes
        if len(quads) > 1:
            a, b = rng.choice(len(quads), 2, replace=False)
            start, end = (tuple(map(int, quads[n].mean(axis=0))) for n in (a, b))
            ink = (60, 40, 30) if rng.random() < 0.6 else (40, 40, 200)
            cv2.line(scene, start, end, ink, max(2, width // 500), cv2.LINE_AA)
    if rng.random() < 0.2:
        x, y, s = int(width * 0.9), int(height * 0.9), int(width * 0.04)
        cv2.rectangle(scene, (x, y), (x + 2 * s, y + s), (225, 225, 225), -1)
        cv2.rectangle(scene, (x, y), (x + 2 * s, y + s), (150, 150, 150), 3)


def _note(rng: np.random.Generator, scene: Plane, quad: Plane, colour: str) -> None:
    """Hang one note: its shadow, its paper, its curl, its writing."""
    side = float(np.linalg.norm(quad[1] - quad[0]))
    low = np.floor(quad.min(axis=0) - side * 0.1).astype(int)
    high = np.ceil(quad.max(axis=0) + side * 0.1).astype(int)
    low, high = np.maximum(low, 0), np.minimum(high, scene.shape[1::-1])
    patch = scene[low[1] : high[1], low[0] : high[0]].astype(np.float32)
    local = quad - low
    shade = np.zeros(patch.shape[:2], np.float32)
    drop = local + side * rng.uniform(0.008, 0.025)
    cv2.fillConvexPoly(shade, drop.astype(np.int32), 1.0, cv2.LINE_AA)
    shade = cv2.GaussianBlur(shade, (0, 0), max(1.0, side * 0.015))
    patch *= 1 - rng.uniform(0.15, 0.4) * shade[..., None]
    paper = np.array(COLOURS[colour], np.float32) * rng.uniform(0.95, 1.03)
    paper = np.clip(paper + rng.normal(0, 3, 3), 0, 255)
    cover = np.zeros(patch.shape[:2], np.float32)
    cv2.fillConvexPoly(cover, local.astype(np.int32), 1.0, cv2.LINE_AA)
    rows = np.arange(patch.shape[0], dtype=np.float32)[:, None]
    rows = (rows - local[:, 1].min()) / max(np.ptp(local[:, 1]), 1)
    curl = 1 + rng.uniform(-0.10, 0.06) * np.clip(rows, 0, 1) ** 2  # lifts at the foot
    sheet = paper * np.broadcast_to(curl, patch.shape[:2])[..., None]
    patch = patch * (1 - cover[..., None]) + sheet * cover[..., None]
    patch = np.clip(patch, 0, 255).astype(np.uint8)
    _writing(rng, patch, local, side)
    scene[low[1] : high[1], low[0] : high[0]] = patch


def _writing(rng: np.random.Generator, patch: Plane, quad: Plane, side: float) -> None:
    """Scribble one to five lines in pen, without any real letter."""
    ink = [(35, 25, 20), (150, 60, 30), (30, 30, 170), (60, 110, 30)]
    pen = ink[int(rng.choice(4, p=[0.6, 0.25, 0.1, 0.05]))]
    thick = max(1, int(side * rng.uniform(0.012, 0.03)))
    right, down = (quad[1] - quad[0]), (quad[3] - quad[0])
    lines = int(rng.integers(1, 6))
    for line in range(lines):
        y = 0.16 + 0.68 * (line + 0.5) / lines
        end = rng.uniform(0.5, 0.92)
        steps = np.arange(0.09, end, 0.02)
        wave = y + rng.normal(0, 0.028, len(steps))
        points = quad[0] + steps[:, None] * right + wave[:, None] * down
        for piece in np.array_split(points, max(1, int(rng.integers(2, 5)))):
            cv2.polylines(patch, [piece.astype(np.int32)], 0, pen, thick, cv2.LINE_AA)


def _camera(rng: np.random.Generator, width: int, height: int) -> Plane:
    """Hold the camera at an angle: corners move by up to a tenth."""
    frame = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    inward = rng.uniform(-0.02, 0.10, (4, 2)) * (width, height)
    away = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])
    seen = (frame + 0.35 * inward * away).astype(np.float32)
    return cv2.getPerspectiveTransform(frame, seen)


def _lit(rng: np.random.Generator, scene: Plane) -> Picture:
    """Light it from one side, let a shadow fall on it, add tint, blur and grain."""
    height, width = scene.shape[:2]
    small = (width // 16, height // 16)
    y, x = np.mgrid[0 : small[1], 0 : small[0]].astype(np.float32)
    way = rng.uniform(0, 2 * np.pi)
    slope = (x / small[0] - 0.5) * np.cos(way) + (y / small[1] - 0.5) * np.sin(way)
    light = 1 + rng.uniform(0.05, 0.3) * slope
    if rng.random() < 0.7:  # somebody stands in the light
        shadow = np.zeros(small[::-1], np.float32)
        centre = rng.uniform((0, 0), small)
        spread = rng.uniform(0.15, 0.5) * small[0]
        corners = centre + rng.normal(0, 1, (6, 2)) * spread
        hull = cv2.convexHull(corners.astype(np.float32)).astype(np.int32)
        cv2.fillConvexPoly(shadow, hull, 1.0)
        shadow = cv2.GaussianBlur(shadow, (0, 0), rng.uniform(1, 6))
        light *= 1 - rng.uniform(0.15, 0.5) * shadow
    light *= rng.uniform(0.8, 1.0)
    tint = np.array(
        [rng.uniform(0.86, 1.0), rng.uniform(0.95, 1.0), rng.uniform(0.95, 1.03)]
    )  # lamps are warmer than the day
    shot = scene.astype(np.float32)
    shot *= cv2.resize(light.astype(np.float32), (width, height))[..., None]
    shot *= tint.astype(np.float32)
    shot = cv2.GaussianBlur(shot, (0, 0), rng.uniform(0.5, 1.2))
    grain = rng.normal(0, rng.uniform(1.5, 4.5), (height // 2, width // 2, 1))
    shot += cv2.resize(grain.astype(np.float32), (width, height))[..., None]
    return np.clip(shot, 0, 255).astype(np.uint8)
