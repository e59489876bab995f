"""The map as slide, in words and in the handover folder: the same map each time."""

import io
import zipfile
from dataclasses import replace
from itertools import combinations

import pptx
import pytest
from pptx.oxml.ns import qn
from pptx.util import Inches

from systemmap.bundled.examples import example
from systemmap.drawing.scene import programme_scene
from systemmap.formats import programme_from, read
from systemmap.language.phrases import NOT_EVIDENCE, STRUCTURE_NOTE
from systemmap.model.plan import SavedView
from systemmap.model.values import Strength
from systemmap.reports import REPORTS, Order, build
from systemmap.reports.parts.blocks import Heading
from systemmap.testing import map_from, programme_of
from tests.analysis.drawn_maps import keep_causes
from tests.reports.any_programme import any_programme
from tests.reports.conftest import CASES, DAY, NOTICE, words_of
from tests.sizes import WHOLE

WORDY = 4  # a made programme of more than 300 actions
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


@pytest.fixture(scope="module")
def sampleshire_deck():
    programme, map_id = CASES["sampleshire"]()
    programme.add(
        SavedView(id="v1", name="Round stress", parameters={"focus": "stress"})
    )
    return deck(programme, map_id)


@pytest.fixture(scope="module")
def foresight_deck():
    return deck(*borrowed())


def borrowed():
    """Foresight; in an ordinary run its first forty causes."""
    programme, map_id = CASES["foresight"]()
    if not WHOLE:
        keep_causes(programme, 40, map_id=map_id)
    return programme, map_id


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


def titles(found):
    return [page.shapes.title.text_frame.text for page in found.slides]


def test_the_slide_of_an_empty_map_says_of_what_place_and_day_it_is():
    first = deck(*CASES["empty"]()).slides[0]
    assert "Nowhere · Main map · as at 21 November 2026" in [
        shape.text_frame.text for shape in first.shapes if shape.has_text_frame
    ]


def test_every_link_is_an_arrow_glued_to_both_boxes(slides):
    assert set(glued(slides[1])) == {
        ("Stress", "Snacking"),
        ("Snacking", "Weight"),
        ("Sleep", "Stress"),
        ("Stress", "Sleep"),
    }


def test_an_arrow_has_a_head_and_its_sign_is_in_the_line_and_in_words(slides):
    arrows = glued(slides[1])
    for arrow in arrows.values():
        assert arrow._element.find(f".//{qn('a:tailEnd')}") is not None
    less, more = arrows["Sleep", "Stress"], arrows["Stress", "Snacking"]
    dash = f".//{qn('a:prstDash')}"
    assert less._element.find(dash).get("val") == "dash"
    assert more._element.find(dash) is None
    assert "less" in alt(less)
    assert "direction is not agreed" in alt(arrows["Stress", "Sleep"])


def test_a_stronger_link_is_thicker(slides):
    arrows = glued(slides[1])
    assert (
        arrows["Snacking", "Weight"].line.width
        > arrows["Stress", "Snacking"].line.width
    )


def test_arrows_lie_behind_the_boxes(slides):
    tree = list(slides[1].shapes._spTree)
    arrows = [tree.index(a._element) for a in glued(slides[1]).values()]
    boxes = [tree.index(s._element) for s in slides[1].shapes if s.name == "Stress"]
    assert max(arrows) < min(boxes)


def test_every_shape_with_meaning_has_alt_text_and_every_slide_a_title(
    sampleshire_deck,
):
    assert all(titles(sampleshire_deck))
    for page in sampleshire_deck.slides:
        for shape in page.shapes:
            named = shape.name.split(" ")[0] not in ("Connector", "Rounded", "TextBox")
            if named and not shape.is_placeholder:
                assert len(alt(shape)) > 10


def test_the_deck_has_an_overview_each_theme_each_view_and_the_whole(
    sampleshire, sampleshire_deck
):
    found = titles(sampleshire_deck)
    assert found[0] == "5 of 41 causes that can be changed here have no action listed."
    assert "Mental wellbeing: 4 causes, 3 with no action listed" in found
    overview = " ".join(
        s.text_frame.text for s in sampleshire_deck.slides[0].shapes if s.has_text_frame
    )
    assert "Counted: causes that can be changed here." in overview
    assert (
        "26 loops of up to 4 causes; 3 of them, through the outcome before others:"
        in (overview)
    )
    assert any(title.startswith("View “Round stress”") for title in found)
    assert found[-2:] == ["The whole map as a picture", "Where these slides come from"]
    *_, whole, _ = sampleshire_deck.slides
    (picture,) = (s for s in whole.shapes if s.name == "Map")
    assert picture.width > 0.98 * sampleshire_deck.slide_width
    assert picture.height > 0.98 * sampleshire_deck.slide_height
    shown = {s.name for page in sampleshire_deck.slides for s in page.shapes}
    assert {f.label for f in sampleshire.system_map().factors.values()} <= shown


def test_a_view_too_large_for_slides_is_named():
    lines = "\n".join(f"cause-{n} -> goal +" for n in range(30))
    programme = programme_of(map_from(lines))
    programme.add(SavedView(id="v", name="All of it", parameters={"focus": "goal"}))
    found = deck(programme)
    assert not any("All of it" in title for title in titles(found))
    said = "\n".join(s.text_frame.text for s in found.slides[-1].shapes)
    assert "The view “All of it” has no slide of its own: it shows 31 causes" in said


