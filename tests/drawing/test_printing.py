"""The map as PDF: the same drawing as the SVG, with words that can be read."""

import io
from datetime import date

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageFilter

from systemmap.bundled.examples import example
from systemmap.drawing.picture import PAPERS, png_from
from systemmap.errors import InvalidValue
from systemmap.formats.drawn_maps import map_pdf, map_svg
from systemmap.model.elements import Factor
from systemmap.testing import map_from, programme_of
from tests.drawing.coarse import _maps_are_coarse_and_painted_once  # noqa: F401
from tests.drawing.foresight import of_foresight
from tests.drawing.test_picture import DAY, small

IMAGE = pdfium.raw.FPDF_PAGEOBJ_IMAGE


def page_of(pdf):
    return pdfium.PdfDocument(pdf)[0]


def words_of(pdf):
    return " ".join(page_of(pdf).get_textpage().get_text_range().split())


@pytest.mark.parametrize("paper", PAPERS)
def test_each_paper_has_its_true_size_in_millimetres(paper):
    points = page_of(map_pdf(small(), at=DAY, paper=paper)).get_size()
    assert [point / 72 * 25.4 for point in points] == pytest.approx(
        PAPERS[paper], abs=0.1
    )


def test_the_title_key_date_version_and_rule_are_words_on_the_page():
    said = words_of(map_pdf(small(), at=DAY))
    assert said.startswith("2 of 3 causes have no action listed.")
    assert "direction not agreed" in said
    assert "version 0, as at 21 November 2026" in said
    assert "It is not evidence that acting here will change obesity." in said


def test_a_borrowed_map_carries_its_notice_and_every_label_in_print():
    said = words_of(map_pdf(of_foresight(), at=DAY, paper="A1"))
    assert "Open Government Licence v3.0" in said
    unbroken = "".join(said.split()).replace("\ufffe", "-")
    for factor in of_foresight().system_map().factors.values():
        assert "".join(factor.label.split()) in unbroken


def test_everything_is_lines_and_words_and_no_font_is_missing():
    pdf = map_pdf(of_foresight(), at=DAY)
    assert [o for o in page_of(pdf).get_objects() if o.type == IMAGE] == []
    fonts = {
        o.get_font().get_base_name()
        for o in page_of(pdf).get_objects()
        if isinstance(o, pdfium.PdfTextObj)
    }
    assert fonts == {"SourceSansPro-Regular", "SourceSansPro-Semibold"}
    assert b"Helvetica" not in pdf


def test_the_file_says_what_it_shows():
    about = pdfium.PdfDocument(map_pdf(small(), at=DAY)).get_metadata_dict()
    assert about["Title"] == "2 of 3 causes have no action listed."
    assert "3 causes and 3 links" in about["Subject"]


@pytest.mark.parametrize("make", [small, of_foresight], ids=["small", "large"])
def test_the_page_looks_like_the_picture(make):
    programme = make()
    svg = Image.open(io.BytesIO(png_from(map_svg(programme, at=DAY), width=1190)))
    page = page_of(map_pdf(programme, at=DAY)).render(scale=1190 / 1190.55).to_pil()
    one, other = (
        each.convert("L").resize((1190, 842)).filter(ImageFilter.GaussianBlur(2))
        for each in (svg, page)
    )
    # Two renderers differ at the edges of letters, never by a mark
    assert sum(ImageChops.difference(one, other).histogram()[48:]) < 40


def test_the_same_map_makes_the_same_file():
    assert map_pdf(small(), at=DAY) == map_pdf(small(), at=DAY)


def test_an_unknown_paper_is_refused():
    with pytest.raises(InvalidValue, match="A4, A3, A2, A1"):
        map_pdf(small(), at=DAY, paper="B5")


def test_hostile_labels_stay_words():
    system_map = map_from("a -> b +")
    hostile = "</text><g>) Tj (x\\"
    system_map.replace_factor(Factor(id="a", label=hostile))
    said = words_of(map_pdf(programme_of(system_map), at=DAY))
    assert "".join(hostile.split()) in "".join(said.split())


def test_an_empty_map_is_a_page_that_says_so_in_print():
    empty = map_pdf(programme_of(), at=date(2026, 1, 1))
    assert words_of(empty).startswith("Nothing has been drawn on this map yet.")


def test_a_long_key_ends_above_the_footer_on_the_smallest_paper():
    words = page_of(map_pdf(example("sampleshire"), at=DAY, paper="A4")).get_textpage()
    source = words.search("Source: ").get_next()
    last = words.search("assets help").get_next()
    assert words.get_charbox(last[0])[1] > words.get_charbox(source[0])[3]
