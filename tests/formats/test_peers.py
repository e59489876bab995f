"""What other tools find in our files, as far as the files themselves show it."""

from __future__ import annotations

import csv
import io
import json
from itertools import combinations
from pathlib import Path

import networkx
import pytest

from systemmap.bundled.examples import example
from systemmap.drawing.styles import contrast
from systemmap.formats import write
from systemmap.formats.maps._spacing import Spacing, spread
from systemmap.model.elements import Factor
from systemmap.testing import map_from, programme_of
from tests.drawing.foresight import foresight

PROGRAMMES = {"Sampleshire": example, "Foresight": foresight}
BOXES = Path(__file__).parent / "prsm_boxes.csv"  # measured in PRSM 3.2.4


@pytest.fixture(params=PROGRAMMES)
def programme(request):
    return PROGRAMMES[request.param]()


def prsm(programme):
    return json.loads(write(programme, "prsm").data)


def overlapping(places, sizes):
    def apart(one, other):
        return any(
            abs(places[one][at] - places[other][at])
            >= (sizes[one][at] + sizes[other][at]) / 2
            for at in (0, 1)
        )

    return [p for p in combinations(sorted(places), 2) if not apart(*p)]


# -- PRSM ------------------------------------------------------------------------


def test_no_two_boxes_overlap_at_the_sizes_prsm_draws_them(programme):
    with BOXES.open(newline="") as stream:
        measured = {
            row["label"]: (int(row["width"]), int(row["height"]))
            for row in csv.DictReader(stream)
        }
    nodes = prsm(programme)["nodes"]
    places = {n["id"]: (n["x"], n["y"]) for n in nodes}
    sizes = {n["id"]: measured[n["label"]] for n in nodes}
    assert overlapping(places, sizes) == []


def test_every_box_in_prsm_says_its_own_border_and_ink_that_can_be_read(programme):
    document = prsm(programme)
    styles = document["styles"]["nodes"]
    for look in (*document["nodes"], *styles.values()):
        assert contrast(look["font"]["color"], look["color"]["background"]) >= 7
        assert look["borderWidth"] == 2
        assert look["shapeProperties"] == {"borderDashes": False}
    assert {node["grp"] for node in document["nodes"]} <= set(styles)


def test_prsm_shows_the_legend_with_themes_and_signs():
    document = prsm(example())
    assert document["buttons"]["legend"] is True
    themes = {s["groupLabel"] for s in document["styles"]["nodes"].values()}
    assert {"Food environment", "Healthcare"} <= themes
    signs = {k: s["groupLabel"] for k, s in document["styles"]["edges"].items()}
    assert set(signs.values()) == {"Positive (+)", "Negative (−)", "Sign not agreed"}
    named = {
        (signs[e["grp"]], e["label"].removesuffix("(delay)").strip())
        for e in document["edges"]
    }
    assert named == {
        ("Positive (+)", "+"),
        ("Negative (−)", "−"),
        ("Sign not agreed", ""),
    }
    slow = sum(link.delay is True for link in example().system_map().links.values())
    assert sum("(delay)" in edge["label"] for edge in document["edges"]) == slow > 0


def test_prsm_shows_the_maps_note_and_the_notice_that_travels_with_it():
    (said,) = prsm(example())["description"]["text"]["ops"]
    assert said["insert"] == f"{example().maps['main'].note}\n"
    (notice,) = prsm(foresight())["description"]["text"]["ops"]
    assert "Open Government Licence v3.0" in notice["insert"]


# -- how far a map is spread -------------------------------------------------------


def two_boxes(across):
    system_map = map_from("a\nb")
    for key, x in (("a", 0.0), ("b", across)):
        system_map.replace_factor(Factor(id=key, label="Sleep", x=x, y=0.0))
    return system_map


