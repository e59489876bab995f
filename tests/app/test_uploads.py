"""A file on the import screen is read apart, and brought in or refused in words."""

from systemmap.examples import example
from systemmap.formats import write
from systemmap.model.response import Action
from systemmap.testing import map_from, programme_of
from tests.cli.test_hostile_files import sparse_sheet

ANY = "application/octet-stream"


def test_a_word_plan_is_previewed_and_brought_in(open_screen, store):
    programme = programme_of(map_from("stress -> snacking +"))
    at = open_screen("import_export", programme)
    plan = write(example(), "plan_word").data
    at.file_uploader[0].upload("plan.docx", plan, ANY).run()
    assert not at.exception
    assert "read as Plan table in Word" in " ".join(m.value for m in at.markdown)
    assert not store.load(programme.id).all(Action)
    next(b for b in at.button if b.label.startswith("Bring in")).click().run()
    assert not at.exception
    assert len(store.load(programme.id).all(Action)) >= 1


def test_a_file_made_to_harm_is_refused_where_it_was_chosen(open_screen, store):
    programme = programme_of(map_from("stress -> snacking +"))
    at = open_screen("import_export", programme)
    before = store.revision(programme.id)
    at.file_uploader[0].upload("sparse.xlsx", sparse_sheet(), ANY).run()
    assert not at.exception
    assert any("limit" in e.value for e in at.error)
    assert store.revision(programme.id) == before