def test_every_link_stands_on_a_slide_or_its_neighbour_in_the_notes(foresight_deck):
    programme, map_id = borrowed()
    drawn = programme.system_map(map_id)
    told = "\n".join(p.notes_slide.notes_text_frame.text for p in foresight_deck.slides)
    arrows = set().union(*(glued(page) for page in foresight_deck.slides))
    for source, target in drawn.links:
        ends = drawn.factors[source].label, drawn.factors[target].label
        assert ends in arrows or all(end in told for end in ends)
    assert len(arrows) > 0.6 * len(drawn.links)
    for words in (
        "as at 21 November 2026",
        "version 0",
        f"{len(drawn.factors)} causes on this map",
        NOT_EVIDENCE,
        STRUCTURE_NOTE,
        NOTICE,
    ):
        assert words in told


def test_the_overview_tells_groups_loops_and_gaps_in_sight_and_in_the_notes(
    sampleshire_deck,
):
    page = sampleshire_deck.slides[0]
    said = "\n".join(s.text_frame.text for s in page.shapes if s.has_text_frame)
    for words in (
        "1 of 4 has an action",
        "26 loops of up to 4 causes",
        "25 causes with an open gap",
    ):
        assert words in said
        assert words in page.notes_slide.notes_text_frame.text
    assert len(glued(page)) == 8


def test_the_notes_hold_the_map_in_words(slides):
    notes = slides[1].notes_slide.notes_text_frame.text
    assert "More of this leads to more Snacking" in notes


def test_a_cause_without_an_action_has_a_dotted_outline_and_the_key_says_so(
    sampleshire, sampleshire_deck
):
    bare = {b.label for b in _scene(sampleshire).boxes if b.rung == 0}
    dotted = {
        s.name
        for page in sampleshire_deck.slides
        for s in page.shapes
        if (d := s._element.find(f"{qn('p:spPr')}/{qn('a:ln')}/{qn('a:prstDash')}"))
        is not None
        and d.get("val") == "sysDot"
        and s.has_text_frame
        and s.text_frame.text
    }
    assert dotted == bare
    assert len(bare) == 5
    page = sampleshire_deck.slides[
        titles(sampleshire_deck).index(
            "Mental wellbeing: 4 causes, 3 with no action listed"
        )
    ]
    assert "no action listed" in [
        s.text_frame.text for s in page.shapes if s.has_text_frame
    ]


@pytest.mark.parametrize("case", ["sampleshire_deck", "foresight_deck"])
def test_slides_are_read_from_the_back_row(case, request):
    found = request.getfixturevalue(case)
    assert (found.slide_width, found.slide_height) == (Inches(13.333), Inches(7.5))
    assert min(sizes_in(found)) >= 14
    for page in found.slides:
        boxes = [s for s in page.shapes if s.shape_type == 1 and s.text_frame.text]
        for shape in page.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= found.slide_width
            assert shape.top + shape.height <= found.slide_height * 1.01
        for a, b in combinations(boxes, 2):
            assert (
                a.left + a.width <= b.left
                or b.left + b.width <= a.left
                or a.top + a.height <= b.top
                or b.top + b.height <= a.top
            ), (a.name, b.name)


@pytest.mark.parametrize("key", ["phase_report", "map_slide"])
@pytest.mark.parametrize("seed", [None, WORDY])
def test_no_letter_of_any_deck_is_smaller_than_14_points(key, seed):
    programme, order = (CASES["empty"]()[0], Order(at=DAY))
    if seed is not None:
        programme, order = any_programme(seed)
        assert len(programme.actions) > 300
        if not WHOLE:
            keep_causes(programme, 12)
    data = build(programme, key, order, ".pptx").data
    assert min(sizes_in(pptx.Presentation(io.BytesIO(data)))) >= 14


def sizes_in(found):
    """Return the size of every run of every shape and cell; every one has a size."""
    frames = [
        frame
        for page in found.slides
        for shape in page.shapes
        for frame in (
            [cell.text_frame for row in shape.table.rows for cell in row.cells]
            if shape.has_table
            else [shape.text_frame]
            if shape.has_text_frame
            else []
        )
    ]
    return {r.font.size.pt for f in frames for p in f.paragraphs for r in p.runs}


@pytest.mark.parametrize(
    ("theme", "said"), [("", "Not sorted (2 causes)"), ("schools", "Outcome (1 cause)")]
)
def test_an_outcome_in_no_theme_is_not_called_unsorted(theme, said):
    programme = example()
    drawn = programme.system_map()
    if not WHOLE:  # what is asked is asked of the map's first causes
        keep_causes(programme, 8, "stress")
    stress = drawn.factors["stress"]
    programme.replace(replace(stress, theme=theme))
    found = REPORTS["map_in_words"].paper(programme, Order(at=DAY)).blocks
    headings = {b.text for b in found if isinstance(b, Heading)}
    assert said in headings
    assert ("Not sorted" in said) == any(h.startswith("Not sorted") for h in headings)
    name = said.partition(" (")[0]
    assert any(title.startswith(f"{name}: ") for title in titles(deck(programme)))


@pytest.mark.parametrize("suffix", [".svg", ".pdf"])
def test_a_poster_names_its_version_and_carries_the_licence_of_what_stands_on_it(
    suffix,
):
    order = Order(at=DAY, version="The January board")
    for programme, borrowed in (
        (example(), True),
        (programme_of(map_from(SMALL)), False),
    ):
        data = build(programme, "map_poster", order, suffix).data
        said = " ".join(words_of(data, suffix).split())
        assert "version 0 (“The January board”), as at 21 November 2026" in said
        assert ("Open Government Licence v3.0" in said) is borrowed


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
