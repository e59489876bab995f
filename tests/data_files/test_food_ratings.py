"""Food outlets: counted by kind and council, never by healthiness (formats guide, 19.3)."""

import json

import pytest

from systemmap.errors import ReadError
from systemmap.formats import recognise
from systemmap.formats.figures import food_ratings
from systemmap.formats.figures.food_ratings import located, outlets
from systemmap.formats.sighting import Sighting
from systemmap.model.evidence import Observation

ONE = {
    "FHRSID": 1,
    "BusinessName": "Chips & Co",
    "BusinessType": "Takeaway/sandwich shop",
    "BusinessTypeID": "7844",
    "PostCode": "aa1 1aa",
    "RatingValue": "5",
    "RatingDate": "2024-05-01T00:00:00",
    "LocalAuthorityName": "Sampleshire",
    "geocode": {"longitude": "-0.7", "latitude": "52.6"},
}
TWO = {
    **ONE,
    "FHRSID": 2,
    "RatingValue": "AwaitingInspection",
    "RatingDate": "1901-01-01",
    "geocode": None,
}
PUB = {
    **ONE,
    "FHRSID": 3,
    "BusinessName": "The Inn",
    "BusinessType": "Pub/bar/nightclub",
    "BusinessTypeID": "7843",
    "geocode": {"longitude": "52.6", "latitude": "-0.7"},
}


def read(data, name):
    return food_ratings.read(Sighting(data, name))


def as_json(*details, tree=True):
    body = {
        "FHRSEstablishment": {
            "Header": {},
            "EstablishmentCollection": {"EstablishmentDetail": list(details)},
        }
    }
    return json.dumps(body if tree else {"establishments": list(details)}).encode()


def as_xml(*details):
    def element(detail):
        found = ""
        for key, value in detail.items():
            if isinstance(value, dict):
                inner = "".join(
                    f"<{k.capitalize()}>{v}</{k.capitalize()}>"
                    for k, v in value.items()
                )
                found += f"<Geocode>{inner}</Geocode>"
            else:
                found += f"<{key}>{str(value or '').replace('&', '&amp;')}</{key}>"
        return f"<EstablishmentDetail>{found}</EstablishmentDetail>"

    return f"<?xml version='1.0'?><FHRSEstablishment><EstablishmentCollection>{''.join(map(element, details))}</EstablishmentCollection></FHRSEstablishment>".encode()


@pytest.mark.parametrize(
    "data",
    [
        as_json(ONE, TWO, PUB),
        as_json(ONE, TWO, PUB).replace(b'{"EstablishmentDetail": [', b"[", 1)[:-2]
        + b"}",
        as_json(ONE, TWO, PUB, tree=False),
        as_xml(ONE, TWO, PUB),
    ],
)
def test_every_dialect_gives_the_same_counts(data):
    reading = read(data, "f")
    counts = {r.id: r.value for r in reading.records if isinstance(r, Observation)}
    assert counts == {
        "food-outlets-takeaways-and-sandwich-shops.sampleshire": 2,
        "food-outlets-pubs-bars-and-nightclubs.sampleshire": 1,
    }
    assert any(
        "3 outlets read; 1 has no location, so it counts for the district but not for wards"
        in p.what
        for p in reading.problems
    )
    assert recognise(data, "no-name").key == "food_ratings"


def test_words_for_ratings_and_the_placeholder_date_are_kept_as_what_they_are():
    one, two = outlets(as_json(ONE, TWO))
    assert (one.rating, one.rating_date) == ("5", "2024-05-01")
    assert (two.rating, two.rating_date) == ("AwaitingInspection", "")


@pytest.mark.parametrize(
    ("x", "y"),
    [("", ""), ("0", "0"), ("abc", "52"), ("-0.7", ""), ("450000", "305000")],
)
def test_no_location_is_none_and_never_the_gulf_of_guinea(x, y):
    assert located(x, y) == (None, None, False)


def test_swapped_coordinates_are_put_right():
    (pub,) = outlets(as_json(PUB))
    assert (pub.longitude, pub.latitude) == (-0.7, 52.6)


def test_one_record_may_arrive_as_an_object():
    data = json.dumps(
        {"FHRSEstablishment": {"EstablishmentCollection": {"EstablishmentDetail": ONE}}}
    ).encode()
    assert [o.id for o in outlets(data)] == ["1"]


def test_one_id_twice_counts_once_and_one_premises_twice_is_remarked():
    reading = read(as_json(ONE, ONE, {**ONE, "FHRSID": 9}), "f")
    assert reading.summary["outlets"] == 2
    assert reading.items == reading.read + reading.skipped == 3
    assert any(
        "1 business shares its name and postcode" in p.what for p in reading.problems
    )


def test_neither_names_nor_addresses_are_kept():
    assert "Chips" not in repr(read(as_json(ONE), "f").records)


@pytest.mark.parametrize(
    "data", [as_json(ONE, TWO)[:-60], as_xml(ONE, TWO)[:-90], as_json()]
)
def test_a_file_cut_short_or_empty_is_refused_in_words(data):
    with pytest.raises(ReadError, match=r"damaged|no food business"):
        read(data, "f")
