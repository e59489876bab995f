"""Photographed walls and table sheets: notes cut right, and the time it takes.

Run with ``python -m benchmarks photos``. Walls are rendered by `_rendered_walls`,
which knows nothing of how notes are found. A note is cut right when one cut, and no
other, holds nine tenths of what one sees of it and is not half as large again as the
note, and no other note lies in that cut by more than two fifths.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2

from benchmarks._rendered_walls import sheet, wall
from systemmap.errors import ReadError
from systemmap.formats.photos.bounded_photos import cuts_within
from systemmap.model.workshop import Workshop
from systemmap.workshops.sheets import note_sheets_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks._rendered_walls import Picture, Sheet, Wall

WALLS, SHEETS = 60, 40
NEAR = 0.015  # of the photo, an edge of a box from where it is
HELD, FOREIGN, LARGE = 0.9, 0.4, 1.5
Box = tuple[float, float, float, float]


def walls(number: int = WALLS) -> list[tuple[int, int, float]]:
    """Return seed, notes and megapixels of each wall: 6 to 40 notes, 2 to 12 MP."""
    return [
        (seed, 6 + round(34 * (seed * 7 % number) / (number - 1)), size)
        for seed in range(number)
        for size in [(2.0, 3.0, 5.0, 8.0, 12.0)[seed % 5]]
    ]


def cut_right(made: Wall, boxes: Sequence[Box]) -> list[bool]:
    """Return for each note of a wall whether it was cut right."""
    height, width = made.masks[0].shape
    held = np.zeros((len(made.masks), len(boxes)))
    for n, mask in enumerate(made.masks):
        seen = mask > 0
        for m, (left, top, right, bottom) in enumerate(boxes):
            rows = slice(round(top * height), round(bottom * height))
            part = seen[rows, round(left * width) : round(right * width)]
            held[n, m] = part.sum() / max(seen.sum(), 1)
    found = []
    for n, mask in enumerate(made.masks):
        ys, xs = np.nonzero(mask)
        own = (np.ptp(xs) + 1) * (np.ptp(ys) + 1) / (width * height)
        whole = [
            m
            for m, (left, top, right, bottom) in enumerate(boxes)
            if held[n, m] >= HELD and (right - left) * (bottom - top) <= LARGE * own
        ]
        alone = [m for m in whole if (np.delete(held[:, m], n) <= FOREIGN).all()]
        found.append(len(whole) == len(alone) == 1)
    return found


def boxes_of(made: Wall) -> tuple[list[Box], float]:
    """Read a wall as an upload is read; return the boxes and the seconds it took."""
    begun = time.perf_counter()
    found = cuts_within(made.jpeg)
    taken = time.perf_counter() - begun
    return [cut.box for cut in found.cuts], taken


def sheet_pages(tables: Sequence[str]) -> list[Picture]:
    """Return the printed sheets of these tables as pictures, two a table."""
    workshop = Workshop(id="bench", title="Bench")
    document = pypdfium2.PdfDocument(note_sheets_pdf(workshop, tables))
    return [page.render(scale=3).to_numpy()[:, :, :3] for page in document]


def boxes_right(made: Sheet) -> tuple[int, int]:
    """Return how many boxes of a sheet were put in their place, and of how many.

    A blank box that is shown counts as one more, not right, unless a pen lies in it.
    """
    try:
        found = cuts_within(made.jpeg).cuts
    except ReadError:
        return 0, len(made.boxes)
    right = sum(
        cut.table == made.table
        and cut.cell in made.boxes
        and np.abs(np.subtract(cut.box, made.boxes[cut.cell])).max() < NEAR
        for cut in found
    )
    extra = sum(
        cut.cell not in made.boxes and cut.cell not in made.covered for cut in found
    )
    return right, len(made.boxes) + extra


def main() -> None:
    _walls()
    _sheets()


def _sheets() -> None:
    pages = sheet_pages([f"Table {n + 1}" for n in range(SHEETS // 2)])
    right = boxes = 0
    for number, page in enumerate(pages):
        good, of = boxes_right(sheet(number, page, number // 2))
        right, boxes = right + good, boxes + of
    print(
        f"{len(pages)} sheets: {right} of {boxes} boxes in place ({right / boxes:.1%})"
    )


def _walls() -> None:
    right = notes = cuts = 0
    slowest = 0.0
    for seed, number, size in walls():
        made = wall(seed, notes=number, megapixels=size)
        boxes, taken = boxes_of(made)
        good = cut_right(made, boxes)
        right, notes, cuts = right + sum(good), notes + len(good), cuts + len(boxes)
        if size == max(s for _, _, s in walls()):
            slowest = max(slowest, taken)
        said = "" if all(good) else f", {len(good) - sum(good)} not cut right"
        print(f"  {made.name}: {len(boxes)} cuts in {taken:.1f} s{said}", flush=True)
    print(f"{WALLS} walls: {right} of {notes} notes cut right ({right / notes:.1%})")
    print(f"{cuts} cuts; slowest at 12 MP {slowest:.1f} s, reading in the worker")


if __name__ == "__main__":
    main()
