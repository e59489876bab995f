"""What other tools find in our files, as far as the files themselves show it."""

from __future__ import annotations

import csv
import io
import json
from itertools import combinations
from pathlib import Path

import networkx
import pytest
from defusedxml.ElementTree import fromstring
from openpyxl import Workbook, load_workbook

from systemmap.bundled.examples import example
from systemmap.drawing.layout.boxes import box_of
from systemmap.drawing.styles import contrast
from systemmap.formats import FORMATS, accept, read, write
from systemmap.formats.maps._prsm_out import prsm_box
from systemmap.formats.maps._spacing import Spacing, spread
from systemmap.model.elements import Factor
from systemmap.testing import map_from, programme_of
from tests.drawing.foresight import of_foresight
from tests.formats.test_prsm import packed

PROGRAMMES = {"Sampleshire": example, "Foresight": of_foresight}
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


def test_a_box_is_reckoned_as_high_as_prsm_draws_it_and_a_little_wider():
    with BOXES.open(newline="") as stream:
        for row in csv.DictReader(stream):
            wide, high = prsm_box(row["label"])
            assert high == int(row["height"]), row
            assert 0 <= wide - int(row["width"]) <= 16, row


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
    note, notice = said["insert"].removesuffix("\n").split("\n\n")
    assert note == example().maps["main"].note
    assert "Open Government Licence v3.0" in notice  # two causes are borrowed
    (notice,) = prsm(of_foresight())["description"]["text"]["ops"]
    assert "Open Government Licence v3.0" in notice["insert"]


def test_a_map_that_prsm_saved_again_comes_back_to_its_places():
    document = prsm(example())
    # What PRSM 3.2.4 keeps of a file: these fields, its own line breaks, packed.
    nodes = [
        "id",
        "label",
        "note",
        "grp",
        "x",
        "y",
        "color",
        "font",
        "borderWidth",
        "shape",
        "margin",
    ]
    edges = [
        "id",
        "arrows",
        "color",
        "dashes",
        "font",
        "from",
        "to",
        "grp",
        "label",
        "note",
        "width",
    ]
    document["nodes"] = [
        {k: v for k, v in n.items() if k in nodes}
        | {"label": n["label"].replace(" ", "\n", 1)}
        for n in document["nodes"]
    ]
    document["edges"] = [
        {k: v for k, v in e.items() if k in edges} for e in document["edges"]
    ]
    data = packed(json.dumps(document, indent="\t")).encode()
    draft = example()
    result = accept(draft, read(data, "again.prsm"))
    assert (result.new, result.changed, result.conflicts) == (0, 0, ())
    assert draft == example()


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


# -- boxes at every tool's own sizes ---------------------------------------------------


def tagged(root, tag):
    return [e for e in root.iter() if e.tag.rpartition("}")[2].strip() == tag]


def in_yed(data):
    boxes = {}
    for node in tagged(fromstring(data), "node"):
        (box,) = tagged(node, "Geometry")
        x, y, *size = (float(box.get(n)) for n in ("x", "y", "width", "height"))
        boxes[node.get("id")] = (x + size[0] / 2, y + size[1] / 2), tuple(size)
    return boxes


def in_gephi(data):
    boxes = {}
    for node in tagged(fromstring(data), "node"):
        (spot,), (size,) = tagged(node, "position"), tagged(node, "size")
        across = 2 * float(size.get("value"))
        spot = float(spot.get("x")), float(spot.get("y"))
        boxes[node.get("id")] = spot, (across, across)
    return boxes


def in_stella(data):
    (view,) = tagged(fromstring(data), "view")
    boxes = {}
    for name in tagged(view, "aux"):
        (shape,) = tagged(name, "shape")
        size = float(shape.get("width")), float(shape.get("height"))
        boxes[name.get("name")] = (float(name.get("x")), float(name.get("y"))), size
    return boxes


def in_loopy(data):
    return {n: ((x, y), (120, 120)) for n, x, y, *_ in json.loads(data)[0]}


def in_mental_modeler(data):
    boxes = {}
    for concept in tagged(fromstring(data), "concept"):
        said = {e.tag.strip(): e.text or "" for e in concept}
        box = box_of(said["name"])  # a concept's box there, by ours
        size = box.width * 1.5, box.height * 1.5
        boxes[said["id"]] = (float(said["x"]), float(said["y"])), size
    return boxes


def in_kumu_and_prsm(data):
    project = json.loads(data)
    labels = {e["_id"]: e["attributes"]["label"] for e in project["elements"]}
    with BOXES.open(newline="") as stream:
        sizes = {
            row["label"]: (int(row["width"]) + 20, int(row["height"]) + 20)
            for row in csv.DictReader(stream)
        }
    spots = {e["element"]: e["position"] for e in project["maps"][0]["elements"]}
    return {k: ((p["x"], p["y"]), sizes[labels[k]]) for k, p in spots.items()}


DRAWN = {
    "graphml": in_yed,
    "gexf": in_gephi,
    "xmile": in_stella,
    "loopy": in_loopy,
    "mental_modeler": in_mental_modeler,
    "kumu_json": in_kumu_and_prsm,
}


@pytest.mark.parametrize("key", DRAWN)
def test_nothing_overlaps_at_the_sizes_the_other_tool_draws(programme, key):
    boxes = DRAWN[key](write(programme, key).data)
    assert len(boxes) == len(programme.system_map().factors)
    places = {name: place for name, (place, _) in boxes.items()}
    assert overlapping(places, {name: size for name, (_, size) in boxes.items()}) == []


