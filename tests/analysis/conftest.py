import pytest

from systemmap.bundled.bundled_files import foresight_map
from systemmap.model.system_map import SystemMap


@pytest.fixture(scope="session")
def foresight() -> SystemMap:
    """The Foresight obesity system map of 2007, with the outcome the tests use."""
    return foresight_map()
