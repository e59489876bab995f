"""Known answers K1 to K11 of the analysis guide, section 14."""

from collections import Counter
from dataclasses import replace

import networkx as nx
import pytest

from systemmap.analysis.effects import Direction, outcome_effects
from systemmap.analysis.four_boxes import Role, four_boxes
from systemmap.analysis.graph import to_digraph
from systemmap.analysis.importance import Band, Importance, Lens, find_importance
from systemmap.analysis.loops import find_loops, shortest_loops
from systemmap.analysis.measures import MEASURES
from systemmap.analysis.pathways import between, downstream, upstream
from systemmap.analysis.pathways.recipes import Build, Combine, Recipe
from systemmap.analysis.pathways.sub_maps import sub_map
from systemmap.analysis.reach_plan import plan_reach
from systemmap.model.values import Polarity


@pytest.fixture(scope="module")
def ids(foresight):
    return {factor.label: key for key, factor in foresight.factors.items()}


def test_k1_size_signs_density_and_pairs(foresight):
    graph = to_digraph(foresight)
    signs = Counter(link.polarity for link in foresight.links.values())
    assert (len(foresight.factors), len(foresight.links)) == (108, 296)
    assert signs == {Polarity.SAME: 198, Polarity.OPPOSITE: 98}
    assert round(nx.density(graph), 4) == 0.0256
    assert nx.number_weakly_connected_components(graph) == 1
    assert round(nx.overall_reciprocity(graph), 3) == 0.081
    assert len(find_loops(foresight, 2)) == 12


def test_k2_feedback_core_sources_and_sinks(foresight):
    graph = to_digraph(foresight)
    core = graph.subgraph(max(nx.strongly_connected_components(graph), key=len))
    assert (core.number_of_nodes(), core.number_of_edges()) == (86, 239)
    assert core.number_of_edges() - core.number_of_nodes() + 1 == 154
    assert [n for n, links in graph.out_degree() if not links] == []
    assert len([n for n, links in graph.in_degree() if not links]) == 8


def test_k3_paths_and_clustering(foresight):
    graph = to_digraph(foresight)
    plain = nx.Graph(graph)
    assert round(nx.average_shortest_path_length(plain), 2) == 3.07
    assert round(nx.average_clustering(plain), 3) == 0.141
    steps = dict(nx.all_pairs_shortest_path_length(graph))
    lengths = [n for each in steps.values() for n in each.values() if n]
    assert (max(lengths), len(lengths)) == (13, 9_241)


def test_k4_links_in_and_out(foresight, ids):
    links_in = MEASURES["inputs"].values(foresight)
    assert links_in[ids["Force of Dietary Habits"]] == 11
    assert links_in[ids["Degree of Primary Appetite Control"]] == 11
    assert links_in[ids["Level of Available Energy"]] == 10
    assert sorted(links_in.values())[-7:] == [8, 8, 8, 8, 10, 11, 11]
    links_out = MEASURES["outputs"].values(foresight)
    assert links_out[ids["Perceived Lack of Time"]] == 9
    assert sorted(links_out.values())[-5:] == [8, 8, 8, 8, 9]
    assert links_out[ids["Media Consumption"]] == links_out[ids["Stress"]] == 8


@pytest.mark.parametrize(
    ("length", "count", "reinforcing"),
    [
        (2, 12, 12),
        (3, 21, 15),
        (4, 43, 29),
        (5, 94, 57),
        (6, 193, 115),
        (7, 431, 264),
        (8, 901, 522),
        (9, 1_895, 1_071),
        (10, 4_107, 2_190),
    ],
)
def test_k5_loops_by_length_and_kind(foresight, length, count, reinforcing):
    loops = find_loops(foresight, length)
    assert (len(loops), sum(loop.kind == "R" for loop in loops)) == (count, reinforcing)
    assert not loops.capped


def test_k6_shortest_loop_per_factor(foresight, ids):
    shortest = shortest_loops(foresight)
    assert len(shortest) == 86
    assert len(set(shortest.values())) == 64
    assert max(map(len, shortest.values())) == 11
    counts = find_loops(foresight).counts()
    assert len(counts) == 78
    most = Counter(counts).most_common(3)
    assert [count for _, count in most] == [76, 71, 67]
    assert most[1][0] == ids["Physical Activity"]
    assert most[2][0] == foresight.outcome


