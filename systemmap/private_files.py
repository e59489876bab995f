"""Files and folders that only their owner may read, whatever the computer's habit.

What people wrote lies in them. On Windows a user's own folders do the same.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def private_folder(folder: Path) -> Path:
    """Make a folder, and those above it that are missing; those that exist stay as they are."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=FOLDER, exist_ok=True)
        one.chmod(FOLDER)  # the umask may have taken bits away
    return folder


def private_file(path: Path) -> Path:
    """Make an empty file if there is none; one that exists stays as it is."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE)
    except FileExistsError:
        return path
    os.close(handle)
    path.chmod(FILE)
    return path


def write_private(path: Path, data: bytes) -> None:
    """Write a file; one that exists keeps who may read it."""
    private_file(path).write_bytes(data)
