"""Assets, pasted lists, Obsekio exports and minutes."""

import io
from collections import Counter

import openpyxl
import pytest

from systemmap.errors import ReadError
from systemmap.formats import read, recognise
from systemmap.formats.lists import assets_sheet, cause_list, cause_sheet, obsekio_csv
from systemmap.formats.plans import minute_text
from systemmap.formats.sighting import Sighting
from systemmap.model.meetings import Event, EventPoint
from systemmap.model.people import Stakeholder
from systemmap.model.plan import Decision, Workstream
from systemmap.model.response import Action, Asset
from systemmap.model.workshop import Contribution, WorkshopTable
from systemmap.testing import programme_of
from tests.council_papers import MINUTE

ASSETS = "Team list\nName,Type,Organisation,Postcode,Email,Latitude,Longitude,Easting,Colour,Population served\nPark,Place,Council,le156aa,jo@x.org,-0.7,52.6,,green,Families|Children\n,,,LE1,,,,,,\nClub,,Council,LE15 6AA,,,,450000,=1+1,\npark,,,LE15 6AA,,,,,,\n"


def notes(text):
    return [
        r
        for r in cause_list.read(Sighting(text.encode(), "x")).records
        if isinstance(r, Contribution)
    ]


def test_assets_need_a_name_only_and_contacts_are_left_out():
    reading = assets_sheet.read(Sighting(ASSETS.encode(), "a.csv"))
    park, club, again = reading.records
    assert (park.type, park.postcode, park.populations) == (
        "place",
        "LE15 6AA",
        ("Families", "Children"),
    )
    assert (park.latitude, park.longitude, club.latitude) == (52.6, -0.7, None)
    assert "jo@x.org" not in repr(reading)
    assert again.id == "park-2"
    said = [str(p) for p in reading.problems]
    assert "row 4: Row 4 has no name. Skipped." in said
    assert any("twice. Both were kept" in line for line in said)
    assert any("not converted" in line for line in said)
    assert reading.items == reading.read + reading.skipped + reading.blank == 4


def test_assets_come_back_from_excel_with_fields_of_their_own_and_no_formula():
    first = assets_sheet.read(Sighting(ASSETS.encode(), "a.csv")).records
    written = assets_sheet.write(programme_of(None, *first), "main")
    again = assets_sheet.read(Sighting(written.data, "a.xlsx")).records
    assert {a.id: a for a in again} == {a.id: a for a in first}
    assert again[0].extra == {"Colour": "=1+1", "Easting": "450000"}  # club, by id
    assert recognise(written.data, "x.xlsx").key == "assets_sheet"
    assert assets_sheet.write(programme_of(None, *first), "main").data == written.data
    assert all(isinstance(a, Asset) for a in again)


def test_a_list_gives_a_note_for_each_line_to_the_letter():
    found = notes(
        "• Takeaways, on every corner\n2) Stress\n- Stress\n\nCost – of food\n"
    )
    assert [n.text for n in found] == [
        "Takeaways, on every corner",
        "Stress",
        "Stress",
        "Cost – of food",
    ]
    reading = cause_list.read(Sighting(b"a\nA\n\nb\n", "x"))
    assert (
        reading.summary["said"]
        == "4 lines: 2 causes, 1 repeat counted as a mention, 1 blank."
    )
    assert reading.items == reading.read + reading.skipped + reading.blank == 4


def test_a_list_with_headings_keeps_theme_table_and_mentions_and_drops_who():
    text = 'Timestamp,Email,Cause,Theme,Table,Mentions\n2026-01-01,jo@x.org,"Long, hours",Work,Table 1,2\n'
    reading = cause_list.read(Sighting(text.encode(), "form.csv"))
    (table,) = [r for r in reading.records if isinstance(r, WorkshopTable)]
    first, second = [r for r in reading.records if isinstance(r, Contribution)]
    assert (first.text, first.theme, first.table_id) == (
        "Long, hours",
        "Work",
        table.id,
    )
    assert first.id != second.id
    assert "jo@x.org" not in repr(reading)


def test_the_same_list_gives_the_same_ids():
    assert [n.id for n in notes("a\na\nb")] == [n.id for n in notes("a\na\nb")]


def test_arrows_and_sentences_in_a_list_are_flagged_and_kept():
    reading = cause_list.read(
        Sighting(f"Stress -> Snacking +\n{'word ' * 50}".encode(), "x")
    )
    assert [p.where for p in reading.problems] == ["line 1", "line 2"]
    assert reading.read == 2


def test_initiatives_keep_both_of_one_name_and_a_bad_date_as_text():
    data = b"Name,Description,Impact Card Name,Started At,Finished At,Contact Name,Contact Email,Stakeholder 1 Name,Subsystem Tag 1 Name\nSchool Streets,Close roads,Card,31st Feb,2024-05-01,Jo,jo@x.org,Council,Transport\nSchool Streets,,,,,,,,\n"
    reading = obsekio_csv.read(Sighting(data, "i.csv"))
    one, two = [r for r in reading.records if isinstance(r, Action)]
    assert (one.start, str(one.end), one.owners, one.frameworks) == (
        None,
        "2024-05-01",
        ("Council",),
        ("Transport",),
    )
    assert one.extra["Started At"] == "31st Feb"
    assert two.id == "school-streets-2"
    assert "jo@x.org" not in repr(reading)
    assert any(
        "'Started At' is '31st Feb'. No date read; the text is kept." in p.what
        for p in reading.problems
    )
    assert recognise(data, "x").key == "obsekio_csv"


