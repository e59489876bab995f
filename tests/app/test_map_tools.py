"""Below the map: saving a picture of the view, laying the map out afresh."""

from dataclasses import replace
from datetime import date

import pytest

from app.components.map_tools import picture
from systemmap.drawing.view import Choice, view_of
from systemmap.testing import map_from, programme_of

SLEEP = map_from("stress -> sleep -\n sleep -> stress -\n stress -> snacking +")
DAY = date(2026, 11, 21)


def test_the_view_is_offered_for_five_papers_as_pdf_svg_and_png(open_screen):
    at = open_screen("map", programme_of(SLEEP))
    assert not at.exception
    assert at.selectbox(key="map.paper").options == ["A4", "A3", "A2", "A1", "A0"]
    assert [at.button(key=f"map.{kind}").label for kind in ("pdf", "svg", "png")] == [
        "PDF",
        "SVG, to edit",
        "PNG, for slides",
    ]


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


@pytest.mark.parametrize(
    ("kind", "starts"), [("pdf", b"%PDF-"), ("svg", b"<svg"), ("png", b"\x89PNG")]
)
def test_a_view_is_drawn_as_each_kind_of_file_only_when_wanted(kind, starts):
    view = view_of(
        programme_of(SLEEP), Choice(focus="sleep", steps=1), at=DAY, notices=()
    )
    assert picture(view, kind, "A4")().startswith(starts)
