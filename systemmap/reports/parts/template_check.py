"""A template from outside, tried in a process of its own within a budget.

What opens here within its time and memory opens the same way when a document is
made from it; what does not is refused in a sentence, and nothing was changed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from systemmap.errors import ReadError, SystemMapError

SECONDS = 8
MEMORY = 600_000_000  # bytes, on top of what the program needs
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "PYTHONHOME")


def check_apart(data: bytes, suffix: str) -> None:
    """Refuse a template that cannot be used, however long or large it would get.

    Parameters
    ----------
    suffix : str
        ".docx" or ".pptx": what documents it is for.

    Raises
    ------
    ReadError
        With the reason, and what to do.
    """
    with _started(suffix) as made:
        try:
            out, _ = made.communicate(data, timeout=SECONDS * 4)
        except subprocess.TimeoutExpired:
            made.kill()
            made.communicate()
            out = b""
    try:
        reason = json.loads(out)["reason"]
    except (ValueError, KeyError):
        msg = f"The template was not opened within {SECONDS} seconds of work or the memory it may use. Save a simpler copy and choose it again."
        raise ReadError(msg) from None
    if reason:
        raise ReadError(reason)


def _started(suffix: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "systemmap.reports.parts.template_check", suffix],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """Return what a process needs to start, and no password of ours."""
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def main(suffix: str) -> int:
    """Try the template on the standard input, and answer in JSON."""
    from systemmap.reports.parts.deck_template import opened_deck
    from systemmap.reports.parts.template import opened

    _limit()
    reason = ""
    try:
        data = sys.stdin.buffer.read()
        (opened_deck if suffix == ".pptx" else opened)(data)
    except SystemMapError as error:
        reason = str(error)
    sys.stdout.write(json.dumps({"reason": reason}))
    return 0


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the clock of `check_apart` holds
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = round(used.ru_utime + used.ru_stime) + SECONDS
    for which, bound in (
        (resource.RLIMIT_CPU, most),
        (resource.RLIMIT_AS, 2_000_000_000 + MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(which, (bound, bound))
        except (OSError, ValueError):
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
