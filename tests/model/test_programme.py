"""Programme: keys are unique, every reference leads somewhere, nothing needed goes."""

from datetime import date

import pytest
from hypothesis import given, settings

from systemmap.errors import DuplicateItem, InvalidValue, StillNeeded, UnknownItem
from systemmap.model.changes import changes_between
from systemmap.model.elements import Factor, Link
from systemmap.model.kinds import KINDS
from systemmap.model.plan import Phase
from systemmap.model.response import Action, ActionFactor, Asset, AssetFactor
from systemmap.model.rows import data_from, record_from
from systemmap.model.values import StatusGroup
from systemmap.testing import map_from, programme_of
from tests.sizes import WHOLE
from tests.strategies import programmes

ACTION = Action(id="school-streets", title="School Streets")
TIE = ActionFactor(
    action_id="school-streets", factor_id="walking", reason="Closes the street."
)


def test_a_tie_needs_its_action_and_its_factor():
    programme = programme_of(map_from("walking -> fitness +"))
    with pytest.raises(UnknownItem, match="No action with id 'school-streets'"):
        programme.add(TIE)


def test_adding_several_records_is_all_or_nothing():
    programme = programme_of(map_from("walking"))
    with pytest.raises(DuplicateItem):
        programme.add(ACTION, TIE, ACTION)
    assert not programme.actions
    assert not programme.all(ActionFactor)


def test_what_others_depend_on_is_not_removed():
    programme = programme_of(map_from("walking"), ACTION, TIE)
    with pytest.raises(StillNeeded, match="tie 'school-streets/main/walking'"):
        programme.remove(Action, "school-streets")
    assert "school-streets" in programme.actions


def test_removing_a_factor_unties_it_everywhere():
    programme = programme_of(
        map_from("walking -> fitness +"),
        ACTION,
        TIE,
        Asset(id="path", name="Canal path"),
        AssetFactor(asset_id="path", factor_id="walking"),
    )
    programme.remove_factor("main", "walking")
    assert not programme.all(ActionFactor)
    assert not programme.all(AssetFactor)
    assert not programme.all(Link)
    assert set(programme.all(Factor)) == {"main/fitness"}


def test_putting_a_map_back_removes_what_was_removed_from_it():
    programme = programme_of(map_from("a -> b +\n b -> c +"), ACTION)
    programme.add(ActionFactor(action_id="school-streets", factor_id="a"))
    system_map = programme.system_map()
    system_map.remove_factor("a")
    programme.put_map(system_map)
    assert programme.system_map() == system_map
    assert not programme.all(ActionFactor)


def test_a_programme_does_not_remove_itself():
    programme = programme_of()
    with pytest.raises(InvalidValue, match="cannot remove itself"):
        programme.remove(type(programme.info), programme.id)


@pytest.mark.parametrize(
    ("status", "in_force", "group"),
    [
        ("", False, StatusGroup.UNKNOWN),
        ("proposed", False, StatusGroup.IDEA),
        ("not_planned", False, StatusGroup.PLANNED),
        ("not_started", False, StatusGroup.PLANNED),
        ("booked", False, StatusGroup.PLANNED),
        ("ongoing", False, StatusGroup.LIVE),
        ("complete", True, StatusGroup.LIVE),
        ("complete", False, StatusGroup.ENDED),
        ("paused", False, StatusGroup.STALLED),
        ("stopped", True, StatusGroup.ENDED),
        ("carried_forward", False, StatusGroup.ENDED),
    ],
)
def test_a_status_has_one_meaning_for_coverage(status, in_force, group):
    assert Action(id="a", title="A", status=status, in_force=in_force).group is group


def test_an_unknown_status_is_refused_with_those_that_would_do():
    with pytest.raises(
        InvalidValue, match=r"'done' is not a status\. Use one of: proposed"
    ):
        Action(id="a", title="A", status="done")


@pytest.mark.parametrize("rating", ["red", "amber"])
def test_red_and_amber_given_on_a_day_need_a_reason(rating):
    with pytest.raises(InvalidValue, match="Say why, in one line"):
        Phase(
            id="p", number=1, name="Set-up", rating=rating, rated_on=date(2026, 11, 1)
        )


@pytest.mark.parametrize("why", ["", "Slow"])
def test_a_plan_that_colours_a_phase_gives_no_date_and_perhaps_no_reason(why):
    phase = Phase(id="p", number=1, name="Set-up", rating="red", rating_reason=why)
    assert phase.rated_on is None


def test_a_rating_is_one_of_four_words():
    with pytest.raises(InvalidValue, match="'purple' is not a rating"):
        Phase(id="p", number=1, name="Set-up", rating="purple")


@settings(max_examples=100 if WHOLE else 25)  # each draws some dozens of records
@given(programme=programmes())
def test_every_record_survives_the_codec(programme):
    """And a programme differs from its copy in nothing."""
    for kind, record in programme.records():
        assert record_from(kind.name, data_from(record)) == record
    assert changes_between(programme, programme.copy()) == []


def test_every_kind_comes_after_those_it_refers_to():
    seen: set[str] = set()
    for kind in KINDS.values():
        assert {reference.kind for reference in kind.references} <= seen | {kind.name}
        seen.add(kind.name)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"id": "a"}, "The factor has no 'label'"),
        ({"id": "a", "label": 3}, "factor.label is 3, which is not text"),
        ({"id": "a", "label": "A", "x": "left"}, "which is not a number"),
        ({"id": "a", "label": "A", "tags": "x"}, "which is not a list"),
        ({"id": "a", "label": "A", "influence": "mine"}, "which is not one of local"),
        ({"id": "a", "label": "A", "in_scope": 1}, "which is not true or false"),
    ],
)
def test_data_that_is_no_record_is_refused_in_words(data, message):
    with pytest.raises(InvalidValue, match=message):
        record_from("factor", data)


def test_fields_of_a_newer_program_come_out_where_they_were():
    data = data_from(Factor(id="stress", label="Stress")) | {"colour_of_mood": "blue"}
    assert data_from(record_from("factor", data)) == data
