"""Documents read as a director would: nothing said twice, nothing said that is not so."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn

from systemmap.bundled.examples import example
from systemmap.formats.drawn_maps import interactive_map
from systemmap.model.due import read_due
from systemmap.model.meetings import Event
from systemmap.model.plan import Decision
from systemmap.model.response import Action
from systemmap.reports import REPORTS, Order, build
from systemmap.reports.parts.blocks import Heading, Items, Table, Words
from systemmap.testing import programme_of
from tests.reports.board_sentences import DAY, TIE, WALKS, drawn, late, said

ORDER = Order(at=DAY)


def blocks(programme, key, kind):
    found = REPORTS[key].paper(programme, ORDER).blocks
    return [block for block in found if isinstance(block, kind)]


def test_partners_in_general_lead_nothing():
    programme = programme_of(
        None,
        late(owners=("wider partners",)),
        replace(WALKS, owners=("Parks", "All partners")),
    )
    assert said("ask_leads", programme, ORDER) == ()
    (unled,) = said("name_leads", programme, ORDER)
    assert unled == "name a lead for 1 overdue action without one"
    assert "1 without a named lead" in " ".join(said("actions", programme, ORDER))
    register = REPORTS["register_by_owner"].paper(programme, ORDER)
    assert register.title.endswith(
        ": 2 actions, 1 led by 1 partner and 1 with no named lead"
    )
    index, *_ = blocks(programme, "register_by_owner", Table)
    assert [row[0] for row in index.rows] == ["Parks", "No named lead"]


def test_an_index_does_not_count_twice_in_a_row():
    index, *_ = blocks(programme_of(None, WALKS), "register_by_owner", Table)
    assert index.rows == (("Leisure", "1", "1 ongoing"),)


@pytest.mark.parametrize("tied", [False, True])
def test_what_nothing_is_tied_to_is_no_list_of_its_own(tied):
    programme = programme_of(drawn(), WALKS, *((TIE,) if tied else ()))
    headings = [b.text for b in blocks(programme, "register_by_owner", Heading)]
    assert ("By theme" in headings) == tied
    tables = blocks(programme, "register_by_owner", Table)
    columns = {heading for table in tables for heading in table.headings}
    assert ("Causes it acts on" in columns) == tied


def test_columns_beside_the_plans_six_stand_only_where_they_hold_something():
    (table, *_) = blocks(programme_of(None, WALKS), "programme_record", Table)
    assert table.headings[-2:] == ("Progress", "Outcomes")
    rated = replace(WALKS, rating="green", populations=("Older people",))
    (table, *_) = blocks(programme_of(None, rated), "programme_record", Table)
    assert table.headings[5:] == ("Rating", "Outcomes", "More")


def test_an_action_has_its_councils_reference_in_every_plan():
    programme = programme_of(None, late(ref="1.1", owners=("Leisure",)))
    for key in ("board_paper", "programme_record"):
        cells = [
            cell
            for t in blocks(programme, key, Table)
            for row in t.rows
            for cell in row
        ]
        assert "1.1 Talks" in cells
    *_, register = blocks(programme, "register_by_owner", Table)
    assert register.rows[0][:2] == ("1.1", "Talks")


def test_an_event_is_named_once_in_the_record():
    met = Event(id="e", title="Joint session", on=read_due("October 2026"))
    programme = programme_of(None, met)
    assert "Joint session" in [
        b.text for b in blocks(programme, "programme_record", Heading)
    ]
    words = [b.text for b in blocks(programme, "programme_record", Words)]
    assert "October 2026." in words
    assert not any("Joint session" in line for line in words)


def test_a_decision_worded_as_boards_resolve_is_no_verb_twice():
    programme = programme_of(
        None,
        Decision(
            id="a", verb="note", text="That progress be noted", on=date(2026, 9, 1)
        ),
        Decision(
            id="b", verb="approve", text="That a lead be named", on=date(2027, 1, 5)
        ),
        Decision(id="c", verb="approve", text="The plan", on=date(2026, 9, 1)),
    )
    asked, decided = blocks(programme, "board_paper", Items)[:2]
    assert asked.items == ("approve that a lead be named (5 January 2027).",)
    assert decided.items == (
        "That progress be noted (1 September 2026).",
        "To approve: The plan (1 September 2026).",
    )


@pytest.mark.parametrize("status", ["not_started", "ongoing"])
def test_planned_work_is_not_called_live_in_words(status):
    programme = programme_of(drawn(), replace(WALKS, status=status), TIE)
    words = " ".join(b.text for b in blocks(programme, "map_in_words", Words))
    assert ("Cover: planned, nothing started." in words) == (status == "not_started")
    assert ("Cover: live work" in words) == (status == "ongoing")
    (causes, _links) = blocks(programme, "map_in_words", Table)
    cells = " ".join(cell for row in causes.rows for cell in row)
    assert ("planned, nothing started: Walks" in cells) == (status == "not_started")
    page = interactive_map(programme, at=DAY).casefold()
    assert "live or planned work, but thin" in page  # what the map's mark stands for
    assert "live work, but thin" not in page


def test_two_actions_with_their_status_are_told_apart():
    programme = programme_of(drawn(), WALKS, TIE)
    programme.add(
        Action(id="z", title="Zumba", status="complete"), replace(TIE, action_id="z")
    )
    words = " ".join(b.text for b in blocks(programme, "map_in_words", Words))
    assert "Actions: Walks, ongoing; and Zumba, complete." in words


def test_the_last_page_never_holds_only_its_sources():
    """Word moves what keeps with the next line; the end of the table goes with it."""
    made = docx.Document(
        io.BytesIO(build(example(), "write_up", Order(at=DAY), ".docx").data)
    )
    *_, table = made.element.body.iter(qn("w:tbl"))
    rows = table.tr_lst
    last, before = rows[-1], rows[-2]
    after = [p for p in table.itersiblings() if p.tag == qn("w:p")]
    assert [p.pPr is not None and p.pPr.keepNext is not None for p in after] == [
        *[True] * (len(after) - 1),
        False,
    ]
    for row in (before, last):
        assert all(p.pPr.keepNext is not None for p in row.iter(qn("w:p")))
