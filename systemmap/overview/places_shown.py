"""The places of a map: their figure and its class, the assets and actions that are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.language.phrases import counted
from systemmap.model.evidence import Indicator, Observation
from systemmap.model.people import Place
from systemmap.model.text import folded
from systemmap.model.values import StatusGroup
from systemmap.overview.figures import value_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.programme import Programme
    from systemmap.model.response import Action, Asset

CLASSES = 4
_LSOA = "lsoa"
_LEVEL_WORDS = {
    "neighbourhood": "Neighbourhoods",
    "ward": "Wards",
    "district": "Districts",
    "county or unitary": "Counties and unitary areas",
    "region": "Regions",
    "": "Places",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceShown:
    """One place: its number on the map, its figure in words, its class, what is there.

    Attributes
    ----------
    shade : int | None
        Its class from 0, the lowest figures, up; None = no figure.
    assets, actions : tuple[str, ...]
        Names of the assets in it, and of the listed actions that name it and have
        not ended.
    """

    number: int
    place: Place
    figure: str
    period: str
    shade: int | None
    assets: tuple[str, ...]
    actions: tuple[str, ...]

    @property
    def has_shape(self) -> bool:
        """Whether it can be drawn."""
        return bool(self.place.geometry.get("coordinates"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesShown:
    """The places of one level, shaded by an indicator; `bands` says each class in words."""

    rows: tuple[PlaceShown, ...]
    bands: tuple[str, ...]
    indicator: Indicator | None

    @property
    def drawn(self) -> tuple[PlaceShown, ...]:
        """Those that have a shape."""
        return tuple(row for row in self.rows if row.has_shape)

    @property
    def sentence(self) -> str:
        """How many places are on the map, and what is in how many of them."""
        if not self.rows:
            return "No place is listed yet."
        shapes = f"{len(self.drawn)} of {counted(len(self.rows), 'place')} {'has' if len(self.rows) == 1 else 'have'} a shape to draw"
        bare = sum(not row.actions for row in self.rows)
        return f"{shapes}; {bare} {'is' if bare == 1 else 'are'} named by no action that is listed and has not ended."


def levels_of(programme: Programme) -> dict[str, str]:
    """Return the levels of the listed places with their words, the fewest places first."""
    counts: dict[str, int] = {}
    for place in programme.all(Place).values():
        counts[place.level] = counts.get(place.level, 0) + 1
    ordered = sorted(counts, key=lambda level: (counts[level], level))
    return {level: _level_words(level) for level in ordered}


def _level_words(level: str) -> str:
    if level.startswith(_LSOA):
        year = level.partition("-")[2]
        return f"Small areas (LSOAs{f' of {year}' if year else ''})"
    return _LEVEL_WORDS.get(level, level)


def indicators_for(programme: Programme, level: str) -> list[Indicator]:
    """Return the indicators that have a figure for a place of a level, by name."""
    words = {
        w for p in _places(programme, level) for w in (p.code, folded(p.name)) if w
    }
    ids = {
        o.indicator_id
        for o in programme.all(Observation).values()
        if not o.group and ({o.area_code, folded(o.area_name)} & words)
    }
    known = programme.all(Indicator)
    return sorted((known[key] for key in ids), key=lambda i: (i.name.casefold(), i.id))


def places_shown(
    programme: Programme, level: str, indicator_id: str = ""
) -> PlacesShown:
    """Return the places of one level with their figure, assets and actions.

    Parameters
    ----------
    programme : Programme
        Whose places to show. It is not changed.
    level : str
        A key of `levels_of`.
    indicator_id : str
        What shades them; "" = nothing.
    """
    places = sorted(_places(programme, level), key=lambda p: (p.name.casefold(), p.id))
    indicator = programme.all(Indicator).get(indicator_id)
    latest = _latest(programme, indicator_id) if indicator else {}
    found = [latest.get(p.code) or latest.get(folded(p.name)) for p in places]
    shades, bands = _shades(found, indicator)
    assets, actions = programme.assets.values(), programme.actions.values()
    rows = tuple(
        PlaceShown(
            number=number,
            place=place,
            figure=value_words(figure, indicator) if figure and indicator else "",
            period=figure.period if figure else "",
            shade=shade,
            assets=tuple(a.name for a in assets if _asset_in(a, place)),
            actions=tuple(a.title for a in actions if _names(a, place)),
        )
        for number, (place, figure, shade) in enumerate(
            zip(places, found, shades, strict=True), 1
        )
    )
    return PlacesShown(rows=rows, bands=bands, indicator=indicator)


def _places(programme: Programme, level: str) -> list[Place]:
    return [p for p in programme.all(Place).values() if p.level == level]


def _latest(programme: Programme, indicator_id: str) -> dict[str, Observation]:
    """Return the newest figure of each area, by its code and by its name."""
    found: dict[str, Observation] = {}
    for o in sorted(
        (
            o
            for o in programme.all(Observation).values()
            if o.indicator_id == indicator_id and not o.group
        ),
        key=lambda o: (o.period_order, o.period),
    ):
        for word in filter(None, (o.area_code, folded(o.area_name))):
            found[word] = o
    return found


def _shades(
    found: Iterable[Observation | None], indicator: Indicator | None
) -> tuple[list[int | None], tuple[str, ...]]:
    """Return the class of each figure, of classes with about as many places each."""
    import pandas as pd

    values = pd.Series(
        [None if o is None else o.value for o in found], dtype="Float64"
    ).astype(float)
    if indicator is None or values.notna().sum() == 0:
        return [None] * len(values), ()
    ranks = values.rank(method="dense")
    classes = min(CLASSES, int(ranks.max()))
    cut = pd.cut(values.rank(method="max", pct=True), classes, labels=False)
    # classes that came out empty are closed up
    codes = cut.rank(method="dense") - 1
    bands = []
    for _, group in values.groupby(codes):
        low, high = (
            value_words(Observation(id="x", indicator_id="x", value=v), indicator)
            for v in (group.min(), group.max())
        )
        bands.append(low if low == high else f"{low} to {high}")
    return [None if pd.isna(c) else int(c) for c in codes], tuple(bands)


def _asset_in(asset: Asset, place: Place) -> bool:
    words = {folded(w) for w in (place.id, place.name, place.code) if w}
    return bool(asset.place) and folded(asset.place) in words


def _names(action: Action, place: Place) -> bool:
    words = {folded(w) for w in (place.id, place.name, place.code) if w}
    live = action.group is not StatusGroup.ENDED
    return live and any(folded(word) in words for word in action.places)
