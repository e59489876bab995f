"""A file on the import screen is read apart, and brought in or refused in words."""

from dataclasses import replace
from pathlib import Path

from app.workspace import FACILITATOR
from systemmap.bundled.examples import example
from systemmap.formats import accept, read, write
from systemmap.formats.kept_mappings import named_mappings
from systemmap.formats.project_handover import project_file
from systemmap.model.elements import Factor
from systemmap.model.evidence import Observation
from systemmap.model.response import Action
from systemmap.store import MemoryStore
from systemmap.testing import map_from, programme_of
from tests.app.shown import shown_tables
from tests.cli.test_hostile_files import sparse_sheet

ANY = "application/octet-stream"


def test_a_word_plan_is_previewed_and_brought_in(open_screen, store):
    programme = programme_of(map_from("stress -> snacking +"))
    at = open_screen("import_export", programme)
    plan = write(example(), "plan_word").data
    at.file_uploader[0].upload("plan.docx", plan, ANY).run()
    assert not at.exception
    assert "Read as Plan table in Word" in " ".join(m.value for m in at.markdown)
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
    assert {f.label for f in store.load(programme.id).all(Factor).values()} >= {
        "Stress",
        "Sleep",
        "Snacking",
    }


CASES = Path(__file__).parents[1] / "intake" / "cases"
PLAN = b"What is it,Body,Finished\nOpen a food club,Public health team,31/03/2027\n"


def test_a_columns_meaning_is_chosen_and_the_mapping_is_offered_again(
    open_screen, store
):
    programme = programme_of(map_from("mood -> food +"))
    at = open_screen("import_export", programme)
    at.file_uploader[0].upload("plan.csv", PLAN, ANY).run()
    next(r for r in at.radio if r.label == "It is").set_value("plan_text").run()
    assert not at.exception
    body = next(s for s in at.selectbox if s.label.startswith("Column 2"))
    assert body.value == "Responsible"
    body.set_value("Partners").run()
    assert not at.exception
    at.text_input(key="import.keep").set_value("Quarterly").run()
    next(b for b in at.button if b.label.startswith("Bring in")).click().run()
    assert not at.exception
    loaded = store.load(programme.id)
    (action,) = loaded.all(Action).values()
    assert (action.partners, action.owners) == (("Public health team",), ())
    assert list(named_mappings(loaded)) == ["Quarterly"]
    again = PLAN.replace(b"31/03/2027", b"30/06/2027")
    at = open_screen("import_export", programme, stored=True)
    at.file_uploader[0].upload("plan.csv", again, ANY).run()
    next(r for r in at.radio if r.label == "It is").set_value("plan_text").run()
    offered = next(s for s in at.selectbox if s.label.startswith("Read it as a file"))
    assert offered.options[1:] == ["Quarterly"]
    offered.set_value("Quarterly").run()
    assert not at.exception
    body = next(s for s in at.selectbox if s.label.startswith("Column 2"))
    assert body.value == "Partners"


def test_a_line_is_sorted_again_singly_or_with_all_like_it(open_screen, store):
    programme = programme_of(map_from("mood -> food +"))
    at = open_screen("import_export", programme)
    data = (CASES / "domain_bullets.txt").read_bytes()
    at.file_uploader[0].upload("domain_bullets.txt", data, ANY).run()
    assert not at.exception
    line = next(s for s in at.selectbox if "Baby friendly standards" in s.label)
    assert line.value == "action"
    line.set_value("leave out").run()
    assert not at.exception
    assert any(m.value == r"3 actions in 2 workstreams\." for m in at.markdown)
    at.toggle[0].set_value(True).run()
    line = next(s for s in at.selectbox if "Feeding peer supporters" in s.label)
    line.set_value("note").run()
    assert not at.exception
    assert any(m.value.startswith("0 actions") for m in at.markdown) or at.error


def test_what_a_file_says_otherwise_is_taken_one_by_one(open_screen, store):
    programme = programme_of()
    plan = b"Ref,Action,Lead,By when,Status\n1,Walks,Parks,March 2027,On track\n2,Swim,Parks,March 2027,On track\n"
    accept(programme, read(plan, "plan.csv"))
    at = open_screen("import_export", programme)
    with store.editing(programme.id, actor=FACILITATOR, label="Here") as draft:
        for action in list(draft.actions.values()):
            draft.replace(replace(action, status="paused", status_note="No lead"))
    newer = plan.replace(b"On track", b"Complete")
    at.file_uploader[0].upload("plan.csv", newer, ANY).run()
    some = next(m for m in at.multiselect if m.label == "Or only for these")
    assert len(some.options) == 2  # a cell is one choice, however many fields it has
    some.select(some.options[1]).run()
    next(b for b in at.button if b.label.startswith("Bring in")).click().run()
    assert not at.exception
    walks, swim = store.load(programme.id).actions.values()
    assert (walks.status, swim.status) == ("paused", "complete")


