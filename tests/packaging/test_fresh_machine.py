"""The README's two commands on three fresh machines.

The first as written, to the first page; then the second, as far as it runs one file of
tests: all of them are what runs this one.

Each is an empty folder with a copy of this clone under a path with a space, an
empty home, and nothing but its own Python on the path. What pip and uv have
downloaded, and what Python has compiled, is kept between the three, which is why all
stand in one place: the first has neither.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest

from tests.app.live_server import answer, free_port, wait_until_up

ROOT = Path(__file__).resolve().parents[2]
DEBIANS = Path("/usr/bin/python3")
NOT_CLONED = shutil.ignore_patterns(
    ".git", ".venv", ".uv", ".*_cache", ".hypothesis", "__pycache__"
)
SET_BY_THIS_RUN = re.compile(
    r"VIRTUAL_ENV|PYTHON|XDG_|SYSTEMMAP_|STREAMLIT_|UV\Z|UV_RUN|UV_PROJECT|UV_CACHE|UV_PYTHON|COV"
)
MINUTES = 5  # a first download through a council's proxy takes a while


ONE_FILE = "tests/model/test_text.py -n 0"  # each worker would start a Python more


def command_to(what: str) -> str:
    """Return what the README says to run to do something."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (command,) = re.findall(rf"^\| {what}.* \| `(.*)` \|$", text, re.MULTILINE)
    return command


class Machine:
    """A fresh machine: a copy of the clone, an empty home, a Python, somebody to use it."""

    def __init__(self, folder: Path, python: Path, account: tuple[int, int] | None):
        self.clone, self.home = folder / "a fresh machine/systemmap", folder / "home"
        shutil.copytree(ROOT, self.clone, ignore=NOT_CLONED)
        self.home.mkdir()
        self.log = folder / "said.txt"
        self.environment = {
            **{k: v for k, v in os.environ.items() if not SET_BY_THIS_RUN.match(k)},
            "HOME": str(self.home),
            "PATH": f"{python.parent}:/usr/bin:/bin",
            "UV_CACHE_DIR": str(folder.parent / "downloaded/uv"),
            "PIP_CACHE_DIR": str(folder.parent / "downloaded/pip"),
            "PYTHONPYCACHEPREFIX": str(folder.parent / "compiled"),
            "SYSTEMMAP_NO_BROWSER": "yes",
        }
        self.whose = {}
        if account:
            self.whose = {"user": account[0], "group": account[1], "extra_groups": []}
            for place in (folder, *folder.rglob("*")):
                shutil.chown(place, *account)

    def start(self, command: str, **more: str) -> subprocess.Popen[bytes]:
        with self.log.open("wb") as said:
            return subprocess.Popen(  # noqa: S602 - as a person types it
                command,
                shell=True,
                cwd=self.clone,
                env={**self.environment, **more},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
                **self.whose,
            )


@pytest.fixture(scope="module")
def machines():
    """A folder that everybody may walk into, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="systemmap-fresh-"))
    folder.chmod(0o755)
    for kept in ("downloaded", "downloaded/uv", "downloaded/pip", "compiled"):
        (folder / kept).mkdir()
        (folder / kept).chmod(0o777)
    yield folder
    # Some 50,000 files: other tests need not wait until they are gone.
    subprocess.run(["/bin/sh", "-c", 'rm -rf "$0" &', folder], check=True)


@pytest.fixture
def folder(machines, make):
    """One place for every machine: what is compiled knows where it lay."""
    here = machines / "this machine"
    here.mkdir()
    yield here
    here.rename(machines / make.__name__)


def nobody() -> tuple[int, int] | None:
    """Return an ordinary user's ids; None when whoever runs the tests is one."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid


def debians_as_ordinary_user(folder: Path) -> Machine:
    """Debian's Python, where pip refuses to install outside an environment."""
    assert DEBIANS.exists(), "Install it: apt-get install python3-venv"
    return Machine(folder, DEBIANS, nobody())


@cache
def own() -> Path:
    """Return a Python that is not Debian's: this run's, or the first such on the path."""
    asked = "import sys; print(sys.base_prefix, sys.version_info >= (3, 11))"
    for folder in (f"{sys.base_prefix}/bin", *os.get_exec_path()):
        if (python := Path(folder, "python3")).exists():
            told = subprocess.run(
                [python, "-c", asked], check=False, stdout=subprocess.PIPE
            )
            base, _, enough = told.stdout.decode().strip().rpartition(" ")
            if enough == "True" and Path(base, "bin/python3") != DEBIANS:
                return Path(base, "bin/python3")
    return DEBIANS


def own_python(folder: Path) -> Machine:
    """A Python that no system manages, as in a Python image; there, as root."""
    return Machine(folder, own(), None)


def inside_an_environment(folder: Path) -> Machine:
    """The clone's own `.venv`, made and activated by hand before the README was read."""
    machine = Machine(folder, own(), None)
    made = machine.clone / ".venv"
    subprocess.run([own(), "-m", "venv", made], check=True, env=machine.environment)
    machine.environment["VIRTUAL_ENV"] = str(made)
    machine.environment["PATH"] = f"{made}/bin:{machine.environment['PATH']}"
    return machine


# The ordinary user first: what root downloads into the shared folder is root's.
@pytest.mark.parametrize(
    "make", [debians_as_ordinary_user, own_python, inside_an_environment]
)
def test_both_commands_work_as_written(folder, browser, make):
    machine, port = make(folder), free_port()
    process = machine.start(command_to("start the app"), SYSTEMMAP_PORT=str(port))
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_up(process, address, machine.log, seconds=60 * MINUTES)
        status, _, body = answer(address)
        assert status == 200
        assert "<title>" in body
        page = browser.new_page()
        page.goto(address)
        page.get_by_role("button", name="Open the Sampleshire example").wait_for()
        page.close()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)
    assert (machine.home / ".local/share/systemmap/systemmap.db").exists()
    assert "Traceback" not in machine.log.read_text(encoding="utf-8")
    tests = machine.start(f"{command_to('set up and run every test')} {ONE_FILE}")
    ended = tests.wait(timeout=60 * MINUTES)
    said = machine.log.read_text(encoding="utf-8")
    assert ended == 0, said
    assert re.search(r"\d+ passed.*\n.*Everything passed\.", said, re.DOTALL), said
