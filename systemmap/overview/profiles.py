"""Tables of the local picture: over time, by area, and by group of people.

The outcomes framework of a council sets its indicators side by side for groups of
people; what a source does not publish for a group stays without a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.model.evidence import IndicatorTags, Observation
from systemmap.overview.council_area import council_area, is_england
from systemmap.overview.figures import figures, range_words, value_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import pandas as pd

    from systemmap.model.programme import Programme
    from systemmap.overview.figures import Figure

EVERYONE = "Everyone"
_NO_FIGURE = "no figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Indicators by group of people, for one area.

    Attributes
    ----------
    area : str
        Whose figures they are: the council's, or England's where only England's
        are published by group.
    table : pandas.DataFrame
        One row an indicator, one column a group; a missing figure is in words.
    groups : tuple[str, ...]
        The groups that any of the indicators has, the most often published first.
    """

    area: str
    table: pd.DataFrame
    groups: tuple[str, ...]


def trend_table(figure: Figure) -> pd.DataFrame:
    """Return one row a period: the council's figure with its interval, region, England.

    Parameters
    ----------
    figure : Figure
        Whose past to set out. It is not changed.
    """
    import pandas as pd

    unit = figure.indicator
    parts = [
        _column([(o.period, value_words(o, unit)) for o in figure.own], "Ours"),
        _column([(o.period, range_words(o, unit)) for o in figure.own], "95% interval"),
        *(
            _column([(o.period, value_words(o, unit)) for o in past], name)
            for past, name in ((figure.region, "Region"), (figure.england, "England"))
            if past
        ),
    ]
    whole = pd.concat(parts, axis=1).reindex(periods_of(figure)).fillna("")
    kept = [name for name in whole if name == "Ours" or (whole[name] != "").any()]
    return whole[kept].rename_axis("Period")


def _column(cells: Sequence[tuple[str, str]], name: str) -> pd.Series[str]:
    import pandas as pd

    made = pd.Series(dict(cells), name=name, dtype="str")
    return made[~made.index.duplicated(keep="last")]


def periods_of(figure: Figure) -> list[str]:
    """Return all periods that the council, the region or England has, oldest first."""
    found = [*figure.own, *figure.region, *figure.england]
    order = {o.period: o.period_order for o in found}
    return sorted(order, key=lambda period: (order[period], period))


def area_table(figure: Figure) -> pd.DataFrame:
    """Return the areas within the council, the highest figure first, missing ones last."""
    import pandas as pd

    unit = figure.indicator
    frame = pd.DataFrame(
        [
            (o.area_name or o.area_code, o.value, value_words(o, unit), o.period)
            for o in figure.areas
        ],
        columns=["Area", "value", "Figure", "Period"],
    )
    ordered = frame.sort_values(
        ["value", "Area"], ascending=[False, True], na_position="last"
    )
    return ordered.drop(columns="value").reset_index(drop=True)


def framework_indicators(programme: Programme, framework: str) -> list[str]:
    """Return the ids of the indicators that count for a framework or an item of it."""
    return [
        tags.indicator_id
        for tags in programme.all(IndicatorTags).values()
        if any(
            tag == framework or tag.startswith(f"{framework}.")
            for tag in tags.frameworks
        )
    ]


def population_profile(
    programme: Programme, chosen: Collection[str], groups: Collection[str] = ()
) -> Profile:
    """Return chosen indicators by group of people, each for its latest period.

    Parameters
    ----------
    programme : Programme
        Whose figures to read. It is not changed.
    chosen : collection of indicator ids
        The rows; an indicator without any figure stays, without one.
    groups : collection of str
        The groups to show beside everyone; empty = the first four.
    """
    council = council_area(programme)
    found = [f for f in figures(programme) if f.indicator.id in set(chosen)]
    ids = {f.indicator.id for f in found}
    split = [
        o
        for o in programme.all(Observation).values()
        if o.indicator_id in ids and o.group
    ]
    own = [o for o in split if council.is_own(o)]
    nation = [] if own else [o for o in split if is_england(o.area_code)]
    shown = own or nation
    every = _latest(shown)
    counts = every["group"].value_counts()
    known = tuple(sorted(counts.index, key=lambda name: (-counts[name], name)))
    wanted = [g for g in known if g in set(groups)] or list(known[:4])
    units = {f.indicator.id: f.indicator for f in found}
    cells = every[every["group"].isin(wanted)].assign(
        words=lambda frame: [
            f"{value_words(o, units[o.indicator_id])}, {o.period}" for o in frame["all"]
        ]
    )
    table = (
        cells.pivot_table(
            index="indicator", columns="group", values="words", aggfunc="first"
        )
        .reindex(index=[f.indicator.id for f in found], columns=wanted)
        .fillna(_NO_FIGURE)
    )
    table.insert(0, EVERYONE, [_everyone(f, nation=not own) for f in found])
    table.index = [f.name for f in found]
    area = next((a.name for a in council.own if a.name), "") or programme.info.name
    return Profile(
        area=area if own or not nation else "England",
        table=table.rename_axis("Indicator"),
        groups=known,
    )


def _everyone(figure: Figure, *, nation: bool) -> str:
    """Return the figure for everyone, of the same area as the groups beside it."""
    past = figure.england if nation and figure.england else figure.own
    if not past:
        return _NO_FIGURE
    return f"{value_words(past[-1], figure.indicator)}, {past[-1].period}"


def _latest(observations: Iterable[Observation]) -> pd.DataFrame:
    """Return the latest figure of each indicator and group, with the record itself."""
    import pandas as pd

    frame = pd.DataFrame(
        [(o.indicator_id, o.group, o.period_order, o) for o in observations],
        columns=["indicator", "group", "order", "all"],
    )
    return frame.sort_values("order").groupby(["indicator", "group"]).tail(1)
