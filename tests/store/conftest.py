"""Tests of stores: files that come into one are read by forks."""

import pytest

from tests.app.worker_forks import workers_are_forks


@pytest.fixture(autouse=True, scope="module")
def _workers_are_forks():
    with workers_are_forks():
        yield
