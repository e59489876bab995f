import random
from dataclasses import replace
from math import prod

import networkx as nx
import pytest

from systemmap.analysis.loops import LoopKind, find_loops, loop_from, shortest_loops
from systemmap.analysis.loops.loop_search import bounded_cycles, shortest_cycles
from systemmap.errors import UnknownItem
from systemmap.testing import map_from
from tests.analysis.drawn_maps import chain, complete


def _turned(cycle):
    first = cycle.index(min(cycle))
    return tuple(cycle[first:] + cycle[:first])


def _random_digraph(chance):
    """Self-links, pairs linked both ways, islands and single nodes all occur."""
    count = chance.randint(1, 9)
    nodes = [f"n{i}" for i in range(count)]
    graph = nx.DiGraph()
    graph.add_nodes_from(nodes)
    for _ in range(chance.randint(0, 3 * count)):
        graph.add_edge(chance.choice(nodes), chance.choice(nodes))
    return graph


def _signs(graph, chance):
    return {a: {b: chance.choice((1, -1, 0)) for b in graph[a]} for a in graph}


def test_the_search_finds_what_networkx_finds_on_2000_random_digraphs():
    chance = random.Random(20260101)  # noqa: S311 - seeded, no secret
    for _ in range(2_000):
        graph, length = _random_digraph(chance), chance.randint(1, 7)
        signs = _signs(graph, chance)
        cycles = list(bounded_cycles(signs, length))
        for cycle, sign in cycles:
            turned = cycle[1:] + cycle[:1]
            assert sign == prod(map(lambda a, b: signs[a][b], cycle, turned))
        found = [_turned(cycle) for cycle, _ in cycles]
        rival = {_turned(c) for c in nx.simple_cycles(graph, length_bound=length)}
        assert len(found) == len(set(found))
        assert set(found) == rival


def test_a_cap_keeps_the_shortest_and_says_what_was_counted():
    chance = random.Random(7)  # noqa: S311 - seeded, no secret
    for _ in range(200):
        graph, cap = _random_digraph(chance), chance.randint(0, 12)
        lengths = sorted(len(c) for c in nx.simple_cycles(graph, length_bound=6))
        found, counted = shortest_cycles(_signs(graph, chance), 6, cap)
        assert sorted(len(cycle) for cycle, _ in found) == lengths[:cap]
        assert (counted < 6) == (len(lengths) > cap)
        assert sum(n <= counted for n in lengths) <= cap


@pytest.mark.parametrize(
    ("signs", "kind"), [("++", "R"), ("+-", "B"), ("--", "R"), ("+?", "?"), ("-?", "?")]
)
def test_kind_follows_the_count_of_opposite_links(signs, kind):
    system_map = map_from(
        f"activity -> fitness {signs[0]}\n fitness -> activity {signs[1]}"
    )
    assert [loop.kind for loop in find_loops(system_map)] == [kind]


def test_an_undetermined_loop_names_the_links_to_settle():
    (loop,) = find_loops(map_from("a -> b +\n b -> c ?\n c -> a -"))
    assert loop.kind is LoopKind.UNDETERMINED
    assert loop.unsettled == (("b", "c"),)


def test_slow_links_are_counted():
    (loop,) = find_loops(map_from("a -> b + (delay)\n b -> c +\n c -> a + (delay)"))
    assert loop.delays == 2


def test_signs_agree_with_brute_force_on_the_foresight_map(foresight):
    for loop in find_loops(foresight, 8):
        signs = [
            1 if foresight.link(*pair).polarity == "+" else -1 for pair in loop.links
        ]
        assert loop.kind == ("R" if prod(signs) > 0 else "B")


def test_a_complete_map_of_30_answers_within_the_cap_and_says_so():
    found = find_loops(complete(30))
    assert len(found) == 5_000
    assert found.capped
    assert found.counted_length == 2
    assert max(map(len, found)) == 3
    assert "There are more." in found.sentence
    assert found.counts()["f00"] == 29  # each pair once, longer loops not counted


def test_a_chain_of_2000_has_no_loops():
    assert len(find_loops(chain(2_000))) == 0
    assert shortest_loops(chain(2_000)) == {}


def test_loops_are_listed_shorter_first_then_alphabetically():
    system_map = map_from(
        "c -> d +\n d -> c +\n a -> b +\n b -> a +\n b -> e +\n e -> a +"
    )
    assert [loop.key for loop in find_loops(system_map)] == ["a,b", "c,d", "a,b,e"]


def test_the_shortest_loop_has_no_length_limit_and_breaks_ties_alphabetically():
    ring = "\n".join(f"n{i} -> n{(i + 1) % 9} +" for i in range(9))
    assert {len(loop) for loop in shortest_loops(map_from(ring)).values()} == {9}
    tied = map_from("m -> z +\n z -> m +\n m -> b +\n b -> m +")
    assert shortest_loops(tied)["m"].factors == ("b", "m")


def test_a_loop_comes_back_from_its_key(foresight):
    for loop in find_loops(foresight, 4):
        assert loop_from(foresight, loop.key.split(",")) == loop
    with pytest.raises(UnknownItem, match="No link"):
        loop_from(map_from("a -> b +"), ["a", "b"])


def test_undirected_links_make_no_loop():
    system_map = map_from("a -> b +\n b -> a +")
    link = system_map.link("a", "b")
    system_map.replace_link(replace(link, directed=False))
    assert len(find_loops(system_map)) == 0
