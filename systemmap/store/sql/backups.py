"""Automatic copies beside the data: taken before anything large, the last 30 kept."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from platformdirs import user_data_dir

from systemmap.model.text import slug
from systemmap.model.values import now
from systemmap.private_files import private_folder

KEPT = 30
_SYNCED = ("onedrive", "dropbox", "google drive", "icloud", "sharepoint")


def data_folder() -> Path:
    """Return where data lies unless told otherwise: local, never roaming."""
    return Path(user_data_dir("systemmap", appauthor=False, roaming=False))


SCHEDULED = "schedule"
"""Why a copy was made that nobody asked for: its time had come."""


def next_copy(folder: Path, reason: str, kept: int = KEPT) -> Path:
    """Return the name of a new copy, and remove the oldest beyond those that are kept.

    Copies made on a schedule and all others are counted apart: a day with many
    imports costs no nightly copy.
    """
    private_folder(folder)
    stamp = now().strftime("%Y-%m-%d-%H%M%S-%f")[:-3]
    own = slug(reason) == SCHEDULED
    alike = [one for one in copies_in(folder) if is_scheduled(one) is own]
    for old in alike[: max(0, len(alike) - kept + 1)]:
        old.unlink()
    return folder / f"systemmap-{stamp}-{slug(reason)}.db"


def copies_in(folder: Path) -> list[Path]:
    """Return every automatic copy in a folder, the oldest first."""
    return sorted(folder.glob("systemmap-*.db"))


def is_scheduled(copy: PurePath) -> bool:
    """Say whether a copy was made because its time had come."""
    return copy.stem.endswith(f"-{SCHEDULED}")


def place_warning(path: PurePath) -> str:
    r"""Return why a folder is no place for live data, in words; "" if it is one.

    Examples
    --------
    >>> from pathlib import PureWindowsPath
    >>> print(place_warning(PureWindowsPath(r"C:\Users\lead\OneDrive - Council\map.db")))
    The data lies in a folder that is copied to the cloud (OneDrive - Council). Two computers can damage it there. Keep it in a local folder and save copies here instead.
    >>> place_warning(PureWindowsPath(r"C:\data\map.db"))
    ''
    """
    for part in path.parts:
        if part.casefold().startswith(_SYNCED):
            return f"The data lies in a folder that is copied to the cloud ({part}). Two computers can damage it there. Keep it in a local folder and save copies here instead."
    if str(path).startswith(("\\\\", "//")):
        return "The data lies on a network drive. It can be damaged there when the connection drops. Keep it in a local folder and save copies here instead."
    return ""


def sync_folder(folder: Path) -> None:
    """Make a new file's name as safe as its contents (where folders can be synced)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
