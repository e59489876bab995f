"""Ways of looking at the map: words in the panel, the picture on the same canvas."""

import pytest

from systemmap.bundled.examples import example
from tests.app.shown import told_late
from tests.app.test_map_shows import labelled, part_of, said


@pytest.mark.parametrize(
    "way",
    [
        "loops",
        "pathways",
        "importance",
        "what_if",
        "health",
        "then_and_now",
        "map_story",
        "views_kept",
    ],
)
def test_each_way_of_looking_has_the_canvas_beside_it(open_screen, way):
    at = open_screen(way, example())
    assert not at.exception
    assert said(at)
    assert "layers" in part_of(at)
    forms = [control for control in at.segmented_control if control.label == "Shown as"]
    assert [form.options for form in forms] == [["Map", "Table", "In words"]]


def test_the_map_leads_with_its_words_once_the_window_is_as_narrow_as_a_phone(
    open_screen, monkeypatch
):
    at = open_screen("map", example())
    assert labelled(at.segmented_control, "Shown as").value == "Map"
    again = told_late(at)
    monkeypatch.setattr("app.components.narrow.is_narrow", lambda: True)
    at.run()
    again()
    form = labelled(at.segmented_control, "Shown as")
    assert form.value == "In words"
    form.set_value("Map").run()
    assert labelled(at.segmented_control, "Shown as").value == "Map", "as was chosen"


def test_a_way_says_its_part_of_the_map_as_tables_and_in_words(open_screen):
    at = open_screen("pathways", example())
    labelled(at.multiselect, "Start from").select("stress").run()
    factors = example().system_map().factors.values()
    found = part_of(at)["said"]["boxes"]
    inside = next(factor for factor in factors if factor.id in found)
    outside = next(factor for factor in factors if factor.id not in found)
    at.segmented_control(key="way.tab").set_value("In words").run()
    told = " ".join(words.value for words in at.markdown)
    assert f"**{inside.label}**" in told
    assert f"**{outside.label}**" not in told
    at.segmented_control(key="way.tab").set_value("Table").run()
    assert not at.exception
    assert inside.label in " ".join(html.proto.body for html in at.get("html"))


def test_a_loop_is_told_on_the_canvas_beside_its_list_and_left_again(open_screen):
    at = open_screen("loops", example())
    assert part_of(at)["loop"] is None
    labelled(at.button, "Show on the map").click().run()
    assert part_of(at)["loop"]["steps"]
    labelled(at.button, "Back to the whole map").click().run()
    assert part_of(at)["loop"] is None


def test_what_follows_from_a_cause_stays_and_the_rest_fades(open_screen):
    at = open_screen("pathways", example())
    labelled(at.multiselect, "Start from").select("stress").run()
    shown = part_of(at)["said"]
    assert "stress" in shown["boxes"]
    assert len(shown["boxes"]) < len(example().system_map().factors)
    assert all(set(link.split("/")) <= set(shown["boxes"]) for link in shown["lines"])


def test_what_matters_fills_the_boxes_by_class(open_screen):
    at = open_screen("importance", example())
    heat = part_of(at)["heat"]
    assert {share for share, _ in heat.values()} == {0.0, 0.5, 1.0}


def test_a_push_fills_the_boxes_it_moves(open_screen):
    at = open_screen("what_if", example())
    labelled(at.multiselect, "Suppose there is less").select("stress").run()
    heat = part_of(at)["heat"]
    assert {words for _, words in heat.values()} <= {
        "more",
        "less",
        "direction unclear",
    }


def test_a_question_of_the_health_check_opens_the_cause_it_is_about(open_screen):
    at = open_screen("health", example())
    mend = labelled(at.button, "Mend it")
    mend.click().run()
    assert at.session_state["canvas.sampleshire.main.selected"]
