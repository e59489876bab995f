"""What a lead reads in the record, the register and the map in words: names, and each once."""

import io
from dataclasses import replace

import docx
import pytest

from systemmap.bundled.examples import example
from systemmap.model.due import read_due
from systemmap.model.meetings import Event, EventPoint
from systemmap.model.people import Place
from systemmap.model.plan import LocalTerm, Workstream
from systemmap.model.response import Asset, GapDecision
from systemmap.reports import REPORTS, Order, build
from systemmap.reports.parts.blocks import Heading, Items, Table
from systemmap.reports.parts.record_tables import record_tables
from systemmap.testing import map_from, programme_of
from tests.reports.board_sentences import HELD, WALKS
from tests.reports.conftest import DAY


def blocks(programme, key):
    return REPORTS[key].paper(programme, Order(at=DAY)).blocks


def after(found, heading):
    at = next(n for n, b in enumerate(found) if b == Heading(text=heading))
    return found[at + 1 :]


def test_an_asset_is_said_with_the_name_of_its_place_and_of_nobody_twice():
    programme = programme_of()
    programme.add(
        Place(id="old-town", name="The Old Town"),
        Asset(id="a", name="Bike Hub", organisation="bike hub", place="old-town"),
        Asset(id="b", name="Pool", organisation="Leisure Trust", place="by the sea"),
    )
    (said,) = after(blocks(programme, "programme_record"), "What already helps")[:1]
    assert said.items == ("bike hub, The Old Town.", "Pool, Leisure Trust, by the sea.")


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("factor:stress", "Stress"),
        ("stress", "Stress"),
        ("factor:stress/population:p", "Stress"),
        ("loop:stress,sleep", "Stress → Sleep → Stress"),
        ("theme:own", "Our own theme"),
        ("layer:individual", "Individual lifestyle factors"),
        ("factor:gone", "listed no more"),
        ("loop:stress,gone", "listed no more"),
    ],
)
def test_a_decision_on_a_gap_names_what_it_is_about(subject, said):
    programme = programme_of(map_from("stress -> sleep -\nsleep -> stress -"))
    programme.add(
        LocalTerm(vocabulary="themes", key="own", label="Our own theme"),
        GapDecision(id="d", rule="no_action", subject=subject, state="accepted"),
    )
    (table,) = (t for t in record_tables(programme) if t.name == "Decisions on gaps")
    assert [row[1] for row in table.rows] == [said]


def test_the_points_of_an_event_stand_under_headings_that_stay_with_them():
    programme = programme_of()
    programme.add(
        Event(id="e", title="Meeting", on=read_due("May 2026")),
        EventPoint(id="p", event_id="e", section="insight", text="It is dark."),
    )
    found = blocks(programme, "programme_record")
    at = next(n for n, b in enumerate(found) if getattr(b, "level", 0) == 3)
    assert found[at].text == "Insight (1)"
    assert isinstance(found[at + 1], Items)
    data = build(programme, "programme_record", Order(at=DAY), ".docx").data
    (line,) = (
        p for p in docx.Document(io.BytesIO(data)).paragraphs if p.text == "Insight (1)"
    )
    assert line.style.name == "Heading 3"
    assert line.paragraph_format.keep_with_next


def test_what_lies_ahead_is_said_of_events_as_of_actions():
    programme = programme_of()
    for title, on in (("Held", "May 2026"), ("Planned", "Jan 27")):
        programme.add(Event(id=title.lower(), title=title, on=read_due(on)))
    (table,) = (
        b
        for b in after(blocks(programme, "programme_record"), "Timeline")
        if isinstance(b, Table)
    )
    assert [(row[1], row[3]) for row in table.rows] == [
        ("Held", ""),
        ("Planned", "ahead"),
    ]


def test_a_column_in_which_nothing_stands_takes_little_room():
    programme = programme_of(map_from("stress -> snacking +"))
    programme.add(
        Workstream(id="w", name="Food"),
        replace(WALKS, owners=(), owners_raw="", aims=(), workstream_id="w"),
    )
    for key, narrow, wide in (
        ("programme_record", {"Aims", "Outcomes"}, {"Action or phase"}),
        ("register_by_owner", {"Aims"}, {"Action", "Progress", "Outcomes"}),
    ):
        table = next(
            b
            for b in blocks(programme, key)
            if isinstance(b, Table) and narrow <= {*b.headings}
        )
        share = dict(zip(table.headings, table.shares, strict=True))
        assert max(share[n] for n in narrow) * 2 < min(share[n] for n in wide)


def test_a_register_counts_what_has_no_update_in_words():
    programme = programme_of(map_from("stress -> snacking +"), HELD)
    programme.add(replace(WALKS, status="", status_note="", progress_raw=""))
    said = [
        b.rows for b in blocks(programme, "register_by_owner") if isinstance(b, Table)
    ]
    assert "without an update" in said[0][0][2]


def test_a_cause_not_changed_here_is_listed_with_its_actions_as_it_is_told():
    programme = example()
    table = next(
        b
        for b in blocks(programme, "map_in_words")
        if isinstance(b, Table) and b.headings[0] == "Cause"
    )
    at = table.headings.index("Actions listed")
    listed = {row[0]: row[at] for row in table.rows}
    assert listed["Household income"] == (
        "Living wage accreditation, not planned yet; and Welfare advice in GP surgeries, ongoing"
    )
    assert listed["Portion sizes sold"] == ""
    assert {table.headings[n] for n in table.numbers} >= {"Links in", "Links out"}
