"""GeoJSON (WGS84): areas as places with their shape. Reads and writes.

Loses everything but code, name, counts and shape; no personal fields are
written. Shapes above 5 MB are simplified for drawing.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from systemmap.errors import Problem, ReadError
from systemmap.formats.figures._areas import only_points
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.reading.limits import LIMITS, check_count
from systemmap.formats.sighting import NO, certain, likely, says_so
from systemmap.language.phrases import counted
from systemmap.model.people import Place
from systemmap.model.response import Action
from systemmap.model.text import clean_label, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme

_NOTICE = "Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data © Crown copyright and database right."
_TYPES = {
    "FeatureCollection",
    "Feature",
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
}
_CODE = re.compile(r"([A-Z]{2,6})(\d{2})CD\Z")
_METRES = (
    "These coordinates are in metres, not degrees. Export again as WGS84 (EPSG:4326)."
)
_GRID = "These coordinates are in metres, not degrees: they are British National Grid (EPSG:27700). Export again as WGS84 (EPSG:4326)."
_MOST_POINTS = 300  # kept per ring once a file's shapes are too large to carry
_LARGE = 5_000_000  # bytes
_LEVELS = {
    "LSOA": "lsoa",
    "MSOA": "msoa",
    "WD": "ward",
    "LAD": "district",
    "CTYUA": "county or unitary",
    "RGN": "region",
}
_SHAPES = {"Polygon", "MultiPolygon"}


def recognise(sighting: Sighting) -> Recognition:
    """Say whether it is a JSON object whose type is GeoJSON's."""
    if sighting.kind != "json":
        return NO
    if "type" in sighting.json_keys:
        kind = sighting.json(limit=LIMITS.data_bytes)["type"]
        if isinstance(kind, str) and kind in _TYPES:
            if only_points(sighting.json(limit=LIMITS.data_bytes)):
                return likely("it is GeoJSON, but its features are points, not areas")
            return says_so(f"it calls itself a GeoJSON {kind}")
    if "features" in sighting.json_keys:
        return certain("it lists features, as GeoJSON does")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read areas and points as places.

    Raises
    ------
    ReadError
        Not GeoJSON, not WGS84, or above a limit.
    """
    document = sighting.json(limit=LIMITS.data_bytes)
    if not isinstance(document, dict) or document.get("type") not in tuple(_TYPES):
        raise ReadError(
            "This is not GeoJSON: it has no type such as FeatureCollection. Export the areas as GeoJSON (WGS84)."
        )
    _check_system(document)
    features = list(_features(document))
    check_count(len(features), 50_000, "areas")
    reader = _Reader(_code_property(features), simplify=len(sighting.data) > _LARGE)
    for number, feature in enumerate(features, 1):
        reader.take(number, feature)
    return reader.reading(
        str(document.get("attribution") or document.get("copyright") or _NOTICE)
    )


def _check_system(document: Mapping[str, Any]) -> None:
    """Refuse an old `crs` member that names another system than longitude and latitude."""
    system = json.dumps(document.get("crs") or "")
    if document.get("crs") and not re.search(r"CRS84|\b4326\b", system):
        named = "British National Grid" if "27700" in system else "another system"
        msg = f"The file names {named}, not longitude and latitude. Export again as WGS84 (EPSG:4326)."
        raise ReadError(msg)


def _features(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    kind = document["type"]
    if kind == "FeatureCollection":
        found = document.get("features")
        for feature in found if isinstance(found, list) else []:
            yield feature if isinstance(feature, dict) else {}
    elif kind == "Feature":
        yield document
    else:
        yield {"type": "Feature", "geometry": document, "properties": {}}


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class _Names:
    """Which properties hold code and name, and what kind of area they name."""

    code: str = ""
    name: str = ""
    level: str = ""
    others: tuple[str, ...] = ()


def _code_property(features: list[Mapping[str, Any]]) -> _Names:
    """Choose the code by its form (WD24CD); the one with most different values first."""
    values: dict[str, set[str]] = {}
    for feature in features:
        for key, value in _properties(feature).items():
            if _CODE.search(key) and isinstance(value, str):
                values.setdefault(key, set()).add(value)
    if not values:
        return _Names()
    code, *others = sorted(values, key=lambda key: (-len(values[key]), _smallness(key)))
    match = _CODE.search(code)
    kind, year = (match[1], match[2]) if match else ("", "")
    level = _LEVELS.get(kind, kind.lower())
    level = f"{level}-20{year}" if level in ("lsoa", "msoa") else level
    return _Names(code, f"{code[:-2]}NM", level, tuple(others))


def _smallness(key: str) -> int:
    """Return the place of a code in the order of `_LEVELS`, smallest areas first."""
    match = _CODE.search(key)
    kinds = list(_LEVELS)
    return kinds.index(match[1]) if match and match[1] in kinds else len(kinds)


@dataclass(slots=True)
class _Reader:
    names: _Names
    simplify: bool
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    items: int = 0
    shapeless: int = 0
    simplified: int = 0
    swapped: int = 0

    def take(self, number: int, feature: Mapping[str, Any]) -> None:
        """Take one feature."""
        self.items += 1
        where = f"area {number}"
        if feature.get("type") != "Feature":
            self.problems.append(
                Problem(where, "This is no feature. It was skipped.", "skipped")
            )
            return
        properties = _properties(feature)
        code = str(properties.get(self.names.code) or "").strip()[:40]
        called = (properties.get(n) for n in (self.names.name, "name", "Name"))
        name = clean_label(str(next(filter(None, called), code or f"Area {number}")))
        shape = self._shape(where, feature.get("geometry"))
        level = self.names.level
        source = "GeoJSON"
        if {"level", "source", "actions"} <= set(properties):  # our own file
            level, source = (str(properties[n] or "") for n in ("level", "source"))
        prefix = f"{level} " if level.startswith("lsoa") else ""
        key = slug(f"{prefix}{code or name}", self.places, fallback="area")
        self.places[key] = Place(
            id=key,
            name=name or f"Area {number}",
            code=code,
            level=level,
            geometry=shape,
            source=source,
        )

    def _shape(self, where: str, geometry: object) -> Mapping[str, object]:
        if not isinstance(geometry, dict):
            self.shapeless += 1
            return {}
        shape, problem = self._checked(geometry)
        if problem:
            self.problems.append(
                Problem(where, problem, "guessed" if shape else "note")
            )
        self.shapeless += not shape
        return shape

    def _checked(self, geometry: Mapping[str, Any]) -> tuple[dict[str, object], str]:
        """Return a shape with two-part points, longitude first, and what to say of it."""
        kind = geometry.get("type")
        if kind == "GeometryCollection" or kind not in tuple(_TYPES):
            return (
                {},
                f"A shape of type '{kind}' is not read. The area is kept without a shape.",
            )
        points = list(_points(geometry.get("coordinates")))
        if not points:
            return {}, "The shape has no points. The area is kept without a shape."
        if any(abs(x) > 1_000 or abs(y) > 1_000 for x, y in points):
            grid = all(0 <= x <= 700_000 and 0 <= y <= 1_300_000 for x, y in points)
            raise ReadError(_GRID if grid else _METRES)
        swapped = all(49 <= x <= 61 and -9 <= y <= 2.5 for x, y in points)
        coordinates = _rebuilt(geometry.get("coordinates"), swapped=swapped)
        said = (
            "Latitude and longitude were swapped; they were put right."
            if swapped
            else ""
        )
        self.swapped += swapped
        if kind in _SHAPES:
            rings = (
                coordinates
                if kind == "Polygon"
                else [r for part in coordinates for r in part]
            )
            if not all(_is_sound(ring) for ring in rings):
                said = f"{said} A border is not closed. It is drawn, and not used to place assets.".strip()
                return {"type": kind, "coordinates": coordinates, "unsound": True}, said
            if self.simplify:
                self.simplified += 1
                coordinates = _simplified(coordinates)
        return {"type": kind, "coordinates": coordinates}, said

    def reading(self, notice: str) -> Reading:
        """Return what was read."""
        if not self.items:
            raise ReadError(
                "The file holds no area. Export the areas again as GeoJSON."
            )
        if self.shapeless:
            what = f"{counted(self.shapeless, 'area has', 'areas have')} no shape. Name and code are kept."
            self.problems.append(Problem("", what, "note"))
        if self.simplified:
            self.problems.append(
                Problem(
                    "",
                    f"The borders of {counted(self.simplified, 'area')} were simplified for drawing, since the file is above 5 MB.",
                    "note",
                )
            )
        if self.names.others:
            others = ", ".join(self.names.others)
            self.problems.append(
                Problem(
                    "",
                    f"{self.names.code} was taken as the area's code. The file also holds {others}.",
                    "guessed",
                )
            )
        return Reading(
            format=FORMAT.key,
            dialect="GeoJSON",
            records=tuple(self.places.values()),
            problems=tuple(self.problems),
            items=self.items,
            summary={
                "areas": len(self.places),
                "without a shape": self.shapeless,
                "code taken from": self.names.code,
                "coordinates": "longitude and latitude (WGS84)",
            },
            notice=notice,
        )


def _points(coordinates: object) -> Iterator[tuple[float, float]]:
    """Yield the points of nested coordinate lists; what is no point is passed over."""
    waiting = [coordinates]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, list):
            continue
        if _is_point(item):
            yield float(item[0]), float(item[1])
        else:
            waiting.extend(item)


def _is_point(item: list[Any]) -> bool:
    return len(item) >= 2 and all(
        type(v) in (int, float) and abs(v) < 1e12 and math.isfinite(v) for v in item[:2]
    )


def _rebuilt(item: Any, *, swapped: bool) -> Any:  # noqa: ANN401 - nested lists of any depth up to 64
    if _is_point(item):
        return [item[1], item[0]] if swapped else item[:2]
    return [_rebuilt(part, swapped=swapped) for part in item if isinstance(part, list)]


def _is_sound(ring: Any) -> bool:  # noqa: ANN401
    if not (isinstance(ring, list) and len(ring) >= 4):
        return False
    return bool(ring[0] == ring[-1]) and all(
        isinstance(p, list) and len(p) == 2 and not isinstance(p[0], list) for p in ring
    )


def _simplified(coordinates: Any) -> Any:  # noqa: ANN401
    """Thin out rings evenly to a few hundred points, ends kept."""
    if coordinates and isinstance(coordinates[0], list) and _is_point(coordinates[0]):
        step = max(1, len(coordinates) // _MOST_POINTS)
        return [*coordinates[:-1:step], coordinates[-1]]
    return [_simplified(part) for part in coordinates]


def write(programme: Programme, map_id: str) -> Written:
    """Write places and located assets with code, name and counts; no personal fields."""
    features = [
        _place_feature(programme, place)
        for place in sorted(programme.all(Place).values(), key=lambda p: p.id)
    ]
    assets = sorted(programme.assets.values(), key=lambda a: a.id)
    features += [
        _feature(
            {"type": "Point", "coordinates": [a.longitude, a.latitude]},
            {"name": a.name, "type": a.type, "what": "asset"},
        )
        for a in assets
        if a.latitude is not None and a.longitude is not None
    ]
    document = {
        "type": "FeatureCollection",
        "name": programme.info.name,
        "attribution": _NOTICE,
        "features": features,
    }
    unlocated = sum(a.latitude is None for a in assets)
    gone = counted(
        unlocated, "asset has no location and is", "assets have no location and are"
    )
    losses = (f"{gone} left out.",) if unlocated else ()
    data = json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")
    return Written(data=data, suffix=".geojson", losses=losses)


def _place_feature(programme: Programme, place: Place) -> dict[str, object]:
    actions = sum(
        place.id in action.places for action in programme.all(Action).values()
    )
    assets = sum(
        asset.place in (place.id, place.name, place.code)
        for asset in programme.assets.values()
        if asset.place
    )
    properties = {
        "AREA00CD": place.code,
        "AREA00NM": place.name,
        "level": place.level,
        "source": place.source,
        "actions": actions,
        "assets": assets,
        "decile (1 = most deprived)": place.decile,
    }
    return _feature(
        {k: v for k, v in place.geometry.items() if k != "unsound"} or None, properties
    )


def _feature(geometry: object, properties: Mapping[str, object]) -> dict[str, object]:
    return {"type": "Feature", "properties": dict(properties), "geometry": geometry}


FORMAT = Format(
    key="geojson",
    title="GeoJSON areas",
    holds="data",
    suffixes=(".geojson", ".json"),
    loses="Only code, name, counts and shape are carried; borders above 5 MB are simplified.",
    recognise=recognise,
    read=read,
    write=write,
)
