"""OpenDocument twins by LibreOffice, and pages to be looked at before saving."""

import pytest

from systemmap.bundled.examples import example
from systemmap.errors import InvalidValue
from systemmap.reports import REPORTS, Order, build, preview
from systemmap.reports.parts import open_document
from systemmap.reports.parts import preview as shown_pages
from tests.reports.conftest import DAY
from tests.sizes import WHOLE

MOST = shown_pages.MOST if WHOLE else 4


def test_without_libreoffice_a_twin_is_refused_with_the_way_out(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(open_document, "_PLACES", ())
    with pytest.raises(
        InvalidValue, match=r"LibreOffice is not installed .* Save it as \.docx"
    ):
        build(example(), "board_paper", Order(at=DAY), ".odt")


def test_a_program_that_makes_nothing_is_said(monkeypatch, tmp_path):
    stand_in = tmp_path / "soffice"
    stand_in.write_text("#!/bin/sh\nexit 0\n")
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(InvalidValue, match=r"LibreOffice made no \.ods file"):
        build(example(), "gap_table", Order(at=DAY), ".ods")


def test_the_file_that_libreoffice_leaves_is_the_twin(monkeypatch, tmp_path):
    stand_in = tmp_path / "soffice"
    stand_in.write_text(
        '#!/bin/sh\nfor last; do :; done\ncp "$last" "${last%.docx}.odt"\n'
    )
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    word = build(example(), "board_paper", Order(at=DAY), ".docx").data
    assert build(example(), "board_paper", Order(at=DAY), ".odt").data == word


@pytest.mark.parametrize(
    ("key", "suffix", "pages", "note"),
    [
        ("board_paper", ".docx", 2, "in Word the same words"),
        ("phase_report", ".pptx", 2, "Drawn from the slides"),
        ("map_slide", ".pptx", MOST, f"The first {MOST} of 14 slides."),
        ("gap_table", ".xlsx", 7, "in Excel each part is a sheet"),
        ("handover", ".zip", 0, "index.html says what each file is"),
    ],
)
def test_the_pages_of_a_document_are_shown(monkeypatch, key, suffix, pages, note):
    if key == "map_slide":  # each is drawn as a picture
        monkeypatch.setattr(shown_pages, "MOST", MOST)
    shown = preview(REPORTS[key], example(), Order(at=DAY), suffix)
    assert abs(len(shown.pages) - pages) <= (pages > 2)
    assert note in shown.note
    assert (shown.of > len(shown.pages)) == ("The first" in shown.note)
    assert all(page.startswith(b"\x89PNG") for page in shown.pages)
    assert all(len(page) > 20_000 for page in shown.pages[:1])
