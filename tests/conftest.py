"""What tests of several folders share: hypothesis settings and a private PostgreSQL."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# A busy machine must not fail a promise: timings belong into benchmarks/.
settings.register_profile(
    "promises",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("promises")


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL of our own. It fails, and says what to install, when none can start."""
    from tests.store.cluster import cluster

    with cluster() as running:
        yield running
