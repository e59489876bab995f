"""Plans and minutes in the shapes that councils write: nothing is read quietly wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from openpyxl import Workbook

from systemmap.errors import ReadError, Undecided
from systemmap.formats import FORMATS, read
from systemmap.formats.import_mapping import ImportMapping
from systemmap.model.meetings import Event
from systemmap.model.plan import Decision, Phase, Workstream
from systemmap.model.response import Action
from systemmap.reports import REPORTS
from systemmap.reports.parts.document import Order
from systemmap.testing import programme_of
from tests.intake.made_files import actions, said, saved, workbook


def text(*rows):
    return "\n".join(",".join(row) for row in rows).encode()


HEAD = ("Action", "Lead", "By when")
CLUB, WALKS = (
    ("Open a food club", "Public Health", "March 2027"),
    (
        "Train walk leaders",
        "Ramblers",
        "June 2027",
    ),
)


@pytest.mark.parametrize("words", ["A", "Amber", "amber \u2013 late", "RAG: Amber"])
def test_a_rag_column_is_the_rating_and_progress_stands_beside_it(words):
    found = read(text((*HEAD, "RAG", "Update"), (*CLUB, words, "On track")), "plan.csv")
    (one,) = actions(found)
    assert (one.rating, one.status) == ("amber", "ongoing")
    assert one.rating_reason == ("late" if "late" in words else "")


@pytest.mark.parametrize("heading", ["Evidence", "Evidence base"])
def test_what_is_known_of_an_action_is_its_evidence_not_a_measure(heading):
    head = (*HEAD, heading, "KPIs")
    row = (*CLUB, "A review of 12 trials (Smith 2024)", "Visits")
    found = read(text(head, row), "plan.csv")
    (one,) = actions(found)
    assert one.evidence == "A review of 12 trials (Smith 2024)"
    assert one.measures == ("Visits",)
    programme = programme_of(None, *found.records)
    record = REPORTS["programme_record"].build(
        programme, Order(at=date(2026, 11, 28)), ".html"
    )
    assert b"Evidence: A review of 12 trials (Smith 2024)." in record.data
    written = FORMATS["plan_text"].write(programme, "main")
    assert b"A review of 12 trials" in written.data
    assert "evidence" not in str(written.losses)
    programme.replace(replace(one, evidence="Another review"))
    written = FORMATS["plan_text"].write(programme, "main")
    assert (b"Another review" in written.data, written.losses) == (True, ())


def test_a_rag_cell_that_is_only_coloured_is_the_rating():
    data = workbook(
        (*HEAD, "RAG"),
        CLUB,
        WALKS,
        fills=[("D2", "amber"), ("D3", "green")],
    )
    found = read(data, "plan.xlsx")
    assert [a.rating for a in actions(found)] == ["amber", "green"]
    assert [a.status for a in actions(found)] == ["", ""]
    assert "read as amber" in said(found)


def test_colours_of_cells_in_a_mail_and_in_word_are_the_rating():
    page = "<table><tr><td>Action<td>Lead<td>RAG</tr><tr><td>Walks<td>Ramblers<td style='background:#FF0000'>&nbsp;</tr></table>"
    assert actions(read(page.encode(), "m.html"))[0].rating == "red"
    document = Document()
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(
        table.rows, (("Action", "Lead", "RAG"), ("Walks", "Ramblers", "")), strict=True
    ):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    from docx.oxml import parse_xml

    shade = parse_xml(
        '<w:shd xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:val="clear" w:fill="00B050"/>'
    )
    table.rows[1].cells[2]._tc.get_or_add_tcPr().append(shade)
    assert actions(read(saved(document), "p.docx"))[0].rating == "green"


def test_a_rag_column_goes_out_as_it_came_in_and_says_a_new_rating():
    rows = ((*CLUB, "amber \u2013 late", "On track"), (*WALKS, "B", ""))
    found = read(text((*HEAD, "RAG", "Update"), *rows), "plan.csv")
    programme = programme_of(None, *found.records)
    assert "ratings" not in str(FORMATS["plan_text"].write(programme, "main").losses)
    sent = FORMATS["plan_text"].write(programme, "main").data.decode()
    assert "amber \u2013 late" in sent
    club, walks = programme.actions.values()
    programme.replace(replace(walks, rating=""))
    programme.replace(replace(club, rating_reason="two schools wait"))
    told = FORMATS["plan_text"].write(programme, "main").data
    assert b"Amber \xe2\x80\x93 two schools wait" in told
    assert actions(read(told, "p.txt"))[0].rating_reason == "two schools wait"
    programme.replace(replace(club, rating="green"))
    out = FORMATS["plan_text"].write(programme, "main").data
    assert "late" not in out.decode()
    assert [a.rating for a in actions(read(out, "plan.txt"))] == ["green", ""]


@pytest.mark.parametrize(
    ("cell", "why"), [("Red", ""), ("Amber - waiting for data", "waiting for data")]
)
def test_a_phase_coloured_in_a_plan_is_rated_without_a_made_up_reason(cell, why):
    head = ("Phases of development", "Responsible", "Due date", "RAG")
    found = read(text(head, ("Phase 1: Set-up", "Parks", "Jan 27", cell)), "p.csv")
    (phase,) = (r for r in found.records if isinstance(r, Phase))
    rating = cell.split()[0].lower()
    assert (phase.rating, phase.rating_reason, phase.rated_on) == (rating, why, None)
    order = Order(at=date(2026, 11, 28))
    programme = programme_of(None, *found.records)
    assert why in REPORTS["board_paper"].make(programme, order, ".html").decode()
    assert cell in FORMATS["plan_text"].write(programme, "main").data.decode()


def test_a_rag_column_of_statuses_is_progress_where_nothing_else_is():
    found = read(
        text((*HEAD, "RAG"), (*CLUB, "On track"), (*WALKS, "Complete")), "p.csv"
    )
    assert [a.status for a in actions(found)] == ["ongoing", "complete"]


def test_a_priority_merged_over_its_rows_hides_no_action():
    data = workbook(
        ("Priority", *HEAD),
        ("Food", *CLUB),
        (None, *WALKS),
        merges=["A2:A3"],
    )
    found = actions(read(data, "plan.xlsx"))
    assert [a.title for a in found] == ["Open a food club", "Train walk leaders"]
    assert [a.extra["theme"] for a in found] == ["Food", "Food"]


@pytest.mark.parametrize("person", ["Jane Doe", "Cllr A Khan", "J. Smith"])
def test_people_named_as_leads_are_left_out_and_their_organisation_leads(person):
    found = read(
        text(
            ("Action", "Lead", "Team", "By when", "Email"),
            ("Walks", person, "Parks", "May 2027", "j@x.org"),
        ),
        "p.csv",
    )
    assert [a.owners for a in actions(found)] == [("Parks",)]
    assert person not in repr(found.records)
    assert "x.org" not in repr(found.records)
    assert "Lead” names people" in said(found)


def test_organisations_and_roles_stay_leads():
    roles = (
        "Director of Public Health",
        "Leisure Trust",
        "Head of Planning",
        "Ramblers",
    )
    rows = [(f"Action {n}", role, "May 2027") for n, role in enumerate(roles)]
    found = actions(read(text(HEAD, *rows), "p.csv"))
    assert [a.owners[0] for a in found] == list(roles)


def test_of_updates_for_several_quarters_the_last_counts_and_the_others_are_kept():
    found = read(
        text(
            (*HEAD, "Q1 update", "Q2 update", "Q3 update"),
            (*CLUB, "Not started", "Complete", ""),
        ),
        "p.csv",
    )
    (one,) = actions(found)
    assert one.status == "complete"
    assert one.extra["columns"]["Q1 update"] == "Not started"
    assert "Q2 update”, the last with anything in it" in said(found)


def test_a_register_of_risks_is_asked_about_and_its_figures_are_no_titles():
    data = text(
        ("Risk ID", "Risk", "Likelihood", "Impact", "Mitigation", "Owner"),
        ("R1", "Funding ends", "4", "5", "Bid to two charities", "Public Health"),
    )
    with pytest.raises(Undecided, match="none of them is its actions"):
        read(data, "risks.csv")
    assert (
        actions(read(data, "risks.csv", "plan_text"))[0].title == "Bid to two charities"
    )


def test_a_heading_in_another_language_is_asked_about_and_its_column_proposed():
    data = text(("Ma\u00dfnahme", "Lead", "By when", "Status"), (*CLUB, "On track"))
    with pytest.raises(Undecided):
        read(data, "p.csv")
    found = read(data, "p.csv", "plan_text")
    assert actions(found)[0].title == "Open a food club"
    assert "No heading names the actions" in said(found)


def test_a_table_beside_the_plan_is_left_out_and_counted():
    data = workbook(
        (*HEAD, None, "Risk", "Mitigation", "Owner"),
        (*CLUB, None, "Funding ends", "Bid", "Public Health"),
        (None, None, None, None, "Staff leave", "Cross-train", "HR"),
    )
    found = read(data, "plan.xlsx")
    assert [a.title for a in actions(found)] == ["Open a food club"]
    assert (found.items, found.read, found.skipped) == (4, 1, 3)
    assert "A table of 3 rows has no plan headings" in said(found)


def test_two_plans_beside_each_other_are_both_read():
    data = workbook((*HEAD, None, *HEAD), (*CLUB, None, *WALKS))
    titles = [a.title for a in actions(read(data, "plan.xlsx"))]
    assert titles == ["Open a food club", "Train walk leaders"]


def test_sheets_that_are_no_plan_are_named_and_counted():
    book = Workbook()
    for row in (HEAD, CLUB):
        book.active.append(row)
    lists = book.create_sheet("Lists")
    for word in ("Red", "Amber", "Green"):
        lists.append([word])
    found = read(saved(book), "plan.xlsx")
    assert (found.items, found.read, found.skipped) == (4, 1, 3)
    assert "Sheet 'Lists' (3 rows) has no headings of a plan" in said(found)


def test_a_table_after_the_plan_is_left_out_whole():
    document = Document()
    for rows in ((HEAD, CLUB), (("Risk", "Score"), ("Funding", "5"), ("Staff", "4"))):
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
        document.add_paragraph("")
    found = read(saved(document), "p.docx")
    assert [a.title for a in actions(found)] == ["Open a food club"]
    assert found.skipped == 3


def test_headings_down_the_side_are_turned():
    turned = [",".join(column) for column in zip(HEAD, CLUB, WALKS, strict=True)]
    found = read("\n".join(turned).encode(), "p.csv", "plan_text")
    assert [(a.title, a.owners[0]) for a in actions(found)] == [CLUB[:2], WALKS[:2]]
    assert "first column" in said(found)


def test_sections_of_two_chapters_with_one_name_are_told_apart():
    document = Document()
    document.add_heading("Joint plan", 0)
    for chapter, row in (("Food", CLUB), ("Movement", WALKS)):
        document.add_heading(chapter, 1)
        table = document.add_table(rows=2, cols=3)
        for cell, words in zip(table.rows[0].cells, HEAD, strict=True):
            cell.text = words
        table.rows[1].cells[0].merge(table.rows[1].cells[2]).text = "Adults"
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    streams = [
        r.name
        for r in read(saved(document), "p.docx").records
        if isinstance(r, Workstream)
    ]
    assert streams == ["Adults", "Movement: Adults"]


def test_lines_below_a_table_keep_no_addresses_numbers_or_names():
    page = "<p>Questions to jo@example.org</p><table><tr><td>Action<td>Lead<td>Due</tr><tr><td>Walks<td>Ramblers<td>May 2027</tr></table><p>Jo Smith</p><p>Tel 01632 960001</p>"
    found = read(page.encode(), "m.html")
    for detail in ("example.org", "Jo Smith", "960001"):
        assert detail not in repr(found.records)
    assert "3 lines beside the tables named a person" in said(found)


def test_columns_pasted_with_spaces_go_on_in_the_next_line():
    pasted = b"Action                    Lead            Due\nReview the policy on      Planning        May 2027\nadverts\nOpen a club               VCS             June 2027\n"
    found = actions(read(pasted, "p.txt"))
    assert [a.title for a in found] == ["Review the policy on adverts", "Open a club"]


def test_a_table_pasted_without_its_columns_is_no_list_of_causes():
    pasted = b"Action Lead Timescale Progress\n1.1 Develop a declaration Public Health March 2027 On track\n1.2 Audit school food Education Dec 2026 Ongoing\n"
    with pytest.raises(Undecided, match="reads as a plan's headings"):
        read(pasted, "p.txt")


MINUTES = b"""Health and Wellbeing Board
Minutes of the meeting held on 14 September 2026
3. Healthy weight
ACTION: Planning to bring a draft policy by 30 November 2026.
RESOLVED: That the report be noted.

