"""Drawing a map for paper from the command line."""

import pypdfium2 as pdfium
import pytest

LINKS = "data/reference/foresight_links.csv"


@pytest.mark.parametrize("ending", ["pdf", "svg", "png"])
def test_a_map_in_a_file_is_drawn_for_paper(run, tmp_path, ending):
    out = tmp_path / f"map.{ending}"
    answer = run("draw", LINKS, out, "--paper", "A1")
    assert answer.code == 0, answer.err
    assert out.stat().st_size > 10_000
    assert "108 causes and 296 links on this map." in answer.out


def test_a_part_of_a_map_is_drawn_as_a_pdf_of_its_own(run, tmp_path):
    out = tmp_path / "near.pdf"
    answer = run("draw", LINKS, out, "--focus", "Stress", "--steps", "1")
    assert answer.code == 0, answer.err
    words = pdfium.PdfDocument(out)[0].get_textpage().get_text_range()
    assert "within one step of “Stress”." in words
    assert "Food Variety" not in " ".join(words.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["map.docx"], "drawn as .pdf, .svg, .png"),
        (["map.pdf", "--paper", "B5"], "Use one of: A4, A3, A2, A1"),
        (["map.pdf", "--focus", "Sterss"], "Did you mean"),
        (["map.pdf", "--theme", "moon"], "not a theme here"),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_nothing_is_written(
    run, tmp_path, words, said
):
    answer = run("draw", LINKS, tmp_path / words[0], *words[1:])
    assert answer.code == 2
    assert said in answer.err
    assert list(tmp_path.glob("map*")) == []
