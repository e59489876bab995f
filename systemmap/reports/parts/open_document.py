"""OpenDocument twins of Office files, made by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from systemmap.errors import InvalidValue

SECONDS = 90  # a first start takes long; then it is ended
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)


def office() -> str:
    """Return LibreOffice's command on this computer; "" = it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), "")


def converted(data: bytes, source: str, suffix: str) -> bytes:
    """Return an Office file of ours as another kind of file, by LibreOffice.

    It runs with a profile of its own, without a window or macros, for at most
    `SECONDS`.

    Raises
    ------
    InvalidValue
        LibreOffice is not installed, or made nothing in its time.
    """
    command = office()
    if not command:
        msg = f"LibreOffice is not installed on this computer, so no {suffix} file can be made. Save it as {source}, which LibreOffice opens, or install LibreOffice."
        raise InvalidValue(msg)
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / f"document{source}"
        given.write_bytes(data)
        _run(command, Path(folder), given, suffix)
        made = given.with_suffix(suffix)
        if made.is_file():
            return made.read_bytes()
    msg = f"LibreOffice made no {suffix} file within {SECONDS} seconds. Save it as {source} and convert it there."
    raise InvalidValue(msg)


def _run(command: str, folder: Path, given: Path, suffix: str) -> None:
    profile = (folder / "profile").as_uri()
    started = subprocess.Popen(  # noqa: S603 - the installed LibreOffice, no shell
        [
            command,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--convert-to",
            suffix.removeprefix("."),
            "--outdir",
            str(folder),
            str(given),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        started.wait(SECONDS)
    except subprocess.TimeoutExpired:
        if hasattr(os, "killpg"):
            os.killpg(started.pid, signal.SIGKILL)
        else:  # Windows
            started.kill()
        started.wait()