4. Any other business
Action: J Holt to circulate the survey.
"""


def test_the_actions_of_a_minute_are_read_and_the_next_item_is_no_resolution():
    found = read(MINUTES, "m.txt")
    first, second = actions(found)
    assert (first.owners, first.due.start) == (("Planning",), "2026-11-30")
    assert second.owners == ()
    decided = [r.text for r in found.records if isinstance(r, Decision)]
    assert decided == ["That the report be noted."]
    assert found.items == found.read == 3


OWNERS_ABOVE = """Healthy weight plan

Public Health

• Open a food club
• Train midwives

Planning

• Map takeaways

Leisure Services:

- Walks in parks
"""
INLINE = """Actions

• Open a food club. Lead: Public Health. By: March 2027. Status: On track
• Train midwives (Lead: NHS trust; By when: June 2027)
- Map takeaways: the whole town. Owner: Planning
"""
NUMBERED = """1 Food environment
1.1 Open a food club in the north ward.
Lead: Public Health
1.2 Train midwives in the hospital.
2 Active travel
2.1 Walk to school.
"""
FROM_PDF = """Ref Action Lead officer Target date RAG
1.1 Open a food club in the north of
the town Public Health March 2027 Amber
1.2 Train midwives NHS trust June 2027 Green
"""


def acts(reading):
    return [
        (a.ref, a.title, a.owners, a.due.raw if a.due else "", a.status)
        for a in reading.records
        if isinstance(a, Action)
    ]


def test_who_leads_as_a_heading_over_points_leads_them_all():
    with pytest.raises(Undecided, match="4 points below 3 headings"):
        read(OWNERS_ABOVE.encode(), "x.txt")
    found = read(OWNERS_ABOVE.encode(), "x.txt", "plan_outline")
    assert [(title, owners) for _, title, owners, _, _ in acts(found)] == [
        ("Open a food club", ("Public Health",)),
        ("Train midwives", ("Public Health",)),
        ("Map takeaways", ("Planning",)),
        ("Walks in parks", ("Leisure Services",)),
    ]
    themes = OWNERS_ABOVE.replace("Public Health", "Food").replace("Services", "")
    assert not any(
        o for _, _, o, _, _ in acts(read(themes.encode(), "x.txt", "plan_outline"))
    )


def test_what_a_line_says_of_itself_is_told_apart():
    assert acts(read(INLINE.encode(), "x.txt")) == [
        ("", "Open a food club", ("Public Health",), "March 2027", "ongoing"),
        ("", "Train midwives", ("NHS trust",), "June 2027", ""),
        ("", "Map takeaways: the whole town", ("Planning",), "", ""),
    ]


def test_numbers_within_numbers_are_actions_below_their_theme():
    found = read(NUMBERED.encode(), "x.txt", "plan_outline")
    assert [w.name for w in found.records if isinstance(w, Workstream)] == [
        "Food environment",
        "Active travel",
    ]
    assert [(ref, owners) for ref, _, owners, _, _ in acts(found)] == [
        ("1.1", ("Public Health",)),
        ("1.2", ()),
        ("2.1", ()),
    ]


def test_rows_of_a_pdf_are_laid_open_to_be_checked():
    with pytest.raises(Undecided, match="as in a table pasted from a PDF"):
        read(FROM_PDF.encode(), "x.txt")
    found = read(FROM_PDF.encode(), "x.txt", "plan_text")
    assert [a[:4] for a in acts(found)] == [
        (
            "1.1",
            "Open a food club in the north of the town",
            ("Public Health",),
            "March 2027",
        ),
        ("1.2", "Train midwives", ("NHS trust",), "June 2027"),
    ]
    assert [a.rating for a in found.records if isinstance(a, Action)] == [
        "amber",
        "green",
    ]
    assert any("check every row" in p.what for p in found.problems)
    without = FROM_PDF.replace("Ref ", "").replace("1.1 ", "").replace("1.2 ", "")
    again = read(without.encode(), "x.txt", "plan_text")
    assert [a[1:4] for a in acts(again)] == [a[1:4] for a in acts(found)]


def test_no_line_is_an_action_so_it_is_asked_which_are():
    found = read(b"Opening a food club\nTraining midwives\n", "x.txt", "plan_outline")
    assert (found.records, found.items) == ((), 2)
    assert found.asks == (
        "No line was taken for an action or a decision. Say which lines are actions.",
    )
    said = ImportMapping(format="plan_outline").said(
        "lines", "training midwives", "action"
    )
    again = read(b"Opening a food club\nTraining midwives\n", "x.txt", mapping=said)
    assert [a[1] for a in acts(again)] == ["Training midwives"]


def word_of(*paragraphs):
    document = Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    return saved(document)


def test_a_word_document_of_points_is_read_as_its_lines():
    data = word_of(
        ("Title", "Healthy weight plan"),
        ("Heading 1", "Actions for food"),
        ("List Bullet", "Open a food club\nPublic Health"),
        ("List Bullet", "Train midwives. Lead: NHS trust"),
        ("List Bullet 2", "in every hospital"),
    )
    found = read(data, "plan.docx")
    assert found.format == "plan_outline"
    assert [(t, o) for _, t, o, _, _ in acts(found)] == [
        ("Open a food club", ("Public Health",)),
        ("Train midwives", ("NHS trust",)),
    ]
    assert any("Word document without a table" in p.what for p in found.problems)
    unmarked = word_of(
        ("Normal", "Dear all, we met the midwives on Monday."),
        ("Normal", "They were glad of the club, and they will train others."),
    )
    with pytest.raises(Undecided):
        read(unmarked, "letter.docx")
    with pytest.raises(ReadError, match="holds no table"):
        read(unmarked, "letter.docx", "plan_word")
    minute = word_of(
        ("Heading 1", "Progress"),
        *[("List Bullet", f"Point {n}") for n in range(3)],
        ("Normal", "Resolved: that the report be noted"),
    )
    assert read(minute, "minutes.docx").format == "minute_text"


def test_a_row_that_stands_twice_word_for_word_is_read_once_and_said():
    later = (CLUB[0], CLUB[1], "June 2028")
    data = text(HEAD, CLUB, WALKS, CLUB, later)
    found = read(data, "p.csv")
    assert [a.due.raw for a in actions(found)] == [CLUB[2], WALKS[2], "June 2028"]
    assert (found.items, found.read, found.skipped) == (4, 3, 1)
    assert "says word for word what line 2 says. It was read once" in said(found)
    kept = ImportMapping(format="plan_text").said("rows", "line 4", "row")
    assert len(actions(read(data, "p.csv", mapping=kept))) == 4
    themes = ("Food", *[""] * 2), CLUB, ("Movement", *[""] * 2), CLUB
    assert len(actions(read(text(HEAD, *themes), "p.csv"))) == 2
    lines = b"Actions\n- Walks. Lead: Parks\n- Cook. Lead: VCS\n- Walks. Lead: Parks\n"
    again = read(lines, "p.txt")
    assert (len(actions(again)), again.skipped) == (2, 1)
    assert "stands twice, word for word" in said(again)


def test_headings_repeated_on_each_page_begin_no_other_plan():
    cont, loud = ("Action (cont.)", *HEAD[1:]), tuple(h.upper() + " " for h in HEAD)
    found = read(workbook(HEAD, CLUB, cont, WALKS, loud, ("Cook", *CLUB[1:])), "p.xlsx")
    assert len(actions(found)) == 3
    assert len([r for r in found.records if isinstance(r, Workstream)]) == 1


@pytest.mark.parametrize("merges", [(), ("A2:A3", "C2:C3", "D2:D3")])
def test_a_title_that_goes_on_in_the_next_row_is_one(merges):
    data = workbook(
        ("Ref", *HEAD),
        ("1", "Open a club in the", *CLUB[1:]),
        (None, "north ward", None, None),
        ("2", *WALKS),
        merges=merges,
    )
    found = read(data, "p.xlsx")
    assert [a.title for a in actions(found)] == [
        "Open a club in the north ward",
        WALKS[0],
    ]
    assert "its words go on in mid-sentence" in said(found)
    assert found.items == found.read == 3
    lower = read(text(HEAD, *[(c[0].lower(), *c[1:]) for c in (CLUB, WALKS)]), "p.csv")
    assert len(actions(lower)) == 2  # where all begin small, none goes on


def test_rows_that_name_nothing_to_be_done_are_left_out_and_said():
    rows = (
        ("Item", "Discussion", "Action", "By whom", "By when"),
        ("1", "Welcome", "", "", ""),
        ("2", "Food", *CLUB),
        ("3", "Apologies", "None", "", ""),
        ("4", "Minutes agreed", "", "", ""),
    )
    found = read(text(*rows), "minutes.csv")
    assert [a.title for a in actions(found)] == [CLUB[0]]
    assert (found.items, found.read, found.skipped) == (4, 1, 3)
    assert "names nothing to be done" in said(found)


def test_notes_and_the_key_below_a_plan_are_no_actions():
    below = (("Source: HWB 2026", "", ""), ("* if the grant comes", "", ""))
    found = read(text(HEAD, CLUB, WALKS, *below), "p.csv")
    assert len(actions(found)) == 2
    assert "Source: HWB 2026" in repr(found.records)
    key = workbook(HEAD, CLUB, (None,) * 3, ("Key:",), ("Green", "on track"))
    found = read(key, "p.xlsx")
    assert [a.title for a in actions(found)] == [CLUB[0]]
    assert "says what a colour means" in said(found)


def test_an_action_log_has_its_revised_day_and_is_open_or_closed():
    head = ("No.", "Action agreed", "Action owner", "Target date", "Revised date")
    rows = (
        (*head, "Update", "Open / Closed"),
        ("1", "Club", "Parks", "30/06/2026", "31/03/2027", "Site found", "Open"),
        ("2", "Map", "Planning", "30/09/2026", "", "Sent", "Closed"),
    )
    found = actions(read(text(*rows), "log.csv"))
    assert [(a.due.start, a.status, a.note) for a in found] == [
        ("2027-03-31", "ongoing", "Site found"),
        ("2026-09-30", "complete", "Sent"),
    ]
    head = ("Ref", "Action", "Lead", "Target", "Status")
    found = read(text(head, ("1", "Club", "Parks", "31/03/2027", "Done")), "p.csv")
    assert actions(found)[0].due.start == "2027-03-31"
    assert "“Target” holds dates" in said(found)


def test_tasks_of_a_minute_say_who_in_several_ways():
    minute = """Minutes of the steering group
