"""Every document at once: each in its usual file and as PDF, with how far it is."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pptx

from docs.make_template import sample_template
from systemmap.model.workshop import Workshop
from systemmap.reports import REPORTS, Order, build, file_name, whole_set
from systemmap.testing import map_from, programme_of
from tests.reports.conftest import DAY

ORDER = Order(at=DAY)


def test_the_set_holds_every_document_and_says_how_far_it_is():
    programme, told = programme_of(map_from("stress -> snacking +")), []
    programme.add(Workshop(id="w", title="Mapping", on=date(2026, 11, 3)))
    made = whole_set(programme, ORDER, told=lambda *step: told.append(step))
    assert made.on_template == {}
    with zipfile.ZipFile(io.BytesIO(made.data)) as found:
        names = found.namelist()
        table = file_name(programme, "gap_table", ORDER, ".xlsx")
        assert found.read(table) == build(programme, "gap_table", ORDER).data
    assert set(names) == {
        file_name(programme, key, ORDER, suffix)
        for key, report in REPORTS.items()
        for suffix in {report.suffixes[0], *({".pdf"} & set(report.suffixes))}
    }
    assert [done for done, _, _ in told] == list(range(len(names)))
    assert {of for _, of, _ in told} == {len(names)}


def test_what_cannot_be_made_is_named_with_the_reason():
    programme = programme_of(map_from("stress -> snacking +"))
    with zipfile.ZipFile(io.BytesIO(whole_set(programme, ORDER).data)) as found:
        said = found.read("not-made.txt").decode()
        assert said.startswith("Workshop write-up: ")
        assert not any("write-up" in name for name in found.namelist())


def test_each_file_of_the_set_stands_on_the_template_for_its_kind():
    programme = programme_of(map_from("stress -> snacking +"))
    word, slides = sample_template(), io.BytesIO()
    pptx.Presentation().save(slides)
    templates = {".docx": word, ".pptx": slides.getvalue()}
    made = whole_set(programme, ORDER, templates=templates)
    assert made.on_template == {
        ".docx": ("Board paper section", "Map in words", "Programme record"),
        ".pptx": ("Map slides", "One-page phase report"),
    }
    with zipfile.ZipFile(io.BytesIO(made.data)) as found:
        for key, suffix in (("programme_record", ".docx"), ("map_slide", ".pptx")):
            own = replace(ORDER, template=templates[suffix])
            name = file_name(programme, key, ORDER, suffix)
            assert found.read(name) == build(programme, key, own, suffix).data
        page = found.read(file_name(programme, "board_paper", ORDER, ".pdf"))
    assert page == build(programme, "board_paper", ORDER, ".pdf").data


def test_a_damaged_template_is_named_and_its_documents_stand_on_a_plain_page():
    programme = programme_of(map_from("stress -> snacking +"))
    made = whole_set(programme, ORDER, templates={".pptx": b"no slides"})
    assert made.on_template == {}
    with zipfile.ZipFile(io.BytesIO(made.data)) as found:
        said = found.read("not-made.txt").decode().splitlines()
        slides = found.read(file_name(programme, "map_slide", ORDER, ".pptx"))
    assert slides == build(programme, "map_slide", ORDER, ".pptx").data
    assert [line.partition(": ")[0] for line in said] == [
        "Map slides on the template",
        "One-page phase report on the template",
        "Workshop write-up",
    ]
