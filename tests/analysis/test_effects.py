from dataclasses import replace

import numpy as np
import pytest

from systemmap.analysis.effects import (
    Direction,
    effect_sentence,
    outcome_effects,
)
from systemmap.analysis.graph import to_digraph
from systemmap.analysis.pushes import what_if
from systemmap.analysis.settings import SETTINGS
from systemmap.analysis.strength_draws import answers, drawn
from systemmap.errors import InvalidValue, UnknownItem
from systemmap.model.values import Strength
from systemmap.testing import map_from
from tests.analysis.drawn_maps import chain

ROUTE = "a -> b {}\n b -> c {}\n c -> goal +\n aside -> elsewhere +"


def _rated(system_map, strength):
    for link in list(system_map.links.values()):
        system_map.replace_link(replace(link, strength=strength))
    return system_map


@pytest.mark.parametrize(
    ("signs", "direction"),
    [("++", "more"), ("+-", "less"), ("-+", "less"), ("--", "more"), ("?+", "unclear")],
)
def test_on_one_route_each_flipped_sign_flips_the_effect(signs, direction):
    effects = outcome_effects(map_from(ROUTE.format(*signs), outcome="goal"))
    assert effects["a"].direction == direction
    if direction != "unclear":
        assert effects["a"].agreeing == SETTINGS.draws


def test_flipping_a_sign_mirrors_the_effect_exactly():
    same = outcome_effects(map_from(ROUTE.format("+", "+"), outcome="goal"))["a"]
    other = outcome_effects(map_from(ROUTE.format("-", "+"), outcome="goal"))["a"]
    assert same.median == -other.median > 0
    assert (same.low, same.high) == pytest.approx((-other.high, -other.low))


def test_no_route_is_exactly_no_effect():
    effect = outcome_effects(map_from(ROUTE.format("+", "+"), outcome="goal"))["aside"]
    assert effect.direction is Direction.NONE
    assert (effect.median, effect.low, effect.high) == (0.0, 0.0, 0.0)
    assert (effect.bar, effect.steps, effect.agreeing) == (0, None, 0)


def test_an_unrated_link_leaves_a_wider_range_than_a_rated_one():
    unrated = map_from("a -> goal +", outcome="goal")
    wide = outcome_effects(unrated)["a"]
    for strength in (Strength.WEAK, Strength.MEDIUM, Strength.STRONG):
        narrow = outcome_effects(_rated(unrated.copy(), strength))["a"]
        assert narrow.high - narrow.low < wide.high - wide.low


def test_the_solve_is_what_iteration_from_two_starts_arrives_at(foresight):
    links = drawn(to_digraph(foresight), replace(SETTINGS, draws=3))
    count = len(links.names)
    push = np.zeros(count)
    push[[3, 40]] = (1.0, -1.0)
    solved = answers(links, push, transposed=False)
    for draw, weights in enumerate(links.weights):
        matrix = np.zeros((count, count))
        matrix[links.targets, links.sources] = weights
        for start in (np.zeros(count), np.linspace(-5, 5, count)):
            state = start
            for _ in range(400):
                state = matrix @ state + push
            assert np.abs(state - solved[draw]).max() < 1e-6


def test_both_ways_of_asking_agree_on_the_foresight_map(foresight):
    forwards = what_if(foresight, {"stress": 1.0})[foresight.outcome]
    backwards = outcome_effects(foresight)["stress"]
    assert forwards.median == pytest.approx(backwards.median, abs=1e-12)
    assert forwards.direction is backwards.direction
    assert forwards.steps == backwards.steps


def test_pushing_the_other_way_mirrors_every_answer(foresight):
    more, less = (what_if(foresight, {"stress": size}) for size in (1.0, -1.0))
    for key, effect in more.items():
        assert less[key].median == pytest.approx(-effect.median, abs=1e-12)
        assert less[key].bar == effect.bar


def test_the_total_pull_on_a_factor_stays_at_the_cap():
    many = "\n".join(f"c{i} -> goal +" for i in range(9))
    system_map = _rated(map_from(many, outcome="goal"), Strength.STRONG)
    links = drawn(to_digraph(system_map), SETTINGS)
    assert np.abs(links.weights).sum(axis=1) == pytest.approx(0.8)


def test_dropping_links_breaks_a_long_single_route_in_some_runs():
    system_map = map_from(ROUTE.format("+", "+"), outcome="goal")
    kept = outcome_effects(system_map)["a"]
    dropped = outcome_effects(system_map, drop_links=True)["a"]
    assert kept.agreeing == 500
    assert 300 < dropped.agreeing < 430  # about .9 cubed of 500
    assert dropped.direction in (Direction.MORE, Direction.UNCLEAR)


def test_settling_one_sign_changes_no_other_draw():
    unknown = map_from("a -> goal +\n b -> goal ?", outcome="goal")
    settled = map_from("a -> goal +\n b -> goal -", outcome="goal")
    assert outcome_effects(unknown)["a"] == outcome_effects(settled)["a"]


def test_a_push_that_fades_on_the_way_is_not_called_harmful():
    system_map = chain(2_000)
    effects = outcome_effects(system_map, settings=replace(SETTINGS, draws=5))
    far = effects["f0000"]
    assert far.steps == 1_999
    assert "too far" in effect_sentence(far, system_map)
    assert effects["f1998"].direction is Direction.MORE


def test_without_an_outcome_the_run_is_refused_in_words():
    system_map = map_from("a -> b +")
    with pytest.raises(InvalidValue, match="Choose the cause the group cares about"):
        outcome_effects(system_map)
    with pytest.raises(InvalidValue, match="No outcome is chosen"):
        what_if(system_map, {"a": 1.0})


def test_a_run_without_a_push_or_with_an_unknown_one_is_refused():
    system_map = map_from("stress -> goal +", outcome="goal")
    with pytest.raises(InvalidValue, match="Nothing is pushed"):
        what_if(system_map, {"stress": 0.0})
    with pytest.raises(UnknownItem, match="Did you mean 'stress'"):
        what_if(system_map, {"stres": 1.0})


def test_sentences_say_runs_distance_and_slow_links():
    system_map = map_from(
        "stress -> snacking + (delay)\n snacking -> weight +\n sleep -> weight ?\n park",
        outcome="weight",
    )
    effects = outcome_effects(system_map)
    said = {key: effect_sentence(each, system_map) for key, each in effects.items()}
    assert said["stress"] == (
        "On this map, more “Stress” means more “Weight” in 100 % of runs. "
        "It lies 2 links from the outcome. The strongest route has 1 slow link."
    )
    assert "talk it through" in said["sleep"]
    assert "there is no route" in said["park"]


def test_bars_are_fifths_of_the_factors_with_a_route():
    ten = "\n".join(f"n{i:02d} -> n{i + 1:02d} +" for i in range(10))
    effects = outcome_effects(map_from(ten, outcome="n10"))
    assert [effects[f"n{i:02d}"].bar for i in range(10)] == [
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
        5,
        5,
    ]