Held on 14 September 2026

2. Takeaways
The draft policy is to be shared.
ACTION: AK
3. School food
Action 3.1 \u2013 Public Health \u2013 write to caterers \u2013 Feb 2027
ACTION (Leisure): Review prices by December 2026.
"""
    found = read(minute.encode(), "m.txt")
    assert [
        (a.title, a.owners, a.due and a.due.start) for a in actions(found)
    ] == [
        ("The draft policy is to be shared.", (), None),
        ("write to caterers", ("Public Health",), "2027-02"),
        ("Review prices by December 2026.", ("Leisure",), "2026-12"),
    ]  # fmt: skip
    assert "AK" not in repr(found.records)
    assert "the line above it was taken for what is to be done" in said(found)


def test_what_we_will_do_stands_under_its_theme():
    lines = "Our plan\n\nFood\nWe will:\n\u2022 open a club\n\u2022 map takeaways\n\nMovement\nWe will:\n\u2022 train leaders\n"
    found = read(lines.encode(), "p.txt", "plan_outline")
    streams = {r.id: r.name for r in found.records if isinstance(r, Workstream)}
    assert [streams[a.workstream_id] for a in actions(found)] == [
        "Food",
        "Food",
        "Movement",
    ]


def test_a_printed_minute_gives_its_day_and_what_is_due_and_nobodys_name():
    minute = """HEALTH AND WELLBEING BOARD
Minutes of the meeting held on Wednesday 16 September 2026 at 2.00 p.m.

12. HEALTHY WEIGHT STRATEGY

Jane Sample, Public Health Specialist, presented the following:-

Progress since April
\u2022 Park walks now run in three parks
Next steps
\u2022 Map assets with the voluntary sector by November 2026
\u2022 Bring a plan back

Resolved:-
(1) That the update be noted.
"""
    reading = read(minute.encode(), "minute.txt")
    (event,) = (r for r in reading.records if isinstance(r, Event))
    assert (event.on.raw, event.on.start) == ("16 September 2026", "2026-09-16")
    (decision,) = (r for r in reading.records if isinstance(r, Decision))
    assert decision.on == date(2026, 9, 16)
    dues = [a.due and a.due.raw for a in reading.records if isinstance(a, Action)]
    assert dues == ["November 2026", None]
    assert not any("Sample" in str(record) for record in reading.records)
    assert any("1 line on who spoke" in p.what for p in reading.problems)
