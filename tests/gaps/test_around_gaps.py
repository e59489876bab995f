"""Balance, reach and what a gap could build on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from systemmap.coverage.balance import find_layer_balance, find_scale_balance
from systemmap.coverage.building_on import Recommender
from systemmap.coverage.cover import find_coverage
from systemmap.coverage.groups_reached import find_reach
from systemmap.gaps import find_gaps
from systemmap.model.people import Place, Population
from systemmap.model.response import Action, ActionFactor, Asset, AssetFactor
from systemmap.model.values import Influence
from systemmap.testing import map_from, programme_of

TODAY = date(2026, 11, 21)


def local(notation, **by_factor):
    system_map = map_from(notation)
    for factor in system_map.factors.values():
        system_map.replace_factor(
            replace(factor, influence=Influence.LOCAL, **by_factor.get(factor.id, {}))
        )
    return system_map


def live(action_id, **fields):
    return Action(id=action_id, title=action_id.title(), status="ongoing", **fields)


def tie(action_id, factor_id):
    return ActionFactor(action_id=action_id, factor_id=factor_id)


def seen(programme):
    return programme, find_coverage(programme, today=TODAY)


def layers(count, unclassified=0, untied=0):
    actions = [live(f"a{n}", layer="individual") for n in range(count)]
    actions += [live(f"u{n}") for n in range(unclassified)]
    system_map = local("stress\n price", price={"layer": "wider"})
    loose = [live(f"loose{n}", layer="social") for n in range(untied)]
    return seen(
        programme_of(
            system_map, *actions, *loose, *(tie(a.id, "stress") for a in actions)
        )
    )


def rows(balance):
    return {row.layer: row for row in balance.rows}


def test_the_benchmark_is_shown_as_published_and_never_forced_to_a_hundred():
    found = rows(find_layer_balance(*layers(10)))
    shares = {layer: round(row.benchmark_share, 1) for layer, row in found.items()}
    assert shares == {
        "individual": 59.3,
        "social": 7.1,
        "living_working": 16.8,
        "wider": 16.4,
        "": 0.4,
    }
    assert sum(row.benchmark_count for row in found.values() if row.layer) == 279


def test_what_is_not_classified_is_a_row_of_its_own():
    found = rows(find_layer_balance(*layers(10, unclassified=10)))
    assert (found["individual"].action_share, found[""].action_share) == (50, 50)
    assert (found["wider"].difference, found["individual"].difference) == (50, -50)
    assert found[""].causes == 1


def test_under_ten_classified_actions_there_are_counts_and_no_shares():
    balance = find_layer_balance(*layers(9, unclassified=5))
    assert not balance.shares_shown
    assert all(
        row.action_share is None and row.difference is None for row in balance.rows
    )
    assert rows(balance)["individual"].sentences == (
        "“Individual lifestyle factors”: 0 causes, 9 current actions.",
    )


def test_untied_actions_are_counted_only_on_request_and_said():
    state = layers(10, untied=2)
    assert rows(find_layer_balance(*state))["social"].actions == 0
    assert (
        "not counted: 2 current actions tied to no cause"
        in find_layer_balance(*state).denominator
    )
    assert rows(find_layer_balance(*state, include_untied=True))["social"].actions == 2


def test_each_theme_has_its_own_bar_of_levels_and_an_action_counts_once_in_all():
    system_map = local("a\n b\n c", a={"theme": "schools"}, b={"theme": "workplaces"})
    deep = live("deep", action_scale="beliefs")
    balance = find_scale_balance(
        *seen(
            programme_of(
                system_map,
                deep,
                live("x"),
                tie("deep", "a"),
                tie("deep", "b"),
                tie("x", "b"),
            )
        )
    )
    assert [
        (t.label, {k: len(v) for k, v in t.actions.items()}) for t in balance.themes
    ] == [
        ("Schools and early years", {"beliefs": 1}),
        ("Workplaces", {"beliefs": 1, "": 1}),
        ("No theme yet", {}),
    ]
    assert balance.overall.total == 2


CARERS = Population(id="carers", name="Carers", priority=True)
TEENS = Population(id="teens", name="Teenagers")
ELDERS = Population(id="elders", name="Older people")
NORTH = Place(id="north", name="Northfield")


def reach(*actions_and_ties):
    both = {"populations": ("carers", "teens"), "places": ("north",)}
    system_map = local(
        "a\n b\n c\n d",
        a=both,
        b=both,
        c={"populations": ("carers",)},
        d={"populations": ("carers",)},
    )
    return find_reach(
        *seen(programme_of(system_map, CARERS, TEENS, ELDERS, NORTH, *actions_and_ties))
    )


def test_reach_is_a_share_with_its_distance_to_the_best_served_in_points_and_ratio():
    for_both = live("x", populations=("carers", "teens"), places=("Northfield",))
    table = reach(for_both, tie("x", "a"), tie("x", "b"))
    carers, teens = (
        table.group("population", "carers"),
        table.group("population", "teens"),
    )
    assert (teens.percent, teens.behind_points, teens.ratio) == (100, 0, 1)
    assert (carers.percent, carers.behind_points, carers.ratio) == (50, 50, 0.5)
    assert (
        carers.sentence
        == "Live actions name “Carers” on 2 of 4 relevant causes (50 % of them), and “Teenagers”, the best served, on 2 of 2 (100 %)."
    )
    assert carers.unreached == ("c", "d")


def test_two_groups_of_one_name_are_told_apart():
    groups = ({"populations": ("teens",)}, {"populations": ("tots",)})
    system_map = local("a\n b", a=groups[0], b=groups[1])
    teens, tots = (Population(id=key, name="Young") for key in ("teens", "tots"))
    work = live("x", populations=("teens",)), tie("x", "a")
    table = find_reach(*seen(programme_of(system_map, teens, tots, *work)))
    assert table.group("population", "teens").behind_points == 0
    assert table.group("population", "tots").behind_points == 100


def test_nothing_marked_is_unknown_and_never_zero():
    table = reach()
    elders = table.group("population", "elders")
    assert (elders.percent, elders.behind_points, elders.ratio) == (None, None, None)
    assert (
        elders.sentence
        == "No cause is marked as relevant to “Older people”, so its reach is unknown."
    )
    assert table.cell("a", "population", "elders") is None
    assert table.cell("a", "population", "carers") is False


def test_where_nobody_is_reached_there_is_no_ratio():
    carers = reach().group("population", "carers")
    assert (carers.percent, carers.behind_points, carers.ratio) == (0, 0, None)


def test_population_by_place_needs_one_action_that_names_both():
    apart = live("x", populations=("carers",)), live("y", places=("north",))
    table = reach(*apart, tie("x", "a"), tie("y", "a"))
    both = table.crossed["carers", "north"]
    assert (both.relevant, both.reached) == (("a", "b"), ())
    assert ("elders", "north") not in table.crossed
    together = reach(
        live("z", populations=("carers",), places=("north",)), tie("z", "b")
    )
    assert together.crossed["carers", "north"].reached == ("b",)


def test_planned_work_reaches_nobody_yet():
    planned = replace(live("x", populations=("carers",)), status="booked")
    assert reach(planned, tie("x", "a")).group("population", "carers").reached == ()


def suggested(factor_id, *records, system_map=None):
    programme, coverage = seen(
        programme_of(
            system_map or local("price -> snacking +\n snacking -> weight +"), *records
        )
    )
    return Recommender(programme, coverage).suggest(factor_id)


def asset(asset_id, *factor_ids, **fields):
    ties = [AssetFactor(asset_id=asset_id, factor_id=name) for name in factor_ids]
    return [Asset(id=asset_id, name=asset_id.title(), **fields), *ties]


def test_suggestions_come_in_the_order_of_nearness_and_never_more_than_three():
    system_map = local(
        "price -> snacking +\n snacking -> weight +",
        snacking={"theme": "schools", "populations": ("teens",)},
    )
    records = [
        TEENS,
        *asset("owner", organisation="Council", theme="schools"),
        *asset("unfit", organisation="Council", theme="food"),
        live("work", owners=("council",)),
        tie("work", "weight"),
        *asset("themed", theme="schools", populations=("teens",)),
        *asset("upstream", "price"),
        *asset("unused", "snacking"),
    ]
    found = suggested("snacking", *records, system_map=system_map)
    assert [item.sentence for item in found.items] == [
        "Could build on “Unused”: already helps with “Snacking”, and no listed action uses it.",
        "Could build on “Upstream”: works on “Price”, which feeds straight into this.",
        "Could build on “Themed”: same theme, Schools and early years, and the same group, Teenagers.",
    ]
    without = suggested(
        "snacking",
        *(
            r
            for r in records
            if getattr(r, "id", getattr(r, "asset_id", ""))
            not in ("unused", "upstream", "themed")
        ),
        system_map=system_map,
    )
    assert [item.reason for item in without.items] == [
        "its owner, Council, already runs “Work” on “Weight”, one step away",
        "live on “Weight”, one step away",
    ]


def test_an_asset_that_an_action_uses_is_not_offered_as_unused():
    used = live("work", assets=("unused",))
    found = suggested("snacking", used, *asset("unused", "snacking"))
    assert found.items == ()
    assert found.sentence.startswith(
        "No asset or neighbouring work listed to build on for “Snacking”."
    )


def test_the_same_theme_alone_is_not_enough():
    system_map = local("snacking", snacking={"theme": "schools", "places": ("north",)})
    elsewhere = asset("hall", theme="schools", place="south")
    here = asset("hall", theme="schools", place="north")
    assert suggested("snacking", NORTH, *elsewhere, system_map=system_map).items == ()
    (found,) = suggested("snacking", NORTH, *here, system_map=system_map).items
    assert (
        found.reason
        == "same theme, Schools and early years, and the same place, Northfield"
    )


@pytest.mark.parametrize("word", ["should", "must"])
def test_a_suggestion_never_says_should(word):
    found = suggested("snacking", *asset("unused", "snacking"))
    assert all(word not in item.sentence for item in found.items)


def test_under_its_heading_a_finding_does_not_say_the_name_again():
    programme = programme_of(map_from("stress -> sleep +\n sleep -> weight -"))
    for gap in find_gaps(programme, today=TODAY).gaps:
        if gap.rule in ("g1_no_action", "g8_no_asset", "g9_no_indicator"):
            assert f"“{gap.name}”" in " ".join(gap.sentences)
            assert gap.name not in " ".join(gap.here)
            assert gap.here[0].endswith(" listed.")
