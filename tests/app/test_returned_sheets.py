"""A partner's sheet brought back in on the screen: said in words, taken cell by cell."""

from __future__ import annotations

import io
from datetime import date

import openpyxl

from systemmap.bundled.examples import example
from systemmap.reports import build
from systemmap.reports.parts.document import Order
from systemmap.reports.register_by_owner import HEADINGS
from tests.app.shown import shown_tables

ANY = "application/octet-stream"
DAY = date(2026, 11, 28)
TYPED = {"Progress": "Complete", "Due date": "Sept 27", "Outcomes": "41 came"}


def test_each_cell_a_partner_changed_is_said_and_taken_by_itself(open_screen, store):
    programme = example()
    cook = next(a for a in programme.actions.values() if a.status_note and a.outcomes)
    book = openpyxl.load_workbook(
        io.BytesIO(build(programme, "register_by_owner", Order(at=DAY), ".xlsx").data)
    )
    for sheet in book.worksheets[2:]:
        for row in sheet.iter_rows():
            if row[0].value == cook.ref:
                for heading, text in TYPED.items():
                    row[HEADINGS.index(heading)].value = text
    out = io.BytesIO()
    book.save(out)
    at = open_screen("import_export", programme)
    at.file_uploader[0].upload("sheets.xlsx", out.getvalue(), ANY).run()
    said = next(t for t in shown_tables(at) if t.caption.startswith("Where the file"))
    assert [row[1:] for row in said.rows] == [
        ("Progress", cook.progress_raw, "Complete"),
        ("Due", cook.due.raw, "Sept 27"),
        ("Outcomes", cook.outcomes, "41 came"),
    ]
    choice = at.multiselect(key="import.some")
    assert choice.options[0] == f"{cook.title}, progress: Complete"
    choice.set_value([("action", cook.id, "progress")]).run()
    button = at.button(key="import.accept")
    assert button.label == "Bring in 1 item"
    button.click().run()
    now = store.load(programme.id).actions[cook.id]
    assert (now.status, now.status_note, now.due) == ("complete", "", cook.due)
    assert now.outcomes == cook.outcomes
    (told,) = [s.value for s in at.success]
    assert "1 changed, 59 here already, 2 differences left as they are" in told
