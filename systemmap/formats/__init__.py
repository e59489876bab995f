"""File formats, one file each: bytes in, a reading out.

`recognise` goes by content, not by ending (formats.md 4); `read` previews and
saves nothing, `read_within` does so within a budget; `accept` puts a reading into a draft that the caller commits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import ReadError, UnknownItem
from systemmap.formats import figures, lists, maps, pictures, plans, whole
from systemmap.formats.acceptance import Acceptance, accept
from systemmap.formats.conflicts import Conflict
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.reading.file_text import text_or_none
from systemmap.formats.reading.limits import DAMAGE, LIMITS, check_size
from systemmap.formats.reading.unread_files import decline, name_the_damage
from systemmap.formats.whole._native import programme_from
from systemmap.formats.worker.bounded import read_within
from systemmap.registry import discover

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.programme import Programme

__all__ = [
    "FORMATS",
    "Acceptance",
    "Conflict",
    "Format",
    "Reading",
    "Written",
    "accept",
    "programme_from",
    "read",
    "read_within",
    "recognise",
    "write",
]

FORMATS = discover(maps, "FORMAT", Format, plans, lists, figures, pictures, whole)

# Asked in this order before all others: a mark of their own at the start.
_FIRST = (
    "project_file",
    "native_json",
    "vensim",
    "loopy",
    "partner_sheets",
    "workbook",
    "prsm",
    "kumu_json",
)
# Asked last, in this order: plain text that several would take.
_LAST = ("links_csv", "plan_text", "arrows", "minute_text", "cause_list")


def recognise(data: bytes, file_name: str) -> Format:
    """Return the format of a file, by its content.

    Raises
    ------
    ReadError
        No reader knows the file; the message says what is read, what the file
        starts with, and what to do where a way out is known.
    """
    check_size(data, LIMITS.data_bytes)
    decline(data, file_name)
    for fmt in _by_precedence():
        if fmt.read and fmt.recognise(data, file_name):
            return fmt
    name_the_damage(data)
    titles = ", ".join(fmt.title for fmt in FORMATS.values() if fmt.read)
    start = "".join(c for c in (text_or_none(data) or "")[:200] if c.isprintable())[:40]
    msg = f"This is not a file systemmap knows. It reads: {titles}. It starts with: '{start}'."
    raise ReadError(msg)


def read(data: bytes, file_name: str, as_: str | None = None) -> Reading:
    """Read a file into a preview; nothing is saved.

    Parameters
    ----------
    data, file_name : bytes, str
        The file, and its name, which is only a hint.
    as_ : str | None
        The key of a format, when a person chose one; None = recognise it.

    Raises
    ------
    ReadError
        The file was refused, with every reason.
    UnknownItem
        No format has the key `as_`.
    """
    if as_ is not None and as_ not in FORMATS:
        raise UnknownItem.named("file format", as_, FORMATS)
    check_size(data, LIMITS.data_bytes)
    fmt = FORMATS[as_] if as_ else recognise(data, file_name)
    if fmt.read is None:
        msg = f"systemmap writes {fmt.title}, but does not read it."
        raise ReadError(msg)
    try:
        return fmt.read(data, file_name)
    except DAMAGE as error:
        msg = f"The file could not be read as {fmt.title}. It is damaged or of another kind; save it again from the original program. Nothing was changed."
        raise ReadError(msg) from error


def write(programme: Programme, key_or_suffix: str, map_id: str = "main") -> Written:
    """Write a programme, or one of its maps, by a format's key or file ending.

    Raises
    ------
    UnknownItem
        Nothing is written under that key or ending.
    """
    writers = {fmt.key: fmt for fmt in FORMATS.values() if fmt.write}
    by_suffix = {s: fmt for fmt in reversed(writers.values()) for s in fmt.suffixes}
    fmt = writers.get(key_or_suffix) or by_suffix.get(key_or_suffix)
    if fmt is None or fmt.write is None:
        raise _not_written(key_or_suffix, sorted(by_suffix), writers)
    return fmt.write(programme, map_id)


def _not_written(wanted: str, endings: list[str], keys: Iterable[str]) -> UnknownItem:
    """Say which endings are written; a key that was only misspelt gets the nearest."""
    if wanted and not wanted.startswith("."):
        return UnknownItem.named("file format", wanted, keys)
    what = f"Nothing is written as '{wanted}'" if wanted else "The file has no ending"
    return UnknownItem(f"{what}. It can end in: {', '.join(endings)}.")


def _by_precedence() -> list[Format]:
    ends = [FORMATS[key] for key in (*_FIRST, *_LAST) if key in FORMATS]
    first = [fmt for fmt in ends if fmt.key in _FIRST]
    last = [fmt for fmt in ends if fmt.key in _LAST]
    middle = [fmt for fmt in FORMATS.values() if fmt not in ends]
    return first + middle + last
