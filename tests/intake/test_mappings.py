"""What a person says of columns, rows, dates and lines counts, and is kept by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from systemmap.errors import InvalidValue, ReadError, Undecided, UnknownItem
from systemmap.formats import programme_from, read, write
from systemmap.formats.import_mapping import ImportMapping
from systemmap.formats.kept_mappings import (
    fitting_mappings,
    keep_mapping,
    mapping_named,
)
from systemmap.formats.mapping_words import with_column
from systemmap.formats.worker.messages import carried, heard
from systemmap.model.plan import Workstream
from systemmap.model.response import Action
from systemmap.testing import map_from, programme_of

CASES = Path(__file__).parent / "cases"
ODD = b"What is it,Body,Finished\nOpen a food club,Public health team,31/03/2027\nTrain midwives,NHS trust,30/06/2027\n"


def actions(reading):
    return [r for r in reading.records if isinstance(r, Action)]


def test_columns_without_known_headings_are_told_from_their_cells():
    reading = read(ODD, "odd.csv", "plan_text")
    (table,) = reading.seen["tables"]
    assert table["meanings"] == ["Action/Phase", "Responsible", "Due date"]
    assert any("told from its cells" in p.what for p in reading.problems)


def test_figures_are_not_taken_for_a_plan_even_when_a_person_says_so():
    data = b"Area,Population,Rate\nNorth,1200,3.4\nSouth,3400,2.1\n"
    with pytest.raises(ReadError, match="No plan table was found"):
        read(data, "figures.csv", "plan_text")
    with pytest.raises(Undecided) as asked:
        read(data, "figures.csv")
    assert [choice.key for choice in asked.value.choices] == ["figures_table"]


def test_a_columns_meaning_is_what_a_person_says():
    said = ImportMapping(format="plan_text").said("columns", "body", "Partners")
    first, _ = actions(read(ODD, "odd.csv", mapping=said))
    assert (first.partners, first.owners) == (("Public health team",), ())
    said = said.said("columns", "finished", "Leave out")
    first, _ = actions(read(ODD, "odd.csv", mapping=said))
    assert first.due is None
    assert "columns" not in first.extra or "Finished" not in first.extra["columns"]


def test_the_order_of_dates_is_said_once_for_the_column():
    data = (CASES / "register_with_decisions.txt").read_bytes()
    for order, day in (("day first", "2026-11-06"), ("month first", "2026-06-11")):
        reading = read(
            data, "r.txt", mapping=ImportMapping(format="plan_text", dates=order)
        )
        assert actions(reading)[2].due.start == day
        assert actions(reading)[0].due.start == "2026-09-21"
        assert not [p for p in reading.problems if "either way round" in p.what]


def test_a_row_is_a_section_or_left_out_when_a_person_says_so():
    text = (
        b"Action\tLead\tBy when\nFood\tx\t\nOpen a club\tHealth\tMay 2027\nTotal\t\t\n"
    )
    said = ImportMapping(
        format="plan_text", rows={"line 2": "section", "line 4": "leave out"}
    )
    reading = read(text, "p.txt", mapping=said)
    assert [a.title for a in actions(reading)] == ["Open a club"]
    assert [r.name for r in reading.records if isinstance(r, Workstream)] == ["Food x"]
    assert (reading.read, reading.skipped) == (2, 1)


def test_a_line_is_what_a_person_says_singly_or_with_all_like_it():
    data = (CASES / "domain_bullets.txt").read_bytes()
    lines = read(data, "d.txt").seen["lines"]
    by_text = {text: likeness for _, text, _, _, _, likeness in lines}
    single = ImportMapping(format="plan_outline", lines={"libraries": "detail"})
    found = actions(read(data, "d.txt", mapping=single))
    assert (found[2].owners, found[2].aims) == ((), ("Libraries",))
    assert found[0].owners == ("Maternity services",)
    alike = ImportMapping(
        format="plan_outline", alike={by_text["Maternity services"]: "detail"}
    )
    found = actions(read(data, "d.txt", mapping=alike))
    assert not any(action.owners for action in found)


def test_a_mapping_is_kept_with_its_programme_and_offered_for_the_same_shape():
    programme = programme_of(map_from("stress -> sleep +"))
    reading = read(ODD, "odd.csv", "plan_text")
    said = ImportMapping(format="plan_text", shape=reading.seen["shape"])
    said = said.said("columns", "body", "Partners")
    keep_mapping(programme, "Quarterly plan", said)
    assert mapping_named(programme, "quarterly PLAN") == said
    assert fitting_mappings(programme, reading) == ["Quarterly plan"]
    carried_on = programme_from(read(write(programme, "native_json").data, "p.json"))
    assert mapping_named(carried_on, "Quarterly plan") == said
    other = read((CASES / "b62_plan.csv").read_bytes(), "p.csv")
    assert fitting_mappings(programme, other) == []
    keep_mapping(programme, "Quarterly plan", said.said("columns", "body", "Lead"))
    assert len(fitting_mappings(programme, reading)) == 1
    with pytest.raises(UnknownItem, match="Did you mean 'Quarterly plan'"):
        mapping_named(programme, "Quarterly plans")
    with pytest.raises(InvalidValue, match="The mapping has no name"):
        keep_mapping(programme, " ", said)


def test_words_for_a_column_are_understood_or_refused_with_those_there_are():
    reading = read(ODD, "odd.csv", "plan_text")
    nothing = ImportMapping(format="plan_text")
    said = with_column(nothing, "body=lead", reading)
    assert said.columns == {"body": "Responsible"}
    with pytest.raises(InvalidValue, match="The headings are: What is it, Body"):
        with_column(nothing, "Town=lead", reading)
    with pytest.raises(InvalidValue, match="'song' is not what a column can hold"):
        with_column(nothing, "Body=song", reading)


def test_what_is_shown_to_correct_by_crosses_the_border_of_the_worker():
    reading = read(ODD, "odd.csv", "plan_text")
    assert heard(carried(reading)).reading().seen == reading.seen


def test_columns_about_people_are_left_out_by_what_is_in_them_and_said():
    text = b"Action,Lead,By when,Further,Call\nOpen a club,Health,May 2027,jo@example.org,01234 567890\nTrain,NHS,June 2027,sam@example.org,01234 567891\n"
    reading = read(text, "plan.csv")
    assert "example.org" not in repr(reading.records)
    assert "567890" not in repr(reading.records)
    assert any(
        "Columns about people were left out: Further, Call." in p.what
        for p in reading.problems
    )


def test_all_rows_alike_are_what_a_person_says():
    text = b"Action,Lead,By when\nOpen a club,Health,May 2027\n,Find a room,\n,Ask the owner,\nTrain,NHS,June 2027\n,Hire,\n"
    found = read(text, "p.csv", "plan_text")
    (likeness,) = {row[3] for row in found.seen["rows"] if "Hire" in row[1]}
    said = ImportMapping(format="plan_text").said("alike", likeness, "leave out")
    again = read(text, "p.csv", mapping=said)
    assert [a.title for a in actions(again)] == ["Open a club", "Train"]
    assert (again.items, again.read, again.skipped) == (5, 2, 3)
    assert [row[2] for row in again.seen["rows"]].count("leave out") == 3


DATES = b"""Action,Start date,By when
Open a club,3/4/2027,1/2/2027
Train,2/5/2027,4/6/2027
Total,,
Walk,9/30/2026,13/4/2027
"""


def test_the_order_of_dates_is_asked_of_the_column_that_leaves_it_open():
    found = read(DATES, "p.csv")
    (question,) = found.asks
    assert question.startswith("In “Start date” '9/30/2026' can only be month first")
    assert [(o[1], o[3], o[5]) for o in found.seen["orders"]] == [
        ("By when", "", 2),
        ("Start date", "9/30/2026", 2),
    ]
    assert [(a.start, a.due.start) for a in actions(found)][:2] == [
        (None, "2027-02-01"),
        (None, "2027-06-04"),
    ]
    for order, start in (("month first", "2027-03-04"), ("as typed", "None")):
        said = ImportMapping(format="plan_text").said("orders", "startdate", order)
        again = read(DATES, "p.csv", mapping=said)
        assert again.asks == ()
        assert [str(a.start) for a in actions(again)] == [
            start,
            "2027-02-05" if start != "None" else start,
            "2026-09-30",
        ]
        assert [a.due.start for a in actions(again)] == [
            a.due.start for a in actions(found)
        ]


def test_no_cell_says_which_figure_is_the_day_so_that_is_said():
    text = DATES.replace(b"13/4/2027", b"12/4/2027").replace(b"9/30", b"9/3")
    found = read(text, "p.csv")
    assert found.asks == ()
    remarks = [p.where for p in found.problems if "could be either way round" in p.what]
    assert remarks == ["column By when", "column Start date"]


def test_what_each_row_was_taken_for_is_shown_and_a_total_is_one_of_the_roles():
    found = read(DATES, "p.csv")
    assert [row[2] for row in found.seen["rows"]] == [
        "heading",
        "row",
        "row",
        "total",
        "row",
    ]
    assert "total" in found.seen["roles"]
    said = ImportMapping(format="plan_text", rows={"line 4": "row", "line 3": "total"})
    again = read(DATES, "p.csv", mapping=said)
    assert [a.title for a in actions(again)] == ["Open a club", "Total", "Walk"]
    assert [row[2] for row in again.seen["rows"]][2:4] == ["total", "row"]
    assert (again.items, again.read, again.skipped) == (4, 3, 1)
    text = (
        b"Action,Lead,By when\nFood,,\nOpen,Health,May 2027\n,Also this,\n,,\nEmpty,,\n"
    )
    roles = [row[2] for row in read(text, "p.csv").seen["rows"]]
    assert roles == ["heading", "section", "row", "row", "blank", "row"]