def test_k7_distance_to_the_outcome(foresight):
    effects = outcome_effects(foresight)
    bands = Counter(min(effect.steps, 3) for effect in effects.values())
    assert bands == {1: 8, 2: 31, 3: 68}
    leaders = sorted(effects.values(), key=lambda each: -abs(each.median))[:8]
    assert {effect.steps for effect in leaders} == {1}


def test_k8_importance_and_agreement(foresight):
    result = find_importance(foresight)
    entries = result.factors.values()
    groups = {
        lens: sum(r.passed for e in entries for r in e.reasons if r.lens is lens)
        for lens in Lens
    }
    assert groups == {Lens.EFFECT: 26, Lens.LOOPS: 29, Lens.LINKS_OUT: 26}
    classes = Counter(result.classes.values())
    assert abs(classes[Importance.HIGH] - 27) <= 1
    assert abs(classes[Importance.MEDIUM] - 19) <= 1
    assert abs(classes[Importance.LOWER] - 61) <= 1
    effects = outcome_effects(foresight).values()
    unclear = sum(effect.direction is Direction.UNCLEAR for effect in effects)
    assert 0.12 <= unclear / 107 <= 0.165
    agreed = sum(effect.agreeing >= 475 for effect in effects)
    assert 0.715 <= agreed / 107 <= 0.735
    assert sum(entry.band is Band.NEXT_TO for entry in entries) == 8


def test_k9_four_boxes(foresight):
    boxes = four_boxes(foresight)
    assert (boxes.median_in, boxes.median_out) == (2, 2)
    counts = [boxes.count(role) for role in (Role.DRIVER, Role.HUB, Role.RESULT)]
    assert counts == [22, 28, 17]
    assert boxes.count(Role.QUIET) == 41


def test_k10_tracing(foresight, ids):
    stress, media = ids["Stress"], ids["Media Consumption"]
    assert len(downstream(foresight, stress)) == 27
    assert len(downstream(foresight, media)) == 25
    assert len(upstream(foresight, foresight.outcome)) == 39
    recipe = Recipe(starts=(stress, media), build=Build.DOWNSTREAM)
    either = sub_map(foresight, recipe)
    assert len(either.found) == 46
    assert either.sentence == (
        "Within two steps, “Stress” and “Media Consumption” both lead to 6 causes; "
        "together they lead to 46."
    )
    both = Recipe(
        starts=(stress, media), build=Build.DOWNSTREAM, combine=Combine.INTERSECTION
    )
    assert len(sub_map(foresight, both).found) == 6


def test_k10_routes_to_the_outcome(foresight):
    goal = foresight.outcome
    routes = [between(foresight, key, goal) for key in foresight.factors if key != goal]
    assert sum(each.more for each in routes) == 7
    assert sum(not each.pathways for each in routes) == 1
    assert max(len(each.pathways) for each in routes) == 50


@pytest.mark.parametrize(("steps", "size"), [(1, 33), (2, 16), (3, 12)])
def test_k11_reach_planner(foresight, steps, size):
    plan = plan_reach(foresight, candidates=foresight.factors, steps=steps)
    assert plan.exact
    assert len(plan.chosen) == size


def test_turning_one_sign_changes_exactly_the_loops_through_that_link(foresight):
    pair = ("stress", next(b for a, b in sorted(foresight.links) if a == "stress"))
    link = foresight.link(*pair)
    turned = foresight.copy()
    opposite = Polarity.OPPOSITE if link.polarity == "+" else Polarity.SAME
    turned.replace_link(replace(link, polarity=opposite))
    before = {loop.key: loop for loop in find_loops(foresight, 8)}
    after = {loop.key: loop for loop in find_loops(turned, 8)}
    assert before.keys() == after.keys()
    changed = {key for key in before if before[key].kind is not after[key].kind}
    assert changed == {key for key, loop in before.items() if pair in loop.links}
    assert changed
