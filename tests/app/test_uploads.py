"""A file on the import screen is read apart, and brought in or refused in words."""

from dataclasses import replace

from app.workspace import FACILITATOR
from systemmap.bundled.examples import example
from systemmap.formats import write
from systemmap.formats.project_handover import project_file
from systemmap.model.elements import Factor
from systemmap.model.response import Action
from systemmap.store import MemoryStore
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


def handed_over():
    """A project file with a past: begun, then changed twice."""
    store = MemoryStore()
    store.create(programme_of(map_from("stress -> snacking +")), actor=FACILITATOR)
    for name in ("Ease", "Calm"):
        with store.editing("testtown", actor=FACILITATOR, label=name) as draft:
            factor = draft.find(Factor, "main/stress")
            draft.replace(replace(factor, label=name))
    return project_file(store, "testtown").data


def test_a_project_file_is_opened_with_its_history(open_screen, store):
    at = open_screen("import_export")
    at.file_uploader[0].upload("town.systemmap", handed_over(), ANY).run()
    (with_history,) = [c for c in at.checkbox if "history" in c.label]
    assert with_history.label == "With its history of 3 changes"
    next(b for b in at.button if b.label.startswith("Begin a")).click().run()
    assert not at.exception
    labels = [change.label for change in store.history("testtown")]
    assert labels[:3] == ["Bring in town.systemmap with its history", "Calm", "Ease"]
    assert store.verify().problems == ()


def test_a_history_can_be_left_behind(open_screen, store):
    at = open_screen("import_export")
    at.file_uploader[0].upload("town.systemmap", handed_over(), ANY).run()
    next(c for c in at.checkbox if "history" in c.label).uncheck().run()
    next(b for b in at.button if b.label.startswith("Begin a")).click().run()
    assert len(store.history("testtown")) == 1


def test_a_file_of_a_programme_that_is_here_becomes_a_copy(open_screen, store):
    at = open_screen("import_export", programme_of(map_from("other")))
    at.file_uploader[0].upload("town.systemmap", handed_over(), ANY).run()
    assert any("a copy beside it" in m.value for m in at.markdown)
    next(b for b in at.button if b.label.startswith("Begin a")).click().run()
    assert not at.exception
    assert len(store.programmes()) == 2
    assert store.revision("testtown") == 1


def test_what_a_file_is_is_asked_with_what_was_seen(open_screen, store):
    programme = programme_of(map_from("mood -> food +"))
    at = open_screen("import_export", programme)
    at.file_uploader[0].upload("pairs.csv", b"Stress,Sleep\nSleep,Snacking\n", ANY)
    at.run()
    assert not at.exception
    asked = next(r for r in at.radio if r.label == "It is")
    assert asked.value is None
    assert asked.options == ["CSV tables of factors and links", "List of causes"]
    assert not [b for b in at.button if b.label.startswith("Bring in")]
    asked.set_value("links_csv").run()
    assert not at.exception
    next(b for b in at.button if b.label.startswith("Bring in")).click().run()
    assert {f.label for f in store.load(programme.id).all(Factor).values()} >= {"Stress", "Sleep", "Snacking"}  # fmt: skip
