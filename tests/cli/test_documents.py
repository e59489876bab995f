"""Documents from the command line."""

import io
import zipfile
from datetime import date

import docx
import pptx

from systemmap.bundled.first_start import EARLIER
from systemmap.editing.council_templates import keep_template
from systemmap.model.workshop import Workshop
from systemmap.reports import REPORTS
from systemmap.store import Actor, open_store
from systemmap.testing import map_from, programme_of
from tests.reports.test_template_forms import cabinet_form, packed


def test_the_board_paper_reports_progress_since_a_named_version(run, town, tmp_path):
    out = tmp_path / "paper.docx"
    answer = run("document", "Sampleshire", "board_paper", out, "--since", EARLIER)
    assert answer.code == 0, answer.err
    words = " ".join(
        p.text for p in docx.Document(io.BytesIO(out.read_bytes())).paragraphs
    )
    assert "causes" in words
    assert EARLIER in words


def test_every_document_is_named_in_the_list(run, town):
    answer = run("document", "Sampleshire", "list")
    assert [line.split(":")[0] for line in answer.out.splitlines()] == list(REPORTS)


def test_a_document_that_does_not_exist_is_refused(run, town, tmp_path):
    answer = run("document", "Sampleshire", "board_papers", tmp_path / "x.docx")
    assert answer.code == 2
    assert "Did you mean 'board_paper'" in answer.err


def test_figures_of_the_local_picture_are_chosen_by_name(run, town, tmp_path):
    out, name = tmp_path / "paper.docx", "Adults with excess weight"
    answer = run(
        "document", "Sampleshire", "board_paper", out, "--figure", name.lower()
    )
    assert answer.code == 0, answer.err
    words = [p.text for p in docx.Document(io.BytesIO(out.read_bytes())).paragraphs]
    assert any(name in line for line in words)
    answer = run("document", "Sampleshire", "board_paper", out, "--figure", "Adult")
    assert answer.code == 2
    assert "No figure with id 'Adult'" in answer.err


def test_what_a_form_leaves_to_the_author_is_said_and_where_it_is_not_used(
    run, town, tmp_path
):
    form, out = tmp_path / "form.docx", tmp_path / "paper.docx"
    form.write_bytes(packed(cabinet_form()))
    answer = run("document", "Sampleshire", "board_paper", out, "--template", form)
    assert answer.code == 0, answer.err
    assert "Left for the author on the template's form: “Date of mee" in answer.out
    page = out.with_suffix(".html")
    answer = run("document", "Sampleshire", "board_paper", page, "--template", form)
    assert answer.code == 0, answer.err
    assert "is for .docx: this .html file is a plain page." in answer.out
    assert "Left for" not in answer.out


def test_a_kept_template_is_used_and_said_and_a_given_one_goes_before_it(
    run, town, tmp_path
):
    keep(town, "Board", ".docx", packed(cabinet_form()))
    keep(town, "Board", ".pptx", deck())
    out = tmp_path / "paper.docx"
    answer = run("document", "Sampleshire", "board_paper", out)
    assert "On “Board”." in answer.out
    assert "ANYTOWN BOROUGH COUNCIL" in words_in(out)
    answer = run("document", "Sampleshire", "board_paper", out, "--plain")
    assert "Board" not in answer.out
    assert "ANYTOWN BOROUGH COUNCIL" not in words_in(out)
    form, both = tmp_path / "form.docx", tmp_path / "set.zip"
    form.write_bytes(packed(docx.Document()))
    answer = run(
        "document", "Sampleshire", "all", both, "--template", form,
        "--template", "Board",
    )  # fmt: skip
    assert answer.code == 2
    assert "“form.docx” and “Board” are both for .docx files." in answer.err


def test_the_whole_set_stands_on_the_templates_for_its_kinds_and_names_the_documents(
    run, data, tmp_path
):
    """A small town: that Sampleshire's are made asks tests/reports of each document."""
    small = programme_of(map_from("stress -> snacking +"))
    small.add(Workshop(id="w", title="Mapping", on=date(2026, 11, 3)))
    store = open_store(str(data))
    store.create(small, actor=Actor("t", "admin"))
    store.close()
    keep(data, "Deck", ".pptx", deck(), small.id)
    out = tmp_path / "set.zip"
    answer = run("document", small.info.name, "all", out)
    assert answer.code == 0, answer.err
    assert "On “Deck”: Map slides and One-page phase report." in answer.out
    with zipfile.ZipFile(out) as found:
        assert "not-made.txt" not in found.namelist()


def keep(data, name, suffix, template, programme_id="sampleshire"):
    store = open_store(str(data))
    with store.editing(
        programme_id, actor=Actor("t", "admin"), label="Keep it"
    ) as draft:
        keep_template(draft, name, suffix, template)
    store.close()


def deck():
    stream = io.BytesIO()
    pptx.Presentation().save(stream)
    return stream.getvalue()


def words_in(path):
    return " ".join(
        p.text for p in docx.Document(io.BytesIO(path.read_bytes())).paragraphs
    )
