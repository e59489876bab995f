"""What tests of several folders share: a private PostgreSQL server."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL of our own. It fails, and says what to install, when none can start."""
    from tests.store.cluster import cluster

    with cluster() as running:
        yield running