def test_a_map_is_spread_just_as_far_as_its_boxes_there_take():
    sizes = {"a": (100.0, 20.0), "b": (100.0, 20.0)}
    places, spacing = spread(two_boxes(50.0), sizes, gap=10.0)
    assert (spacing.scale, places["b"]) == (2.2, (110.0, 0.0))
    assert spread(two_boxes(400.0), sizes)[1].scale == 1.0


def test_boxes_that_stand_on_each_other_here_do_so_there():
    sizes = {"a": (100.0, 20.0), "b": (100.0, 20.0)}
    assert spread(two_boxes(3.0), sizes)[1].scale == 1.0


def test_a_map_stands_in_from_the_corner_where_a_tool_has_one(programme):
    for key in ("mental_modeler", "loopy"):
        data = write(programme, key).data.decode()
        if key == "loopy":
            spots = [(x, y) for _, x, y, *_ in json.loads(data)[0]]
        else:
            numbers = data.split("<x ><![CDATA[")[1:], data.split("<y ><![CDATA[")[1:]
            spots = list(
                zip(
                    *([float(n.split("]")[0]) for n in at] for at in numbers),
                    strict=True,
                )
            )
        assert min(min(spot) for spot in spots) > 0
        assert min(x for x, _ in spots) < 120


def test_a_place_comes_back_from_where_it_was_spread_to():
    spacing = Spacing(1.37, right=40.0, down=-3.0, unplaced=frozenset({"new"}))
    again = Spacing.of(json.loads(json.dumps(spacing.noted())))
    assert again == spacing
    x, y = spacing.there((123.4, -56.7))
    assert again.here(x, y) == {"x": 123.4, "y": -56.7}
    assert again.here(x, y, "new") == {"x": None, "y": None}


@pytest.mark.parametrize("noted", [None, [], {"scale": 0}, {"scale": "x", "right": []}])
def test_a_file_that_does_not_say_how_it_was_spread_is_taken_as_it_stands(noted):
    assert Spacing.of(noted).here("12", 4) == {"x": 12.0, "y": 4.0}


# -- networkx, Gephi, yEd ------------------------------------------------------------


def graphs(programme):
    return (
        networkx.read_graphml(io.BytesIO(write(programme, "graphml").data)),
        networkx.read_gexf(io.BytesIO(write(programme, "gexf").data)),
    )


def test_networkx_finds_numbers_and_one_place_in_both_files(programme):
    graphml, gexf = graphs(programme)
    factors = programme.system_map().factors
    assert set(graphml) == set(gexf) == set(factors)
    for key, factor in factors.items():
        position = gexf.nodes[key]["viz"]["position"]
        spot = graphml.nodes[key]["x"], graphml.nodes[key]["y"]
        assert spot == (position["x"], position["y"]) == (factor.x, -factor.y)
        assert graphml.nodes[key]["label"] == gexf.nodes[key]["label"] == factor.label
    for graph in (graphml, gexf):
        ranks = networkx.pagerank(networkx.DiGraph(graph), weight="weight")
        assert sum(ranks.values()) == pytest.approx(1)


def test_gephi_finds_a_colour_a_theme_and_a_size(programme):
    _, gexf = graphs(programme)
    colours = {}
    for _, node in gexf.nodes(data=True):
        colours.setdefault(node.get("theme"), set()).add(str(node["viz"]["color"]))
        assert node["viz"]["size"] > 0
    assert all(len(found) == 1 for found in colours.values())
    assert len({min(found) for found in colours.values()}) == len(colours)


def test_a_box_in_yed_is_filled_and_holds_its_name(programme):
    text = write(programme, "graphml").data.decode()
    count = len(programme.system_map().factors)
    assert text.count('<y:Fill color="#') == count
    widths = {part.split('"')[0] for part in text.split('" width="')[1:]}
    assert len(widths) > 5
    assert 'width="0' not in text


def test_a_factor_without_a_place_is_drawn_but_comes_back_without():
    draft = programme_of(map_from("stress -> sleep -"))
    for key in ("prsm", "mental_modeler", "loopy", "vensim", "graphml", "gexf"):
        assert write(draft, key).data, key
