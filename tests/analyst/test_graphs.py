"""networkx in and out, with signs and delays where an analyst looks for them."""

import networkx as nx
import pytest

import systemmap as sm
from systemmap.errors import ReadError
from systemmap.testing import map_from


def test_a_graph_carries_names_signs_and_delays():
    graph = sm.to_networkx(
        map_from("stress -> snacking + (delay)\n snacking -> sleep -")
    )
    assert graph.nodes["stress"]["label"] == "Stress"
    assert graph.edges["stress", "snacking"]["sign"] == 1
    assert graph.edges["stress", "snacking"]["delay"] is True
    assert graph.edges["snacking", "sleep"]["polarity"] == "-"


def test_a_map_comes_back_from_its_graph():
    before = sm.example().system_map()
    again = sm.from_networkx(sm.to_networkx(before))
    assert again.outcome == before.outcome
    for key in ("label", "theme", "layer", "note", "mentions", "x", "y", "pinned"):
        assert {f.id: getattr(f, key) for f in again.factors.values()} == {
            f.id: getattr(f, key) for f in before.factors.values()
        }, key
    for key in ("delay", "strength", "confidence", "directed", "reason"):
        assert {p: getattr(link, key) for p, link in again.links.items()} == {
            p: getattr(link, key) for p, link in before.links.items()
        }, key


@pytest.mark.parametrize(
    ("value", "polarity"),
    [(2, "+"), (-0.5, "-"), (0, "?"), (None, "?"), ("opposite", "-"), ("+", "+")],
)
def test_the_named_attribute_is_read_as_the_sign(value, polarity):
    graph = nx.DiGraph()
    graph.add_edge("Stress", "Sleep", weight=value)
    (link,) = sm.from_networkx(graph, sign="weight").links.values()
    assert link.polarity.value == polarity


def test_two_edges_with_opposite_signs_are_one_disputed_link():
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", sign=1)
    graph.add_edge("a", "b", sign=-1)
    (link,) = sm.from_networkx(graph, strict=False).links.values()
    assert link.confidence is sm.Confidence.DISPUTED


def test_an_edge_without_a_direction_waits_for_somebody_to_decide():
    (link,) = sm.from_networkx(nx.Graph([("a", "b")])).links.values()
    assert not link.directed


def test_numbers_as_nodes_are_names_like_any_other():
    found = sm.from_networkx(nx.DiGraph([(1, 2)]))
    assert [f.label for f in found.factors.values()] == ["1", "2"]


def test_an_edge_to_itself_is_refused_by_name():
    with pytest.raises(ReadError, match="Edge 'a' to 'a'"):
        sm.from_networkx(nx.DiGraph([("a", "a")]))


def test_a_sign_nobody_knows_is_refused_and_not_guessed():
    graph = nx.DiGraph([("a", "b", {"sign": "purple"})])
    with pytest.raises(ReadError, match="purple"):
        sm.from_networkx(graph)


def test_pyvis_gets_our_places_signs_and_no_markup():
    network = sm.to_pyvis(map_from("stress -> sleep -"))
    assert network.options.physics.enabled is False
    (edge,) = network.edges
    assert (edge["from"], edge["to"], edge["sign"]) == ("stress", "sleep", "−")
    assert edge["dashes"]
    system_map = sm.SystemMap(factors=[sm.Factor(id="x", label="<b onclick=1>href")])
    assert "<" not in sm.to_pyvis(system_map).nodes[0]["title"]
