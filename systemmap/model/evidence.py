"""Published figures: an indicator, and its value for one place, period and group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from systemmap.model.text import check_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A published figure, by its name in the source."""

    id: str
    name: str
    unit: str = ""
    source: str = ""
    licence: str = ""
    source_id: str = ""
    retrieved: str = ""
    direction: str = ""  # what a higher value means: better, worse or "" (not stated)
    note: str = ""

    def __post_init__(self) -> None:
        check_id(self.id, "Indicator")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorTags:
    """Which frameworks an indicator counts for: keys of the vocabulary ``frameworks``."""

    indicator_id: str
    frameworks: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One downloaded value. A missing value keeps its note and is never zero."""

    id: str
    indicator_id: str
    area_code: str = ""
    area_name: str = ""
    period: str = ""
    period_order: int = 0
    group: str = ""  # sex, age or category split; "" = headline
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    count: float | None = None
    denominator: float | None = None
    value_note: str = ""
    trend: str = ""
    compared: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)
