"""One rule says when Foresight's notice is shown; whatever shows a map asks it."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from app.canvas.packed_graphs import graph_data
from systemmap.bundled.attribution import notices_of
from systemmap.bundled.bundled_files import data_file, foresight_map
from systemmap.editing.borrowing import borrow
from systemmap.formats import accept, read, write
from systemmap.reports import Order, build
from systemmap.testing import map_from, programme_of
from tests.sizes import WHOLE

NOTICE = foresight_map().version.notice
DAY = date(2026, 11, 21)
LOCAL = "stress -> snacking +\n snacking -> weight +"


def none_borrowed():
    return programme_of(map_from(LOCAL))


def some_borrowed():
    programme = none_borrowed()
    borrow(programme, foresight_map(), ["portion-size"])
    return programme


def all_borrowed():
    programme = programme_of()
    factors = list(foresight_map().factors)
    borrow(programme, foresight_map(), factors if WHOLE else factors[:30])
    return programme


def of_a_document(programme, key, suffix):
    return build(programme, key, Order(at=DAY), suffix).data.decode()


def of_the_handover(programme):
    data = build(programme, "handover", Order(at=DAY), ".zip").data
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        parts = {name: folder.read(name) for name in folder.namelist()}
    shown = {
        name: NOTICE in data.decode()
        for name, data in parts.items()
        if name.endswith(("README.txt", ".html"))
    }
    assert len(set(shown.values())) == 1, shown
    return NOTICE if all(shown.values()) else ""


def of_the_workbook(programme):
    book = load_workbook(io.BytesIO(write(programme, "workbook").data))
    return " ".join(str(v) for page in book for row in page.values for v in row)


def of_the_project_file(programme):
    data = write(programme, "project_file").data
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        (licence,) = (n for n in parts.namelist() if "LICEN" in n.upper())
        return parts.read(licence).decode()


SHOWN = {
    "board paper": lambda p: of_a_document(p, "board_paper", ".html"),
    "map in words": lambda p: of_a_document(p, "map_in_words", ".html"),
    "handover": of_the_handover,
    "canvas, and the picture saved from it": lambda p: " ".join(
        graph_data(p, "main", today=DAY)["notes"]
    ),
    "page": lambda p: write(p, "map_page").data.decode(),
    "PRSM": lambda p: write(p, "prsm").data.decode(),
    "Kumu": lambda p: write(p, "kumu_json").data.decode(),
    "workbook": of_the_workbook,
    "project file": of_the_project_file,
}


@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN)
@pytest.mark.parametrize(
    ("make", "is_shown"),
    [(none_borrowed, False), (some_borrowed, True), (all_borrowed, True)],
)
def test_the_notice_stands_wherever_something_borrowed_is_shown(shown, make, is_shown):
    assert (NOTICE in shown(make())) is is_shown


def test_paper_carries_it_too_when_one_cause_is_borrowed():
    svg = write(some_borrowed(), "map_svg").data.decode()
    assert "Open Government" in svg
    assert "Open Government" not in write(none_borrowed(), "map_svg").data.decode()


def test_a_borrowed_cause_in_words_of_ones_own_is_borrowed_no_more():
    programme = some_borrowed()
    cause = programme.system_map().factor("portion-size")
    programme.put(replace(cause, label="Portions sold on the high street"))
    assert notices_of(programme.system_map()) == ()


def test_a_copy_without_keys_is_known_by_its_names_and_later_by_its_ids():
    programme = programme_of()
    for name in ("foresight_factors.csv", "foresight_links.csv"):
        reading = read(data_file(f"data/reference/{name}"), name)
        assert reading.notice == NOTICE
        accept(programme, reading)
    for cause in list(programme.system_map().factors.values()):
        programme.put(replace(cause, reference_key=""))
    assert notices_of(programme.system_map()) == (NOTICE,)
    for cause in list(programme.system_map().factors.values()):
        programme.put(replace(cause, label=f"Ours: {cause.label}"))
    assert notices_of(programme.system_map()) == (NOTICE,)


def test_a_map_that_only_shares_a_few_words_carries_no_notice():
    programme = programme_of(map_from("stress -> physical-activity -"))
    assert read(write(programme, "links_csv").data, "x.csv.zip").notice == ""


def test_a_maps_own_notice_comes_first_and_is_told_once():
    programme = some_borrowed()
    version = programme.maps["main"]
    programme.put(replace(version, notice="Kept by the county."))
    assert notices_of(programme.system_map()) == ("Kept by the county.", NOTICE)
    programme.put(replace(version, notice=NOTICE))
    assert notices_of(programme.system_map()) == (NOTICE,)


@pytest.mark.parametrize(("key", "name"), [("prsm", "m.prsm"), ("kumu_json", "m.json")])
@pytest.mark.parametrize("own", ["", "Kept by the county.", NOTICE])
def test_a_notice_read_back_is_no_note_and_no_change(key, name, own):
    programme = some_borrowed()
    version = replace(programme.maps["main"], note="Drawn in May.", notice=own)
    programme.put(version)
    again = programme_of()
    accept(again, read(write(programme, key).data, name))
    assert again.maps["main"].note == "Drawn in May."
    assert again.maps["main"].notice == own
    accept(programme, read(write(programme, key).data, name))
    assert programme.maps["main"] == version
