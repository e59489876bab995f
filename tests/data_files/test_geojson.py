"""GeoJSON: longitude first, degrees only (formats guide, 19.5)."""

import json

import pytest

from systemmap.errors import ReadError
from systemmap.formats import recognise
from systemmap.formats.figures import geojson
from systemmap.formats.figures.geojson import write
from systemmap.formats.sighting import Sighting
from systemmap.model.people import Place
from systemmap.model.response import Asset
from systemmap.testing import programme_of
from tests.sizes import WHOLE

SQUARE = [[-0.7, 52.6], [-0.6, 52.6], [-0.6, 52.7], [-0.7, 52.6]]


def read(data, name):
    return geojson.read(Sighting(data, name))


def feature(code="E05000001", name="Oak", geometry=None, **more):
    shape = (
        {"type": "Polygon", "coordinates": [SQUARE]} if geometry is None else geometry
    )
    return {
        "type": "Feature",
        "properties": {"WD24CD": code, "WD24NM": name, "LAD24CD": "E06000099", **more},
        "geometry": shape or None,
    }


def file_of(*features, **more):
    return json.dumps(
        {"type": "FeatureCollection", "features": list(features), **more}
    ).encode()


def only(data):
    (place,) = read(data, "f").records
    return place


def test_code_name_and_level_come_from_the_property_that_differs_most():
    reading = read(file_of(feature(), feature("E05000002", "Ash")), "f")
    assert [(p.code, p.name, p.level) for p in reading.records] == [
        ("E05000001", "Oak", "ward"),
        ("E05000002", "Ash", "ward"),
    ]
    assert any("WD24CD was taken" in p.what for p in reading.problems)
    assert "Crown copyright" in reading.notice


def test_the_files_own_attribution_is_kept():
    assert (
        read(file_of(feature(), attribution="Our licence"), "f").notice == "Our licence"
    )


def test_national_grid_metres_are_refused_with_the_way_out():
    grid = {"type": "Point", "coordinates": [450000, 305000]}
    with pytest.raises(
        ReadError,
        match=r"in metres, not degrees: they are British National Grid.* Export again as WGS84",
    ):
        read(file_of(feature(geometry=grid)), "f")


def test_an_old_crs_member_naming_another_system_is_refused():
    with pytest.raises(ReadError, match="names British National Grid, not longitude"):
        read(
            file_of(
                feature(),
                crs={
                    "type": "name",
                    "properties": {"name": "urn:ogc:def:crs:EPSG::27700"},
                },
            ),
            "f",
        )
    assert only(
        file_of(
            feature(), crs={"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
        )
    ).code


def test_swapped_latitude_and_longitude_are_put_right():
    swapped = {"type": "Polygon", "coordinates": [[[y, x] for x, y in SQUARE]]}
    assert only(file_of(feature(geometry=swapped))).geometry["coordinates"] == [SQUARE]


def test_an_area_without_a_shape_is_kept_by_name():
    assert only(file_of(feature(geometry=False))).geometry == {}


def test_an_open_border_is_drawn_and_not_used_to_place_assets():
    place = only(
        file_of(feature(geometry={"type": "Polygon", "coordinates": [SQUARE[:-1]]}))
    )
    assert place.geometry["unsound"] is True
    assert place.geometry["coordinates"] == [SQUARE[:-1]]


def test_heights_are_dropped_and_bare_shapes_read():
    data = json.dumps({"type": "Point", "coordinates": [-0.7, 52.6, 30.0]}).encode()
    assert only(data).geometry == {"type": "Point", "coordinates": [-0.7, 52.6]}


def test_a_border_of_very_many_points_is_read_and_thinned_out(monkeypatch):
    points = 200_000
    if not WHOLE:
        points //= 5
        monkeypatch.setattr(geojson, "_LARGE", geojson._LARGE // 5)
    ring = [[-0.7 + n / 1e7, 52.6 + (n % 7) / 1e6] for n in range(points)]
    data = file_of(
        feature(geometry={"type": "Polygon", "coordinates": [[*ring, ring[0]]]})
    )
    assert len(only(data).geometry["coordinates"][0]) < 500


def test_places_and_located_assets_come_back_without_personal_fields():
    park = Asset(
        id="park", name="Park", latitude=52.6, longitude=-0.7, note="Ask Jo Bloggs"
    )
    programme = programme_of(
        None,
        *read(file_of(feature()), "f").records,
        park,
        Asset(id="club", name="Club"),
    )
    written = write(programme, "main")
    assert b"Bloggs" not in written.data
    assert written.losses == ("1 asset has no location and is left out.",)
    back = read(written.data, "f").records
    assert [(p.code, p.name) for p in back] == [("E05000001", "Oak"), ("", "Park")]
    assert back[0].geometry == programme.all(Place)["e05000001"].geometry
    assert recognise(written.data, "x").key == "geojson"


def test_small_areas_of_two_geographies_get_ids_of_their_own():
    old = {"type": "Feature", "properties": {"LSOA11CD": "E01000001"}, "geometry": None}
    new = {"type": "Feature", "properties": {"LSOA21CD": "E01000001"}, "geometry": None}
    assert (only(file_of(old)).id, only(file_of(new)).id) == (
        "lsoa-2011-e01000001",
        "lsoa-2021-e01000001",
    )


@pytest.mark.parametrize("kind", [[], {}, None, 3, "Circle"])
def test_a_type_that_is_no_word_is_refused_or_kept_without_a_shape(kind):
    with pytest.raises(ReadError, match="not GeoJSON"):
        read(json.dumps({"type": kind, "features": []}).encode(), "f")
    assert (
        only(
            file_of(feature(geometry={"type": kind, "coordinates": [SQUARE]}))
        ).geometry
        == {}
    )
