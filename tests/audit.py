"""Ask whether a known hole is in what we ship; say plainly when nobody could be asked.

Run it with ``uv run python tests/audit.py``; the full run of the tests does. The
answer is one of three, and they never look alike: no known holes, these known
holes, or not audited and why. Only the second fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOUND = 1  # uv's own exit code for known holes
SECONDS = 60


def main(uv: str | None = None) -> int:
    """Return 1 when a package in the lock has a known hole; say what was found out."""
    uv = uv or shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".uv/bin"))
    if uv is None:
        return _not_audited("uv is not installed here.")
    try:
        done = subprocess.run(
            [uv, "audit", "--frozen", "--no-dev"],
            cwd=ROOT,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            env={**os.environ, "UV_HTTP_TIMEOUT": "10", "UV_HTTP_RETRIES": "0"},
        )
    except subprocess.TimeoutExpired:
        return _not_audited(f"no advisory source answered within {SECONDS} seconds.")
    if done.returncode == 0:
        print(done.stdout.strip())
        print("Audited: no known hole in any package of uv.lock that is shipped.")
        return 0
    if done.returncode == FOUND:
        print(done.stdout.strip())
        print(
            "Audited: known holes, see above. Update these packages before a release."
        )
        return 1
    words = done.stdout.strip()
    print(words)
    if "request" in words and "url" in words:
        return _not_audited("no advisory source could be reached.")
    return _not_audited("the question itself failed, see above.")


def _not_audited(why: str) -> int:
    print(
        f"NOT AUDITED: {why} Nothing is known about holes in these packages. Before a "
        "release run this where https://osv.dev can be reached: uv run python tests/audit.py"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
