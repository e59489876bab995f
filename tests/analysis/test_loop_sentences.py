from hypothesis import given

from systemmap.analysis.loops import find_loops
from systemmap.analysis.loops.sentences import kind_in_words, loop_sentence
from systemmap.testing import map_from
from tests.strategies import system_maps


@given(system_map=system_maps())
def test_the_story_ends_where_the_signs_say(system_map):
    for loop in find_loops(system_map, 6, 50):
        assert kind_in_words(loop, system_map) is loop.kind


def test_the_story_agrees_with_the_signs_on_the_foresight_map(foresight):
    for loop in find_loops(foresight, 8):
        assert kind_in_words(loop, foresight) is loop.kind


def test_a_reinforcing_loop_is_told():
    drawn = map_from(
        "stress -> perceived-lack-of-time +\n perceived-lack-of-time -> stress +",
        outcome="stress",
    )
    assert loop_sentence(find_loops(drawn).loops[0], drawn) == (
        "More stress → more perceived lack of time → more stress. "
        "It feeds itself (reinforcing)."
    )


def test_a_balancing_loop_with_a_slow_link_is_told():
    drawn = map_from("a -> b +\n b -> a - (delay)")
    assert loop_sentence(find_loops(drawn).loops[0], drawn) == (
        "More a → more b → less a (slowly). It pushes back (balancing). "
        "1 of these links is slow; expect years. "
        "A balancing loop with a slow link can overshoot."
    )


def test_an_unknown_sign_leaves_the_story_undetermined():
    drawn = map_from("a -> b -\n b -> c ?\n c -> a -")
    assert loop_sentence(find_loops(drawn).loops[0], drawn) == (
        "More a → less b → changes c (direction not agreed) → changes a. "
        "Whether it feeds itself or pushes back is undetermined."
    )


def test_the_story_starts_at_the_outcome():
    drawn = map_from("a -> b +\n b -> a +", outcome="b")
    assert loop_sentence(find_loops(drawn).loops[0], drawn).startswith("More b → ")
