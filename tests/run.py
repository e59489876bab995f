"""Every test of systemmap, first setting up what a fresh machine lacks.

Run it with ``uv run python tests/run.py``. Browser, database, proxy and start tests
never skip: where Debian's chromium-headless-shell, PostgreSQL or own Python is missing it is
installed (as root, by apt), or this says exactly what to install and stops.

``--fast`` is for the minutes between two edits: format, lint, types, rings, the
web scripts and the tests that need no browser, no database server and no process of
their own. ``--whole`` is for a release: every case of the lists that an ordinary run
takes a spread of, and what it leaves and counts (``tests/sizes.py``). A file, folder
or test that is named runs alone, without the checks: ``tests/run.py tests/model``.
Whatever else is given is handed to pytest.

With two browsers at work on two cores a press is now and then missed. So up to three
files with a test that failed are run once more, alone and whole (a test may stand on
those before it), and what passed only then is named: look into it. More files than
three, or a test that fails again, is a failure.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# One more than there are cores: what tests ask is often elsewhere, and waited for.
WORKERS = str(min(4, os.cpu_count() or 2) + 1)
FAST, WHOLE = "--fast", "--whole"
FAILED = ROOT / ".pytest_cache/v/cache/lastfailed"
GENTLY = ["nice"] if shutil.which("nice") else []
AGAIN = 3  # files that may be run once more
CHECKS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy", "systemmap", "app", "streamlit_app.py"]),
    ("rings", ["lint-imports"]),
    ("scripts", ["python", "tests/scripts/check.py"]),
)
# the order of tests/order.py, not that of how many tests a file has
SPREAD = ["-q", "-n", WORKERS, "--dist", "loadfile", "--no-loadscope-reorder"]


def steps(given: list[str]) -> list[tuple[str, list[str]]]:
    """Return what to run, by name, for the words given on the command line."""
    fast = FAST in given
    more = [word for word in given if word not in (FAST, WHOLE)]
    if any((ROOT / word.split("::")[0]).exists() for word in more):
        return [("tests", ["pytest", *SPREAD, *more])]
    asked = ["-m", "quick"] if fast else ["--doctest-modules", "systemmap", "tests"]
    tests = ["pytest", *asked, *SPREAD, "--durations", "15", *more]
    audit = [] if fast else [("audit", ["python", "tests/audit.py"])]
    return [*CHECKS, *audit, ("tests", tests)]


def missing() -> list[str]:
    """Return the Debian packages that the tests need and this machine lacks."""
    packages = []
    browsers = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
    if not any(Path(browser).exists() for browser in browsers):
        packages.append("chromium-headless-shell")
    if not Path("/usr/sbin/nginx").exists():
        packages.append("nginx-light")
    if not Path("/usr/bin/caddy").exists():
        packages.append("caddy")
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        packages.append("postgresql")
    if subprocess.run(
        ["/bin/sh", "-c", "/usr/bin/python3 -c 'import ensurepip'"],
        check=False,
        stderr=subprocess.DEVNULL,
    ).returncode:
        packages.append("python3-venv")
    return packages


def set_up(packages: list[str]) -> None:
    """Install Debian packages, or say exactly what to install and stop."""
    install = f"apt-get install -y {' '.join(packages)}"
    by_hand = f"The browser, database, proxy and start tests need Debian's {' and '.join(packages)}.\nAs root, run: apt-get update && {install}"
    root = getattr(os, "geteuid", lambda: 1)() == 0
    if not root or not shutil.which("apt-get"):
        sys.exit(by_hand)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update -qq", f"{install} -qq"):
        print(f"$ {command}", flush=True)
        done = subprocess.run(
            command.split(), check=False, env=environment, stdout=subprocess.DEVNULL
        )
        if done.returncode:
            sys.exit(f"'{command}' failed: see above. {by_hand}")
    if still := missing():
        sys.exit(f"Installed, but not found: {', '.join(still)}. {by_hand}")


def checked(step: tuple[str, list[str]]) -> str:
    """Run one check, then say what it said in one piece; return its name if it failed.

    The tests run beside it: it takes what they leave of the machine, where it can.
    """
    name, command = step
    begun = time.monotonic()
    done = subprocess.run(
        [*GENTLY, BIN / command[0], *command[1:]],
        cwd=ROOT,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    took = f"== {name}: {time.monotonic() - begun:.0f} s"
    print(f"\n== {name}: {' '.join(command)}\n{done.stdout}{took}", flush=True)
    return name if done.returncode else ""


def passed_alone() -> bool:
    """Run the few files that have failed once more, one after the other; name the tests."""
    failed = sorted(json.loads(FAILED.read_text())) if FAILED.exists() else []
    files = sorted({test.split("::")[0] for test in failed})
    if not 0 < len(files) <= AGAIN:
        return False
    print("\n== once more, alone:", *files, sep="\n   ", flush=True)
    words = ["pytest", "-q", "-n", "0", "--doctest-modules", *files]
    if subprocess.run([BIN / words[0], *words[1:]], cwd=ROOT, check=False).returncode:
        return False
    print("\nPassed only when run again, alone:", *failed, sep="\n   ", flush=True)
    return True


def main() -> int:
    """Run every step; return 0 when all passed."""
    given = sys.argv[1:]
    if WHOLE in given:
        os.environ["SYSTEMMAP_WHOLE_RUN"] = "yes"  # tests/sizes.py
    *checks, (name, command) = steps(given)
    with ThreadPoolExecutor(2) as beside:  # the types of a fresh clone take a minute
        told = beside.map(checked, checks)
        if FAST not in given and (packages := missing()):
            set_up(packages)
        begun = time.monotonic()
        print(f"\n== {name}: {' '.join(command)}", flush=True)
        FAILED.unlink(missing_ok=True)
        done = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, check=False)
        failed = [check for check in told if check]
    if done.returncode and not (done.returncode == 1 and passed_alone()):
        failed.append(name)
    print(f"== {name}: {time.monotonic() - begun:.0f} s", flush=True)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nEverything passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
