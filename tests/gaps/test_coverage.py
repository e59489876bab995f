"""The cover ladder, its thin flags, and denominators that add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from systemmap.analysis.settings import SETTINGS
from systemmap.coverage.cover import Block, Rung, find_coverage
from systemmap.model.elements import Factor
from systemmap.model.response import Action, ActionFactor
from systemmap.model.values import Due, Influence
from systemmap.testing import map_from, programme_of

TODAY = date(2026, 11, 21)
SOLID = Action(
    id="solid",
    title="School meals policy",
    status="ongoing",
    owners=("Council", "NHS trust"),
    measures=("Uptake",),
    due=Due(raw="2028", start="2028", precision="year"),
    action_scale="structures",
    layer="living_working",
    verified_on=date(2026, 10, 1),
)


def cover(*actions, settings=SETTINGS):
    ties = [ActionFactor(action_id=a.id, factor_id="stress") for a in actions]
    programme = programme_of(map_from("stress"), *actions, *ties)
    found = find_coverage(programme, today=TODAY, settings=settings)
    return found.factors["stress"]


def action(action_id, **fields):
    return Action(id=action_id, title=action_id.title(), **fields)


def flags(*actions):
    return {flag.key: flag.sentence for flag in cover(*actions).flags}


def test_rung_0_says_that_no_action_is_listed():
    found = cover()
    assert (found.rung, found.words) == (0, "nobody has listed an action")
    assert found.sentences == ("No action listed for “Stress”.",)


@pytest.mark.parametrize("status", ["proposed", ""])
def test_rung_1_holds_ideas_and_actions_without_a_status(status):
    found = cover(action("walks", status=status))
    assert (found.rung, found.words) == (Rung.IDEAS_ONLY, "ideas only")
    assert "“Walks”" in found.sentences[0]


@pytest.mark.parametrize("status", ["paused", "complete", "stopped", "carried_forward"])
def test_rung_2_holds_finished_and_stalled_work_even_beside_an_idea(status):
    found = cover(action("walks", status=status), action("talks", status="proposed"))
    assert (found.rung, found.words) == (2, "only finished or stalled work")
    assert len(found.sentences) == 2


@pytest.mark.parametrize("status", ["not_planned", "not_started", "booked"])
def test_planned_work_alone_is_rung_3_and_says_that_nothing_started(status):
    found = cover(replace(SOLID, status=status))
    assert (found.rung, found.words) == (3, "planned, nothing started")
    assert [flag.key for flag in found.flags] == ["planned_only"]


def test_rung_3_is_live_work_with_any_thin_flag():
    found = cover(replace(SOLID, measures=()))
    assert (found.rung, found.words) == (3, "live work, but thin")
    assert found.sentences[0] == "Live on “Stress”: “School meals policy”."


def test_rung_4_is_live_work_without_a_thin_flag():
    assert (cover(SOLID).rung, cover(SOLID).words) == (
        4,
        "live work, nothing missing on paper",
    )


def test_finished_work_that_stays_in_force_is_live_and_needs_no_due_date():
    in_force = replace(SOLID, status="complete", in_force=True, due=None)
    assert cover(in_force).rung is Rung.COMPLETE_ON_PAPER


def test_where_plans_do_not_count_as_cover_they_stand_with_the_ideas():
    strict = replace(SETTINGS, planned_is_cover=False)
    found = cover(replace(SOLID, status="booked"), settings=strict)
    assert (found.rung, found.words) == (1, "ideas and plans only")
    assert cover(SOLID, settings=strict).rung is Rung.COMPLETE_ON_PAPER


@pytest.mark.parametrize(
    ("key", "changed", "words"),
    [
        ("one_organisation", {"owners": ("Council", "council ")}, "“Council”"),
        (
            "one_organisation",
            {"owners": ("Council", "All partners"), "partners": ("Wider partners",)},
            "“Council”",
        ),
        ("surface_only", {"action_scale": "events"}, "level of events"),
        ("surface_only", {"layer": "individual"}, "aimed at individuals"),
        ("no_owner", {"owners": ()}, "No owner is named"),
        ("no_measure", {"measures": ()}, "No measure is set"),
        ("no_due_date", {"due": Due(raw="TBC")}, "No due date is set"),
        ("no_due_date", {"due": Due(raw="Oct 2026", start="2026-10")}, "has passed"),
        ("ends_soon", {"end": date(2027, 5, 21)}, "within 6 months"),
        ("planned_only", {"status": "booked"}, "Planned, nothing started"),
        ("unverified", {"verified_on": None}, "confirmed by its owner"),
    ],
)
def test_each_thin_flag_is_one_sentence_that_names_a_real_item(key, changed, words):
    thin = replace(SOLID, **changed)
    found = flags(thin)
    assert list(found) == [key]
    assert words in found[key]
    assert thin.title in found[key] or "Council" in found[key]
    assert found[key].count(".") == 1


def test_one_good_action_lifts_a_flag_that_only_the_other_has():
    other = action("walks", status="ongoing", action_scale="events")
    assert flags(SOLID, other) == {}


@pytest.mark.parametrize(
    "changed",
    [
        {"action_scale": "", "layer": ""},
        {"end": None},
        {"end": date(2027, 5, 22)},
        {"due": Due(raw="April 2023 onwards", start="2023-04", qualifier="onwards")},
        {"due": Due(raw="November", start="2026-11", precision="month")},
        {"due": Due(raw="today", start="2026-11-21", precision="day")},
        {"owners": ("Council",), "partners": ("Schools",)},
    ],
)
def test_unknown_or_open_ended_is_never_read_as_thin(changed):
    assert flags(replace(SOLID, **changed)) == {}


def test_an_idea_raises_no_thin_flag_about_current_work():
    assert flags(action("walks")) == {}


def test_every_factor_is_counted_in_one_block_and_the_sentence_adds_up():
    system_map = map_from("weight", outcome="weight")
    for influence in Influence:
        name = influence.value.replace("_", "-")
        system_map.add_factor(Factor(id=name, label=name, influence=influence))
    system_map.add_factor(Factor(id="far", label="Far away", in_scope=False))
    found = find_coverage(programme_of(system_map), today=TODAY)
    assert {block: len(found.block(block)) for block in Block} == {
        Block.ACTIONABLE: 2,
        Block.UNSORTED: 1,
        Block.NATIONAL: 1,
        Block.OUTCOME: 1,
        Block.OUT_OF_SCOPE: 1,
        Block.NOT_MODIFIABLE: 1,
    }
    numbers = [
        int(part.split()[0]) for part in found.denominators.split(": ")[1].split("; ")
    ]
    assert found.denominators.startswith("7 causes on this map: 2 can be changed here")
    assert sum(numbers) == 7


def test_actions_tied_to_nothing_stay_outside_the_denominators():
    programme = programme_of(map_from("stress"), SOLID)
    found = find_coverage(programme, today=TODAY)
    assert found.untied == (SOLID,)
    assert found.factors["stress"].rung is Rung.NOTHING_LISTED


def test_a_tie_on_another_map_covers_nothing_here():
    programme = programme_of(map_from("stress"), SOLID)
    reference = map_from("stress")
    programme.put_map(reference.copy(replace(reference.version, id="table-1")))
    programme.add(ActionFactor(action_id="solid", map_id="table-1", factor_id="stress"))
    found = find_coverage(programme, today=TODAY)
    assert found.factors["stress"].rung is Rung.NOTHING_LISTED
    assert found.untied == (SOLID,)
