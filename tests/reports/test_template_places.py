"""A council's template is filled: places by name, the rest once, in its own look."""

import io
import subprocess
from functools import cache
from pathlib import Path

import docx
import pptx
import pytest
from docx.oxml.ns import qn
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Inches

from docs.make_template import NAME, sample_template
from systemmap.bundled.examples import example
from systemmap.editing.council_templates import (
    drop_template,
    keep_template,
    kept_templates,
    made_for,
    templates_named,
)
from systemmap.errors import InvalidValue, ReadError, UnknownItem
from systemmap.formats import programme_from, read, write
from systemmap.formats.fixed_zip import unzipped, zipped
from systemmap.reports import Order, build, check_apart
from systemmap.reports.parts import template_check
from systemmap.reports.parts.blocks import Table
from systemmap.reports.parts.deck_template import opened_deck
from systemmap.reports.parts.fitting import column_widths, letters_for
from systemmap.reports.parts.template import check_template
from tests.analysis.drawn_maps import keep_causes
from tests.reports.conftest import DAY
from tests.sizes import WHOLE, whole

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def filled():
    data = build(
        example(), "board_paper", Order(at=DAY, template=sample_template())
    ).data
    return docx.Document(io.BytesIO(data))


def said(document):
    """Return every paragraph in the order of the page, those in controls too."""
    return [
        "".join(t.text or "" for t in p.iter(qn("w:t")))
        for p in document.element.body.iter(qn("w:p"))
    ]


def test_the_sample_on_the_page_is_what_the_script_makes():
    assert (ROOT / "docs" / NAME).read_bytes() == sample_template()


def test_each_place_is_filled_and_the_rest_follows_once(filled):
    words = [line for line in said(filled) if line]
    assert words[0] == "Whole systems approach to obesity: progress"
    assert words[1] == "As at: 21 November 2026"
    asked = words.index("The board is asked to")
    assert words[asked + 1].startswith("note progress")  # numbered by its own list
    progress = words.index("2. Progress")
    assert words[progress + 1].startswith("34 people from 14 organisations")
    rest = words.index("3. Everything else")
    assert words[rest + 1] == "The six phases"
    assert words[-2:] == ["4. Background papers", "None."]
    for once in (
        "Whole systems approach to obesity: progress",
        "The board is asked to",
        "The six phases",
    ):
        assert words.count(once) == 1
    assert "Where we stand" not in words


def test_the_templates_own_look_is_used(filled):
    heading = next(
        p
        for p in filled.element.body.iter(qn("w:p"))
        if "".join(t.text or "" for t in p.iter(qn("w:t"))) == "The six phases"
    )
    assert heading.pPr.pStyle.get(qn("w:val")) == "Heading1"
    assert filled.styles["Heading 1"].font.name == "Georgia"
    (bullet, *_) = [
        p
        for p in filled.element.body.iter(qn("w:p"))
        if p.pPr is not None
        and p.pPr.pStyle is not None
        and p.pPr.pStyle.get(qn("w:val")) == "ListBullet"
    ]
    assert bullet is not None
    shades = {
        found.get(qn("w:fill")) for found in filled.element.body.iter(qn("w:shd"))
    }
    assert "E8F1F2" not in shades  # ours; the template has an accent of its own
    assert not list(filled.element.body.iter(qn("w:showingPlcHdr")))


def test_numbered_lists_count_as_the_templates_do_from_one(filled):
    asked = [
        p
        for p in filled.element.body.iter(qn("w:p"))
        if p.pPr is not None
        and p.pPr.numPr is not None
        and p.pPr.pStyle.val == "ListNumber"
    ]
    assert len(asked) == 3
    (number,) = {p.pPr.numPr.numId.val for p in asked}
    style = filled.styles["List Number"].element.find(f".//{qn('w:numId')}")
    assert str(number) != style.get(qn("w:val"))
    numbering = filled.part.numbering_part.element
    (made,) = [n for n in numbering.findall(qn("w:num")) if n.numId == number]
    assert made.find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "1"


def test_a_potx_is_taken_as_a_deck():
    council = pptx.Presentation()
    stream = io.BytesIO()
    council.save(stream)
    parts = unzipped(stream.getvalue())
    types = parts["[Content_Types].xml"]
    assert b"presentation.main+xml" in types
    parts["[Content_Types].xml"] = types.replace(
        b"presentation.main+xml", b"template.main+xml"
    )
    data = zipped(parts)
    check_apart(data, ".pptx")
    order = Order(at=DAY, template=data)
    made = build(example(), "phase_report", order, ".pptx").data
    assert len(pptx.Presentation(io.BytesIO(made)).slides) == 3


