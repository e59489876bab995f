"""Open a file by its path, for scripts and notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats import FORMATS, accept, programme_from, read_within
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.text import slug

if TYPE_CHECKING:
    from os import PathLike


def open_file(path: str | PathLike[str], *, as_: str | None = None) -> Programme:
    """Return what a file holds as a programme of its own; nothing is saved.

    Parameters
    ----------
    path : path
        A map, a plan, a list, a workbook or a systemmap file.
    as_ : str | None
        The key of a format; None = whatever the file turns out to be.

    Raises
    ------
    ReadError
        The file cannot be opened or read; every reason is listed.

    See Also
    --------
    systemmap.formats.read : the same as a preview, with every remark.
    """
    file = Path(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        msg = f"'{file}' could not be opened: {(error.strerror or 'no reason given').lower()}."
        raise ReadError(msg) from None
    reading = read_within(data, file.name, as_)
    if FORMATS[reading.format].holds == "programme":
        return programme_from(reading)
    programme = Programme(
        ProgrammeInfo(id=slug(file.stem, fallback="programme"), name=file.stem)
    )
    accept(programme, reading)
    return programme
