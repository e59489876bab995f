"""The map as slide, in words and in the handover folder: the same map each time."""

import io
import zipfile
from dataclasses import replace

import pptx
import pytest
from pptx.oxml.ns import qn
from pptx.util import Inches

from systemmap.drawing.scene import programme_scene
from systemmap.formats import programme_from, read
from systemmap.model.values import Strength
from systemmap.reports import Order, build
from systemmap.testing import map_from, programme_of
from tests.reports.conftest import CASES, DAY, words_of

SMALL = """
stress -> snacking +
snacking -> weight +
sleep -> stress -
stress -> sleep ?
"""


@pytest.fixture(scope="module")
def small():
    system_map = map_from(SMALL)
    link = system_map.links["snacking", "weight"]
    system_map.replace_link(replace(link, strength=Strength.STRONG))
    return programme_of(system_map)


def deck(programme, map_id="main"):
    data = build(programme, "map_slide", Order(at=DAY, map_id=map_id)).data
    return pptx.Presentation(io.BytesIO(data))


@pytest.fixture(scope="module")
def slides(small):
    return deck(small).slides


def glued(page):
    found = {}
    names = {str(s.shape_id): s.name for s in page.shapes}
    for shape in page.shapes:
        ends = [
            shape._element.find(f".//{qn(f'a:{end}')}") for end in ("stCxn", "endCxn")
        ]
        if all(e is not None for e in ends):
            found[tuple(names[e.get("id")] for e in ends)] = shape
    return found


def test_every_link_is_an_arrow_glued_to_both_boxes(slides):
    assert set(glued(slides[0])) == {
        ("Stress", "Snacking"),
        ("Snacking", "Weight"),
        ("Sleep", "Stress"),
        ("Stress", "Sleep"),
    }


def test_an_arrow_has_a_head_and_its_sign_is_in_the_line_and_in_words(slides):
    arrows = glued(slides[0])
    for arrow in arrows.values():
        assert arrow._element.find(f".//{qn('a:tailEnd')}") is not None
    less, more = arrows["Sleep", "Stress"], arrows["Stress", "Snacking"]
    dash = f".//{qn('a:prstDash')}"
    assert less._element.find(dash).get("val") == "dash"
    assert more._element.find(dash) is None
    assert "less" in alt(less)
    assert "direction is not agreed" in alt(arrows["Stress", "Sleep"])


def test_a_stronger_link_is_thicker(slides):
    arrows = glued(slides[0])
    assert (
        arrows["Snacking", "Weight"].line.width
        > arrows["Stress", "Snacking"].line.width
    )


def test_arrows_lie_behind_the_boxes(slides):
    tree = list(slides[0].shapes._spTree)
    arrows = [tree.index(a._element) for a in glued(slides[0]).values()]
    boxes = [tree.index(s._element) for s in slides[0].shapes if s.name == "Stress"]
    assert max(arrows) < min(boxes)


def test_every_box_and_the_picture_have_alt_text_and_every_slide_a_title(slides):
    for name in ("Stress", "Snacking", "Sleep", "Weight"):
        (box,) = [s for s in slides[0].shapes if s.name == name]
        assert len(alt(box)) > 10
    (picture,) = [s for s in slides[1].shapes if s.name == "Map"]
    assert alt(picture).startswith("4 causes and 4 links on this map.")
    assert [bool(s.shapes.title.text_frame.text) for s in slides] == [True, True]


def test_the_notes_hold_the_map_in_words(slides):
    notes = slides[0].notes_slide.notes_text_frame.text
    assert "More of this leads to more Snacking" in notes


def test_a_cause_without_an_action_has_a_dotted_outline_and_the_key_counts_them(
    sampleshire,
):
    page = deck(sampleshire).slides[0]
    bare = {b.label for b in _scene(sampleshire).boxes if b.rung == 0}
    dotted = {
        s.name
        for s in page.shapes
        if (d := s._element.find(f"{qn('p:spPr')}/{qn('a:ln')}/{qn('a:prstDash')}"))
        is not None
        and d.get("val") == "sysDot"
        and s.has_text_frame
        and s.text_frame.text
    }
    assert dotted == bare
    assert len(bare) == 5
    said = [s.text_frame.text for s in page.shapes if s.has_text_frame]
    assert "dotted outline: no action listed (5 causes)" in said


def test_a_large_map_grows_the_page_so_that_words_stay_readable():
    programme, map_id = CASES["foresight"]()
    found = deck(programme, map_id)
    assert found.slide_width > Inches(13.4)
    assert found.slide_width <= Inches(56)
    page = found.slides[0]
    assert len(glued(page)) == 296
    sizes = [
        r.font.size.pt
        for s in page.shapes
        if s.has_text_frame
        for p in s.text_frame.paragraphs
        for r in p.runs
    ]
    assert min(sizes) >= 4


def test_no_shape_leaves_the_page(sampleshire):
    found = deck(sampleshire)
    for page in found.slides:
        for shape in page.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= found.slide_width
            assert shape.top + shape.height <= found.slide_height * 1.01


def test_the_map_in_words_names_every_cause_and_every_link(sampleshire):
    said = words_of(
        build(sampleshire, "map_in_words", Order(at=DAY), ".docx").data, ".docx"
    )
    scene = _scene(sampleshire)
    for box in scene.boxes:
        assert box.label in said
    assert f"All {len(scene.lines)} links" in said
    assert f"All {len(scene.boxes)} causes" in said


def test_loops_are_told_or_their_absence_is():
    order = Order(at=DAY)
    ring = programme_of(map_from("stress -> snacking +\nsnacking -> stress +"))
    said = words_of(build(ring, "map_in_words", order, ".html").data, ".html")
    assert "1 loop of up to 4 causes." in said
    line = programme_of(map_from("stress -> snacking +"))
    said = words_of(build(line, "map_in_words", order, ".html").data, ".html")
    assert "No loop of up to 4 causes is drawn." in said


def test_the_handover_folder_opens_as_the_same_programme(sampleshire):
    data = build(sampleshire, "handover", Order(at=DAY)).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        (name,) = [n for n in names if n.endswith(".systemmap")]
        again = programme_from(read(archive.read(name), name))
        readme = archive.read(names[0]).decode()
    assert again == sampleshire
    for each in names[1:]:
        assert "sampleshire-v0-2026-11-21" in each
        assert each.rpartition("/")[2] in readme
    assert "47 causes, 108 links, 60 actions and 25 assets" in readme


def _scene(programme):
    from systemmap.drawing.listed import rungs

    return programme_scene(programme, cover=rungs(programme, "main", today=DAY))


def alt(shape):
    return shape._element.xpath(".//p:cNvPr")[0].get("descr")
