"""The cards beside a map: what each says of a cause, an action, an asset, a gap."""

from datetime import date

import pytest

from systemmap.bundled.examples import example
from systemmap.drawing.factor_card import card_of, cards_of
from systemmap.errors import UnknownItem
from systemmap.gaps import find_gaps
from systemmap.model.response import ActionFactor


@pytest.fixture(scope="module")
def town():
    return example()


@pytest.fixture(scope="module")
def gaps(town):
    return find_gaps(town, today=date(2026, 11, 21))


def part(card, title):
    return next(p for p in (*card.first, *card.parts) if p.title == title)


def test_a_cause_gives_words_actions_and_gaps_as_they_were_said(town, gaps):
    card = card_of(town, "main", "factor:stress", gaps=gaps)
    said = [
        item.words.partition("”")[0][1:]
        for item in part(card, "In people's own words").items
    ]
    assert said == [w.text for w in town.system_map().factor("stress").wordings]
    assert part(card, "Actions listed").items == ()
    assert part(card, "Actions listed").none == "No action is listed for it."
    assert "gap:g1_no_action/factor:stress" in {
        i.opens for i in part(card, "Gaps").items
    }
    acted_on = card_of(town, "main", "factor:physical-activity")
    opened = [item.opens for item in part(acted_on, "Actions listed").items]
    assert sorted(opened) == sorted(
        f"action:{tie.action_id}"
        for tie in town.all(ActionFactor).values()
        if tie.factor_id == "physical-activity" and tie.map_id == "main"
    )


def test_every_line_of_a_card_that_leads_on_leads_to_a_card(town, gaps):
    seen, ahead = set(), [f"factor:{key}" for key in town.system_map().factors]
    while ahead:
        about = ahead.pop()
        seen.add(about)
        card = card_of(town, "main", about, gaps=gaps)
        assert card.title
        assert set(card.causes) <= set(town.system_map().factors)
        leads = {i.opens for p in (*card.first, *card.parts) for i in p.items} - {""}
        ahead += sorted(leads - seen - set(ahead))
    assert {about.partition(":")[0] for about in seen} == {
        "factor",
        "action",
        "asset",
        "gap",
    }


def test_a_gap_says_its_reason_its_denominator_and_what_could_be_built_on(town, gaps):
    card = card_of(town, "main", "gap:g1_no_action/factor:comfort-eating", gaps=gaps)
    assert card.title == "No action listed: Eating for comfort"
    assert any(words.startswith("Looked at: 47 causes") for words in card.said)
    assert part(card, "Could build on").items
    assert card.causes == ("comfort-eating",)


def test_what_is_published_has_no_own_words_and_names_no_lead(town):
    cards = cards_of(town, "main")
    told = str(cards)
    wordings = [w.text for f in town.system_map().factors.values() for w in f.wordings]
    assert wordings
    assert not any(f"“{words}”" in told for words in wordings)
    assert "Led by" not in told
    assert cards["action:a013"].title == "Get Active referral scheme"


@pytest.mark.parametrize(
    "about",
    [
        "factor:strss",
        "action:none",
        "asset:none",
        "gap:g1_no_action/factor:none",
        "odd:stress",
        "",
    ],
)
def test_what_is_not_there_has_no_card(town, gaps, about):
    with pytest.raises(UnknownItem):
        card_of(town, "main", about, gaps=gaps)
