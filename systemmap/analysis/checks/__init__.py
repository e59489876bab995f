"""The map health check: one file per question to the group."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from systemmap.analysis.checks._map_check import Check, Finding
from systemmap.analysis.map_analysis import analysed
from systemmap.registry import discover

if TYPE_CHECKING:
    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap

__all__ = ["CHECKS", "Check", "Finding", "run_checks"]

CHECKS = discover(sys.modules[__name__], "CHECK", Check)


def run_checks(
    drawn: SystemMap | MapAnalysis, programme: Programme | None = None
) -> dict[str, tuple[Finding, ...]]:
    """Return what each check found, by its key; checks without a finding are left out."""
    analysis = analysed(drawn)
    found = {
        key: tuple(check.find(analysis, programme)) for key, check in CHECKS.items()
    }
    return {key: findings for key, findings in found.items() if findings}
