import pytest

from systemmap.model.system_map import SystemMap
from systemmap.packaged import foresight_map


@pytest.fixture(scope="session")
def foresight() -> SystemMap:
    """The Foresight obesity system map of 2007, with the outcome the tests use."""
    return foresight_map()
