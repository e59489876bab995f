from dataclasses import replace

import networkx as nx
import pytest

from systemmap.analysis.graph import to_digraph
from systemmap.analysis.reach_plan import plan_reach, reach_sentence
from systemmap.errors import InvalidValue, UnknownItem
from systemmap.model.values import Influence
from systemmap.testing import map_from
from tests.analysis.drawn_maps import generated_map


@pytest.mark.parametrize("seed", range(6))
def test_every_target_is_near_and_exact_is_no_larger_than_greedy(seed):
    drawn = generated_map(40, 90, seed=seed)
    exact = plan_reach(drawn, candidates=drawn.factors)
    greedy = plan_reach(drawn, candidates=drawn.factors, seconds=0.0)
    assert len(exact.chosen) == exact.at_least <= len(greedy.chosen)
    assert greedy.at_least <= exact.at_least
    for plan in (exact, greedy):
        for target, sources in plan.reached_from.items():
            assert sources
            for source in sources:
                steps = nx.shortest_path_length(to_digraph(drawn), source, target)
                assert steps <= 2
        assert plan.reached_from.keys() == drawn.factors.keys()


def test_a_set_found_in_no_time_is_called_close_to_the_smallest(foresight):
    plan = plan_reach(foresight, candidates=foresight.factors, seconds=0.0)
    assert not plan.exact
    assert len(plan.chosen) >= 16
    assert "close to the smallest" in reach_sentence(plan, foresight)


def test_a_set_that_may_not_be_the_smallest_says_how_few_cannot_be_enough(foresight):
    plan = plan_reach(foresight, candidates=foresight.factors)
    cut = replace(plan, exact=False, at_least=14)
    assert reach_sentence(cut, foresight).count(
        "This is close to the smallest set: no set of fewer than 14 is enough."
    )
    assert "smallest set" not in reach_sentence(plan, foresight)


def test_targets_out_of_reach_are_named():
    drawn = map_from("a -> b +\n far -> b +")
    plan = plan_reach(drawn, candidates=["a"])
    assert plan.unreachable == ("far",)
    assert "No cause we can influence comes within 2 steps of “Far”." in (
        reach_sentence(plan, drawn)
    )


def test_only_factors_we_can_influence_are_candidates_unless_others_are_named():
    drawn = map_from("a -> b +\n b -> c +")
    with pytest.raises(InvalidValue, match="Mark some as local or shared"):
        plan_reach(drawn)
    drawn.replace_factor(replace(drawn.factor("b"), influence=Influence.SHARED))
    plan = plan_reach(drawn)
    assert (plan.chosen, plan.unreachable) == (("b",), ("a",))


def test_factors_can_be_forced_in_or_out():
    drawn = map_from("a -> b +\n c -> b +")
    forced = plan_reach(drawn, ["b"], candidates=drawn.factors, force_in=["c"])
    assert forced.chosen == ("c",)
    without = plan_reach(
        drawn, ["b"], candidates=drawn.factors, force_out=["b", "c"], steps=1
    )
    assert without.chosen == ("a",)
    with pytest.raises(InvalidValue, match="both in and out"):
        plan_reach(drawn, candidates=["a"], force_in=["a"], force_out=["a"])
    with pytest.raises(UnknownItem):
        plan_reach(drawn, ["nowhere"], candidates=["a"])


def test_nothing_ticked_needs_nothing():
    drawn = map_from("a -> b +")
    plan = plan_reach(drawn, [], candidates=["a"])
    assert plan.chosen == ()
    assert reach_sentence(plan, drawn) == "There is nothing to reach."
