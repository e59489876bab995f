"""What is asked of files is asked of maps laid out coarsely."""

from tests.drawing.coarse import _maps_are_coarse_and_painted_once  # noqa: F401