MAP_TABLE = b"Driver,Outcome,Polarity,Kind\nStress,Sleep,opposite,Mind\nSleep,Weight,boosts,Body\n"


def chosen(at, label, value):
    """Choose in the menu whose label begins so."""
    next(s for s in at.selectbox if s.label.startswith(label)).set_value(value).run()
    assert not at.exception
    return at


def test_a_map_in_any_table_is_answered_beside_what_it_becomes(open_screen, store):
    programme = programme_of(map_from("mood -> food +"))
    at = open_screen("import_export", programme)
    at.file_uploader[0].upload("map.csv", MAP_TABLE, ANY).run()
    for radio in [r for r in at.radio if r.label == "It is"]:
        radio.set_value("links_csv").run()
    assert not at.exception
    assert (
        next(s for s in at.selectbox if s.label.startswith("Column 3")).value == "sign"
    )
    asked = next(s for s in at.selectbox if s.label.startswith("boosts"))
    assert asked.value is None
    assert not [b for b in at.button if b.label.startswith("Bring in")]
    chosen(at, "boosts", "same")
    links = next(
        t for t in shown_tables(at) if t.caption == "The links the file becomes"
    )
    assert links.rows[0][:3] == ("Stress", "−", "Sleep")
    assert links.rows[1][:3] == ("Sleep", "+", "Weight")
    chosen(at, "Column 3", "")  # no sign column any more: none is asked
    assert not [s for s in at.selectbox if s.label.startswith("boosts")]
    chosen(at, "Column 3", "sign")
    next(b for b in at.button if b.label.startswith("Bring in")).click().run()
    assert not at.exception
    held = store.load(programme.id).system_map()
    assert [
        held.link(*pair).polarity.value
        for pair in (("stress", "sleep"), ("sleep", "weight"))
    ] == ["-", "+"]


FIGURES = b"Ward,Obese (%)\nNorth,23.4\nHarbour,*\nOld town,19.8\n"


def test_figures_of_any_publisher_are_answered_beside_what_they_become(
    open_screen, store
):
    programme = programme_of(map_from("mood -> food +"))
    at = open_screen("import_export", programme)
    at.file_uploader[0].upload("wards.csv", FIGURES, ANY).run()
    for radio in [r for r in at.radio if r.label == "It is"]:
        radio.set_value("figures_table").run()
    assert not at.exception
    period = next(t for t in at.text_input if t.label == "Period of every figure")
    period.set_value("2024/25").run()
    assert not at.exception
    shown = next(
        t for t in shown_tables(at) if t.caption == "The figures the file becomes"
    )
    assert (shown.rows[0][0], shown.rows[0][2]) == ("North", "2024/25")
    assert "suppressed" in shown.rows[1][3]
    next(b for b in at.button if b.label.startswith("Bring in")).click().run()
    assert not at.exception
    figures = store.load(programme.id).all(Observation).values()
    assert sorted(o.value or 0 for o in figures) == [0, 19.8, 23.4]


ROWS = b"Action,Lead,Start (date)\nFood,x,\nOpen a club,Health,3/4/2027\nTravel,y,\nWalk,NHS,9/30/2027\n"


def test_rows_alike_and_the_order_of_dates_are_said_at_once(open_screen, store):
    programme = programme_of(map_from("mood -> food +"))
    at = open_screen("import_export", programme)
    at.selectbox(key="import.as").set_value("plan_text")
    at.file_uploader[0].upload("plan.csv", ROWS, ANY).run()
    assert not at.exception
    assert not [b for b in at.button if b.label.startswith("Bring in")]
    order = next(r for r in at.radio if r.label == "Dates in “Start (date)”")
    assert order.value is None
    order.set_value("month first").run()
    assert not at.exception
    next(m for m in at.multiselect if m.label == "Rows").set_value(["line 2"])
    next(t for t in at.toggle if t.label.startswith("And all rows")).set_value(True)
    chosen(at, "They are", "section")
    next(b for b in at.button if b.label == "Say so").click().run()
    assert not at.exception
    next(b for b in at.button if b.label.startswith("Bring in")).click().run()
    assert not at.exception
    loaded = store.load(programme.id)
    assert {a.title for a in loaded.actions.values()} == {"Open a club", "Walk"}
    days = [a.due.start if a.due else str(a.start) for a in loaded.actions.values()]
    assert sorted(days) == ["2027-03-04", "2027-09-30"]


def test_a_file_that_would_be_empty_is_not_offered_and_the_reason_is_said(open_screen):
    at = open_screen("import_export", programme_of(map_from("stress -> snacking +")))
    at.selectbox(key="export.format").select("assets_sheet").run()
    assert not at.exception
    said = " ".join(m.value for m in at.markdown)
    assert "No asset is listed yet" in said
    at.selectbox(key="export.format").select("workbook").run()
    assert "No asset is listed yet" not in " ".join(m.value for m in at.markdown)
