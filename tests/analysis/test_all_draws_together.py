"""The sweeps over all draws give what solving each draw by itself gives."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse import linalg

from systemmap.analysis.graph import to_digraph
from systemmap.analysis.settings import SETTINGS
from systemmap.analysis.strength_draws import answers, drawn
from systemmap.bundled.examples import example
from systemmap.model.values import Strength
from systemmap.testing import map_from
from tests.analysis.drawn_maps import chain, complete, generated_map
from tests.sizes import WHOLE, whole
from tests.strategies import system_maps

FEW = replace(SETTINGS, draws=12)


def one_by_one(links, push, *, transposed):
    """Solve each draw as a sparse system of its own: the plain way, kept to compare."""
    count = len(links.names)
    solved = []
    for weights in links.weights:
        pull = sparse.csc_matrix(
            (weights, (links.targets, links.sources)), shape=(count, count)
        )
        system = sparse.identity(count, format="csc") - (pull.T if transposed else pull)
        solved.append(linalg.spsolve(system.tocsc(), np.asarray(push, float)))
    return np.array(solved)


def agree(system_map, push, *, drop_links=False):
    links = drawn(to_digraph(system_map), FEW, drop_links=drop_links)
    given = [push.get(name, 0.0) for name in links.names]
    for transposed in (False, True):
        together = answers(links, given, transposed=transposed)
        plain = one_by_one(links, given, transposed=transposed)
        assert together == pytest.approx(plain, rel=1e-9, abs=1e-13)


@settings(
    max_examples=60 if WHOLE else 12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(system_map=system_maps(), data=st.data())
def test_any_map_any_push(system_map, data):
    if system_map.factors:
        names = st.sampled_from(sorted(system_map.factors))
        push = data.draw(st.dictionaries(names, st.sampled_from([1.0, -1.0])))
        agree(system_map, push, drop_links=data.draw(st.booleans()))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("drop_links", [False, True])
def test_maps_of_one_large_feedback_core(seed, drop_links):
    drawn_map = generated_map(120, 400, seed=seed)
    first, *_, last = sorted(drawn_map.factors)
    agree(drawn_map, {first: 1.0, last: -1.0}, drop_links=drop_links)


def test_where_every_pull_stands_at_the_cap():
    drawn_map = complete(14)
    for link in list(drawn_map.links.values()):
        drawn_map.replace_link(replace(link, strength=Strength.STRONG))
    agree(drawn_map, {"f03": 1.0})


def test_a_ring_in_which_a_push_comes_back_to_its_start():
    names = [f"f{n:03d}" for n in range(300)]
    lines = [
        f"{a} -> {b} +" for a, b in zip(names, [*names[1:], names[0]], strict=True)
    ]
    agree(map_from("\n".join(lines)), {"f007": 1.0})


def test_far_down_a_chain_a_value_is_small_and_still_right():
    """An absolute tolerance alone would leave it at 0, and its direction unclear."""
    links = drawn(to_digraph(chain(60)), FEW)
    push = [float(n == 0) for n in range(60)]
    together = answers(links, push, transposed=False)
    plain = one_by_one(links, push, transposed=False)
    assert 0 < np.median(together[:, -1]) < 1e-15
    assert together == pytest.approx(plain, rel=1e-9, abs=0)


def test_a_push_on_nothing_moves_nothing():
    links = drawn(to_digraph(map_from("a -> b +")), FEW)
    assert not answers(links, [0.0, 0.0], transposed=False).any()


@pytest.mark.parametrize(
    "transposed",
    [
        pytest.param(False, marks=whole("transposed, the same draws nearly cancel")),
        True,
    ],
)
def test_routes_that_nearly_cancel_leave_rounding_and_the_sweeps_still_end(transposed):
    """Judged by its own size, one draw in a thousand would be swept for ever."""
    links = drawn(to_digraph(example().system_map()), SETTINGS)
    push = [float(name == "stress") for name in links.names]
    together = answers(links, push, transposed=transposed)
    plain = one_by_one(links, push, transposed=transposed)
    assert together == pytest.approx(plain, rel=1e-9, abs=1e-13)
