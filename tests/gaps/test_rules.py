"""One test per rule: what it finds, in words that name real items."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from systemmap.gaps import GAP_RULES, find_gaps
from systemmap.model.elements import MapVersion
from systemmap.model.people import Place, Population
from systemmap.model.response import Action, ActionFactor, Asset, AssetFactor
from systemmap.model.values import Due, Influence, Strength
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
MAP = "price -> snacking +\n snacking -> stress +\n stress -> snacking +\n stress -> weight +"


def local_map(notation=MAP, outcome="weight", **by_factor):
    system_map = map_from(notation, outcome=outcome)
    for factor in system_map.factors.values():
        changes = {"influence": Influence.LOCAL, **by_factor.get(factor.id, {})}
        system_map.replace_factor(replace(factor, **changes))
    return system_map


def tie(action_id, factor_id):
    return ActionFactor(action_id=action_id, factor_id=factor_id)


def found(rule, *records, system_map=None):
    programme = programme_of(system_map or local_map(), *records)
    report = find_gaps(programme, today=TODAY)
    return [gap for gap in report.gaps if gap.rule == rule]


def subjects(rule, *records, system_map=None):
    return [gap.subject for gap in found(rule, *records, system_map=system_map)]


def said(rule, *records, system_map=None):
    (gap,) = found(rule, *records, system_map=system_map)
    return " ".join(gap.sentences)


def test_g1_names_each_factor_without_a_listed_action_but_not_the_outcome():
    gaps = found("g1_no_action", SOLID, tie("solid", "stress"))
    assert [gap.name for gap in gaps] == ["Price", "Snacking"]
    assert gaps[0].sentences == ("No action listed for “Price”.",)
    assert gaps[0].code == "G1"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"status": "proposed"}, "Only an idea so far"),
        ({"status": ""}, "without a status"),
        ({"status": "paused"}, "Stalled on"),
        ({"status": "stopped"}, "Finished or stopped on"),
        ({"status": "booked"}, "Planned, nothing started"),
        ({"verified_on": None}, "confirmed by its owner"),
    ],
)
def test_g2_says_why_listed_work_is_not_live(changed, words):
    text = said("g2_no_live_work", replace(SOLID, **changed), tie("solid", "stress"))
    assert words in text
    assert "“School meals policy”" in text


def test_g2_is_silent_about_confirmed_live_work():
    assert subjects("g2_no_live_work", SOLID, tie("solid", "stress")) == []


def test_g3_names_work_at_events_level_only():
    event = replace(SOLID, action_scale="events")
    assert "level of events: “School meals policy”" in said(
        "g3_surface_only", event, tie("solid", "stress")
    )
    assert subjects("g3_surface_only", SOLID, tie("solid", "stress")) == []


def layered(count, layer):
    actions = [
        replace(SOLID, id=f"{layer}-{n}", title=f"{layer} {n}", layer=layer)
        for n in range(count)
    ]
    return [*actions, *(tie(action.id, "stress") for action in actions)]


def wider_map():
    return local_map(
        price={"layer": "wider"},
        stress={"layer": "wider"},
        snacking={"layer": "individual"},
    )


def test_g4_finds_the_layer_that_holds_causes_without_actions():
    (gap,) = found(
        "g4_layer_balance", *layered(10, "individual"), system_map=wider_map()
    )
    assert (gap.subject, gap.name) == ("layer:wider", "Wider conditions")
    assert (
        "67 % of causes and 0 % of current actions: 67 points more" in gap.sentences[1]
    )
    assert "benchmark: 16.4 % of actions" in gap.sentences[1]
    assert gap.denominator == "3 causes in scope; 10 current actions, 0 not classified."


def test_g4_says_nothing_about_shares_of_nine_actions():
    assert (
        subjects("g4_layer_balance", *layered(9, "individual"), system_map=wider_map())
        == []
    )


@pytest.mark.parametrize("field", ["owners", "measures"])
def test_g5_names_what_the_work_lacks(field):
    bare = replace(SOLID, **{field: ()})
    assert "“School meals policy”" in said("g5_unowned", bare, tie("solid", "stress"))


def test_g5_says_when_every_date_has_passed():
    late = replace(SOLID, due=Due(raw="March 2026", start="2026-03"))
    assert "Every due date" in said("g5_unowned", late, tie("solid", "stress"))


GROUP = Population(id="carers", name="Unpaid carers", priority=True)


@pytest.mark.parametrize("named", ["carers", "Unpaid Carers"])
def test_g6_names_the_priority_group_that_live_work_leaves_out(named):
    marked = local_map(stress={"populations": ("carers",)})
    records = GROUP, SOLID, tie("solid", "stress")
    (gap,) = found("g6_not_reached", *records, system_map=marked)
    assert gap.subject == "factor:stress/population:carers"
    assert "No live action on “Stress” names “Unpaid carers”" in gap.sentences[0]
    assert "0 of 1 relevant cause" in gap.sentences[1]
    reached = GROUP, replace(SOLID, populations=(named,)), tie("solid", "stress")
    assert subjects("g6_not_reached", *reached, system_map=marked) == []


def test_g6_covers_priority_places_too():
    marked = local_map(stress={"places": ("northfield",)})
    place = Place(id="northfield", name="Northfield", priority=True)
    records = place, SOLID, tie("solid", "stress")
    assert subjects("g6_not_reached", *records, system_map=marked) == [
        "factor:stress/place:northfield"
    ]


def test_g8_and_g9_ask_for_an_asset_and_an_indicator():
    marked = local_map(stress={"indicators": ("overweight",)})
    asset = (
        Asset(id="park", name="Castle Park"),
        AssetFactor(asset_id="park", factor_id="price"),
    )
    assert subjects("g8_no_asset", *asset, system_map=marked) == [
        "factor:snacking",
        "factor:stress",
    ]
    assert subjects("g9_no_indicator", *asset, system_map=marked) == [
        "factor:price",
        "factor:snacking",
    ]
    assert found("g9_no_indicator", system_map=marked)[0].sentences == (
        "No indicator listed for “Price”.",
    )


def test_upstream_gap_names_what_feeds_live_work():
    text = said("upstream_gap", SOLID, tie("solid", "snacking"))
    assert (
        text
        == "Live work on “Snacking”, and none listed on what feeds it: “Price” and “Stress”."
    )


def test_upstream_gap_does_not_follow_a_weak_link():
    system_map = local_map("price -> snacking +", outcome=None)
    system_map.replace_link(
        replace(system_map.link("price", "snacking"), strength=Strength.WEAK)
    )
    assert (
        subjects("upstream_gap", SOLID, tie("solid", "snacking"), system_map=system_map)
        == []
    )


def test_loop_gap_reads_the_loop_and_goes_once_one_factor_has_work():
    text = said("loop_gap")
    assert "“Snacking” and “Stress” feed each other (reinforcing)" in text
    assert subjects("loop_gap", SOLID, tie("solid", "stress")) == []


def test_loop_gap_leaves_balancing_and_undetermined_loops_alone():
    balancing = local_map("a -> b +\n b -> a -\n c -> d ?\n d -> c +", outcome=None)
    assert subjects("loop_gap", system_map=balancing) == []


def test_theme_gap_counts_only_factors_that_can_be_changed_here():
    food = {"theme": "food_environment"}
    system_map = local_map(
        price=food, snacking=food, stress=food | {"influence": Influence.NATIONAL}
    )
    (gap,) = found("theme_gap", system_map=system_map)
    assert (
        gap.sentences[0]
        == "Current work in “Food environment” is listed on 0 of 2 causes that can be changed here."
    )
    covered = SOLID, tie("solid", "price")
    assert subjects("theme_gap", *covered, system_map=system_map) == []


def test_depth_gap_needs_a_known_level_and_says_what_is_unknown():
    system_map = local_map(stress={"theme": "schools"})
    event = replace(SOLID, action_scale="events")
    other = replace(SOLID, id="other", title="Talks", action_scale="")
    both = event, other, tie("solid", "stress"), tie("other", "stress")
    text = said("depth_gap", *both, system_map=system_map)
    assert "deeper than events: “School meals policy”" in text
    assert "1 other current action in this theme without a level yet" in text
    assert (
        subjects("depth_gap", other, tie("other", "stress"), system_map=system_map)
        == []
    )
    assert (
        subjects("depth_gap", SOLID, tie("solid", "stress"), system_map=system_map)
        == []
    )


def test_unused_and_unlinked_assets_are_different_findings():
    park, hall = Asset(id="park", name="Castle Park"), Asset(id="hall", name="Hall")
    records = park, hall, AssetFactor(asset_id="park", factor_id="stress")
    assert (
        said("unused_asset", *records)
        == "“Castle Park” helps with “Stress” and none of the listed actions names it."
    )
    assert said("unlinked_asset", *records) == "“Hall” is tied to no cause of this map."
    used = replace(SOLID, assets=("park",))
    assert subjects("unused_asset", *records, used) == []
    ended = replace(used, status="stopped")
    assert subjects("unused_asset", *records, ended) == ["asset:park"]


def test_an_action_is_an_orphan_without_a_tie_or_without_a_route_to_the_outcome():
    assert (
        said("orphan_action", SOLID)
        == "“School meals policy” is tied to no cause of this map."
    )
    island = local_map(MAP + "\n sleep")
    text = said("orphan_action", SOLID, tie("solid", "sleep"), system_map=island)
    assert (
        text
        == "“School meals policy” is tied only to “Sleep”, from where no route leads to “Weight” on this map."
    )
    assert (
        subjects("orphan_action", SOLID, tie("solid", "weight"), system_map=island)
        == []
    )
    assert subjects("orphan_action", replace(SOLID, status="complete")) == []


def crowd(actions, owners):
    return [
        record
        for n in range(actions)
        for record in (
            replace(
                SOLID,
                id=f"a{n}",
                title=f"Action {n}",
                owners=(f"Partner {n % owners}",),
            ),
            tie(f"a{n}", "stress"),
        )
    ]


def test_crowded_needs_five_live_actions_from_four_organisations():
    (gap,) = found("crowded", *crowd(5, 4))
    assert "5 live actions from 4 organisations" in gap.sentences[0]
    assert gap.sentences[0].endswith("agree who leads.")
    assert gap.positive
    assert subjects("crowded", *crowd(5, 3)) == subjects("crowded", *crowd(4, 4)) == []


def test_fragile_names_the_one_organisation():
    alone = replace(SOLID, owners=("Council",))
    assert "“Council”" in said("fragile", alone, tie("solid", "stress"))


def test_national_and_left_out_factors_have_their_own_lists():
    system_map = local_map(
        price={"influence": Influence.NATIONAL},
        snacking={"influence": Influence.NOT_MODIFIABLE},
    )
    report = find_gaps(programme_of(system_map), today=TODAY)
    assert [row.name for row in report.rows] == ["Stress"]
    assert [row.name for row in report.national] == ["Price"]
    assert [cover.factor.label for cover in report.left_out] == ["Snacking", "Weight"]


def test_an_empty_programme_has_no_gaps_and_says_so_without_dividing_by_zero():
    report = find_gaps(programme_of(), today=TODAY)
    assert report.gaps == ()
    assert report.headline.startswith("There are no causes")


def test_another_map_of_the_programme_has_gaps_of_its_own():
    programme = programme_of(local_map(), SOLID, tie("solid", "stress"))
    programme.put_map(local_map("sleep").copy(MapVersion(id="table-1", name="Table 1")))
    report = find_gaps(programme, "table-1", today=TODAY)
    assert [g.name for g in report.gaps if g.rule == "g1_no_action"] == ["Sleep"]


def test_all_nine_codes_are_there():
    codes = {rule.code for rule in GAP_RULES.values()} - {""}
    assert codes == {f"G{n}" for n in range(1, 10)}
