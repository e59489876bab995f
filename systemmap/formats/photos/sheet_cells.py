"""Printed sheets on a photo: every box found from whichever codes can be seen."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import cv2
import numpy as np

from systemmap.formats.photos import note_sheets as sheets
from systemmap.formats.photos.cuts import Cut

Plane = np.ndarray[Any, Any]

_LOOKED_AT = 3_000  # pixels along the longer side
_ACROSS = 400  # pixels of a box looked at for writing
_WRITTEN = 0.004  # of a box's paper: less is dirt
_DARKER = 28  # than the paper round it, of 255


def cells_on_sheets(photo: Plane) -> tuple[list[Cut], int]:
    """Return the boxes with something in them, and how many were blank.

    Boxes come sheet by sheet in the order of the tables, each sheet row by row.
    One code is enough to find a whole sheet; the more are seen the better its
    edges fit.
    """
    scale = min(1.0, _LOOKED_AT / max(photo.shape[:2]))
    grey = cv2.cvtColor(photo, cv2.COLOR_BGR2GRAY)
    grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    detector = cv2.aruco.ArucoDetector(sheets.dictionary(), parameters)
    corners, codes, _ = detector.detectMarkers(grey)
    if codes is None or not len(codes):
        return [], 0
    seen: dict[tuple[int, int], list[tuple[int, Plane]]] = defaultdict(list)
    for code, corner in zip(codes.ravel().tolist(), corners, strict=True):
        table, sheet, cell = sheets.place_of(int(code))
        if table < sheets.MOST_TABLES:
            seen[table, sheet].append((cell, corner.reshape(4, 2)))
    found: list[Cut] = []
    blank = 0
    for (table, _), marks in sorted(seen.items(), key=lambda one: one[0]):
        onto = _fitted(marks)
        if onto is None:
            continue
        for cell in range(sheets.CELLS):
            if not _is_written(grey, onto, cell):
                blank += 1
                continue
            left, top, right, bottom = _bounds(_mapped(onto, sheets.cell_box(cell)))
            height, width = grey.shape
            found.append(
                Cut(
                    max(left / width, 0.0),
                    max(top / height, 0.0),
                    min(right / width, 1.0),
                    min(bottom / height, 1.0),
                    table=table,
                    cell=cell,
                )
            )
    return found, blank


def _fitted(marks: list[tuple[int, Plane]]) -> Plane | None:
    """Return how millimetres of a sheet lie on the photo."""
    paper = np.concatenate([_corners(sheets.code_box(cell)) for cell, _ in marks])
    photo = np.concatenate([corner for _, corner in marks])
    fit, _ = cv2.findHomography(paper, photo, cv2.RANSAC, 4.0)
    return None if fit is None else np.array(fit)


def _corners(box: sheets.Box) -> Plane:
    left, top, right, bottom = box
    return np.array(
        [(left, top), (right, top), (right, bottom), (left, bottom)], np.float32
    )


def _mapped(onto: Plane, box: sheets.Box) -> Plane:
    return np.array(cv2.perspectiveTransform(_corners(box)[None], onto)[0])


def _bounds(quad: Plane) -> tuple[float, float, float, float]:
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _is_written(grey: Plane, onto: Plane, cell: int) -> bool:
    """Say whether anything but the code and the frame is in a box."""
    left, top, right, bottom = sheets.cell_box(cell)
    edge = 2.5  # millimetres left out, where the frame may fall
    inner = (left + edge, top + edge, right - edge, bottom - edge)
    across = _ACROSS
    down = round(across * (inner[3] - inner[1]) / (inner[2] - inner[0]))
    flat = np.array([(0, 0), (across, 0), (across, down), (0, down)], np.float32)
    turned = cv2.getPerspectiveTransform(_mapped(onto, inner).astype(np.float32), flat)
    view = cv2.warpPerspective(grey, turned, (across, down), flags=cv2.INTER_AREA)
    unit = across / (inner[2] - inner[0])
    code = round((sheets.CODE + 4) * unit)
    paper = cv2.medianBlur(view, 5)
    # What is dark and narrow is writing; the edge of a shadow is dark on one side alone.
    hollow = cv2.morphologyEx(paper, cv2.MORPH_BLACKHAT, np.ones((31, 31), np.uint8))
    dark = hollow > _DARKER
    dark[:code, :code] = False
    dark[:3] = dark[-3:] = False
    dark[:, :3] = dark[:, -3:] = False
    return float(dark.mean()) > _WRITTEN
