"""What Word can do to a plan table, and what is read then (formats.md 11)."""

from __future__ import annotations

from systemmap.formats import read
from systemmap.formats.plans import plan_word
from systemmap.formats.sighting import Sighting
from systemmap.model.plan import Phase, Workstream
from systemmap.model.response import Action
from tests.plan.made import HEADINGS, cell, docx, paragraph, row, run, table

ONE = row("1. Map the shops", "Count them", "Public Health", "Oct 22", "", "A list")


def of(kind, *blocks, **more):
    reading = plan_word.read(Sighting(docx(*blocks, **more), "plan.docx"))
    return [record for record in reading.records if isinstance(record, kind)], reading


def said(reading, kind=None):
    return [p.what for p in reading.problems if kind in (None, p.kind)]


def test_tracked_insertions_are_read_as_accepted_and_deletions_left_out():
    aims = paragraph(
        run("Count ")
        + f"<w:del>{run('old').replace('w:t', 'w:delText')}</w:del>"
        + f"<w:ins>{run('all shops')}</w:ins>"
    )
    (action,), reading = of(Action, table(row("1. Map", cell(aims), "", "", "", "")))
    assert action.aims == ("Count all shops",)
    assert any("tracked changes" in what for what in said(reading, "note"))


def test_a_row_deleted_under_tracked_changes_is_gone_and_an_inserted_one_is_read():
    gone = row("2. Gone", "x", "", "", "", "", properties="<w:del/>")
    new = row("3. New", "x", "", "", "", "", properties="<w:ins/>")
    actions, _ = of(Action, table(ONE, gone, new))
    assert [action.ref for action in actions] == ["1", "3"]


def test_moved_text_is_read_where_it_was_moved_to():
    moved = paragraph(
        f"<w:moveFrom>{run('twice')}</w:moveFrom><w:moveTo>{run('Once')}</w:moveTo>"
    )
    (action,), _ = of(Action, table(row("1. Map", cell(moved), "", "", "", "")))
    assert action.aims == ("Once",)


def test_a_first_cell_merged_downwards_continues_the_row_above():
    first = row(
        cell("1. Map", merge="restart"), "Count them", "Public Health", "Oct 22", "", ""
    )
    second = row(cell(merge="on"), "Ask people", "", "", "", "")
    (action,), reading = of(Action, table(first, second))
    assert action.aims == ("Count them", "Ask people")
    assert any("joined to the one above" in what for what in said(reading, "guessed"))


def test_a_merged_first_cell_stands_for_every_row_it_covers():
    first = row(
        cell("1. Map", merge="restart"), "Count", "Public Health", "Oct 22", "", ""
    )
    second = row(cell(merge="on"), "Ask", "Schools", "Nov 22", "", "")
    actions, reading = of(Action, table(first, second))
    assert [action.owners for action in actions] == [("Public Health",), ("Schools",)]
    assert [action.title for action in actions] == ["Map", "Map"]
    assert reading.items == reading.read == 2


def test_an_owner_merged_downwards_counts_for_every_row_it_covers():
    first = row("1. Map", "a", cell("Public Health", merge="restart"), "", "", "")
    second = row("2. Ask", "b", cell(merge="on"), "", "", "")
    actions, _ = of(Action, table(first, second))
    assert [action.owners for action in actions] == [("Public Health",)] * 2


def test_cells_merged_sideways_give_their_text_once():
    (action,), _ = of(
        Action, table(row("1. Map", cell("Count them", span=2), "Oct 22", "", ""))
    )
    assert (action.aims, action.owners) == (("Count them",), ())
    assert action.due.start == "2022-10"


def test_blank_first_cell_without_owner_or_date_continues_across_a_page():
    actions, _ = of(Action, table(ONE, row("", "Ask people", "", "", "half done", "")))
    assert len(actions) == 1
    assert actions[0].aims == ("Count them", "Ask people")
    assert actions[0].progress_raw == "half done"


def test_headings_above_tables_name_the_workstreams():
    streams, _ = of(
        Workstream,
        paragraph("Workstream 1: Food", "Heading1"),
        table(ONE),
        paragraph("Active travel", "Heading2"),
        table(row("1. Count bikes", "a", "", "", "", "")),
    )
    assert [stream.name for stream in streams] == ["Food", "Active travel"]


