"""Faults made on purpose, so that anybody can see the store keep its word.

Each file ends in ``FAULT_TEST = FaultTest(key=..., promise=..., run=...)``. The
command ``systemmap faults`` runs them and prints what they counted.
"""

from __future__ import annotations

import sys

from systemmap.faults._fault_test import FaultTest, Result
from systemmap.faults._promises import PROMISES, Promise, by_tests
from systemmap.registry import discover

FAULT_TESTS = discover(sys.modules[__name__], "FAULT_TEST", FaultTest)

__all__ = ["FAULT_TESTS", "PROMISES", "FaultTest", "Promise", "Result", "by_tests"]
