"""What came with the template is told from what people named, said or drew."""

from dataclasses import replace

import pytest

from systemmap.analysis.template_share import template_share
from systemmap.bundled.examples import example, from_template
from systemmap.editing.borrowing import borrow
from systemmap.language.phrases import NOT_EVIDENCE, STRUCTURE_NOTE
from systemmap.model.elements import Factor, Link
from systemmap.model.values import Claim, Polarity, Wording
from systemmap.testing import map_from, programme_of


@pytest.fixture
def begun():
    return from_template("starter", "Newtown")


def test_a_map_that_nobody_has_touched_is_the_templates(begun):
    share = template_share(begun.system_map())
    assert share.words == (
        "35 causes and 73 links of this map came with the template; nobody here has named them."
    )
    assert share.note == (
        f"This map came with the template; nobody here has drawn on it yet. {NOT_EVIDENCE}"
    )


@pytest.mark.parametrize("theirs", [map_from("stress -> snacking +"), None])
def test_what_people_drew_is_theirs_alone(theirs):
    share = template_share(theirs or example().system_map())
    assert (share.words, share.note) == ("", STRUCTURE_NOTE)


def test_a_cause_that_is_named_said_or_drawn_is_peoples_too(begun):
    claim = Claim(polarity=Polarity.SAME, table="Table 1", workshop="w")
    noted = begun.find(Factor, "main/stress")
    drawn = begun.find(Link, "main/bus-services/car-dependence")
    begun.replace(replace(noted, wordings=(Wording(text="Stress", workshop="w"),)))
    begun.replace(replace(drawn, claims=(claim,)))
    begun.add(
        Factor(id="here", label="Only here"),
        Link(source="here", target="food-at-work", mentions=1),
    )
    share = template_share(begun.system_map())
    left = set(begun.system_map().factors) - share.factors
    assert left == {"stress", "bus-services", "car-dependence", "here", "food-at-work"}
    assert len(share.links) == 72, "a link nobody said stays the template's"
    assert "what people drew and what came with the template" in share.note


def test_causes_borrowed_from_the_template_keep_where_they_come_from(begun):
    ours = programme_of(map_from("stress -> snacking +"))
    borrow(ours, begun.system_map(), ["bus-services", "car-dependence"])
    share = template_share(ours.system_map())
    assert share.factors == {"bus-services", "car-dependence"}