def test_a_full_width_row_names_the_workstream_and_another_begins_the_next():
    two = row(cell("Workstream 2: Active travel", span=6))
    (food, travel), reading = of(
        Workstream,
        table(
            row(cell("Workstream 1: Food", span=6)),
            row(*HEADINGS),
            ONE,
            two,
            row("1. Count bikes", "a", "", "", "", ""),
            headings=(),
        ),
    )
    assert (food.name, travel.name) == ("Food", "Active travel")
    actions = [r for r in reading.records if isinstance(r, Action)]
    assert [a.workstream_id for a in actions] == [food.id, travel.id]


def test_a_full_width_phase_row_is_a_phase():
    phases, _ = of(Phase, table(row(cell("Phase 3: Map the system", span=6)), ONE))
    assert [phase.number for phase in phases] == [3]


def test_a_heading_row_repeated_on_page_two_is_dropped():
    actions, reading = of(
        Action, table(ONE, row(*HEADINGS), row("2. Ask", "b", "", "", "", ""))
    )
    assert [action.ref for action in actions] == ["1", "2"]
    assert reading.items == reading.read == 2


def test_a_table_that_goes_on_after_the_page_without_headings_is_one_plan():
    actions, _ = of(
        Action, table(ONE), table(row("2. Ask", "b", "", "", "", ""), headings=())
    )
    assert [action.ref for action in actions] == ["1", "2"]
    assert len({action.workstream_id for action in actions}) == 1


def test_content_controls_are_looked_through_around_cells_rows_and_text():
    text = f"<w:sdt><w:sdtContent>{paragraph('Count them')}</w:sdtContent></w:sdt>"
    inline = paragraph(
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Oct 22')}</w:sdtContent></w:sdt>"
    )
    inner = row("1. Map", cell(text), "Public Health", cell(inline), "", "")
    whole = f"<w:sdt><w:sdtContent>{table(f'<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>')}</w:sdtContent></w:sdt>"
    (action,), _ = of(Action, whole)
    assert (action.aims, action.due.start) == (("Count them",), "2022-10")


def test_a_nested_table_is_read_as_text_in_its_place():
    nested = table(row("Shops", "12"), row("Vans", "3"), headings=()) + paragraph("")
    (action,), _ = of(
        Action,
        table(row("1. Map", cell(paragraph("Counted:") + nested), "", "", "", "")),
    )
    assert action.as_typed["Aims (and actions)"] == "Counted:\nShops 12\nVans 3"


def test_a_nested_plan_is_a_plan_of_its_own():
    nested = table(row("9. Inner", "b", "Schools", "", "", "")) + paragraph("")
    actions, _ = of(Action, table(row("1. Outer", cell(nested), "", "", "", "")))
    assert {action.title for action in actions} == {"Outer", "Inner"}


def test_comments_and_footnotes_are_counted_and_not_read():
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    comments = f"<w:comments {word}><w:comment w:id='1'>{paragraph('Is this so?')}</w:comment></w:comments>"
    _, reading = of(Action, table(ONE), comments=comments)
    assert "The document holds 1 comments. They were not read." in said(reading, "note")
    assert "Is this so?" not in str(reading.records)


def test_other_columns_and_missing_ones_are_kept_and_noted():
    (action,), reading = of(
        Action,
        table(
            row("1. Map", "Public Health", "£500"),
            headings=("Action", "Lead", "Budget"),
        ),
    )
    assert action.extra["columns"] == {"Budget": "£500"}
    assert any("no column for" in what for what in said(reading, "note"))


def test_the_right_file_under_a_wrong_ending_is_read():
    assert read(docx(table(ONE)), "plan.pdf").format == "plan_word"


def test_every_reading_of_a_table_balances():
    blank = row("", "", "", "", "", "")
    _, reading = of(Action, table(ONE, blank, row("Schools", "", "", "", "", ""), ONE))
    assert reading.items == reading.read + reading.skipped + reading.blank
    assert reading.blank == 1
