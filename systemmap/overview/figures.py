"""The local picture: the latest published figures, with what is missing said so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.model.evidence import Indicator, Observation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The latest figure of one indicator, its past, and its areas.

    `latest` and `earlier` are for the widest area (the one with most periods,
    then by code); `areas` are the others, in the latest period.
    """

    indicator: Indicator
    latest: Observation | None
    earlier: tuple[Observation, ...]
    areas: tuple[Observation, ...]

    @property
    def sentence(self) -> str:
        """The figure in words, with period, area and source."""
        if self.latest is None:
            return f"{self.indicator.name}: no figure yet."
        where = f"{self.latest.area_name or 'area not named'}, {self.latest.period or 'period not given'}"
        return f"{self.indicator.name}: {value_words(self.latest, self.indicator)} ({where})."

    @property
    def widest_gap(self) -> str:
        """The highest and lowest area in words; "" when fewer than two have a figure."""
        known = sorted(
            (x for x in self.areas if x.value is not None),
            key=lambda x: (x.value or 0.0, x.area_name),
        )
        if len(known) < 2:
            return ""
        low, high = known[0], known[-1]
        missing = len(self.areas) - len(known)
        tail = (
            f" {missing} of {len(self.areas)} areas have no figure." if missing else ""
        )
        return (
            f"From {value_words(low, self.indicator)} in {low.area_name} to "
            f"{value_words(high, self.indicator)} in {high.area_name}.{tail}"
        )


def value_words(observation: Observation, indicator: Indicator) -> str:
    """Return a value with its unit; a missing one keeps its note and is never zero.

    Examples
    --------
    >>> percent = Indicator(id="a", name="A", unit="%")
    >>> value_words(Observation(id="b", indicator_id="a", value=36.0), percent)
    '36.0%'
    >>> value_words(Observation(id="b", indicator_id="a", value_note="Suppressed"), percent)
    'no figure (Suppressed)'
    """
    if observation.value is None:
        return (
            f"no figure ({observation.value_note})"
            if observation.value_note
            else "no figure"
        )
    number = f"{observation.value:,.1f}"
    return (
        f"{number}%" if indicator.unit == "%" else f"{number} {indicator.unit}".rstrip()
    )


def figures(programme: Programme) -> tuple[Figure, ...]:
    """Return one figure for each indicator, alphabetical by name."""
    by_indicator: dict[str, list[Observation]] = {}
    for observation in programme.all(Observation).values():
        if not observation.group:
            by_indicator.setdefault(observation.indicator_id, []).append(observation)
    indicators = sorted(
        programme.all(Indicator).values(), key=lambda x: (x.name.casefold(), x.id)
    )
    return tuple(
        _figure(indicator, by_indicator.get(indicator.id, []))
        for indicator in indicators
    )


def _figure(indicator: Indicator, observations: list[Observation]) -> Figure:
    widest = _widest(observations)
    own = sorted(
        (x for x in observations if x.area_code == widest), key=lambda x: x.period_order
    )
    newest = max((x.period_order for x in observations), default=0)
    areas = [
        x for x in observations if x.area_code != widest and x.period_order == newest
    ]
    return Figure(
        indicator=indicator,
        latest=own[-1] if own else None,
        earlier=tuple(own[:-1]),
        areas=tuple(sorted(areas, key=lambda x: x.area_name)),
    )


def _widest(observations: Iterable[Observation]) -> str:
    periods: dict[str, int] = {}
    for observation in observations:
        periods[observation.area_code] = periods.get(observation.area_code, 0) + 1
    return min(periods, key=lambda code: (-periods[code], code), default="")
