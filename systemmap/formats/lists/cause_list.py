"""A pasted list of causes: one on each line, or a table with a column of them.

Every line is a note with its words to the letter; equal lines are notes of
their own, counted as mentions. Who said it is left out. Not written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.format import Format
from systemmap.formats.lists._causes import WORKSHOP, is_list, read_list

if TYPE_CHECKING:
    from systemmap.formats.format import Reading

__all__ = ["FORMAT", "WORKSHOP"]


def recognise(data: bytes, file_name: str) -> bool:
    """Say whether the file is plain text of printable lines, none too long."""
    return is_list(data)


def read(data: bytes, file_name: str) -> Reading:
    """Read a list, or a table with a column of causes."""
    return read_list(data, key=FORMAT.key)


FORMAT = Format(
    key="cause_list",
    title="List of causes",
    holds="notes",
    suffixes=(".txt", ".csv"),
    loses="Who said it is left out; lines become notes, not links. It is read only.",
    recognise=recognise,
    read=read,
)
