"""One file per screen; a file that ends in SCREEN = Screen(...) is in the menu."""

import sys

from app.screens._screen import Screen
from systemmap.registry import discover

SCREENS = discover(sys.modules[__name__], "SCREEN", Screen)
