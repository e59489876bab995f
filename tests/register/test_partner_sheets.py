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
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.response import Action
from systemmap.reports import Order, build
from systemmap.reports.register_by_owner import HEADINGS
from systemmap.testing import programme_of
from tests.sizes import WHOLE

DAY = date(2026, 11, 22)


WRITTEN = []  # each programme's register, which most tests begin with: written once


def register(programme):
    for known, data in WRITTEN:
        if known == programme:
            return data
    data = build(programme, "register_by_owner", Order(at=DAY), ".xlsx").data
    WRITTEN.append((programme.copy(), data))
    return data


def town():
    """Return Sampleshire with a few of its actions; a whole run's with all 60."""
    whole = example()
    if WHOLE:
        return whole
    kept = {None, *list(whole.actions)[::12], "a025"}
    named = ("action_id", "other_id")
    records = [
        record
        for kind, record in whole.records()
        if kind.name != "programme"
        and (not isinstance(record, Action) or record.id in kept)
        and all(getattr(record, name, None) in kept for name in named)
    ]
    return Programme(whole.info, records)


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
    assert recognise(register(town()), "register.xlsx").key == "partner_sheets"


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
    programme = town()
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


def test_a_progress_cell_is_taken_whole_with_no_words_left_from_before():
    programme = programme_of()
    programme.add(Action(id="cook", title="Cook", ref="C1", owners=("Parks",)))
    said = replace(
        programme.actions["cook"],
        status="ongoing",
        status_note="6 courses",
        progress_raw="Not started",  # changed here since it came in
    )
    programme.replace(said)
    data = register(programme)
    assert said_in(data, "C1")["Progress"] == "Ongoing – 6 courses"
    draft = programme.copy()
    assert not accept(draft, read(data, "r.xlsx"), take=True).changed
    data = changed(data, "C1", Progress="Complete", Outcomes="41 <b>people</b><br>")
    assert (
        str(accept(draft, read(data, "r.xlsx"))) == "1 changed, 1 difference to decide"
    )
    accept(draft, read(data, "r.xlsx"), take=True)
    cook = draft.actions["cook"]
    assert (cook.status, cook.status_note, cook.outcomes) == (
        "complete",
        "",
        "41 people",
    )


def said_in(data, ref):
    """Return a row of the sheets by its headings."""
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows(max_col=len(HEADINGS), values_only=True):
            if row[0] == ref and sheet.title not in ("Partners", "By theme"):
                return dict(zip(HEADINGS, row, strict=True))
    return {}


def test_a_blank_cell_says_nothing_and_a_grey_column_is_not_read():
    programme = town()
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


def test_a_row_a_partner_added_is_a_new_action_with_a_ref_or_without():
    programme = town()
    programme.add(Action(id="lunch", title="Lunch club", owners=("Parks",)))
    data = register(programme)
    book = openpyxl.load_workbook(io.BytesIO(data))
    (page,) = (p for p in book.worksheets if p.title == "Parks")
    last = max(r[0].row for r in page.iter_rows() if r[1].value == "Lunch club")
    below = page[last + 1]
    assert not any(cell.protection.locked for cell in below[: len(HEADINGS)])
    for ref in ("X1", None):
        below[0].value, below[1].value = ref, "Supper club"
        draft = programme.copy()
        assert accept(draft, read(saved(book), "r.xlsx")).new == 1
        (made,) = draft.actions.keys() - programme.actions.keys()
        assert draft.actions[made].owners == (() if ref else ("Parks",))
    further = page[last + 3]  # an empty row was left between
    further[1].value = "Breakfast club"
    assert accept(programme.copy(), read(saved(book), "r.xlsx")).new == 2
    further[1].value = None
    below[1].value, below[5].value = None, "Ongoing"
    gone = read(saved(book), "r.xlsx")
    assert [p.kind for p in gone.problems if "no Ref and no title" in p.what] == [
        "skipped"
    ]
    assert gone.items == gone.read + gone.skipped


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def copied(data, *, refs=True):
    """Return the sheets as copied into a new workbook: shown cells only, no look."""
    new = openpyxl.Workbook()
    new.remove(new.active)
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        page = new.create_sheet(sheet.title)
        for row in sheet.iter_rows(max_col=len(HEADINGS), values_only=True):
            heads = tuple(row) == HEADINGS
            page.append(row if refs or heads else (None, *row[1:]))
    return saved(new)


