"""Below the map: saving a picture of the view, laying the map out afresh."""

from dataclasses import replace

from systemmap.testing import map_from, programme_of

SLEEP = map_from("stress -> sleep -\n sleep -> stress -\n stress -> snacking +")


def test_the_view_is_offered_as_a_picture_with_its_words(open_screen):
    at = open_screen("map", programme_of(SLEEP))
    assert not at.exception
    assert at.selectbox(key="map.paper").options == ["A4", "A3", "A2", "A1"]
    at.button(key="map.make_png").click().run()
    assert not at.exception


def test_laying_out_afresh_is_one_change_and_leaves_what_is_pinned(open_screen, store):
    system_map = SLEEP.copy()
    pinned = replace(system_map.factor("stress"), x=77.0, y=88.0, pinned=True)
    system_map.replace_factor(pinned)
    programme = programme_of(system_map)
    at = open_screen("map", programme)
    at.button(key="map.tidy").click().run()
    after = store.load(programme.id).system_map()
    assert (after.factor("stress").x, after.factor("stress").y) == (77.0, 88.0)
    assert after.factor("sleep").x is not None
    assert store.history(programme.id)[0].label == "Lay the map out afresh"
