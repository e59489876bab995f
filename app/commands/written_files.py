"""Files that commands write: whole or not at all, and said what they are."""

from __future__ import annotations

from stat import S_IMODE
from typing import TYPE_CHECKING

from app.commands.shared import say
from systemmap.errors import InvalidValue
from systemmap.formats import FORMATS, made_by, nothing_in, writer_of
from systemmap.private_files import write_private

if TYPE_CHECKING:
    from pathlib import Path

    from systemmap.formats import Written
    from systemmap.model.programme import Programme


def write_file(
    programme: Programme,
    wanted: str,
    out: Path,
    map_id: str = "main",
    *,
    prefer: str = "map",
) -> None:
    """Write one file, say what it is, and name what else has that ending.

    Raises
    ------
    InvalidValue
        The file would be empty.
    """
    fmt = writer_of(wanted, prefer)
    if empty := nothing_in(fmt, programme, map_id):
        msg = f"{empty}, so nothing was written as {fmt.title}. Say with --to what to write instead."
        raise InvalidValue(msg)
    save_written(made_by(fmt, programme, map_id), out)
    others = [
        f"--to {other.key} ({other.title})"
        for other in FORMATS.values()
        if other.write and other is not fmt and other.suffixes[0] == wanted
    ]
    say(
        f"It is: {fmt.title}."
        + (f" As {wanted} there is also: {', '.join(others)}." if others else "")
    )


def ending(path: Path) -> str:
    """Return the ending that says the format; of two, the longer one if it is known."""
    known = {fmt.suffixes[0] for fmt in FORMATS.values() if fmt.write}
    both = "".join(path.suffixes[-2:]).lower()
    return both if both in known else path.suffix.lower()


def save_written(written: Written, out: Path) -> None:
    """Save what a format wrote, and say what it could not hold."""
    save(written.data, out)
    say(*(f"Not in the file: {loss}" for loss in written.losses))


def save(data: bytes, out: Path) -> None:
    """Write beside the target first, so that a half-written file never stands there.

    Raises
    ------
    InvalidValue
        The file cannot be written there.
    """
    part = out.with_name(f"{out.name}.part")
    try:
        part.unlink(missing_ok=True)
        write_private(part, data)
        if out.exists():  # who may read it was decided before
            part.chmod(S_IMODE(out.stat().st_mode))
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        msg = f"'{out}' could not be written: {(error.strerror or 'no reason given').lower()}."
        raise InvalidValue(msg) from None
    say(f"Written: {out}")
