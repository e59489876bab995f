"""SystemMap: every verb leaves the map valid or changes nothing."""

import pytest
from hypothesis import given, settings

from systemmap.analysis.graph import to_digraph
from systemmap.errors import DuplicateItem, InvalidValue, UnknownItem
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.system_map import SystemMap
from systemmap.model.values import Confidence, Polarity
from systemmap.testing import map_from
from tests.sizes import WHOLE
from tests.strategies import system_maps


def test_a_link_needs_both_its_ends():
    system_map = map_from("stress -> snacking +")
    with pytest.raises(UnknownItem, match="Did you mean 'snacking'"):
        system_map.add_link(Link(source="stress", target="snaking"))
    assert set(system_map.links) == {("stress", "snacking")}


def test_a_pair_is_linked_once_in_each_direction():
    system_map = map_from("stress -> sleep -\n sleep -> stress -")
    with pytest.raises(DuplicateItem, match="'stress -> sleep'"):
        system_map.add_link(Link(source="stress", target="sleep"))


def test_a_link_from_a_factor_to_itself_is_refused():
    with pytest.raises(InvalidValue, match="Name what lies between"):
        Link(source="stress", target="stress")


def test_a_factor_id_is_taken_once():
    with pytest.raises(DuplicateItem, match="already has a factor with id 'stress'"):
        map_from("stress").add_factor(Factor(id="stress", label="Stress"))


@pytest.mark.parametrize("factor_id", ["Bad Id", "a--b", "-a", "a_b", "", "é"])
def test_an_id_other_tools_could_not_carry_is_refused(factor_id):
    with pytest.raises(InvalidValue, match="is not usable"):
        Factor(id=factor_id, label="Stress")


@pytest.mark.parametrize("label", ["", "  ", "\n"])
def test_a_factor_needs_a_name(label):
    with pytest.raises(InvalidValue, match="has no name"):
        Factor(id="stress", label=label)


@pytest.mark.parametrize("x", [float("nan"), float("inf")])
def test_a_position_is_a_finite_number_or_none(x):
    with pytest.raises(InvalidValue, match="not a number"):
        Factor(id="stress", label="Stress", x=x)


def test_removing_a_factor_takes_its_links_with_it():
    system_map = map_from("a -> b +\n b -> c +\n c -> a +")
    system_map.remove_factor("b")
    assert set(system_map.links) == {("c", "a")}


def test_factors_take_the_id_of_the_map_they_join():
    system_map = SystemMap(MapVersion(id="table-1", name="Table 1"))
    assert (
        system_map.add_factor(Factor(id="stress", label="Stress")).map_id == "table-1"
    )


def test_a_copy_goes_its_own_way():
    first = map_from("a -> b +")
    second = first.copy()
    second.remove_factor("a")
    assert set(first.factors) == {"a", "b"}


def test_the_outcome_is_none_once_its_factor_is_gone():
    system_map = map_from("a -> b +", outcome="b")
    system_map.remove_factor("b")
    assert system_map.outcome is None


@settings(max_examples=100 if WHOLE else 25)
@given(system_map=system_maps())
def test_a_map_is_valid_however_it_was_made(system_map):
    for (source, target), link in system_map.links.items():
        assert {source, target} <= set(system_map.factors)
        assert (link.source, link.target) == (source, target)
        assert link.map_id == system_map.id


def test_an_unknown_sign_never_becomes_plus():
    graph = to_digraph(map_from("a -> b ?\n b -> c"))
    assert [sign for *_, sign in graph.edges(data="sign")] == [0, 0]


def test_a_disputed_link_counts_as_unknown():
    link = Link(
        source="a", target="b", polarity=Polarity.SAME, confidence=Confidence.DISPUTED
    )
    graph = to_digraph(
        SystemMap(factors=map_from("a\n b").factors.values(), links=[link])
    )
    assert graph.edges["a", "b"]["sign"] == 0


def test_an_undirected_link_waits_for_a_decision():
    link = Link(source="a", target="b", directed=False)
    graph = to_digraph(
        SystemMap(factors=map_from("a\n b").factors.values(), links=[link])
    )
    assert list(graph.edges) == []
