"""A private PostgreSQL in a temporary folder: started for the tests, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

INSTALL = "PostgreSQL could not be started for the tests. Install it (Debian: apt-get install postgresql), so that initdb lies in /usr/lib/postgresql/*/bin or on the PATH."
_NUMBERS = count(1)


class Cluster:
    """A running server that makes databases."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self._folder}"

    def new_database(self, template: str = "template0") -> str:
        """Make a database and return its address."""
        name = f"d{next(_NUMBERS)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)


@contextmanager
def cluster(*, fsync: bool = False) -> Iterator[Cluster]:
    """Start a server on a socket in a folder of its own, and stop it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    binaries, account = _binaries(), _account()
    try:
        if account:
            shutil.chown(folder, *account)
        run = _runner(account)
        data = folder / "data"
        run(
            f"{binaries}/initdb",
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
        options = (
            f"-k {folder} -c listen_addresses= -c fsync={'on' if fsync else 'off'}"
        )
        run(
            f"{binaries}/pg_ctl",
            "-D",
            str(data),
            "-w",
            "-l",
            str(folder / "log"),
            "-o",
            options,
            "start",
        )
        try:
            yield Cluster(folder)
        finally:
            run(f"{binaries}/pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(installed[-1]) if installed else shutil.which("initdb")
    assert found, INSTALL
    return Path(found).parent


def _account() -> tuple[int, int] | None:
    """Return whom to run the server as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise AssertionError(INSTALL)


def _runner(account: tuple[int, int] | None):
    user, group = account or (None, None)
    extra = [] if account else None

    def run(*command: str) -> None:
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                command,
                check=False,
                stdout=said,
                stderr=said,
                cwd=tempfile.gettempdir(),
                user=user,
                group=group,
                extra_groups=extra,
            )
            said.seek(0)
            assert done.returncode == 0, f"{INSTALL}\n{said.read()}"

    return run
