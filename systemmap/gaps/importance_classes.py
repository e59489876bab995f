"""The importance class of each factor, or None while no outcome is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.importance import find_importance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.analysis.settings import AnalysisSettings
    from systemmap.model.system_map import SystemMap


def importance_of(
    system_map: SystemMap, settings: AnalysisSettings
) -> Mapping[str, str] | None:
    """Return high, medium or lower by factor id; None without an outcome."""
    if system_map.outcome is None:
        return None
    return {
        factor_id: importance.value
        for factor_id, importance in find_importance(
            system_map, settings
        ).classes.items()
    }
