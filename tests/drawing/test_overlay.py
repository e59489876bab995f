"""A comparison laid over a map: each thing marked for what it is, and nothing hidden."""

from dataclasses import replace

from hypothesis import given, settings

from systemmap.bundled.examples import example
from systemmap.drawing.layout.boxes import box_of
from systemmap.drawing.overlay import overlay_beside, overlay_since
from systemmap.drawing.placing import places_of
from systemmap.editing.merge_factors import merge_factors
from systemmap.model.system_map import SystemMap
from systemmap.testing import map_from, programme_of
from tests.drawing.coarse import _maps_are_coarse_and_painted_once  # noqa: F401
from tests.sizes import WHOLE
from tests.strategies import system_maps

BEFORE = map_from("stress -> snacking -\n snacking -> weight +\n noise -> sleep +")
AFTER = map_from("stress -> snacking +\n snacking -> weight +\n walking -> sleep +")


def since(before, after):
    return overlay_since(before, after, since="March 2026")


def group(notation, key, name):
    drawn = map_from(notation)
    version = replace(drawn.version, id=key, name=name)
    factors = [replace(f, map_id=key) for f in drawn.factors.values()]
    return SystemMap(
        version, factors, [replace(x, map_id=key) for x in drawn.links.values()]
    )


def test_two_dates_mark_what_is_new_gone_and_turned_round():
    found = since(BEFORE, AFTER)
    assert found.boxes == {"walking": "new", "noise": "gone"}
    assert found.lines == {
        "walking/sleep": "new",
        "noise/sleep": "gone",
        "stress/snacking": "sign",
    }
    assert found.flags == {"stress/snacking": "was −"}
    assert [box["label"] for box in found.gone_boxes] == ["Noise"]
    assert found.words["gone"] == "gone since March 2026"
    assert found.sentence.startswith("Since March 2026: ")


def test_another_name_is_reworded_and_a_merge_is_called_merged():
    programme = programme_of(map_from("stress -> snacking +\n worry -> snacking +"))
    before = programme.copy().system_map()
    merge_factors(programme, "main", "stress", "worry")
    programme.replace(
        replace(programme.system_map().factor("snacking"), label="Snacks")
    )
    found = since(before, programme.system_map())
    assert found.boxes == {"worry": "gone", "snacking": "reworded"}
    assert found.flags["worry"] == "merged"


def test_what_is_gone_keeps_its_theme_and_layer_for_the_filters():
    before, after = map_from("stress"), map_from("")
    told = replace(before.factor("stress"), theme="schools", layer="wider")
    before.replace_factor(told)
    (box,) = since(before, after).gone_boxes
    assert (box["theme"], box["layer"]) == ("schools", "wider")


def test_the_same_map_twice_marks_nothing():
    found = since(AFTER, AFTER)
    assert (found.boxes, found.lines, found.gone_boxes) == ({}, {}, ())
    assert found.sentence == "Since March 2026: nothing changed on the map."


def test_two_tables_are_matched_by_name_and_opposite_signs_are_disputed():
    ash = group("stress -> snacking +\n stress -> sleep -", "ash", "Ash")
    rowan = group("stress -> snacking -\n snacking -> weight +", "rowan", "Rowan")
    found = overlay_beside(ash, rowan)
    assert found.boxes == {"stress": "both", "snacking": "both", "rowan-weight": "gone"}
    assert found.lines == {
        "snacking/rowan-weight": "gone",
        "stress/snacking": "disputed",
    }
    assert found.words["gone"] == "only on “Rowan”"
    assert found.sentence == "“Ash” and “Rowan” disagree about the direction of 1 link."


def test_a_link_one_table_could_not_draw_is_not_held_against_it():
    ash = group("stress -> sleep -\n stress -> snacking +", "ash", "Ash")
    rowan = group("stress -> snacking +", "rowan", "Rowan")
    assert overlay_beside(ash, rowan).lines == {"stress/snacking": "both"}


def test_nothing_that_is_gone_stands_on_what_is_there():
    main = example().system_map()
    half = SystemMap(
        main.version,
        [f for n, f in enumerate(main.factors.values()) if n % 2],
        [],
    )
    found = since(main, half)
    assert len(found.gone_boxes) == len(main.factors) - len(half.factors)
    frames = [
        (x, y, *size(half.factor(key).label)) for key, (x, y) in places_of(half).items()
    ]
    frames += [(b["x"], b["y"], b["width"], b["height"]) for b in found.gone_boxes]
    for at, (x, y, wide, high) in enumerate(frames):
        for other_x, other_y, other_wide, other_high in frames[at + 1 :]:
            assert (
                abs(x - other_x) >= (wide + other_wide) / 2
                or abs(y - other_y) >= (high + other_high) / 2
            )


def size(label):
    box = box_of(label)
    return box.width, box.height


@settings(max_examples=80 if WHOLE else 15)
@given(system_maps(), system_maps())
def test_every_difference_is_marked_and_nothing_else(before, after):
    found = since(before, after)
    assert {k for k, v in found.boxes.items() if v == "new"} == set(
        after.factors
    ) - set(before.factors)
    assert {k for k, v in found.boxes.items() if v == "gone"} == set(
        before.factors
    ) - set(after.factors)
    keys = [{f"{s}/{t}" for s, t in each.links} for each in (before, after)]
    assert {k for k, v in found.lines.items() if v == "gone"} == keys[0] - keys[1]
    assert {k for k, v in found.lines.items() if v == "new"} == keys[1] - keys[0]
    known = set(after.factors) | {box["id"] for box in found.gone_boxes}
    assert all({x["source"], x["target"]} <= known for x in found.gone_lines)


@settings(max_examples=60 if WHOLE else 12)
@given(system_maps(), system_maps())
def test_beside_another_map_every_ghost_is_named_once_and_linked_to_what_is_known(
    one, other
):
    found = overlay_beside(one, other)
    ghosts = [box["id"] for box in found.gone_boxes]
    assert len(ghosts) == len(set(ghosts))
    assert not set(ghosts) & set(one.factors)
    known = set(one.factors) | set(ghosts)
    assert all({x["source"], x["target"]} <= known for x in found.gone_lines)


def test_a_theme_of_the_programme_s_own_goes_by_its_name():
    before, after = map_from("stress"), map_from("stress")
    after.replace_factor(replace(after.factor("stress"), theme="rural_life"))
    found = overlay_since(
        before, after, since="March", names={"rural_life": "Rural life"}
    )
    assert found.details == ("Moved: “Stress” from no theme to “Rural life”.",)
