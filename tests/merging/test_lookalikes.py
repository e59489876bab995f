"""Names that may mean the same: suggested with a reason, and only when it is likely."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest

from systemmap.analysis.lookalikes import (
    Likeness,
    find_lookalikes,
    is_opposite,
    likeness_of,
    likeness_score,
    lookalikes_of,
    reason_for,
)
from systemmap.bundled.bundled_files import foresight_map
from systemmap.language.same_words import Difference, differences_between
from systemmap.model.elements import Factor
from systemmap.model.text import slug
from systemmap.model.values import Wording

ROOT = Path(__file__).parents[2]
with (ROOT / "benchmarks/lookalike_pairs.csv").open(encoding="utf-8") as lines:
    PAIRS = list(csv.DictReader(lines))


def factors(*labels):
    return [Factor(id=slug(label), label=label) for label in labels]


def foresight_labels():
    return list(dict.fromkeys(f.label for f in foresight_map().factors.values()))


def test_on_the_foresight_map_one_pair_is_listed_and_ten_without_the_guard():
    labels = foresight_labels()
    pairs = list(combinations(labels, 2))
    guarded = [p for p in pairs if likeness_score(*p, guarded=True) >= 85]
    plain = [p for p in pairs if likeness_score(*p, guarded=False) >= 85]
    assert len(labels) == 108
    assert guarded == [
        ("Sociocultural Valuation of Activity", "Sociocultural Valuation of Food")
    ]
    assert len(plain) == 10


@pytest.mark.parametrize("half", ["no", "yes"])
def test_what_is_certain_is_right_and_finds_the_same_words(half):
    rows = [row for row in PAIRS if row["held_out"] == half]
    certain = [r for r in rows if likeness_of(r["one"], r["other"]) is Likeness.SAME]
    right = [r for r in certain if r["label"] in ("same_words", "same")]
    found = [r for r in certain if r["label"] == "same_words"]
    assert len(PAIRS) >= 400
    assert len(rows) * 3 >= len(PAIRS)
    assert len(right) / len(certain) >= 0.99
    assert len(found) / sum(r["label"] == "same_words" for r in rows) >= 0.95


def test_the_reason_names_what_the_same_words_differ_in():
    told = [row for row in PAIRS if row["differs"]]
    missed = [
        (row["one"], row["other"])
        for row in told
        if Difference[row["differs"].upper()]
        not in (differences_between(row["one"], row["other"]) or ())
    ]
    assert len(told) > 150
    assert len(missed) <= len(told) // 20, missed
    assert reason_for(["Takeaway", "Take aways"], Likeness.SAME) == (
        "same words but for spacing and a plural"
    )


@pytest.mark.parametrize(
    "name", ["take aways", "takeaway", "Take-aways", "Number of takeaways nearby"]
)
def test_what_a_room_writes_for_takeaways_is_one_thing(name):
    (cluster,) = find_lookalikes(factors("Takeaways", name))
    assert cluster.likeness is Likeness.SAME


@pytest.mark.parametrize("half", ["no", "yes"])
def test_opposite_wordings_are_asked_about_and_others_hardly_ever(half):
    rows = [row for row in PAIRS if row["held_out"] == half]
    flagged = [r["label"] for r in rows if is_opposite(r["one"], r["other"])]
    true = sum(row["label"] == "opposite" for row in rows)
    assert flagged.count("opposite") >= 0.9 * true > 15
    assert len(flagged) == flagged.count("opposite")


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Cost of healthy food", "Healthy food: costs", Likeness.SAME),
        ("STRESS", "stress", Likeness.SAME),
        ("Lack of time", "Time available", Likeness.OPPOSITE),
        ("Physical inactivity", "Physical activity", Likeness.OPPOSITE),
        ("Low income", "Poor income", Likeness.NEAR),
        ("Sweet shops", "Sweat shops", Likeness.LOOK),
        ("Under 5s", "Under 15s", Likeness.LOOK),
        ("Lack of parks", "Parks for dogs", None),
        ("Cheap takeaways", "Expensive takeaways", Likeness.OPPOSITE),
        ("Cost of healthy food", "Cost of unhealthy food", Likeness.LOOK),
        ("Female Employment", "Level of Employment", None),
        ("Stress", "Bus services", None),
        ("!!!", "???", None),
    ],
)
def test_two_names_are_told_apart(one, other, likeness):
    assert likeness_of(one, other) is likeness
    assert likeness_of(other, one) is likeness


def test_clusters_hold_names_of_which_every_two_are_alike():
    clusters = find_lookalikes(
        factors(
            "Sleep quality",
            "Quality of sleep",
            "Sleep: its quality",
            "Poor sleep",
            "Sleep",
            "Bus fares",
        )
    )
    assert clusters[0].reason == "opposite wording: rename and flip its links?"
    assert clusters[0].labels == ("Poor sleep", "Quality of sleep")
    same = [c for c in clusters if c.likeness is Likeness.SAME]
    assert [c.labels for c in same] == [
        ("Quality of sleep", "Sleep quality", "Sleep: its quality")
    ]
    for cluster in clusters:
        for one, other in combinations(cluster.labels, 2):
            assert likeness_of(one, other) is cluster.likeness
    assert all("Bus fares" not in cluster.labels for cluster in clusters)


def test_the_order_of_the_factors_changes_nothing():
    names = [row["one"] for row in PAIRS[:40]] + [row["other"] for row in PAIRS[:40]]
    listed = factors(*dict.fromkeys(names))
    assert find_lookalikes(listed) == find_lookalikes(listed[::-1])


def test_while_typing_the_five_nearest_come_up_and_aliases_are_searched():
    known = factors(
        "Cost of food",
        "Cost of healthy food",
        "Cost of rent",
        "Cost of fuel",
        "Cost of leisure",
        "Cost of transport",
        "Sleep",
    )
    known[6] = Factor(
        id="sleep", label="Sleep", wordings=(Wording(text="what food costs us"),)
    )
    found = lookalikes_of("food cost", known)
    assert [(x.label, x.reason) for x in found][:3] == [
        ("Cost of food", "same words"),
        ("Cost of healthy food", "worth a look"),
        ("Sleep", "worth a look, known as “what food costs us”"),
    ]
    assert len(found) == 5
    assert lookalikes_of("xylophone", known) == []
    assert lookalikes_of("", known) == []


def test_an_opposite_is_named_as_such_while_typing():
    (found,) = lookalikes_of("Lack of time", factors("Time available", "Bus fares"))
    assert found.likeness is Likeness.OPPOSITE


def test_a_map_of_one_factor_or_none_has_no_lookalikes():
    assert find_lookalikes([]) == find_lookalikes(factors("Stress")) == []


def test_names_of_a_long_series_are_alike_to_their_doubles_only():
    series = [Factor(id=f"f{n}", label=f"Factor {n}") for n in range(300)]
    others = [
        Factor(id="again", label="FACTOR  7"),
        Factor(id="a", label="Cost of healthy food"),
        Factor(id="b", label="Healthy food costs"),
    ]
    found = [set(cluster.factor_ids) for cluster in find_lookalikes([*series, *others])]
    assert sorted(map(sorted, found)) == [["a", "b"], ["again", "f7"]]
