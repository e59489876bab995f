"""The script that makes every document and shows its pages can be run by anyone."""

import re

import pytest

from docs import make_pictures
from systemmap.reports import REPORTS
from tests.sizes import WHOLE


@pytest.fixture
def without_libreoffice(monkeypatch):
    monkeypatch.setattr(make_pictures, "office", lambda: "")
    if not WHOLE:  # test_every_document.py makes all; a page, slides and a folder here
        few = {key: REPORTS[key] for key in ("phase_report", "write_up", "handover")}
        monkeypatch.setattr(make_pictures, "REPORTS", few)


def test_every_document_in_every_format_is_made_and_its_pages_shown(
    tmp_path, without_libreoffice
):
    make_pictures.main(["empty", "--into", str(tmp_path)])
    index = (tmp_path / "index.html").read_text("utf-8")
    for key, report in make_pictures.REPORTS.items():
        for suffix in report.suffixes:
            stem = f"empty-{key}{suffix}"
            assert f"<h3>{stem}" in index
            if key != "write_up":  # of a workshop, and none was held
                assert (tmp_path / stem).stat().st_size > 0
    pictures = set(re.findall(r'src="([^"]+)"', index))
    assert {p.partition(".")[0] for p in pictures} >= {
        f"empty-{key}"
        for key, report in make_pictures.REPORTS.items()
        if report.paper and key != "write_up"
    }
    assert all(
        (tmp_path / picture).read_bytes()[:4] == b"\x89PNG" for picture in pictures
    )


def test_the_four_programmes_are_what_they_are_called():
    found = make_pictures.programmes()
    assert list(found) == ["sampleshire", "council", "empty", "large"]
    assert len(found["large"].actions) == 300
    assert len(found["council"].actions) == 25
    assert not found["empty"].actions