def test_a_map_that_is_not_spread_for_the_tool_would_overlap_there(monkeypatch):
    for key in ("loopy", "xmile", "mental_modeler", "kumu_json"):
        module = FORMATS[key].write.__module__
        home = "systemmap.formats.maps._kumu_out" if key == "kumu_json" else module
        plain = lambda found, sizes=None, **how: spread(found, None, **how)  # noqa: E731
        monkeypatch.setattr(f"{home}.spread", plain)
        boxes = DRAWN[key](write(of_foresight(), key).data)
        places = {name: place for name, (place, _) in boxes.items()}
        sizes = {name: size for name, (_, size) in boxes.items()}
        assert overlapping(places, sizes), key


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


# -- Kumu, XMILE, Vensim, the workbook -----------------------------------------------


def test_a_kumu_project_has_what_prsm_needs_to_open_it(programme):
    project = json.loads(write(programme, "kumu_json").data)
    (shown,) = project["maps"]
    (view,) = project["perspectives"]
    assert (project["defaultMap"], shown["defaultPerspective"]) == (
        shown["_id"],
        view["_id"],
    )
    assert "PRSMFactorStyleAttribute = 'Element Type'" in project["description"]
    assert view["style"].index("}") < view["style"].index("@settings")
    ids = {element["_id"] for element in project["elements"]}
    assert {entry["element"] for entry in shown["elements"]} == ids
    assert len(shown["connections"]) == len(project["connections"])
    assert all(
        "style" in entry for entry in (*shown["elements"], *shown["connections"])
    )
    fields = {field["name"]: field["values"] for field in project["attributes"]}
    assert 0 < len(fields["Element Type"]) <= 15
    assert fields["Connection Type"] == ["+", "-", "?"]
    slow = sum(k.delay is True for k in programme.system_map().links.values())
    assert sum(connection["delayed"] for connection in project["connections"]) == slow


def test_a_kumu_blueprint_reads_back_as_the_same_links():
    written = write(example(), "kumu_blueprint")
    draft = programme_of()
    accept(draft, read(written.data, f"map{written.suffix}"))
    assert {k: v.polarity for k, v in draft.system_map().links.items()} == {
        k: v.polarity for k, v in example().system_map().links.items()
    }


def test_xmile_is_a_causal_diagram_of_names_signs_and_delays():
    root = fromstring(write(example(), "xmile").data)
    found = {
        kind: [e for e in root.iter() if e.tag.endswith(f"}}{kind}")]
        for kind in ("connector", "eqn", "stock", "doc")
    }
    assert (found["eqn"], found["stock"]) == ([], [])
    links = [k for k in example().system_map().links.values() if k.directed]
    signs = [c.get("polarity") for c in found["connector"]]
    assert [signs.count(s) for s in ("+", "-", "none")] == [
        sum(k.polarity.value == s for k in links) for s in "+-?"
    ]
    marks = sum(c.get("delay_mark") == "true" for c in found["connector"])
    assert marks == sum(link.delay is True for link in links) > 0


def test_names_in_vensim_and_xmile_stand_in_boxes_that_do_not_overlap(programme):
    lines = write(programme, "vensim").data.decode().split("\r\n")
    boxes = [next(csv.reader([line])) for line in lines if line.startswith("10,")]
    places = {b[1]: (float(b[3]), float(b[4])) for b in boxes}
    sizes = {b[1]: (2 * float(b[5]), 2 * float(b[6])) for b in boxes}
    assert overlapping(places, sizes) == []
    assert min(places[n][at] - sizes[n][at] / 2 for n in places for at in (0, 1)) > 0


def test_boxes_of_the_workbook_do_not_overlap_in_prsm_and_delays_stay(programme):
    book = load_workbook(io.BytesIO(write(programme, "workbook").data))
    rows = list(book["Factors"].iter_rows(values_only=True))
    at = {name: n for n, name in enumerate(rows[0])}
    with BOXES.open(newline="") as stream:
        # PRSM's own styles leave ten more on every side than ours do.
        sizes = {
            row["label"]: (int(row["width"]) + 20, int(row["height"]) + 20)
            for row in csv.DictReader(stream)
        }
    places = {row[0]: (row[at["x"]], row[at["y"]]) for row in rows[1:]}
    assert overlapping(places, sizes) == []
    links = list(book["Links"].iter_rows(values_only=True))
    label = links[0].index("Label")
    slow = sum(k.delay is True for k in programme.system_map().links.values())
    assert sum("(delay)" in (row[label] or "") for row in links[1:]) == slow


def test_prsms_own_workbook_is_read_whatever_column_comes_first():
    book = Workbook()
    factors, links = book.active, book.create_sheet("Links")
    factors.title = "Factors"
    for row in (
        ["x", "y", "label", "style", "groupLabel", "shape"],
        [1, 2, "Car\nuse", 2, "Places", "box"],
        [3, 4, "Sleep", 1, "Sample", "box"],
    ):
        factors.append(row)
    for row in (
        ["from", "to", "label", "style", "groupLabel"],
        ["Car\nuse", "Sleep", "− (delay)", 7, "Negative (−)"],
    ):
        links.append(row)
    stream = io.BytesIO()
    book.save(stream)
    draft = programme_of()
    accept(draft, read(stream.getvalue(), "prsm.xlsx"))
    (link,) = draft.system_map().links.values()
    labels = {f.label: f.x for f in draft.system_map().factors.values()}
    assert labels == {"Car use": 1, "Sleep": 3}
    assert (link.polarity.value, link.delay) == ("-", True)
