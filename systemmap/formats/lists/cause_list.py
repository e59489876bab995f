"""A pasted list of causes: one on each line, or a table with a column of them.

Every line is a note with its words to the letter; equal lines are notes of
their own, counted as mentions. Who said it is left out. Not written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.format import Format
from systemmap.formats.lists._causes import WORKSHOP, read_list, recognise_list

if TYPE_CHECKING:
    from systemmap.formats.format import Reading
    from systemmap.formats.sighting import Recognition, Sighting

__all__ = ["FORMAT", "WORKSHOP"]


def recognise(sighting: Sighting) -> Recognition:
    """Say whether the file is a plain text of short lines and nothing else."""
    return recognise_list(sighting)


def read(sighting: Sighting) -> Reading:
    """Read a list, or a table with a column of causes."""
    return read_list(sighting, key=FORMAT.key)


FORMAT = Format(
    key="cause_list",
    title="List of causes",
    holds="notes",
    suffixes=(".txt", ".csv"),
    loses="Who said it is left out; lines become notes, not links. It is read only.",
    recognise=recognise,
    read=read,
)
