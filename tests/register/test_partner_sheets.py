"""The register that partners return: the same action stays the same action."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from systemmap.bundled.examples import example
from systemmap.errors import ReadError
from systemmap.formats import accept, read, recognise
from systemmap.formats.plans.partner_sheets import HEADINGS as READ
from systemmap.model.response import Action
from systemmap.reports import Order, build
from systemmap.reports.register_by_owner import HEADINGS
from systemmap.testing import programme_of

DAY = date(2026, 11, 22)


def register(programme):
    return build(programme, "register_by_owner", Order(at=DAY), ".xlsx").data


def changed(data, ref, *, on="", **cells):
    """Type into a partner's sheet, as the partner would; `on` names one sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            if row[0].value == ref and on in ("", sheet.title):
                for column, text in cells.items():
                    row[HEADINGS.index(column)].value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_is_written_is_what_is_looked_for():
    assert READ == HEADINGS
    assert recognise(register(example()), "register.xlsx").key == "partner_sheets"


def test_an_untouched_register_changes_nothing_though_actions_stand_with_two_partners():
    programme = example()
    assert any(len(action.owners) > 1 for action in programme.actions.values())
    first = next(iter(programme.actions.values()))
    known = "A review of 12 trials, NICE 2025"
    programme.replace(replace(first, evidence=known))
    draft = programme.copy()
    data = register(programme)
    pages = build(programme, "register_by_owner", Order(at=DAY), ".html").data
    assert known in pages.decode()
    books = openpyxl.load_workbook(io.BytesIO(data))
    assert known in {c.value for sheet in books for row in sheet for c in row}
    done = accept(draft, read(data, "r.xlsx"), file_name="r.xlsx", data=data)
    assert draft == programme
    assert str(done) == "all 60 are here already"


def test_what_a_partner_changed_is_put_to_a_person_and_taken_when_they_say_so():
    programme = example()
    action = next(a for a in programme.actions.values() if len(a.owners) > 1)
    partner = action.owners[0]
    data = changed(
        register(programme),
        action.ref,
        on=partner,
        Progress="Complete – at last",
        Outcomes="Better lunches",
    )
    draft = programme.copy()
    done = accept(draft, read(data, "r.xlsx"))
    assert {c.field for c in done.conflicts} == {
        "status",
        "status_note",
        "progress_raw",
        "outcomes",
    }
    assert draft.actions == programme.actions
    accept(draft, read(data, "r.xlsx"), take=True)
    now = draft.actions[action.id]
    assert (now.status, now.status_note) == ("complete", "at last")
    assert now.outcomes == "Better lunches"
    assert len(draft.actions) == len(programme.actions)
    others = {k: a for k, a in draft.actions.items() if k != action.id}
    assert others == {k: a for k, a in programme.actions.items() if k != action.id}


def test_what_a_partner_changed_in_a_row_that_came_from_a_plan_is_heard():
    plan = b"Ref\tAction\tResponsible\tDue date\tProgress\nW1\tPark walks\tParks and Leisure\tMay 27\tOngoing\nW2\tSwim\tParks\tMay 27\t\n"
    programme = programme_of()
    accept(programme, read(plan, "plan.txt"))
    data = changed(register(programme), "W1", on="Parks", Progress="Complete")
    data = changed(data, "W2", Progress="Ongoing - 40 came")
    draft = programme.copy()
    done = accept(draft, read(data, "r.xlsx"))
    assert {(c.key, c.field, c.file) for c in done.conflicts} == {
        ("park-walks", "status", "complete"),
        ("park-walks", "progress_raw", "Complete"),
    }
    swim = draft.actions["swim"]
    assert (swim.status, swim.status_note) == ("ongoing", "40 came")
    accept(draft, read(data, "r.xlsx"), take=True)
    assert draft.actions["park-walks"].status == "complete"
    assert draft.actions["park-walks"].as_typed["Progress"] == "Ongoing"


def test_a_blank_cell_says_nothing_and_a_grey_column_is_not_read():
    programme = example()
    ref = next(a.ref for a in programme.actions.values() if a.progress_raw)
    data = changed(
        register(programme),
        ref,
        Progress=None,
        Action="Another title",
        Responsible="Me",
    )
    draft = programme.copy()
    accept(draft, read(data, "r.xlsx"), take=True)
    assert draft == programme


def test_a_row_a_partner_added_is_a_new_action_and_one_without_ref_is_left_out():
    programme = example()
    programme.add(Action(id="lunch", title="Lunch club", owners=("Parks",)))
    data = register(programme)
    book = openpyxl.load_workbook(io.BytesIO(data))
    (page,) = (p for p in book.worksheets if p.title == "Parks")
    last = max(r[0].row for r in page.iter_rows() if r[1].value == "Lunch club")
    below = page[last + 1]
    assert not any(cell.protection.locked for cell in below[: len(HEADINGS)])
    below[0].value, below[1].value = "X1", "Supper club"
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue(), "r.xlsx")
    draft = programme.copy()
    assert accept(draft, reading).new == 1
    below[0].value = None
    out = io.BytesIO()
    book.save(out)
    gone = read(out.getvalue(), "r.xlsx")
    assert [p.kind for p in gone.problems if "no Ref" in p.what] == ["skipped"]
    assert gone.items == gone.read + gone.skipped


def test_a_workbook_that_is_no_register_is_refused_with_the_way_out():
    book = openpyxl.Workbook()
    book.active.append(["Action", "Responsible", "Due date"])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(ReadError, match="Bring it in as a plan instead"):
        read(out.getvalue(), "plan.xlsx", "partner_sheets")


def test_what_is_not_a_partners_is_locked_and_progress_has_its_menu():
    book = openpyxl.load_workbook(io.BytesIO(register(example())))
    page = book["Transport"]
    assert page.protection.sheet
    assert not page.protection.password
    row = next(r for r in page.iter_rows() if r[0].value == "A025")
    locked = {
        h for h, cell in zip(HEADINGS, row, strict=False) if cell.protection.locked
    }
    assert set(HEADINGS) - locked == {"Due date", "Progress", "Outcomes"}
    assert page.column_dimensions["I"].hidden
    assert row[8].value == "sampleshire action a025"
    (menu,) = page.data_validations.dataValidation
    assert "Ongoing" in menu.formula1
    assert not menu.showErrorMessage  # own words stay allowed


def test_a_row_is_told_by_what_is_hidden_in_it_though_ref_and_title_changed():
    programme = example()
    data = changed(
        register(programme), "A025", Action="Quiet roads", Progress="Complete"
    )
    data = changed(data, "A025", Ref="25")
    draft = programme.copy()
    done = accept(draft, read(data, "r.xlsx"), take=True)
    assert done.new == 0
    assert draft.actions["a025"].status == "complete"
    assert draft.actions["a025"].title == "School Streets"
    assert done.retitled == (
        (
            "“School Streets” stands in the file as “Quiet roads”. It is the same action "
            "by its reference; its title here was left."
        ),
    )


def test_another_programmes_hidden_row_is_not_ours():
    data = register(example())
    draft = programme_of(None, Action(id="ours", title="Ours", ref="Z9"))
    done = accept(draft, read(data, "r.xlsx"), take=True)
    assert draft.actions["ours"].title == "Ours"
    assert (done.changed, done.new) == (0, 60)
    assert not any("row of ours" in a.extra for a in draft.actions.values())
