"""What the Indices of Deprivation say of a whole district, from its small areas.

The ministry publishes district summaries beside the small areas, and says how each
is made: the share of small areas that are in the most deprived tenth of England,
and the average of their scores, each weighted by its people. They are worked out
here in the same way, and say so; anything else is not added up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.language.phrases import counted
from systemmap.model.evidence import Indicator, Observation
from systemmap.model.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from systemmap.model.people import Place

_SHARE_NOTE = "Small areas of the district in the most deprived tenth of England, of all its small areas: the ministry's own summary for districts. A higher share is more deprived."
_SCORE_NOTE = "The scores of the district's small areas, each weighted by its people: the ministry's own summary for districts. A higher score is more deprived."


def district_figures(
    index: str,
    scores: Sequence[Observation],
    places: Mapping[str, Place],
    names: Mapping[str, str],
) -> Iterator[Indicator | Observation]:
    """Yield both summaries, then the figures of each district that has what they need.

    Parameters
    ----------
    index : str
        The year of the index, "2019" or "2025".
    scores : sequence of Observation
        The score of each small area, in the order of `places`.
    places : Mapping[str, Place]
        The small areas, with district, decile and people.
    names : Mapping[str, str]
        The districts' names by code.
    """
    share = _summary(index, "small areas in the most deprived tenth", "%", _SHARE_NOTE)
    average = _summary(index, "average score", "", _SCORE_NOTE)
    found: list[Observation] = []
    by_district: dict[str, list[tuple[Place, float | None]]] = {}
    for place, score in zip(places.values(), scores, strict=True):
        by_district.setdefault(place.parent, []).append((place, score.value))
    for code, areas in by_district.items():
        if not code:
            continue
        deciles = [place.decile for place, _ in areas]
        if None not in deciles:
            first = deciles.count(1)
            found.append(
                _figure(
                    share,
                    code,
                    names.get(code, ""),
                    index,
                    100 * first / len(areas),
                    f"{first} of {counted(len(areas), 'small area')}",
                )
            )
        weighted = [(place.population, value) for place, value in areas]
        people = sum(n or 0 for n, _ in weighted)
        if people and all(n is not None and v is not None for n, v in weighted):
            total = sum((n or 0) * (v or 0.0) for n, v in weighted)
            found.append(
                _figure(
                    average,
                    code,
                    names.get(code, ""),
                    index,
                    total / people,
                    f"{counted(len(areas), 'small area')}, weighted by {people:,} people",
                )
            )
    if found:
        yield share
        yield average
        yield from found


def _summary(index: str, what: str, unit: str, note: str) -> Indicator:
    return Indicator(
        id=slug(f"imd {index} {what}"),
        name=f"Index of Multiple Deprivation {index}: {what}",
        unit=unit,
        source=f"Indices of Deprivation {index}",
        licence="Open Government Licence v3.0",
        source_id=f"imd-{index}",
        direction="worse",
        note=note,
    )


def _figure(
    indicator: Indicator, code: str, name: str, index: str, value: float, how: str
) -> Observation:
    return Observation(
        id=f"{indicator.id}.{code.lower()}",
        indicator_id=indicator.id,
        area_code=code,
        area_name=name,
        period=index,
        period_order=int(index) if index.isdigit() else 0,
        value=value,
        extra={"how": how},
    )
