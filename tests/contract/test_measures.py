"""Promises that every measure keeps."""

import math
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

from systemmap.analysis.graph import to_digraph
from systemmap.analysis.measures import CRIELAARD, MEASURES
from systemmap.errors import InvalidValue
from systemmap.testing import map_from
from tests.analysis.drawn_maps import chain, complete, generated_map
from tests.sizes import WHOLE
from tests.strategies import system_maps

ALL = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES.keys())
DRAWN = map_from("stress -> snacking +\n snacking -> weight +\n park", outcome="weight")
# Worked by hand on DRAWN, in the order park, snacking, stress, weight.
BY_HAND = {
    "inputs": [0, 1, 0, 1],
    "outputs": [0, 1, 1, 0],
    "reach_two_steps": [0, 1, 2, 0],
    "short_loops": [0, 0, 0, 0],
    "outcome_effect": [0, 3, 1, None],
    "betweenness": [0, 1 / 6, 0, 0],  # 1 of the 3 x 2 ordered pairs of others
    "closeness": [0, 1 / 3, 1.5 / 3, 0],
}


@ALL
@settings(
    max_examples=12 if WHOLE else 8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(system_map=system_maps())
def test_each_factor_has_one_value_and_the_map_stays_as_it_was(measure, system_map):
    before = system_map.copy()
    if measure.needs_outcome and system_map.outcome is None:
        with pytest.raises(InvalidValue, match="No outcome is chosen"):
            measure.values(system_map)
        return
    values = measure.values(system_map)
    assert values.keys() == system_map.factors.keys()
    assert all(v is None or math.isfinite(v) for v in values.values())
    assert all(v is None or v == int(v) for v in values.values()) or not measure.whole
    assert system_map == before


@ALL
def test_a_measure_has_a_value_worked_by_hand(measure):
    example = ">>>" in (measure.compute.__doc__ or "")  # run with the doctests
    assert example or measure.key in BY_HAND


@pytest.mark.parametrize("key", BY_HAND)
def test_values_are_those_worked_by_hand(key):
    measure = MEASURES[key]
    values = measure.values(DRAWN)
    assert [values[key] for key in sorted(values)] == [
        None if v is None else pytest.approx(v) for v in BY_HAND[measure.key]
    ]


@ALL
@pytest.mark.parametrize("words", ["question", "caution", "reference"])
def test_a_measure_without_its_words_cannot_be_made(measure, words):
    with pytest.raises(InvalidValue, match=f"has no {words}"):
        replace(measure, **{words: " "})


@ALL
def test_words_end_where_they_should(measure):
    assert measure.question.endswith("?")
    assert measure.caution.endswith((".", "'."))
    for value in (0.0, 1.0, 2.0):
        phrase = measure.in_words(value)
        assert phrase
        assert "{" not in phrase
    assert measure.in_words(None) == "no answer on this map"


def test_one_and_many_are_told_apart():
    outputs = MEASURES["outputs"]
    assert outputs.in_words(1) == "affects 1 other cause directly"
    assert outputs.in_words(9) == "affects 9 other causes directly"


def test_centralities_stay_in_the_panel_people_open_and_carry_the_caution():
    advanced = {key for key, measure in MEASURES.items() if measure.advanced}
    assert advanced == {"betweenness", "closeness"}
    for key in advanced:
        assert MEASURES[key].caution == CRIELAARD
        assert "s41598-023-46531-z" in MEASURES[key].reference


@pytest.mark.parametrize(
    "drawn",
    [generated_map(60, 150), complete(6), chain(9), map_from("a"), map_from("")],
)
def test_betweenness_is_what_networkx_counts(drawn):
    values = MEASURES["betweenness"].values(drawn)
    rival = nx.betweenness_centrality(to_digraph(drawn))
    assert values == pytest.approx(rival, rel=1e-12)


def test_betweenness_of_a_map_nobody_could_wait_for_is_refused_in_words():
    with pytest.raises(InvalidValue, match="3,000 causes and 2,999 links"):
        MEASURES["betweenness"].values(chain(3_000))
    assert MEASURES["betweenness"].values(chain(300))
