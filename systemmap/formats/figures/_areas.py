"""Which areas of a large file are kept: the chosen ones, or all of a small file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLAND = "E92000001"
KEPT_WITHOUT_CHOICE = 20_000  # rows; above that the areas must be chosen


@dataclass(slots=True)
class Areas:
    """Counts the areas of a file, and says which rows to keep.

    Parameters
    ----------
    chosen : frozenset[str]
        Area codes to keep; empty = all.
    """

    chosen: frozenset[str] = frozenset()
    counts: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    left_out: int = 0

    def keeps(self, code: str, name: str = "") -> bool:
        """Count a row; say whether its area was chosen."""
        self.counts[code] = self.counts.get(code, 0) + 1
        self.names.setdefault(code, name)
        keep = not self.chosen or code in self.chosen
        self.left_out += not keep
        return keep

    def missing(self) -> list[str]:
        """Return the chosen codes the file does not hold, in order."""
        return sorted(self.chosen - self.counts.keys())

    def examples(self) -> str:
        """Return up to three areas by name and code."""
        some = [
            f"{self.names[code] or code} ({code})" for code in list(self.counts)[:3]
        ]
        return ", ".join(some)


def only_points(document: Mapping[str, Any]) -> bool:
    """Say whether every feature with a shape is a point."""
    features = document.get("features")
    shapes = (
        [f.get("geometry") for f in features if isinstance(f, dict)]
        if isinstance(features, list)
        else []
    )
    kinds = {s.get("type") for s in shapes if isinstance(s, dict)}
    return bool(kinds) and all(kind in ("Point", "MultiPoint") for kind in kinds)
