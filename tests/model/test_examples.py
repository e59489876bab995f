"""Sampleshire and the templates: complete, valid, and in our own words."""

from collections import Counter

import pytest

from systemmap.bundled.examples import TEMPLATES, example, from_template
from systemmap.errors import UnknownItem
from systemmap.model.elements import Factor
from systemmap.model.evidence import Observation
from systemmap.model.plan import Phase, Step
from systemmap.model.response import ActionFactor
from systemmap.model.values import Confidence, StatusGroup
from systemmap.model.workshop import Contribution, Vote, VoteRound
from systemmap.vocab import terms

SAMPLESHIRE = example()


def test_sampleshire_is_large_enough_that_every_screen_has_something_to_show():
    system_map = SAMPLESHIRE.system_map()
    assert len(system_map.factors) == 47
    assert len(system_map.links) == 108
    assert len(SAMPLESHIRE.actions) == 60
    assert len(SAMPLESHIRE.assets) == 25
    assert [phase.number for phase in SAMPLESHIRE.all(Phase).values()] == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]
    assert system_map.outcome == "healthier-weight"


def test_sampleshire_shows_every_status_group_and_a_dispute():
    groups = {action.group for action in SAMPLESHIRE.actions.values()}
    assert groups >= set(StatusGroup) - {StatusGroup.UNKNOWN}
    disputed = [
        x
        for x in SAMPLESHIRE.system_map().links.values()
        if x.confidence is Confidence.DISPUTED
    ]
    assert [link.id for link in disputed] == ["mental-wellbeing -> healthier-weight"]


def test_each_has_an_example_of_its_own():
    mine = example()
    mine.remove_factor("main", "stress")
    assert "stress" in example().system_map().factors
    assert example() == SAMPLESHIRE


def test_every_tie_has_a_reason():
    assert all(tie.reason for tie in SAMPLESHIRE.all(ActionFactor).values())


def test_words_of_factors_and_actions_are_vocabulary_keys():
    for factor in SAMPLESHIRE.all(Factor).values():
        assert factor.theme in {"", *terms("themes")}
        assert factor.layer in {"", *terms("layers")}
        assert set(factor.settings) <= set(terms("settings"))
    for action in SAMPLESHIRE.actions.values():
        assert action.action_scale in {"", *terms("action_scales")}


def test_the_notes_of_the_workshop_add_up():
    notes = Counter(
        note.factor_id
        for note in SAMPLESHIRE.all(Contribution).values()
        if note.factor_id
    )
    for factor in SAMPLESHIRE.system_map().factors.values():
        assert factor.mentions == notes[factor.id] == len(factor.wordings)


def test_nobody_has_more_dots_than_the_round_gives():
    (vote_round,) = SAMPLESHIRE.all(VoteRound).values()
    dots = Counter(vote.voter for vote in SAMPLESHIRE.all(Vote).values())
    assert max(dots.values()) <= vote_round.dots
    votes = Counter(vote.choice for vote in SAMPLESHIRE.all(Vote).values())
    priorities = {
        f.id: f.priority
        for f in SAMPLESHIRE.all(Factor).values()
        if f.priority is not None
    }
    assert votes == priorities


def test_a_figure_that_was_not_published_is_missing_and_not_zero():
    missing = [x for x in SAMPLESHIRE.all(Observation).values() if x.value is None]
    assert missing
    assert all(observation.value_note for observation in missing)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_becomes_a_programme_of_the_given_name(template):
    programme = from_template(template, "Rutland")
    assert (programme.id, programme.info.name) == ("rutland", "Rutland")
    assert programme.maps["main"]


def test_the_starter_holds_factors_a_place_can_change_each_with_a_source():
    programme = from_template("starter", "Rutland")
    factors = programme.system_map().factors.values()
    assert 30 <= len(factors) <= 40
    assert all(factor.influence in ("local", "shared") for factor in factors)
    assert all(factor.extra["unknown_fields"]["source"] for factor in factors)
    assert len(programme.all(Step)) == len(terms("steps"))


def test_a_template_that_does_not_exist_is_refused():
    with pytest.raises(UnknownItem, match="Did you mean 'starter'"):
        from_template("startr", "Rutland")
