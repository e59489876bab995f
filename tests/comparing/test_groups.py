"""Two groups' maps: disagreement first, then the lists, and the share last."""

from __future__ import annotations

from dataclasses import replace

from systemmap.comparing.groups import (
    agreement_on_links,
    compare_groups,
)
from systemmap.model.elements import MapVersion
from systemmap.model.values import Claim, Confidence, Polarity
from systemmap.testing import map_from


def table(name, notation):
    return map_from(notation).copy(MapVersion(id=name.lower(), name=name))


OAK = table("Oak", "stress -> snacking +\n stress -> sleep -\n cost -> stress +")
ELM = table("Elm", "stress -> snacking -\n stress -> sleep -\n sleep -> snacking -")


def test_opposite_signs_come_first_in_words():
    found = compare_groups(OAK, ELM)
    assert (
        found.sentences[0]
        == "Two groups drew “Stress” → “Snacking” in opposite directions."
    )
    assert len(found.disagreements) == 1


def test_links_are_compared_only_among_factors_both_have():
    found = compare_groups(OAK, ELM)
    assert found.factors.both == ("Sleep", "Snacking", "Stress")
    assert (found.factors.only_one, found.factors.only_other) == (("Cost",), ())
    assert found.links.both == ("Stress → Sleep", "Stress → Snacking")
    assert (found.links.only_one, found.links.only_other) == ((), ("Sleep → Snacking",))


def test_the_shared_share_says_what_it_is_a_share_of():
    found = compare_groups(OAK, ELM)
    assert (
        found.sentences[-2]
        == "Of 4 causes either group drew, 3 (75 %) were drawn by both."
    )
    assert (
        found.sentences[-1]
        == "Among the causes both have: Of 3 links either group drew, 2 (67 %) were drawn by both."
    )


def test_an_unknown_direction_disagrees_with_nothing():
    assert compare_groups(OAK, table("Elm", "stress -> snacking ?")).disagreements == ()


def test_a_disputed_link_disagrees_by_what_was_claimed():
    disputed = table("Ash", "stress -> snacking ?")
    claims = (Claim(polarity=Polarity.OPPOSITE), Claim(polarity=Polarity.SAME))
    link = disputed.link("stress", "snacking")
    disputed.replace_link(replace(link, confidence=Confidence.DISPUTED, claims=claims))
    (found,) = compare_groups(OAK, disputed).disagreements
    assert (found.source, found.target) == ("Stress", "Snacking")


def test_people_can_match_factors_that_have_other_names():
    birch = table("Birch", "worry -> snacking +")
    matches = {("birch", "worry"): "Stress"}
    assert compare_groups(OAK, birch, matches).links.both == ("Stress → Snacking",)
    assert compare_groups(OAK, birch).links.both == ()


def test_case_and_dashes_do_not_make_two_factors():
    loud = table("Loud", "stress")
    loud.replace_factor(replace(loud.factor("stress"), label="STRESS"))
    assert compare_groups(OAK, loud).factors.both == ("Stress",)


def test_each_link_says_how_many_groups_drew_it_of_those_that_could():
    ash = table("Ash", "stress -> sleep -\n snacking")
    found = agreement_on_links([OAK, ELM, ash])
    assert [(a.source, a.target, a.words, a.disagreed) for a in found] == [
        ("Stress", "Snacking", "2 of 3 groups", True),
        ("Stress", "Sleep", "3 of 3 groups", False),
        ("Cost", "Stress", "1 of 1 group", False),
        ("Sleep", "Snacking", "1 of 3 groups", False),
    ]


def test_three_groups_that_do_not_agree_are_not_called_two():
    found = agreement_on_links([OAK, ELM, table("Ash", "stress -> snacking +")])
    assert (
        found[0].sentence
        == "The 3 groups that drew “Stress” → “Snacking” do not agree on its direction."
    )


def test_two_empty_maps_have_nothing_to_share():
    empty = table("A", ""), table("B", "")
    assert (
        compare_groups(*empty).sentences[0]
        == "Neither group drew any causes to compare."
    )