@pytest.mark.parametrize(
    ("part", "key"),
    [
        (0.2, "phase_report"),
        (0.3, "phase_report"),
        pytest.param(0.2, "map_slide", marks=whole("0.3 of the page leaves less room")),
        (0.3, "map_slide"),
    ],
)
def test_a_tall_title_leaves_fewer_words_on_a_slide_not_smaller_ones(key, part):
    council = pptx.Presentation()
    council.slide_width, council.slide_height = Inches(13.333), Inches(7.5)
    for layout in council.slide_layouts:
        for place in layout.placeholders:
            if place.placeholder_format.type == PP_PLACEHOLDER.TITLE:
                place.left, place.top = Inches(0.5), 0
                place.width = Inches(12.3)
                place.height = int(council.slide_height * part)
    stream = io.BytesIO()
    council.save(stream)
    order = Order(at=DAY, template=stream.getvalue())
    made = pptx.Presentation(io.BytesIO(build(some(), key, order, ".pptx").data))
    plain = pptx.Presentation(io.BytesIO(plain_deck(key)))
    assert min(own_sizes(made)) >= 14
    more = key == "map_slide" or part > 0.2  # six short phases fit below the lower one
    assert len(made.slides) >= len(plain.slides) + more
    for page in made.slides:
        for shape in page.shapes:
            assert shape.top + shape.height <= made.slide_height


@cache
def plain_deck(key):
    return build(some(), key, Order(at=DAY), ".pptx").data


def some():
    """Sampleshire; in an ordinary run of its map the first twenty causes."""
    programme = example()
    if not WHOLE:
        keep_causes(programme, 20)
    return programme


def own_sizes(found):
    """Return the sizes of what we wrote: a title keeps the template's."""
    cells = [
        words
        for page in found.slides
        for shape in page.shapes
        if shape != page.shapes.title
        for words in (
            shape._element.xpath(".//a:r/a:rPr/@sz")  # table cells too
        )
    ]
    return {int(size) / 100 for size in cells}


def test_a_template_with_a_title_of_its_own_gets_ours_as_a_heading():
    document = docx.Document()
    document.add_paragraph("Report to the board", style="Title")
    order = Order(at=DAY, template=packed(document))
    made = docx.Document(io.BytesIO(build(example(), "board_paper", order).data))
    titles = [p.text for p in made.paragraphs if p.style.name == "Title"]
    assert titles == ["Report to the board"]
    (ours,) = [p for p in made.paragraphs if p.text.startswith("Whole systems app")]
    assert ours.style.name == "Heading 1"


def test_a_committees_form_is_filled_under_its_own_names():
    form = docx.Document()
    form.add_paragraph("<Insert report title>", style="Title")
    for words in ("1. Recommendations", "2. Implications"):
        form.add_heading(words, level=1)
    form.add_table(rows=2, cols=2).cell(0, 0).text = "Legal (officer)"
    form.add_heading("3. Background papers", level=1)
    data = build(
        example(), "board_paper", Order(at=DAY, template=packed(form)), ".docx"
    ).data
    document = docx.Document(io.BytesIO(data))
    words = [line for line in said(document) if line]
    assert words[0] == "Whole systems approach to obesity: progress"
    assert words.count(words[0]) == 1
    at = words.index("1. Recommendations")
    assert words[at + 1] == "The board is asked to:"
    assert words[at + 2].startswith("note progress")
    assert "The board is asked to" not in words
    assert "Left for the author: nothing is filled in here." not in words
    assert words[words.index("2. Implications") + 1] == "Legal (officer)"
    assert words[-1].startswith("Contains public sector information")


def test_titles_share_a_size_and_one_too_long_for_its_place_makes_all_smaller():
    own = pptx.Presentation()
    own.slide_width = Inches(10)
    stream = io.BytesIO()
    own.save(stream)
    order = Order(at=DAY, template=stream.getvalue())
    deck = pptx.Presentation(
        io.BytesIO(build(some(), "map_slide", order, ".pptx").data)
    )
    sizes = title_sizes(deck)
    (size,) = {size for title, size in sizes.items() if "as a picture" not in title}
    assert 20 <= size.pt < 44
    (look,) = own.slide_master.element.xpath(".//p:titleStyle/a:lvl1pPr/a:defRPr")
    look.set("sz", "2000")
    stream = io.BytesIO()
    own.save(stream)
    order = Order(at=DAY, template=stream.getvalue())
    deck = pptx.Presentation(
        io.BytesIO(build(example(), "phase_report", order, ".pptx").data)
    )
    assert set(title_sizes(deck).values()) == {None}  # the template's own


def title_sizes(deck):
    return {
        title.text_frame.text: title.text_frame.paragraphs[0].runs[0].font.size
        for title in (slide.shapes.title for slide in deck.slides)
    }


def test_sixty_pages_without_a_place_are_refused_and_with_one_filled():
    document = docx.Document()
    for _ in range(60):
        document.add_paragraph("word " * 360)
    with pytest.raises(ReadError, match="about 61 pages of its own text and no place"):
        check_template(packed(document))
    document.add_heading("systemmap", level=1)
    check_template(packed(document))


