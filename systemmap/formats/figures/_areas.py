"""Which areas of a large file are kept: the chosen ones, or all of a small file.

A person chooses areas by name and code, as the file holds them; England and the
regions, against which a council is set, are then kept too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.formats.import_mapping import ImportMapping

ENGLAND = "E92000001"
_TOTALS = ("total", "grand total", "totals", "subtotal", "sub-total")
KEPT_WITHOUT_CHOICE = 20_000  # rows; above that the areas must be chosen
_WIDER = ("E92", "E12")  # England and its regions
_COUNCILS = ("E06", "E07", "E08", "E09", "E10")
_MOST_OFFERED = 1_000


@dataclass(slots=True)
class Areas:
    """Counts the areas of a file, and says which rows to keep.

    Parameters
    ----------
    chosen : frozenset[str]
        Area codes to keep; empty = all.
    wider : bool
        Whether England and the regions are kept beside the chosen ones.
    """

    chosen: frozenset[str] = frozenset()
    counts: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    left_out: int = 0
    wider: bool = False

    def keeps(self, code: str, name: str = "") -> bool:
        """Count a row; say whether its area was chosen."""
        self.counts[code] = self.counts.get(code, 0) + 1
        self.names.setdefault(code, name)
        keep = (
            not self.chosen
            or code in self.chosen
            or (self.wider and code.startswith(_WIDER))
        )
        self.left_out += not keep
        return keep

    def missing(self) -> list[str]:
        """Return the chosen codes the file does not hold, in order."""
        return sorted(self.chosen - self.counts.keys())

    def seen(self, shape: str, *, asked: bool) -> dict[str, Any]:
        """Return what a person can choose from: councils first, each by name and code."""
        offered = sorted(
            (code for code in self.counts if code and not code.startswith(_WIDER)),
            key=lambda code: (
                not code.startswith(_COUNCILS),
                self.names[code].casefold(),
                code,
            ),
        )
        question = f"It holds {len(offered):,} areas, more than are kept without being asked. Which are yours?"
        return {
            "kind": "figures",
            "shape": shape,
            "tables": [],
            "signs": [],
            "types": [],
            "parts": [
                [self._label(code), self.counts[code], code in self.chosen]
                for code in offered[:_MOST_OFFERED]
            ],
            "part word": "area",
            "parts asked": not self.chosen,
            "ends": "",
            "fixed": [],
            "asks": [question] if asked else [],
            "ways": ["--part 'Area name (code)', once for each"] if asked else [],
        }

    def _label(self, code: str) -> str:
        name = self.names[code]
        return f"{name} ({code})" if name else code

    def examples(self) -> str:
        """Return up to three areas by name and code."""
        some = [
            f"{self.names[code] or code} ({code})" for code in list(self.counts)[:3]
        ]
        return ", ".join(some)


def chosen_areas(mapping: ImportMapping) -> Areas:
    """Return the areas that a person chose, with England and the regions.

    Examples
    --------
    >>> from systemmap.formats.import_mapping import ImportMapping
    >>> said = ImportMapping(format="x", parts=("Sampleshire (E06000099)",))
    >>> sorted(chosen_areas(said).chosen)
    ['E06000099']
    """
    return Areas(frozenset(_codes(mapping.parts)), wider=True)


def _codes(parts: Iterable[str]) -> Iterable[str]:
    for part in parts:
        yield part.rpartition("(")[2].removesuffix(")").strip()


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


def no_total(area: str) -> str:
    """Return an area's name, or nothing where it only says that a row sums up others.

    Examples
    --------
    >>> no_total("Grand Total"), no_total("Harbour")
    ('', 'Harbour')
    """
    return "" if area.strip().casefold() in _TOTALS else area
