"""Measure: a number per factor that cannot be had without its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.analysis.map_analysis import analysed
from systemmap.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.system_map import SystemMap

CRIELAARD = (
    "Rankings of this kind change between equally defensible versions of the same "
    "map. Crielaard and others (2023) found six assumptions that clash with what a "
    "causal map means, and call using them to choose leverage points 'at best "
    "premature and at worst incorrect'."
)
CRIELAARD_REFERENCE = (
    "Crielaard and others (2023), Sci. Rep., doi:10.1038/s41598-023-46531-z"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number per factor read off the map's structure, with its words.

    Attributes
    ----------
    key, title : str
        Its name in code and on screen.
    question : str
        What it answers, as a facilitator would ask it.
    caution : str
        What it does not say.
    reference : str
        Where it comes from.
    compute : callable
        Gives each factor of an analysed map one value; None = no answer for this
        factor, which is not zero. Raises InvalidValue, in words, when the map
        lacks something it needs.
    says : tuple[str, str]
        The value in words for one and for any other number, with ``{n}``.
    whole : bool
        Whether values are counts.
    advanced : bool
        Shown only in the panel that people open on purpose.
    needs_outcome : bool
        Whether the map must have an outcome.
    """

    key: str
    title: str
    question: str
    caution: str
    reference: str
    compute: Callable[[MapAnalysis], Mapping[str, float | None]]
    says: tuple[str, str]
    whole: bool = True
    advanced: bool = False
    needs_outcome: bool = False

    def __post_init__(self) -> None:
        for name in ("key", "title", "question", "caution", "reference"):
            if not str(getattr(self, name)).strip():
                msg = f"Measure '{self.key}' has no {name}. A number never travels without its words."
                raise InvalidValue(msg)

    def values(self, drawn: SystemMap | MapAnalysis) -> Mapping[str, float | None]:
        """Return each factor's value on a map, or on one that is analysed already."""
        return self.compute(analysed(drawn))

    def in_words(self, value: float | None) -> str:
        """Return one value as a phrase; None is said, never shown as zero."""
        if value is None:
            return "no answer on this map"
        shown = f"{value:,.0f}" if self.whole else f"{value:.2f}"
        return self.says[0 if shown == "1" else 1].format(n=shown)
