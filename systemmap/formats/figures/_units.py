"""The unit of an indicator whose file has no column for it: told by its own numbers.

A value that is its count over its denominator times 100 is a percentage, times
100,000 a rate per 100,000. Where no row tells, the indicator's name may; else the
unit stays unknown and no sign is put beside the number.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from systemmap.model.evidence import Observation

_BY_FACTOR = {
    100: "%",
    1_000: "per 1,000",
    10_000: "per 10,000",
    100_000: "per 100,000",
}
_NEAR = 0.006  # published values are rounded, counts sometimes to the next five
_SMALL = 30  # counts below say too little after rounding
_SHARES = ("(%)", "percent", "prevalence", "proportion")


@dataclass(slots=True)
class UnitFinder:
    """Watches the rows of one indicator, and says its unit in the end."""

    name: str
    _told: Counter[str] = field(default_factory=Counter)

    def take(self, observation: Observation) -> None:
        """Look at one row."""
        value, count, people = (
            observation.value,
            observation.count,
            observation.denominator,
        )
        if not value or not count or not people or count < _SMALL or people <= 0:
            return
        factor = value * people / count
        near = (unit for n, unit in _BY_FACTOR.items() if abs(factor / n - 1) < _NEAR)
        self._told[next(near, "")] += 1

    @property
    def unit(self) -> str:
        """The unit, "" where neither numbers nor name tell it.

        Examples
        --------
        >>> UnitFinder("Fast food outlets per 100,000 people").unit
        'per 100,000'
        >>> UnitFinder("Life expectancy").unit
        ''
        """
        if self._told:
            unit, rows = self._told.most_common(1)[0]
            if unit and rows * 10 >= self._told.total() * 9:
                return unit
        name = self.name.casefold()
        return _rate(name) or ("%" if any(word in name for word in _SHARES) else "")


def unit_written(name: str, cell: str) -> str:
    """Return the unit that stands as a sign beside a figure or its heading; "" = none.

    Examples
    --------
    >>> unit_written("Year 6 obese (%)", "41.2"), unit_written("Income", "£300")
    ('%', '')
    """
    return "%" if cell.endswith("%") or "%" in name else _rate(name)


def _rate(name: str) -> str:
    """Return the rate that a name says in figures: "per 100,000"."""
    plain = f"{name.casefold().replace(',', '')} "
    rates = (n for n in _BY_FACTOR if n > 100 and f"per {n} " in plain)
    return _BY_FACTOR.get(max(rates, default=0), "")
