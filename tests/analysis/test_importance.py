from systemmap.analysis.importance import Band, Importance, cut, find_importance
from systemmap.testing import map_from


def test_the_cut_is_at_the_last_of_the_top_quarter():
    assert cut([8, 7, 6, 5, 4, 3, 2, 1]) == 7


def test_a_tie_at_the_cut_is_taken_whole_up_to_a_third():
    assert cut([9, 8, 7, 7, 5, 4, 3, 2, 1, 1, 1, 1]) == 7  # 4 of 12: a third
    assert cut([9, 8, 7, 7, 7, 4, 3, 2, 1, 1, 1, 1]) == 8  # 5 of 12: left out whole


def test_nothing_stands_out_when_all_are_alike_or_zero():
    assert cut([1] * 12) == float("inf")
    assert cut([0] * 12) == float("inf")
    assert cut([]) == float("inf")


def test_a_group_smaller_than_a_quarter_still_stands_out():
    assert cut([5] + [0] * 11) == 5


def test_without_an_outcome_there_are_no_classes_and_one_is_asked_for():
    result = find_importance(map_from("a -> b +"))
    assert result.classes == {}
    assert "Choose an outcome" in result.sentence


def test_the_outcome_itself_has_no_class():
    result = find_importance(map_from("a -> goal +", outcome="goal"))
    assert list(result.classes) == ["a"]


def test_classes_bands_and_reasons_on_a_map_worked_by_hand():
    # hub is in both loops, has the most links out, and lies next to the goal.
    drawn = map_from(
        "hub -> goal +\n hub -> a +\n a -> hub +\n hub -> b +\n b -> hub +\n c -> a +\n"
        "d -> c +\n e -> d +\n park",
        outcome="goal",
    )
    result = find_importance(drawn)
    hub = result.factors["hub"]
    assert hub.importance is Importance.HIGH
    assert hub.sentences == (
        "Moves “Goal” most of all causes on this map.",
        "In 2 short loops; no other cause is in as many.",
        "Affects 3 causes directly.",
    )
    assert hub.band is Band.NEXT_TO
    park = result.factors["park"]
    assert park.importance is Importance.LOWER
    assert park.band is Band.NO_ROUTE
    assert park.sentences == (
        "No route to “Goal” on this map.",
        "In no short loop.",
        "Affects no other cause directly.",
    )
    assert "8 causes and 8 links" in result.sentence


def test_unclear_direction_stays_beside_the_class():
    drawn = map_from("a -> goal ?\n b -> goal +", outcome="goal")
    entries = find_importance(drawn).factors
    assert entries["a"].direction_unclear
    assert not entries["b"].direction_unclear
