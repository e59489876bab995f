"""Places drawn from the council's shapes, people by place, and what people said."""

import json

import pytest

from systemmap.bundled.examples import example
from systemmap.drawing.place_shapes import AreaDrawn, place_map_svg
from systemmap.errors import ReadError
from systemmap.formats import accept, read
from systemmap.model.evidence import Indicator, Observation
from systemmap.model.meetings import Event, EventPoint
from systemmap.model.people import Place, Population
from systemmap.model.response import Action
from systemmap.overview.people_and_places import (
    NO_PLACE,
    engagements,
    people_and_places,
)
from systemmap.overview.places_shown import indicators_for, levels_of, places_shown
from systemmap.testing import map_from, programme_of


def square(x, y, size=0.1):
    return [[[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]]


def geojson(*shapes, **more):
    features = [
        {
            "type": "Feature",
            "properties": {"WD24CD": f"E0500000{n}", "WD24NM": f"Ward {n}"},
            "geometry": {"type": "Polygon", "coordinates": shape},
        }
        for n, shape in enumerate(shapes, 1)
    ]
    return json.dumps(
        {"type": "FeatureCollection", "features": features, **more}
    ).encode()


def test_a_councils_file_is_a_map_with_the_same_in_a_table():
    draft = programme_of(None, Indicator(id="i", name="Obesity", unit="%"))
    accept(
        draft, read(geojson(square(-0.7, 52.6), square(-0.6, 52.6)), "wards.geojson")
    )
    for n, value in ((1, 31.0), (2, None)):
        draft.add(
            Observation(
                id=f"o{n}",
                indicator_id="i",
                area_code=f"E0500000{n}",
                period="2025",
                value=value,
                value_note="" if value else "Suppressed",
            )
        )
    draft.add(Action(id="a", title="Walks", places=("Ward 1",)))
    draft.add(Action(id="b", title="Over", places=("Ward 1",), status="stopped"))
    (level,) = levels_of(draft)
    assert [i.id for i in indicators_for(draft, level)] == ["i"]
    shown = places_shown(draft, level, "i")
    assert [(r.figure, r.shade, r.actions) for r in shown.rows] == [
        ("31.0%", 0, ("Walks",)),
        ("no figure (Suppressed)", None, ()),
    ]
    assert shown.sentence.startswith("2 of 2 places have a shape to draw; 1 is named")
    svg = place_map_svg(
        [
            AreaDrawn(
                number=r.number,
                geometry=r.place.geometry,
                shade=r.shade,
                figure=r.figure,
                actions=len(r.actions),
            )
            for r in shown.drawn
        ],
        bands=shown.bands,
        title="Obesity",
    )
    assert svg.count("<path") >= 2
    assert ">31.0%<" in svg  # said, and not by shade alone
    assert "no figure" in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_classes_hold_about_as_many_places_and_equal_figures_share_one():
    draft = programme_of(None, Indicator(id="i", name="I", unit="%"))
    for n, value in enumerate([1, 1, 1, 2, 3, 4, 5, 9]):
        draft.add(Place(id=f"p{n}", name=f"P{n}", code=f"X{n}", level="ward"))
        draft.add(
            Observation(id=f"o{n}", indicator_id="i", area_code=f"X{n}", value=value)
        )
    shades = [row.shade for row in places_shown(draft, "ward", "i").rows]
    assert shades == sorted(shades)
    assert len({shades[0], shades[1], shades[2]}) == 1
    assert set(shades) == set(range(len(places_shown(draft, "ward", "i").bands)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (geojson(square(450_000, 305_000, 900)), "British National Grid"),
        (geojson(square(-78_000, 6_900_000, 900)), "in metres, not degrees"),
        (
            geojson(
                square(0, 52),
                crs={
                    "type": "name",
                    "properties": {"name": "urn:ogc:def:crs:EPSG::27700"},
                },
            ),
            "names British National Grid",
        ),
        (b'{"type": "FeatureCollection", "features": []}', "holds no area"),
        (
            b'{"type": "FeatureCollection", "features": ' + b"[" * 5_000,
            "deep|damaged|nested",
        ),
    ],
)
def test_a_file_that_cannot_be_placed_is_refused_in_words(data, words):
    with pytest.raises(ReadError, match=words):
        read(data, "areas.geojson")


@pytest.mark.parametrize(
    "shape",
    [
        [],
        [[]],
        [[[0.0]]],
        [[["x", "y"]]],
        [[[1e300, 1], [1, 1e300], [0, 0], [1e300, 1]]],
        {"a": 1},
        [[[None, None], [0, 52]]],
        [[[-0.7, 52.6]]],
        [[[-0.7, 52.6], [-0.7, 52.6], [-0.7, 52.6], [-0.7, 52.6]]],
    ],
)
def test_a_hostile_shape_is_no_fault_of_the_map(shape):
    draft = programme_of()
    accept(draft, read(geojson(square(-0.7, 52.6), shape), "wards.geojson"))
    rows = places_shown(draft, "ward").drawn
    areas = [
        AreaDrawn(number=r.number, geometry=r.place.geometry, shade=None) for r in rows
    ]
    assert place_map_svg(areas, bands=(), title="Wards").startswith("<svg")


def test_people_by_place_names_partners_and_leaves_gaps_empty():
    draft = programme_of(
        None,
        Population(id="parents", name="Parents", priority=True),
        Population(id="older", name="Older people"),
        Place(id="quay", name="Quay"),
        Place(id="hill", name="Hill"),
        Action(
            id="a",
            title="A",
            owners=("HR & OD",),
            partners=("Parks",),
            populations=("parents",),
            places=("quay",),
        ),
        Action(id="b", title="B", owners=("Parks",), populations=("Parents",)),
        Action(
            id="c",
            title="C",
            populations=("older",),
            places=("hill",),
            status="complete",
        ),
        Event(
            id="e",
            title="Walk",
            kind="engagement",
            populations=("older",),
            places=("quay",),
            attended=12,
        ),
    )
    found = people_and_places(draft)
    assert found.cells.loc["Parents", "Quay"] == "1 action: HR & OD and Parks"
    assert found.cells.loc["Parents", NO_PLACE] == "1 action: Parks"
    assert found.cells.loc["Older people", "Quay"] == "engaged at 1 event"
    assert (
        found.cells.loc["Older people", "Hill"] == ""
    )  # what has ended reaches nobody
    assert found.gaps[0] == ("Parents", "Hill")  # priority first
    assert (
        found.sentence
        == "3 of 4 pairs of people and place are named together by no listed action."
    )
    assert found.partners == ("HR & OD", "Parks")
    assert (
        people_and_places(draft, "HR & OD").cells.loc["Parents", "Quay"]
        == "1 action: HR & OD"
    )
    assert len(people_and_places(programme_of()).gaps) == 0


def test_insights_lead_to_causes_with_how_many_said_so():
    draft = programme_of(
        map_from("stress -> snacking +"),
        Place(id="quay", name="Quay"),
        Event(
            id="e", title="Asking", kind="engagement", places=("quay",), attended=1240
        ),
        Action(id="a", title="A"),
        EventPoint(
            id="p",
            event_id="e",
            text="Too tired",
            section="insight",
            said_by=310,
            causes=("stress",),
            actions=("a",),
        ),
        EventPoint(
            id="q", event_id="e", text="Worry", section="insight", causes=("stress",)
        ),
        EventPoint(
            id="r",
            event_id="e",
            text="Crisps",
            section="insight",
            said_by=0,
            causes=("snacking",),
        ),
    )
    found = engagements(draft)
    assert found.sentence == (
        "1,240 people in 1 named place took part in 1 engagement. "
        "Of 3 insights, 3 lead to a cause and 1 to an action."
    )
    assert [(c.cause, c.words) for c in found.causes] == [
        ("Stress", "said by 310, 1 insight not counted"),
        ("Snacking", "said by 0"),
    ]
    assert engagements(programme_of()).causes == ()


def test_the_example_shows_all_of_it():
    shire = example()
    assert places_shown(shire, "ward", "year6-overweight").drawn
    assert engagements(shire).people == 212
    assert 0 < len(people_and_places(shire).gaps) < people_and_places(shire).pairs
