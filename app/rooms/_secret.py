"""The secret that signs room passes: made once per installation, kept beside the data."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from app import settings

NAME = "rooms.secret"


def secret_for(data: str) -> bytes:
    """Return this installation's secret; make it on first use, readable by its owner only.

    Parameters
    ----------
    data : str
        Where the programmes are kept. The secret lies in the same folder; for
        a database address, in the user's data folder.
    """
    folder = Path(settings.default_data() if "://" in data else data).parent
    path = folder / NAME
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(made := secrets.token_bytes(32))
    return made
