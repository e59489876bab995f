"""What a table said, out of the shared map."""

from dataclasses import replace

from systemmap.bundled.examples import example
from systemmap.drawing.said_by import said_by, tables_of
from systemmap.model.values import Claim, Polarity, Wording
from systemmap.testing import map_from, programme_of


def drawn():
    system_map = map_from("stress -> snacking +\n snacking -> weight +")
    oak = Wording(text="Worry", table="oak")
    system_map.replace_factor(replace(system_map.factor("weight"), wordings=(oak,)))
    claim = Claim(polarity=Polarity.SAME, table="elm")
    system_map.replace_link(
        replace(system_map.link("stress", "snacking"), claims=(claim,))
    )
    return system_map


def test_a_table_said_the_factors_it_named_and_the_links_it_claimed():
    said = said_by(drawn(), ["oak"])
    assert (said.factors, said.links) == ({"weight"}, frozenset())
    said = said_by(drawn(), ["elm"])
    assert said.factors == {"stress", "snacking"}
    assert said.links == {("stress", "snacking")}


def test_tables_are_named_and_a_foreign_one_goes_by_its_own_words():
    assert tables_of(programme_of(drawn())) == {"elm": "elm", "oak": "oak"}
    assert list(tables_of(example()).values()) == [
        "Ash",
        "Birch",
        "Elm",
        "Oak",
        "Rowan",
    ]
