"""The wheel holds all it needs and starts in an empty folder."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from importlib.util import cache_from_source
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    target = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(target),
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def site(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    zipfile.ZipFile(wheel).extractall(folder)
    for path in folder.rglob("*.py"):
        _compiled_as(ROOT / path.relative_to(folder), path)
    return folder


def _compiled_as(source, copy):
    """Keep what Python made of the same file here: compiling all takes seconds."""
    made = Path(cache_from_source(source))
    if not made.exists() or source.read_bytes() != copy.read_bytes():
        return
    seconds = source.stat().st_mtime
    os.utime(copy, (seconds, seconds))  # Python compares these, and sizes
    kept = Path(cache_from_source(copy))
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(made.read_bytes())


def test_data_and_workshop_kits_travel_in_the_wheel(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("data", "workshops"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"systemmap/_packaged/{path.relative_to(ROOT)}" in names


def test_every_file_the_packages_read_travels_in_the_wheel(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("systemmap", "app"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert str(path.relative_to(ROOT)) in names


def installed(site, folder):
    """Return an environment in which only the unpacked wheel provides systemmap."""
    return {
        **os.environ,
        "PYTHONPATH": str(site),
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
    }


def test_the_command_works_from_an_empty_folder(site, tmp_path):
    example = site / "systemmap/_packaged/data/reference/foresight_links.csv"
    code = f"import sys, systemmap, app.command; print(systemmap.__file__); sys.argv[1:] = ['inspect', {str(example)!r}]; app.command.main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=installed(site, tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert str(site) in done.stdout, done.stderr
    assert "296" in done.stdout


def test_the_app_starts_from_an_empty_folder_and_answers(site, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "systemmap",
        "--no-browser",
        "--port",
        str(port),
        "--data",
        str(tmp_path / "x.db"),
    ]
    server = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=installed(site, tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        assert answer(f"http://127.0.0.1:{port}/_stcore/health", server) == b"ok"
    finally:
        server.terminate()
        output = server.communicate(timeout=60)[0]
    assert b"Traceback" not in output


def answer(address, server):
    for _ in range(600):
        try:
            return urllib.request.urlopen(address, timeout=0.1).read()
        except (urllib.error.URLError, OSError):
            if server.poll() is not None:
                pytest.fail(server.stdout.read().decode())
            with pytest.raises(subprocess.TimeoutExpired):
                server.wait(timeout=0.1)
    return pytest.fail("The server did not answer within a minute.")
