"""What is drawn follows from the map alone, and the key says only what is drawn."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from systemmap.drawing.scene import programme_scene, scene_from
from systemmap.errors import UnknownItem
from systemmap.model.plan import LocalTerm
from systemmap.model.response import Action, ActionFactor, Asset, AssetFactor
from systemmap.model.values import Confidence, Strength
from systemmap.testing import map_from, programme_of
from tests.drawing.coarse import _maps_are_coarse_and_painted_once  # noqa: F401
from tests.sizes import WHOLE
from tests.strategies import system_maps


@settings(max_examples=100 if WHOLE else 15)
@given(system_map=system_maps())
def test_every_factor_and_link_is_drawn_once_and_is_plain_data(system_map):
    scene = scene_from(system_map)
    assert [box.id for box in scene.boxes] == list(system_map.factors)
    assert [(x.source, x.target) for x in scene.lines] == list(system_map.links)
    assert {theme.key for theme in scene.themes} == {b.theme for b in scene.boxes}
    json.dumps(scene.data(), allow_nan=False)


def test_the_key_names_only_what_this_drawing_shows():
    plain = scene_from(map_from("stress -> snacking +"))
    assert [entry.kind for entry in plain.legend()] == ["theme", "link"]
    slow = scene_from(map_from("stress -> snacking - (delay)\n sleep -> stress ?"))
    assert [e.key for e in slow.legend()] == ["", "less", "unknown", "slow"]


def test_strength_agreement_and_dispute_enter_the_key_when_they_differ():
    system_map = map_from("a -> b +\n b -> c +\n c -> a -")
    system_map.replace_link(
        replace(
            system_map.link("a", "b"),
            strength=Strength.STRONG,
            confidence=Confidence.AGREED,
        )
    )
    system_map.replace_link(
        replace(system_map.link("c", "a"), confidence=Confidence.DISPUTED)
    )
    scene = scene_from(system_map)
    assert [e.key for e in scene.legend()] == [
        "",
        "more",
        "disputed",
        "strength",
        "ink",
    ]
    assert [line.width for line in scene.lines] == [3.0, 1.4, 1.4]


def test_a_gap_is_drawn_only_when_cover_was_asked_for():
    system_map = map_from("stress -> snacking +")
    assert [box.rung for box in scene_from(system_map).boxes] == [None, None]
    asked = scene_from(system_map, cover={"stress": 0})
    assert [box.rung for box in asked.boxes] == [0, None]
    assert asked.legend()[-1].words == "nobody has listed an action"


def test_actions_and_assets_are_listed_with_their_factor():
    programme = programme_of(
        map_from("stress -> snacking +"),
        LocalTerm(vocabulary="themes", key="town", label="Our town"),
        Action(id="walks", title="Health walks", status="ongoing"),
        Action(id="talk", title="A talk"),
        ActionFactor(action_id="walks", factor_id="stress"),
        ActionFactor(action_id="talk", factor_id="stress"),
        Asset(id="park", name="The park"),
        AssetFactor(asset_id="park", factor_id="stress"),
    )
    stress = programme_scene(programme).box("stress")
    assert stress.actions == ("A talk", "Health walks, ongoing")
    assert stress.assets == ("The park",)


def test_a_map_that_is_not_there_is_named():
    with pytest.raises(UnknownItem, match="No map with id 'moon'"):
        programme_scene(programme_of(map_from("a -> b +")), "moon")


def test_stored_places_are_kept_and_the_rest_is_placed_beside_them():
    system_map = map_from("stress -> snacking +\n sleep -> stress -")
    for name, x in (("stress", 0), ("snacking", 300)):
        system_map.replace_factor(replace(system_map.factor(name), x=x, y=0))
    scene = scene_from(system_map)
    assert (scene.box("snacking").x, scene.box("snacking").y) == (300, 0)
    sleep = scene.box("sleep").frame
    assert all(
        abs(sleep.x - b.x) > (sleep.width + b.width) / 2
        or abs(sleep.y - b.y) > (sleep.height + b.height) / 2
        for b in scene.boxes
        if b.id != "sleep"
    )


def test_tags_of_actions_and_assets_enter_the_key_only_when_there_are_any():
    system_map = map_from("stress -> snacking +")
    bare = scene_from(system_map)
    told = scene_from(
        system_map, actions={"stress": ("Health walks",)}, assets={"stress": ("Park",)}
    )
    assert [e.key for e in told.legend()][-2:] == ["action", "asset"]
    assert not any(entry.kind == "layer" for entry in bare.legend())
