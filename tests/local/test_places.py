"""Every factor gets a place once, and keeps it."""

from dataclasses import replace

from systemmap.bundled.examples import TEMPLATES, example, from_template
from systemmap.editing.positions import give_places
from systemmap.testing import map_from, programme_of


def test_a_map_without_places_is_laid_out_once():
    programme = programme_of(map_from("a -> b +\n b -> c +"))
    assert give_places(programme) == 3
    before = programme.system_map()
    assert give_places(programme) == 0
    assert programme.system_map() == before


def test_a_factor_that_has_a_place_keeps_it():
    system_map = map_from("a -> b +")
    system_map.replace_factor(replace(system_map.factor("a"), x=10.0, y=20.0))
    programme = programme_of(system_map)
    assert give_places(programme) == 1
    placed = programme.system_map().factor("a")
    assert (placed.x, placed.y) == (10.0, 20.0)


def test_factors_wait_for_their_links_before_they_are_placed():
    programme = programme_of(map_from("a\n b\n c"))
    assert give_places(programme) == 0
    linked = map_from("a -> b +\n b -> c +")
    programme.put_map(linked)
    assert give_places(programme) == 3


def test_a_map_that_is_not_there_yet_is_left_alone():
    assert give_places(programme_of(), "table-1") == 0


def test_the_example_and_the_templates_come_with_their_places():
    for programme in (example(), *(from_template(t, "Town") for t in TEMPLATES)):
        for map_id in programme.maps:
            assert give_places(programme, map_id) == 0
