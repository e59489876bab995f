"""What the card of a factor says: people's words, what is listed, what is measured."""

import pytest

from systemmap.bundled.examples import example
from systemmap.drawing.factor_card import factor_card
from systemmap.errors import UnknownItem
from systemmap.model.response import ActionFactor


def test_a_card_gives_words_actions_and_assets_as_they_were_said():
    town = example()
    card = factor_card(town, "main", "stress")
    wordings = town.system_map().factor("stress").wordings
    assert [words.partition("”")[0][1:] for words in card["said"]] == [
        said.text for said in wordings
    ]
    assert card["actions"] == []
    acted_on = factor_card(town, "main", "physical-activity")
    assert len(acted_on["actions"]) == sum(
        tie.factor_id == "physical-activity" and tie.map_id == "main"
        for tie in town.all(ActionFactor).values()
    )
    assert acted_on["actions"] == sorted(acted_on["actions"], key=str.casefold)


def test_a_card_of_a_factor_that_is_not_there_is_refused():
    with pytest.raises(UnknownItem, match="No factor with id 'strss'"):
        factor_card(example(), "main", "strss")
