"""Faults made on purpose, so that anybody can see the store keep its word.

Each file ends in ``TORTURE = Torture(key=..., promise=..., run=...)``. The
command ``systemmap torture`` runs them and prints what they counted.
"""

from __future__ import annotations

import sys

from systemmap.registry import discover
from systemmap.torture._torture import Result, Torture

TORTURES = discover(sys.modules[__name__], "TORTURE", Torture)

__all__ = ["TORTURES", "Result", "Torture"]
