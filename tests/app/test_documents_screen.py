"""Documents: choose one, say what it compares with, and what is saved is what it says."""

import io
from datetime import timedelta

import docx
import pytest

from app.workspace import FACILITATOR
from systemmap.bundled.examples import example
from systemmap.editing.council_templates import keep_template
from systemmap.model.values import now
from systemmap.reports import REPORTS
from systemmap.testing import map_from, programme_of
from tests.app.shown import shown_tables


@pytest.fixture
def documents(open_screen):
    return open_screen("documents", example())


def save_button(at):
    return at.button(key="documents.save")


def test_the_finding_counts_the_documents_and_names_version_and_day(documents):
    finding = documents.title[0].value
    assert finding.startswith(
        f"{len(REPORTS)} documents can be made from version 1, as at "
    )


@pytest.mark.parametrize("key", REPORTS)
def test_every_document_can_be_chosen_and_saved(documents, key):
    documents.selectbox(key="documents.which").select(key).run()
    assert not documents.exception
    assert not documents.error
    assert save_button(documents).label.startswith("Save as ")
    assert any(
        REPORTS[key].limit[:20] in m.value.replace("\\", "") for m in documents.markdown
    )


def test_only_what_a_document_uses_is_asked(documents):
    documents.selectbox(key="documents.which").select("phase_report").run()
    keys = {w.key for w in (*documents.selectbox, *documents.radio)}
    assert "documents.since" in keys
    assert "documents.map" not in keys
    documents.selectbox(key="documents.which").select("gap_table").run()
    keys = {w.key for w in (*documents.selectbox, *documents.radio)}
    assert "documents.map" in keys
    assert "documents.since" not in keys


def test_a_named_version_can_be_compared_with(open_screen, store):
    programme = programme_of(map_from("stress -> snacking +"))
    store.create(programme, actor=FACILITATOR, label="Begin")
    store.name_version(programme.id, "Spring", actor=FACILITATOR)
    at = open_screen("documents")
    at.session_state["workspace.programme"] = programme.id
    at.run()
    at.radio(key="documents.since").set_value("A named version").run()
    assert at.selectbox(key="documents.version").options[0].startswith("Spring, ")
    assert not at.exception


def test_a_day_before_the_beginning_is_said_and_compared_with_nothing(documents):
    documents.radio(key="documents.since").set_value("A date").run()
    assert "this programme begins on" in " ".join(m.value for m in documents.markdown)
    today = now().astimezone().date()
    documents.date_input(key="documents.since_day").set_value(today).run()
    assert "this programme begins on" not in " ".join(
        m.value for m in documents.markdown
    )


def test_a_day_in_the_future_cannot_be_chosen(documents):
    documents.radio(key="documents.since").set_value("A date").run()
    latest = documents.date_input(key="documents.since_day").max
    assert latest <= now().astimezone().date() + timedelta(days=1)


def keep(at, name, data):
    at.file_uploader(key="documents.upload..docx").upload(
        name, data, "application/octet-stream"
    ).run()
    at.button(key="documents.keep..docx").click().run()
    return at


def test_a_template_that_cannot_be_used_is_refused_where_it_is_chosen(documents):
    keep(documents, "letter.docx", b"not a document")
    assert "The template is not a Word document" in documents.error[0].value
    assert "documents.template..docx" not in {w.key for w in documents.selectbox}


def test_a_template_is_kept_with_the_programme_and_taken_away(documents):
    stream, form = io.BytesIO(), docx.Document()
    form.add_table(rows=1, cols=2).cell(0, 0).text = "Author:"
    form.save(stream)
    keep(documents, "council.docx", stream.getvalue())
    assert not documents.error
    choice = documents.selectbox(key="documents.template..docx")
    assert choice.value == "council"
    said = " ".join(m.value for m in documents.markdown).replace("\\", "")
    assert "It is kept with the programme" in said
    assert "on the template's form: “Author”" in said
    assert "In that set: Word on “council”, everything else on plain" in said
    choice.set_value("").run()
    assert "In that set" not in " ".join(m.value for m in documents.markdown)
    documents.selectbox(key="documents.template..docx").set_value("council").run()
    documents.button(key="documents.drop..docx").click().run()
    assert "documents.template..docx" not in {w.key for w in documents.selectbox}


def test_a_damaged_template_that_came_with_the_programme_says_so_and_takes_nothing_away(
    open_screen,
):
    programme = programme_of(map_from("stress -> snacking +"))
    keep_template(programme, "Old", ".docx", b"not Word")
    at = open_screen("documents", programme)
    assert not at.exception
    assert "The template is not a Word document" in " ".join(
        m.value.replace("\\", "") for m in at.markdown
    )
    save_button(at).click().run()
    assert at.error[0].value.startswith("No file was made")
    at.selectbox(key="documents.template..docx").set_value("").run()
    assert not at.error


def test_the_heat_map_is_shown_with_its_table(documents):
    documents.selectbox(key="documents.which").select("coverage_heat").run()
    assert "Theme coverage" in [h.value for h in documents.header]
    assert len(shown_tables(documents)) == 1


def test_without_a_workshop_there_is_nothing_to_write_up(open_screen):
    at = open_screen("documents", programme_of(map_from("stress -> snacking +")))
    at.selectbox(key="documents.which").select("write_up").run()
    assert "nothing to write up" in " ".join(m.value for m in at.markdown)
    assert "documents.save" not in {b.key for b in at.button}


def test_a_template_is_asked_for_word_and_slides_only(documents):
    assert len(documents.file_uploader) == 1
    documents.segmented_control(key="documents.file.board_paper").set_value(
        ".html"
    ).run()
    assert len(documents.file_uploader) == 0
    assert save_button(documents).label == "Save as Web page"


def test_up_to_three_figures_of_the_local_picture_can_be_chosen(documents):
    choice = documents.multiselect(key="documents.figures")
    assert "Adults with excess weight" in " ".join(choice.options)
    assert choice.proto.max_selections == 3
    documents.selectbox(key="documents.which").select("gap_table").run()
    assert "documents.figures" not in {w.key for w in documents.multiselect}
