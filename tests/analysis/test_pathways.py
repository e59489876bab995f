import itertools
import random

import networkx as nx
import pytest

from systemmap.analysis.graph import to_digraph
from systemmap.analysis.pathways import (
    Sense,
    between,
    downstream,
    routes_sentence,
    upstream,
)
from systemmap.analysis.pathways.recipes import Build, Combine, Recipe, recipe_from
from systemmap.analysis.pathways.sub_maps import sub_map
from systemmap.errors import InvalidValue, UnknownItem
from systemmap.model.plan import SavedView
from systemmap.testing import map_from
from tests.analysis.drawn_maps import complete, generated_map

TOWN = """
price -> takeaway -
takeaway -> weight +
time -> takeaway -
time -> walking +
walking -> weight -
weight -> stress +
stress -> takeaway +
"""


def test_upstream_mirrors_downstream(foresight):
    for key in list(foresight.factors)[::10]:
        for other, steps in downstream(foresight, key, within=3).items():
            assert upstream(foresight, other, within=3)[key] == steps


def test_downstream_is_nearest_first_then_alphabetical():
    found = downstream(map_from(TOWN), "time")
    assert list(found.items()) == [("takeaway", 1), ("walking", 1), ("weight", 2)]


def test_several_starts_are_not_counted():
    assert "walking" not in downstream(map_from(TOWN), "time", "walking")


def test_a_trace_of_more_than_three_links_is_refused():
    with pytest.raises(InvalidValue, match="Choose 1 to 3"):
        downstream(map_from(TOWN), "time", within=4)


def test_a_trace_from_an_unknown_factor_names_the_nearest():
    with pytest.raises(UnknownItem, match="Did you mean 'price'"):
        upstream(map_from(TOWN), "prize")


def test_routes_are_those_networkx_finds_shortest_first_then_alphabetical():
    chance = random.Random(3)  # noqa: S311 - seeded, no secret
    for seed in range(40):
        drawn = generated_map(8, chance.randint(8, 30), seed=seed, themes=2)
        graph = to_digraph(drawn)
        for source, target in itertools.islice(itertools.permutations(graph, 2), 12):
            rival = [tuple(p) for p in nx.all_simple_paths(graph, source, target, 5)]
            found = between(drawn, source, target, limit=10_000)
            assert [p.factors for p in found.pathways] == sorted(
                rival, key=lambda path: (len(path), path)
            )
            few = between(drawn, source, target, limit=3)
            assert few.pathways == found.pathways[:3]
            assert few.more is (len(rival) > 3)


def test_routes_in_a_complete_map_stop_at_the_limit():
    routes = between(complete(30), "f00", "f29")
    assert len(routes.pathways) == 50
    assert routes.more


def test_routes_that_differ_are_mixed_never_averaged():
    routes = between(map_from(TOWN), "time", "weight")
    assert [path.sense for path in routes.pathways] == [Sense.LOWERS, Sense.LOWERS]
    assert routes.sense is Sense.LOWERS
    mixed = map_from("a -> b +\n b -> c +\n a -> c -")
    assert between(mixed, "a", "c").sense is Sense.MIXED
    unknown = map_from("a -> b ?\n b -> c +\n a -> c -")
    assert between(unknown, "a", "c").sense is Sense.UNDETERMINED
    assert between(map_from("a -> b +"), "b", "a").sense is Sense.NONE


def test_routes_are_told_in_a_sentence():
    drawn = map_from("a -> b +\n b -> c +\n a -> c -")
    assert routes_sentence(between(drawn, "a", "c"), "A", "C") == (
        "2 routes lead from A to C: mixed, some routes raise it, others lower it."
    )
    assert "No route" in routes_sentence(between(drawn, "c", "a"), "C", "A")


def test_there_is_no_route_from_a_factor_to_itself():
    assert between(map_from("a -> b +\n b -> a +"), "a", "a").pathways == ()


def test_an_empty_intersection_is_a_finding():
    recipe = Recipe(
        starts=("price", "stress-relief"),
        build=Build.DOWNSTREAM,
        combine=Combine.INTERSECTION,
    )
    drawn = map_from(TOWN + "stress-relief -> calm +")
    assert sub_map(drawn, recipe).sentence == (
        "Nothing on this map lies within two steps of both of them: "
        "“Price” and “Stress relief”."
    )


def test_two_starts_are_compared_by_direction():
    recipe = Recipe(starts=("price", "time"), build=Build.DOWNSTREAM)
    directions = sub_map(map_from(TOWN), recipe).directions["takeaway"]
    assert directions == {"price": Sense.LOWERS, "time": Sense.LOWERS}


def test_paths_show_only_the_links_on_the_way():
    recipe = Recipe(starts=("price",), build=Build.PATHS, ends=("weight",))
    found = sub_map(map_from(TOWN), recipe)
    assert found.links == (("price", "takeaway"), ("takeaway", "weight"))
    assert found.members == {"price", "takeaway", "weight"}


def test_ego_is_one_step_both_ways():
    recipe = Recipe(starts=("weight",), build=Build.EGO)
    found = sub_map(map_from(TOWN), recipe)
    assert found.found == ("stress", "takeaway", "walking")
    assert found.sentence == "Within one step, “Weight” is linked with 3 causes."


def test_a_recipe_is_remade_on_next_years_map_and_names_what_is_gone():
    recipe = Recipe(
        starts=("time", "gone"), build=Build.UPSTREAM, question="What is behind it?"
    )
    view = SavedView(id="r1", name="Behind", parameters=recipe.parameters())
    again = recipe_from(view.parameters)
    assert again == recipe
    assert sub_map(map_from(TOWN), again).missing == ("gone",)
    with pytest.raises(InvalidValue, match="None of the recipe's causes"):
        sub_map(map_from("x -> y +"), again)


def test_a_recipe_needs_a_start_and_paths_need_an_end():
    with pytest.raises(InvalidValue, match="at least one cause"):
        Recipe(starts=(), build=Build.EGO)
    with pytest.raises(InvalidValue, match="where the paths should end"):
        Recipe(starts=("a",), build=Build.PATHS)
