"""Borrowing causes from another map: what comes along, and what stays as it was."""

from dataclasses import replace

import pytest

from systemmap.bundled.bundled_files import foresight_map, foresight_terms
from systemmap.editing.borrowing import borrow, open_reference
from systemmap.errors import UnknownItem
from systemmap.model.plan import LocalTerm
from systemmap.testing import map_from, programme_of

OTHER = map_from("stress -> snacking +\n snacking -> weight +\n sleep -> stress -")


def test_the_links_between_what_both_hold_come_along_and_no_others():
    town = programme_of(map_from("snacking -> teeth -"))
    made = borrow(town, OTHER, ["stress"])
    assert [f.label for f in made] == [OTHER.factor("stress").label]
    assert set(town.system_map().links) == {
        ("snacking", "teeth"),
        ("stress", "snacking"),
    }


def test_what_is_here_is_not_borrowed_twice_and_its_links_stay_decided():
    town = programme_of(map_from("stress\n snacking"))
    assert borrow(town, OTHER, ["stress", "snacking"]) == ()
    assert not town.system_map().links


def test_an_id_that_means_something_else_here_is_left_to_it():
    town = programme_of(map_from("stress"))
    other = town.system_map()
    other.replace_factor(replace(other.factor("stress"), label="Money worries"))
    town.put_map(other)
    (made,) = borrow(town, OTHER, ["stress"])
    assert made.id != "stress"
    assert town.system_map().factor("stress").label == "Money worries"


def test_a_cause_of_the_reference_map_brings_its_theme_and_its_key():
    town = programme_of(map_from("sleep"))
    source = foresight_map()
    (made,) = borrow(town, source, ["stress"], themes=foresight_terms())
    assert made.reference_key == "stress"
    assert f"themes/{made.theme}" in town.all(LocalTerm)
    assert borrow(town, source, ["stress"]) == ()


def test_an_unknown_cause_changes_nothing():
    town = programme_of(map_from("sleep"))
    with pytest.raises(UnknownItem, match="nowhere"):
        borrow(town, OTHER, ["stress", "nowhere"])
    assert set(town.system_map().factors) == {"sleep"}


def test_the_reference_map_is_laid_beside_the_others_once():
    town = programme_of(map_from("sleep"))
    assert open_reference(town) == open_reference(town) == "foresight"
    assert len(town.system_map("foresight").factors) == 108
    assert set(town.system_map().factors) == {"sleep"}
