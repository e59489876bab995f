"""The tests' own PostgreSQL leaves nothing running, however the test run ends."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STARTED = """
from tests.store.cluster import cluster
with cluster() as running:
    print(running.url("postgres").partition("host=")[2], flush=True)
    input()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child")
def test_a_killed_test_run_leaves_no_server_behind():
    command = [sys.executable, "-c", STARTED]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        folder = Path(run.stdout.readline().strip())
        (server, *_) = (folder / "data" / "postmaster.pid").read_text().splitlines()
        ended = os.pidfd_open(int(server))
        run.kill()
    assert select.select([ended], [], [], 60)[0]
    os.close(ended)