def test_no_comment_is_not_no_action_and_planned_is_not_active():
    data = b"initiative_name,characteristic_name,status,comment\nA,x,no_comment,\nB,x,planned,soon\nC,y,actual,\nC,x,planned,\n"
    actions = [
        r
        for r in obsekio_csv.read(Sighting(data, "c.csv")).records
        if isinstance(r, Action)
    ]
    assert [(a.title, a.status, a.frameworks) for a in actions] == [
        ("A", "", ("x",)),
        ("B", "not_started", ("x",)),
        ("C", "ongoing", ("y", "x")),
    ]


def test_the_pick_list_beside_stakeholders_is_blank_not_skipped():
    data = (
        b"Name,Description,Stakeholder Type,Weblink\nCouncil,Us,Public,\n,,Charity,\n"
    )
    reading = obsekio_csv.read(Sighting(data, "s.csv"))
    assert [r.organisation for r in reading.records if isinstance(r, Stakeholder)] == [
        "Council"
    ]
    assert (reading.blank, reading.skipped) == (1, 0)


def test_a_board_minute_gives_its_counts_and_nothing_invented():
    reading = minute_text.read(Sighting(MINUTE.read_bytes(), "m.txt"))
    names = (
        "background",
        "key messages",
        "action plan",
        "progress",
        "next steps",
        "resolutions",
    )
    assert [reading.summary[name] for name in names] == [3, 8, 12, 10, 7, 2]
    actions = [r for r in reading.records if isinstance(r, Action)]
    assert len(actions) == 12 + 7
    assert {(a.due, a.start, a.end, a.status, a.owners) for a in actions} == {
        (None, None, None, "", ())
    }
    assert {a.extra["section"] for a in actions} == {
        "Action Plan",
        "Next Steps",
    }
    points = [r for r in reading.records if isinstance(r, EventPoint)]
    assert Counter(p.section for p in points) == {
        "background": 3,
        "message": 8,
        "action": 12,
        "progress": 10,
        "next_step": 7,
        "outside": 1,
    }
    (event,) = [r for r in reading.records if isinstance(r, Event)]
    assert (event.on, event.attended, event.kind) == (None, None, "meeting")
    decisions = [r for r in reading.records if isinstance(r, Decision)]
    assert [(d.number, d.verb, d.on) for d in decisions] == [
        ("1", "note", None),
        ("2", "endorse", None),
    ]
    assert decisions[1].text == "That the next steps shown on the slides be endorsed."
    assert recognise(MINUTE.read_bytes(), "x").key == "minute_text"


def test_the_minutes_speakers_are_left_out_and_its_sections_kept_whole():
    reading = minute_text.read(Sighting(MINUTE.read_bytes(), "m.txt"))
    (stream,) = [r for r in reading.records if isinstance(r, Workstream)]
    assert "neighbouring boards" in stream.note
    assert not any(
        name in repr(reading.records) for name in ("Roberta", "Bobbie", "Alex")
    )
    assert len(stream.extra["sections"]["key messages"]) == 8
    assert reading.items == reading.read + reading.skipped + reading.blank == 42


def test_a_text_without_sections_is_no_minute():
    with pytest.raises(ReadError, match="No section with dashed lines"):
        minute_text.read(Sighting(b"Hello there.", "m.txt"))


def workbook_of(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_spreadsheet_of_notes_is_read_as_a_pasted_list_is():
    data = workbook_of(
        ["Cause", "Table", "Name"],
        ["Takeaways on every corner", "Oak", "A. Person"],
        ["takeaways on every corner", "Elm", ""],
        ["Two jobs,\nno time to cook", "Elm", ""],
    )
    reading = read(data, "notes.xlsx")
    assert reading.format == "cause_sheet"
    found = [
        (r.text, r.table_id) for r in reading.records if isinstance(r, Contribution)
    ]
    assert found == [
        ("Takeaways on every corner", "pasted-list-oak"),
        ("takeaways on every corner", "pasted-list-elm"),
        ("Two jobs,\nno time to cook", "pasted-list-elm"),
    ]
    assert "A. Person" not in repr(reading)


def test_a_plan_in_a_spreadsheet_stays_a_plan():
    data = workbook_of(
        ["Action", "Aims", "Responsible", "Due date", "Progress", "Outcomes"],
        ["Walk", "", "", "", "", ""],
    )
    assert read(data, "plan.xlsx").format == "plan_excel"


def test_a_sheet_without_a_column_of_causes_says_what_to_write_above_it():
    with pytest.raises(ReadError, match="Put the word 'Cause' above the column"):
        cause_sheet.read(Sighting(workbook_of(["a", "b"], ["1", "2"]), "x.xlsx"))


def test_a_total_below_a_list_is_no_asset():
    found = read(
        b"Asset name,Organisation,Postcode\nLibrary,Council,NV1 1AA\nTotal: 1,,\n",
        "a.csv",
        "assets_sheet",
    )
    assert [a.name for a in found.records] == ["Library"]
    assert (found.items, found.skipped) == (2, 1)
