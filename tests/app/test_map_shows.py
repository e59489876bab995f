"""What the Map screen shows: filters, layers, a loop told, a comparison laid over it."""

import json
from dataclasses import replace
from datetime import date

from systemmap.bundled.examples import example
from systemmap.drawing.view import Choice, view_of
from systemmap.store import Actor
from systemmap.testing import map_from, programme_of
from tests.app.shown import on_tab, shown_tables

LEAD = Actor("lead", "admin")
SLEEP = map_from("stress -> sleep -\n sleep -> stress -\n stress -> snacking +")


def part_of(at):
    """What the screen asks the canvas to show."""
    sent = [json.loads(one.proto.json) for one in at.get("bidi_component")]
    (canvas,) = [data for data in sent if "part" in data]  # beside the downloads
    return canvas["part"]


def said(at):
    return at.title[0].value.replace("\\", "")


def labelled(widgets, label):
    return next(widget for widget in widgets if widget.label == label)


def test_a_filter_reaches_picture_and_table(open_screen):
    at = on_tab(open_screen("map", example()), "Table")
    everything = len(shown_tables(at)[1].rows)
    labelled(at.multiselect, "Links").select("less").run()
    assert not at.exception
    assert part_of(at)["styles"] == ["less"]
    assert 0 < len(shown_tables(at)[1].rows) < everything


def test_what_fills_the_boxes_stands_in_the_table_and_in_words_too(open_screen):
    at = open_screen("map", example())
    labelled(at.selectbox, "Fill boxes by").select("inputs").run()
    heat = part_of(at)["heat"]
    table = shown_tables(on_tab(at, "Table"))[0]
    assert sorted(row[-1] for row in table.rows) == sorted(w for _, w in heat.values())
    said_below = " ".join(item.value for item in on_tab(at, "In words").markdown)
    assert all(words in said_below for _, words in heat.values())


def test_a_view_shows_only_the_links_rungs_and_agreement_asked_for():
    town = example()
    day = date(2026, 11, 21)
    wider = view_of(town, Choice(determinants=("living_working",)), at=day, notices=())
    factors = town.system_map().factors
    assert {factors[box.id].layer for box in wider.scene.boxes} == {"living_working"}
    assert "layers" in wider.caption.part
    less = view_of(town, Choice(styles=("less",)), at=day, notices=()).scene
    assert {line.style for line in less.lines} == {"less"}
    bare = view_of(town, Choice(rungs=(0,)), at=day, notices=()).scene
    assert {box.rung for box in bare.boxes} == {0}
    agreed = view_of(town, Choice(agreed=("agreed",)), at=day, notices=()).scene
    assert {line.confidence for line in agreed.lines} == {"agreed"}


def test_a_loop_is_told_on_the_map_from_the_loops_screen_and_left_again(open_screen):
    at = open_screen("map", programme_of(SLEEP), kept={"map.loop": "sleep,stress"})
    part = part_of(at)
    assert part["loop"]["kind"] == "R"
    labelled(at.button, "Back to the whole map").click().run()
    assert part_of(at)["loop"] is None


def test_a_loop_that_is_gone_is_not_told(open_screen):
    at = open_screen("map", programme_of(SLEEP), kept={"map.loop": "sleep,worry"})
    assert not at.exception
    assert part_of(at)["loop"] is None


def test_a_comparison_says_what_changed_and_lies_over_the_map(open_screen, store):
    town = programme_of(SLEEP)
    at = open_screen("then_and_now", town)
    with store.editing(town.id, actor=LEAD, label="x") as draft:
        factor = draft.system_map().factor("snacking")
        draft.replace(replace(factor, label="Snacks"))
    at.run()
    box = labelled(at.selectbox, "Compare this map with")
    box.select_index(1).run()
    assert said(at).endswith("1 cause reworded.")
    assert part_of(at)["overlay"]["boxes"] == {"snacking": "reworded"}
    labelled(at.selectbox, "Compare this map with").select_index(0).run()
    assert part_of(at)["overlay"] is None


def test_what_one_table_said_is_shown_alone(open_screen):
    at = open_screen("map", example())
    labelled(at.multiselect, "Said by").select("oak").run()
    said_there = part_of(at)["said"]
    assert 0 < len(said_there["boxes"]) < len(example().system_map().factors)
    shown = view_of(
        example(), Choice(tables=("oak",)), at=date(2026, 11, 21), notices=()
    ).scene
    assert sorted(box.id for box in shown.boxes) == said_there["boxes"]


def test_filters_are_kept_while_another_place_is_looked_at(open_screen):
    at = open_screen("map", example())
    labelled(at.multiselect, "Links").select("less").run()
    labelled(at.checkbox, "Hide the rest instead of fading it").check().run()
    labelled(at.checkbox, "Gaps and cover").uncheck().run()
    at.session_state["test.screen"] = "health"
    at.run()
    at.session_state["test.screen"] = "map"
    at.run()
    assert not at.exception
    at.run()  # of which a browser may hear first: its controls begin with the same
    links = labelled(at.multiselect, "Links")
    begun = [links.options[place] for place in links.proto.default]
    assert begun == ["More of one leads to less of the other"]
    assert labelled(at.checkbox, "Hide the rest instead of fading it").proto.default
    assert not labelled(at.checkbox, "Gaps and cover").proto.default
    assert part_of(at)["styles"] == ["less"]
    assert part_of(at)["hide"] is True
    assert part_of(at)["layers"] == []


def test_a_map_around_a_cause_that_is_removed_is_whole_again(open_screen, store):
    town = programme_of(map_from("stress -> snacking +"))
    at = open_screen("map", town)
    labelled(at.selectbox, "Around").select("stress").run()
    assert part_of(at)["focus"] == "stress"
    with store.editing(town.id, actor=LEAD, label="Remove it") as draft:
        draft.remove_factor("main", "stress")
    at.run()
    assert not at.exception
    assert part_of(at)["focus"] == ""
