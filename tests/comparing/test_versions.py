"""Two dates: counts first, then each change in a sentence, then what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from systemmap.comparing.consequences import find_consequences
from systemmap.comparing.versions import compare_versions
from systemmap.editing.merge_factors import merge_factors
from systemmap.model.response import Action, ActionFactor, Asset, AssetFactor
from systemmap.model.values import Confidence, Polarity, Strength, Wording
from systemmap.testing import map_from, programme_of

TODAY = date(2026, 11, 21)
NOTATION = "stress -> snacking +\n snacking -> weight +\n weight -> stress +"


def compared(change, notation=NOTATION):
    before = map_from(notation)
    after = map_from(notation)
    change(after)
    return compare_versions(before, after, since="March 2026")


def edit_link(source, target, **changes):
    return lambda m: m.replace_link(replace(m.link(source, target), **changes))


def edit_factor(factor_id, **changes):
    return lambda m: m.replace_factor(replace(m.factor(factor_id), **changes))


def test_counts_come_first_and_only_what_changed_is_counted():
    after = map_from(NOTATION + "\n sleep -> stress -\n cost -> snacking -")
    after.remove_link("weight", "stress")
    found = compare_versions(map_from(NOTATION), after, since="March 2026")
    assert found.sentence == "Since March 2026: 2 causes new, 2 links new, 1 link gone."
    assert found.section("new").sentences == ("New: “Cost”.", "New: “Sleep”.")
    assert found.section("links_gone").sentences == ("Link gone: “Weight” → “Stress”.",)


def test_no_change_says_so():
    assert (
        compared(lambda _: None).sentence
        == "Since March 2026: nothing changed on the map."
    )


@pytest.mark.parametrize(
    ("change", "section", "sentence"),
    [
        (lambda m: m.remove_factor("weight"), "gone", "Gone: “Weight”."),
        (
            edit_factor("stress", label="Daily stress"),
            "reworded",
            "Reworded: “Stress” is now “Daily stress”.",
        ),
        (
            edit_factor("stress", theme="schools"),
            "moved",
            "Moved: “Stress” from no theme to “Schools and early years”.",
        ),
        (
            edit_link("stress", "snacking", polarity=Polarity.OPPOSITE),
            "signs",
            "“Stress” → “Snacking”: same direction before, now opposite direction.",
        ),
        (
            edit_link(
                "stress",
                "snacking",
                polarity=Polarity.UNKNOWN,
                confidence=Confidence.DISPUTED,
            ),
            "signs",
            "“Stress” → “Snacking”: same direction before, now direction not agreed.",
        ),
        (
            edit_link("stress", "snacking", strength=Strength.STRONG),
            "strengths",
            "“Stress” → “Snacking”: unrated before, now strong.",
        ),
        (
            edit_link("stress", "snacking", delay=True),
            "delays",
            "“Stress” → “Snacking”: delay not stated before, now slow.",
        ),
    ],
)
def test_each_kind_of_change_is_one_sentence(change, section, sentence):
    assert compared(change).section(section).sentences == (sentence,)


def test_a_merged_factor_is_not_gone_and_its_links_are_followed():
    programme = programme_of(map_from(NOTATION + "\n worry -> snacking +"))
    before = programme.system_map()
    merge_factors(programme, "main", "stress", "worry")
    found = compare_versions(before, programme.system_map(), since="March 2026")
    assert found.sentence == "Since March 2026: 1 cause merged."
    assert found.section("merged").sentences == (
        "Merged: “Worry” is now part of “Stress”.",
    )


def test_a_factor_split_off_an_alias_is_not_new():
    before = map_from("stress")
    before.replace_factor(
        replace(before.factor("stress"), wordings=(Wording(text="Worry"),))
    )
    after = map_from("stress\n worry")
    found = compare_versions(before, after, since="March 2026")
    assert found.section("split").sentences == (
        "Split off: “Worry”, before part of “Stress”.",
    )
    assert found.section("new").sentences == ()


def test_factors_are_matched_by_id_and_never_by_name():
    after = map_from("pressure")
    after.replace_factor(replace(after.factor("pressure"), label="Stress"))
    found = compare_versions(map_from("stress"), after, since="March 2026")
    assert found.sentence == "Since March 2026: 1 cause new, 1 cause gone."


def sections(before, after, **options):
    found = find_consequences(before, after, today=TODAY, **options)
    return {section.key: section.sentences for section in found if section.sentences}


def test_loops_gained_lost_and_of_another_kind_are_read_aloud():
    before = programme_of(map_from("a -> b +\n b -> a +\n c -> d +\n d -> c +"))
    after = programme_of(
        map_from("a -> b +\n b -> a -\n c -> d +\n d -> a +\n a -> d +")
    )
    assert sections(before, after) == {
        "loops_gained": ("Gained, reinforcing: A → D → A.",),
        "loops_lost": ("Lost, reinforcing: C → D → C.",),
        "loops_changed": ("Was reinforcing, now balancing: A → B → A.",),
    }


def test_cover_and_ties_that_moved_name_the_actions():
    system_map = map_from("stress\n sleep")
    club = Action(id="club", title="Club", status="ongoing")
    park = Asset(id="park", name="Park")
    before = programme_of(
        system_map, club, park, AssetFactor(asset_id="park", factor_id="sleep")
    )
    after = programme_of(
        system_map, club, park, ActionFactor(action_id="club", factor_id="stress")
    )
    assert sections(before, after) == {
        "cover": (
            "“Stress”: nobody has listed an action before, now live work, but thin, because of this: “Club” newly tied.",
        ),
        "attached": ("“Club” is newly tied to “Stress”.",),
        "orphaned": ("“Park” is tied to no cause any more.",),
    }


def test_cover_that_moved_says_which_status_changed():
    tied = ActionFactor(action_id="club", factor_id="stress")
    before, after = (
        programme_of(
            map_from("stress\n sleep"),
            Action(id="club", title="Club", status=status),
            tied,
        )
        for status in ("proposed", "ongoing")
    )
    (cover,) = sections(before, after)["cover"]
    assert cover.endswith("because of this: “Club” was proposed, is ongoing.")


def test_importance_is_compared_under_one_outcome_and_says_when_it_changed():
    before = programme_of(map_from(NOTATION, outcome="weight"))
    after = programme_of(map_from(NOTATION + "\n stress -> sleep -", outcome="sleep"))
    assert sections(before, after)["outcome"] == (
        "Importance is not compared: the two versions have no outcome in common.",
    )
    other = programme_of(map_from(NOTATION, outcome="stress"))
    assert sections(before, other)["outcome"] == (
        "The outcome changed: importance was calculated for “Stress” on both versions.",
    )


def test_the_same_programme_has_no_consequences():
    programme = programme_of(map_from(NOTATION, outcome="weight"))
    assert sections(programme, programme.copy()) == {}
