"""The local picture: the council's latest published figures, and what they are set beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from systemmap.language.phrases import counted, day
from systemmap.model.evidence import Indicator, Observation
from systemmap.model.people import Place
from systemmap.overview.council_area import (
    CouncilArea,
    area_of,
    council_area,
    is_council,
    is_england,
    is_region,
    parent_code,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.model.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The council's latest figure of one indicator, its past, and what stands beside it.

    Attributes
    ----------
    latest : Observation | None
        The council's own. None where no figure is the council's: a small area's
        never stands for it.
    earlier : tuple[Observation, ...]
        The council's figures for earlier periods, oldest first.
    england, region : tuple[Observation, ...]
        Theirs for every period, oldest first.
    areas : tuple[Observation, ...]
        Areas within the council, each for the latest period any of them has.
    group : str
        For whom the figures are where the source has none for everyone; "" = all.
    elsewhere : int
        Figures of other areas, which are neither the council's nor set beside it.
    """

    indicator: Indicator
    latest: Observation | None
    earlier: tuple[Observation, ...]
    areas: tuple[Observation, ...]
    england: tuple[Observation, ...] = ()
    region: tuple[Observation, ...] = ()
    group: str = ""
    elsewhere: int = 0

    @property
    def name(self) -> str:
        """The indicator's name, with the group where the figures are for one."""
        name = self.indicator.name
        return f"{name} ({self.group})" if self.group else name

    @property
    def own(self) -> tuple[Observation, ...]:
        """The council's figures, oldest first."""
        return (*self.earlier, self.latest) if self.latest else ()

    @property
    def beside(self) -> tuple[Observation, ...]:
        """England's and the region's figure for the period of the latest."""
        period = self.latest.period if self.latest else None
        return tuple(
            found
            for past in (self.england, self.region)
            for found in past[::-1]
            if found.period == period
        )

    @property
    def sentence(self) -> str:
        """The figure in words, with period and area, and what it is set beside."""
        if self.latest is None:
            if self.areas:
                held = counted(len(self.areas), "smaller area")
                return f"{self.name}: no figure for the council; the source has {held}."
            if self.elsewhere:
                return f"{self.name}: no figure that is known to be the council's."
            return f"{self.name}: no figure yet."
        where = f"{self.latest.area_name or 'area not named'}, {period_words(self.latest) or 'period not given'}"
        said = f"{self.name}: {value_words(self.latest, self.indicator)} ({where})"
        others = ", ".join(
            f"{found.area_name} {value_words(found, self.indicator)}"
            for found in self.beside
        )
        return f"{said}; {others}." if others else f"{said}."

    @property
    def how(self) -> str:
        """How a figure was worked out where the source leaves that to the reader."""
        return str(self.latest.extra.get("how", "")) if self.latest else ""

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
    >>> shops = Indicator(id="a", name="A", unit="outlets")
    >>> value_words(Observation(id="b", indicator_id="a", value=12, count=12), shops)
    '12 outlets'
    """
    if observation.value is None:
        return (
            f"no figure ({observation.value_note})"
            if observation.value_note
            else "no figure"
        )
    counted_one_by_one = observation.value == observation.count
    number = f"{observation.value:,.{0 if counted_one_by_one else 1}f}"
    alone = counted_one_by_one and observation.value == 1
    unit = indicator.unit.removesuffix("s") if alone else indicator.unit
    return f"{number}%" if unit == "%" else f"{number} {unit}".rstrip()


def period_words(observation: Observation) -> str:
    """Return the period of a figure as people say it: a day in words, else as the source has it.

    Examples
    --------
    >>> period_words(Observation(id="b", indicator_id="a", period="2026-11-02"))
    '2 November 2026'
    >>> period_words(Observation(id="b", indicator_id="a", period="2024/25"))
    '2024/25'
    """
    try:
        return day(date.fromisoformat(observation.period))
    except ValueError:
        return observation.period


def range_words(observation: Observation, indicator: Indicator) -> str:
    """Return the interval of a figure; "" where the source gives none.

    Examples
    --------
    >>> percent = Indicator(id="a", name="A", unit="%")
    >>> found = Observation(id="b", indicator_id="a", value=36.0, lower=34.1, upper=38.0)
    >>> range_words(found, percent)
    '34.1 to 38.0%'
    """
    if observation.lower is None or observation.upper is None:
        return ""
    mark = "%" if indicator.unit == "%" else ""
    return f"{observation.lower:,.1f} to {observation.upper:,.1f}{mark}"


def figures(programme: Programme) -> tuple[Figure, ...]:
    """Return one figure for each indicator, alphabetical by name."""
    council = council_area(programme)
    inside = _inside(programme, council)
    by_indicator: dict[str, list[Observation]] = {}
    for observation in programme.all(Observation).values():
        by_indicator.setdefault(observation.indicator_id, []).append(observation)
    indicators = sorted(
        programme.all(Indicator).values(), key=lambda x: (x.name.casefold(), x.id)
    )
    return tuple(
        _figure(indicator, by_indicator.get(indicator.id, []), council, inside)
        for indicator in indicators
    )


def _inside(programme: Programme, council: CouncilArea) -> dict[str, bool]:
    """Return whether each listed place lies in the council, by its code and its name."""
    own = {area.code for area in council.own if area.code}
    return {
        word: not place.parent or not own or place.parent in own
        for place in programme.all(Place).values()
        for word in (place.code, place.name)
        if word
    }


def _figure(
    indicator: Indicator,
    observations: Sequence[Observation],
    council: CouncilArea,
    inside: Mapping[str, bool],
) -> Figure:
    group, headline = _headline(observations)
    own = _past(o for o in headline if council.is_own(o))
    latest = own[-1] if own else None
    within = [o for o in headline if _is_within(o, council, inside)]
    newest = max((o.period_order for o in within), default=0)
    england = _past(o for o in headline if is_england(o.area_code))
    region = _region(headline, latest)
    return Figure(
        indicator=indicator,
        latest=latest,
        earlier=tuple(own[:-1]),
        areas=tuple(
            sorted(
                (o for o in within if o.period_order == newest),
                key=lambda o: o.area_name,
            )
        ),
        england=tuple(england),
        region=tuple(region),
        group=group,
        elsewhere=len(headline) - sum(map(len, (own, within, england, region))),
    )


def _headline(
    observations: Sequence[Observation],
) -> tuple[str, list[Observation]]:
    """Return the figures for everyone, or for the one group the source has."""
    everyone = [o for o in observations if not o.group]
    if everyone:
        return "", everyone
    groups = {o.group for o in observations if ":" not in o.group}
    if len(groups) != 1:
        return "", []
    (group,) = groups
    return group, [o for o in observations if o.group == group]


def _past(observations: Iterable[Observation]) -> list[Observation]:
    return sorted(observations, key=lambda o: (o.period_order, o.period))


def _is_within(
    o: Observation, council: CouncilArea, inside: Mapping[str, bool]
) -> bool:
    code = o.area_code
    if council.is_own(o) or is_england(code) or is_region(code):
        return False
    listed = inside.get(code, inside.get(o.area_name))
    if listed is not None:
        return listed
    above = parent_code(o.extra)
    if above:
        return above in {area.code for area in council.own if area.code}
    return not is_council(code) and area_of(o) not in council.choices


def _region(
    headline: Sequence[Observation], latest: Observation | None
) -> list[Observation]:
    """Return the figures of the council's region, where it is known which it is."""
    codes = {o.area_code for o in headline if is_region(o.area_code)}
    above = parent_code(latest.extra) if latest else ""
    wanted = above if above in codes else next(iter(codes)) if len(codes) == 1 else ""
    return _past(o for o in headline if wanted and o.area_code == wanted)