@pytest.mark.parametrize("refs", [True, False])
def test_copied_into_a_new_workbook_each_row_is_still_its_action(refs):
    programme = town()
    count = len(programme.actions)
    untouched, draft = copied(register(programme), refs=refs), programme.copy()
    assert recognise(untouched, "new.xlsx").key == "partner_sheets"
    done = accept(draft, read(untouched, "new.xlsx"))
    assert (draft, str(done)) == (programme, f"all {count} are here already")
    assert len(done.retitled) == (0 if refs else count)
    data = changed(register(programme), "A025", Progress="Complete")
    data = changed(data, "A025", Action="School Street")  # a word mended
    done = accept(draft, read(copied(data, refs=refs), "new.xlsx"), take=True)
    assert (done.new, done.changed) == (0, 1)
    assert draft.actions["a025"].status == "complete"
    if not refs:
        assert (
            "“School Street” has no Ref in the file. By its title it is “School Streets”, "
            "whose title here was left."
        ) in done.retitled


def test_a_ref_beside_another_actions_title_is_left_out_and_said():
    programme = programme_of(
        None,
        Action(id="walks", title="Walks", ref="W1", owners=("Parks",)),
        Action(id="swim", title="Swim", ref="W2", owners=("Parks",)),
    )
    data = changed(register(programme), "W1", Action="Swim", Progress="Complete")
    draft = programme.copy()
    done = accept(draft, read(copied(data), "r.xlsx"), take=True)
    assert draft == programme
    assert done.left_out == (
        (
            "A row has the Ref of “Walks” (W1) and the title of another action, “Swim”. "
            "It was left out: put its own Ref beside it and bring the file in again."
        ),
    )
    accept(draft, read(data, "r.xlsx"), take=True)  # what we hid is sure
    assert draft.actions["walks"].status == "complete"


def test_two_actions_of_one_title_are_never_guessed_between():
    programme = programme_of(
        None,
        Action(id="a", title="Walks", owners=("Parks",)),
        Action(id="b", title="Walks", owners=("Leisure",)),
    )
    draft = programme.copy()
    done = accept(draft, read(copied(register(programme), refs=False), "r.xlsx"))
    assert draft == programme
    (said,) = done.left_out
    assert said.startswith("A row called “Walks” has no Ref, and 2 actions here are")


def test_another_programmes_row_is_not_ours_though_its_ref_is():
    theirs = Programme(ProgrammeInfo(id="elsewhere", name="Elsewhere"))
    theirs.add(Action(id="t", title="Toddler group", ref="A1"))
    ours = programme_of(None, Action(id="walks", title="Walks", ref="A1"))
    done = accept(ours, read(register(theirs), "r.xlsx"), take=True)
    assert (done.new, done.changed, ours.actions["walks"].title) == (1, 0, "Walks")


def test_a_workbook_that_is_no_register_is_refused_with_the_way_out():
    book = openpyxl.Workbook()
    book.active.append(["Action", "Responsible", "Due date"])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(ReadError, match="Bring it in as a plan instead"):
        read(out.getvalue(), "plan.xlsx", "partner_sheets")


def test_what_is_not_a_partners_is_locked_and_progress_has_its_menu():
    book = openpyxl.load_workbook(io.BytesIO(register(town())))
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
    programme = town()
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
    data = register(town())
    draft = programme_of(None, Action(id="ours", title="Ours", ref="Z9"))
    done = accept(draft, read(data, "r.xlsx"), take=True)
    assert draft.actions["ours"].title == "Ours"
    assert (done.changed, done.new) == (0, len(town().actions))
    assert not any("row of ours" in a.extra for a in draft.actions.values())
