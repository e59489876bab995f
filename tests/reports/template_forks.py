"""A template tried in a fork: the same work, limits and end, without a Python's start.

From nothing it is tried in `test_template_places.py`, which asks whether it is at all.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from types import SimpleNamespace

from systemmap.reports.parts import template_check
from tests.app.worker_forks import Worker

SUFFIX = "SYSTEMMAP_TEMPLATE_OF_TESTS"


def main():
    """Answer as the module does when Python runs it."""
    return template_check.main(os.environ[SUFFIX])


class Trial(Worker):
    """It is asked once, and leaves no pipe open."""

    def communicate(self, question=b"", timeout=None):
        with self:
            return super().communicate(question, timeout)


def _started(command, *, env, **_pipes):
    return Trial(__name__, {**env, SUFFIX: command[-1]})


@contextmanager
def templates_are_tried_in_forks():
    """Have `check_apart` start forks, until the block ends."""
    instead = {**vars(subprocess), "Popen": _started}
    template_check.subprocess = SimpleNamespace(**instead)
    try:
        yield
    finally:
        template_check.subprocess = subprocess
