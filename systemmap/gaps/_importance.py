"""The importance class of each factor, or None while no outcome is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.analysis_settings import AnalysisSettings
    from systemmap.model.system_map import SystemMap


def importance_of(
    system_map: SystemMap, settings: AnalysisSettings
) -> Mapping[str, str] | None:
    """Return high, medium or lower by factor id; None without an outcome."""
    del settings, system_map
    return None
