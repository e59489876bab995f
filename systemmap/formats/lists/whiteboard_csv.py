"""A whiteboard's notes as CSV: one note a row, its colour beside it, frames above.

Miro writes each frame's name on a line of its own, then its notes with their
colours. A frame becomes a table of the workshop, a colour a theme. Arrows and
places on the board are not in such a file. Not written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.format import Format
from systemmap.formats.lists._causes import Said, read_said
from systemmap.formats.sighting import NO, certain
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from systemmap.formats.format import Reading
    from systemmap.formats.sighting import Recognition, Sighting

_COLOURS = frozenset(
    {
        "yellow",
        "green",
        "blue",
        "red",
        "pink",
        "orange",
        "purple",
        "violet",
        "gray",
        "grey",
        "black",
        "white",
        "cyan",
        "teal",
        "brown",
        "magenta",
        "lime",
    }
)
_SHADES = ("light", "dark")


def recognise(sighting: Sighting) -> Recognition:
    """Count the rows whose second cell is a colour."""
    rows = sighting.rows
    coloured = sum(len(row) > 1 and _is_colour(row[1]) for row in rows)
    others = [row for row in rows if not (len(row) > 1 and _is_colour(row[1]))]
    if not coloured or any(len(_filled(row)) > 1 for row in others):
        return NO
    return certain(
        f"{counted(coloured, 'row')} of {len(rows):,} hold a note and its colour"
    )


def read(sighting: Sighting) -> Reading:
    """Read every note, under the frame it stands in."""
    return read_said(_said(sighting.all_rows()), key=FORMAT.key, dialect="whiteboard")


def _said(rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, Said]]:
    frame = ""
    for line, row in rows:
        filled = _filled(row)
        if len(filled) == 1 and not _is_note(row):
            frame = filled[0]
            yield line, Said("")
        else:
            colour = row[1].strip() if len(row) > 1 else ""
            yield line, Said(row[0] if row else "", theme=colour, table=frame)


def _is_note(row: Sequence[str]) -> bool:
    return len(row) > 1


def _filled(row: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def _is_colour(cell: str) -> bool:
    words = cell.strip().casefold().replace("-", "_").split("_")
    plain = [word for word in words if word not in _SHADES]
    return len(plain) == 1 and plain[0] in _COLOURS


FORMAT = Format(
    key="whiteboard_csv",
    title="Whiteboard notes (Miro)",
    holds="notes",
    suffixes=(".csv",),
    loses="Arrows and places on the board are not in the file; frames become tables and colours themes. It is read only.",
    recognise=recognise,
    read=read,
)
