"""One file per measure. Each has a question, a caution and a reference."""

import sys

from systemmap.analysis.measures._measure import CRIELAARD, Measure
from systemmap.registry import discover

__all__ = ["CRIELAARD", "MEASURES", "Measure"]

MEASURES = discover(sys.modules[__name__], "MEASURE", Measure)
