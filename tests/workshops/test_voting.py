"""Dots: as many as each has, hidden until closed, then a priority with its method."""

import pytest

from systemmap.errors import InvalidValue
from systemmap.model.workshop import VoteRound, Workshop
from systemmap.testing import map_from, programme_of
from systemmap.workshops.votes import (
    close_round,
    open_round,
    people_voted,
    place_dot,
    result_of,
    take_back,
)

ROUND = VoteRound(
    id="r",
    workshop_id="w",
    question="Which matter most?",
    options=("stress", "snacking"),
    dots=2,
)


def voted(vote_round, *choices, voter="a", votes=()):
    """Return the votes after one phone placed dots."""
    votes = list(votes)
    for choice in choices:
        votes.append(place_dot(vote_round, votes, voter, choice).new)
    return votes


def test_a_phone_has_as_many_dots_as_the_round_gives():
    opened = open_round(ROUND)
    votes = voted(opened, "stress", "stress")
    with pytest.raises(InvalidValue, match="You have placed all 2 dots"):
        place_dot(opened, votes, "a", "snacking")
    assert place_dot(opened, votes, "b", "snacking").new.voter == "b"


def test_two_taps_at_once_want_the_same_place():
    opened = open_round(ROUND)
    one, other = (place_dot(opened, [], "a", c) for c in ("stress", "snacking"))
    assert one.key == other.key
    assert one.expected == other.expected == 0


def test_a_dot_taken_back_can_be_placed_elsewhere():
    opened = open_round(ROUND)
    votes = voted(opened, "stress", "stress")
    change = take_back(opened, votes, "a", "stress")
    left = [vote for vote in votes if vote.id != change.key]
    assert [v.choice for v in voted(opened, "snacking", votes=left)] == [
        "stress",
        "snacking",
    ]


def test_nobody_takes_back_a_dot_of_somebody_else():
    opened = open_round(ROUND)
    with pytest.raises(InvalidValue, match="You have no dot there"):
        take_back(opened, voted(opened, "stress"), "b", "stress")


def test_the_count_is_hidden_while_the_round_is_open():
    opened = open_round(ROUND)
    votes = voted(opened, "stress")
    assert people_voted(votes) == 1
    with pytest.raises(InvalidValue, match="still open"):
        result_of(opened, votes)


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_a_round_that_is_not_open_takes_no_dots(state):
    from dataclasses import replace

    with pytest.raises(InvalidValue, match="not open"):
        place_dot(replace(ROUND, state=state), [], "a", "stress")


def test_a_vote_becomes_a_priority_and_no_dots_is_zero_not_unknown():
    programme = programme_of(
        map_from("stress -> snacking +\n sleep"), Workshop(id="w", title="W")
    )
    opened = open_round(ROUND)
    programme.add(opened, *voted(opened, "stress", "stress"))
    result = close_round(programme, "r")
    factors = programme.system_map().factors
    assert result.counts == (("stress", 2), ("snacking", 0))
    assert [factors[f].priority for f in ("stress", "snacking", "sleep")] == [
        2,
        0,
        None,
    ]
    assert factors["stress"].priority_method.startswith(
        "Which matter most? (2 dots each, 1 person voted, "
    )
    assert factors["sleep"].priority_method == ""


def test_a_round_needs_a_question_and_two_choices():
    with pytest.raises(InvalidValue, match="at least two"):
        open_round(VoteRound(id="r", workshop_id="w", question="?", options=("one",)))