def test_letters_of_a_crowded_table_shrink_to_a_floor_before_a_word_breaks():
    def crowded(letters):
        words = ("w" * letters,) * 6
        return Table(caption="", headings=words, rows=(), shares=(1,) * 6)

    assert letters_for(crowded(8), 5.0, 8.5, floor=7) == 8.5
    size = letters_for(crowded(9), 5.0, 8.5, floor=7)
    assert 7 <= size < 8.5
    widths = column_widths(crowded(9), 5.0, size)
    assert all(wide >= 9 * size / 72 * 0.68 for wide in widths)
    assert letters_for(crowded(20), 5.0, 8.5, floor=7) == 7


def test_no_word_breaks_inside_however_narrow_its_column():
    table = Table(
        caption="",
        headings=("No", "Communications", "Rest"),
        rows=(("1", "organisation", "a " * 200),),
        shares=(1, 1, 40),
    )
    widths = column_widths(table, 5.0, 8.5)
    assert sum(widths) == pytest.approx(5.0)
    assert widths[1] > len("Communications") * 8.5 / 72 * 0.6


def test_what_fetches_from_elsewhere_is_refused():
    parts = unzipped(sample_template())
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(
        b"</Relationships>",
        b'<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="https://example.org/x.png" TargetMode="External"/></Relationships>',
    )
    with pytest.raises(ReadError, match="fetches a picture or data from elsewhere"):
        check_template(zipped(parts))


def test_a_template_is_tried_in_a_process_of_its_own(monkeypatch, tried_from_nothing):
    tried = []

    def started(suffix):
        tried.append(tried_from_nothing(suffix))
        return tried[-1]

    monkeypatch.setattr(template_check, "_started", started)
    check_apart(sample_template(), ".docx")
    with pytest.raises(ReadError, match="not a PowerPoint file"):
        check_apart(sample_template(), ".pptx")
    assert [type(process) for process in tried] == [subprocess.Popen] * 2


def test_slides_stand_on_the_councils_layout_without_its_pages():
    council = pptx.Presentation()
    council.slide_width, council.slide_height = Inches(10), Inches(7.5)
    page = council.slides.add_slide(council.slide_layouts[1])
    page.shapes.title.text = "An old page"
    stream = io.BytesIO()
    council.save(stream)
    order = Order(at=DAY, template=stream.getvalue())
    made = pptx.Presentation(
        io.BytesIO(build(example(), "phase_report", order, ".pptx").data)
    )
    slide, *_further = made.slides
    assert slide.slide_layout.name == "Title Only"
    assert slide.shapes.title.text_frame.text.startswith("Of 6 phases")
    assert made.slide_width == Inches(10)
    for shape in slide.shapes:
        assert shape.left + shape.width <= made.slide_width
        assert shape.top + shape.height <= made.slide_height
    assert {r.font.name for r in runs(slide)} == {None}


def test_a_deck_whose_layouts_have_no_title_is_refused():
    council = pptx.Presentation()
    for layout in council.slide_layouts:
        for place in list(layout.placeholders):
            place._element.getparent().remove(place._element)
    stream = io.BytesIO()
    council.save(stream)
    with pytest.raises(ReadError, match="No layout of this PowerPoint template"):
        opened_deck(stream.getvalue())


def test_a_kept_template_travels_with_the_programme():
    programme = example()
    keep_template(programme, "Board", ".docx", sample_template())
    keep_template(programme, "board", ".docx", b"newer")
    keep_template(programme, "Board", ".pptx", b"deck")
    assert [t.name for t in kept_templates(programme)] == ["board", "Board"]
    file = write(programme, "project_file")
    again = programme_from(read(file.data, "town.systemmap"))
    assert [t.data for t in templates_named(again, "BOARD")] == [b"newer", b"deck"]
    assert [t.data for t in kept_templates(again, ".pptx")] == [b"deck"]
    drop_template(programme, "Board", ".pptx")
    assert [t.suffix for t in templates_named(programme, "Board")] == [".docx"]
    with pytest.raises(UnknownItem, match="No template with id 'Board'"):
        drop_template(programme, "Board", ".pptx")
    with pytest.raises(UnknownItem, match="No template with id 'Slides'"):
        templates_named(programme, "Slides")
    with pytest.raises(InvalidValue, match="has no name"):
        keep_template(programme, " ", ".docx", b"x")
    with pytest.raises(InvalidValue, match="Choose a file that ends in"):
        made_for("letter.odt")


def packed(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def runs(slide):
    return [
        run
        for shape in slide.shapes
        if shape.has_table
        for cell in shape.table.iter_cells()
        for paragraph in cell.text_frame.paragraphs
        for run in paragraph.runs
    ]
