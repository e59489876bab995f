"""A private PostgreSQL in a temporary folder: started for the tests, gone afterwards."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

INSTALL = "PostgreSQL could not be started for the tests. Install it (Debian: apt-get install postgresql), so that initdb lies in /usr/lib/postgresql/*/bin or on the PATH."
_NUMBERS = count(1)
_PREFIX = "systemmap-pg-"  # then the test run's process id
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)  # loaded before any fork


class Cluster:
    """A running server that makes databases, and can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stop: Callable[[], None] = lambda: None
        self._start: Callable[[], None] = lambda: None

    def stop(self) -> None:
        """Stop the server at once, as a restart or a crash does."""
        self._stop()

    def start(self) -> None:
        """Start the server again, and wait until it answers."""
        self._start()

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
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    binaries, account = server_programs(), _account()
    try:
        if account:
            shutil.chown(folder, *account)
        data, log = folder / "data", folder / "log"
        made = f"{binaries}/initdb -D {data} -U postgres -A trust -E UTF8 --no-sync --locale=C.UTF-8"
        with log.open("wb") as said:
            subprocess.run(made.split(), check=False, **_as(account, said))
            options = (
                f"-k {folder} -c listen_addresses= -c fsync={'on' if fsync else 'off'}"
            )
            serve = f"{binaries}/postgres -D {data} {options}"
            running = Cluster(folder)
            server: list[subprocess.Popen[bytes]] = []

            def start() -> None:
                server.append(
                    subprocess.Popen(
                        serve.split(),
                        preexec_fn=_die_with_parent,  # noqa: PLW1509 - one call into libc, no lock
                        **_as(account, said),
                    )
                )
                _wait_until_ready(server[-1], running, log)

            def stop() -> None:
                server[-1].send_signal(signal.SIGQUIT)  # at once: nothing is kept
                server[-1].wait()

            # The system ends the server when the thread that began it ends.
            with ThreadPoolExecutor(1) as keeper:
                running._start = lambda: keeper.submit(start).result()
                running._stop = stop
                try:
                    running.start()
                    yield running
                finally:
                    stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _die_with_parent() -> None:
    """Let a killed test run leave no server behind (Linux; after the change of user)."""
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _sweep() -> None:
    """Remove folders that killed test runs left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).split("-")[0]
        if owner.isdigit() and not _alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _wait_until_ready(
    server: subprocess.Popen[bytes], running: Cluster, log: Path
) -> None:
    while True:
        try:
            psycopg.connect(running.url("postgres")).close()
        except psycopg.OperationalError:
            with suppress(subprocess.TimeoutExpired):
                server.wait(0.05)
            said = log.read_text(errors="replace")
            assert server.returncode is None, f"{INSTALL}\n{said}"
        else:
            return


def server_programs() -> Path:
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


def _as(account: tuple[int, int] | None, said: IO[bytes]) -> dict[str, Any]:
    """Return whom a command runs as, where, and where its words go."""
    user, group = account or (None, None)
    return {
        "stdin": subprocess.DEVNULL,
        "stdout": said,
        "stderr": said,
        "cwd": tempfile.gettempdir(),
        "user": user,
        "group": group,
        "extra_groups": [] if account else None,
    }
