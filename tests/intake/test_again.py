"""The same plan a quarter later: matched, changed cell by cell, nothing doubled or lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from systemmap.bundled.examples import example
from systemmap.errors import ReadError
from systemmap.formats import FORMATS, accept, read, write
from systemmap.model.plan import Workstream
from systemmap.model.response import Action
from systemmap.testing import programme_of

CASES = Path(__file__).parent / "cases"
FIRST = "Ref,Action,Lead,By when,Status\n1.1,Open a food club,Public health,March 2027,On track\n1.2,Train midwives,NHS trust,June 2027,Not started\n"


def brought(text, programme=None):
    draft = programme or programme_of()
    done = accept(
        draft, read(text.encode(), "plan.csv"), file_name="plan.csv", data=text.encode()
    )
    return draft, done


def cells(done):
    return [(c.name, c.field, c.here, c.file) for c in done.changes]


def test_a_changed_cell_is_one_change_and_nothing_is_doubled():
    draft, _ = brought(FIRST)
    again, done = brought(FIRST.replace("On track", "Complete"), draft)
    assert cells(done) == [("Open a food club", "status", "ongoing", "complete")]
    assert (done.changed, done.new, done.same, done.conflicts) == (1, 0, 2, ())
    assert len(again.actions) == 2
    assert len(again.all(Workstream)) == 1


def test_the_same_file_again_changes_nothing():
    draft, _ = brought(FIRST)
    before = draft.copy()
    _, done = brought(FIRST, draft)
    assert draft == before
    assert (done.changed, done.new, done.changes, done.gone) == (0, 0, (), ())


def test_a_row_is_known_by_its_reference_when_its_title_changed():
    draft, _ = brought(FIRST)
    again, done = brought(
        FIRST.replace("Open a food club", "Run two food clubs in the north"), draft
    )
    assert len(again.actions) == 2
    assert cells(done)[0][1:] == (
        "title",
        "Open a food club",
        "Run two food clubs in the north",
    )


def test_a_row_without_a_reference_is_known_by_a_title_nearly_the_same():
    text = FIRST.replace("1.1,", ",").replace("1.2,", ",")
    draft, _ = brought(text)
    again, _ = brought(text.replace("Open a food club", "Open a food club."), draft)
    assert len(again.actions) == 2
    other, done = brought(text.replace("Open a food club", "Close the canteen"), draft)
    assert len(other.actions) == 3
    assert done.gone == ("Open a food club.",) or done.gone == ("Open a food club",)


def test_what_is_no_longer_in_the_file_is_said_and_stays():
    draft, _ = brought(FIRST)
    shorter = "\n".join(FIRST.splitlines()[:2]) + "\n"
    again, done = brought(shorter, draft)
    assert done.gone == ("Train midwives",)
    assert len(again.actions) == 2


def test_what_somebody_changed_here_is_a_difference_to_decide_and_stays():
    draft, _ = brought(FIRST)
    (club, _) = draft.actions.values()
    draft.replace(replace(club, status="paused", status_note="Waiting for a room"))
    again, done = brought(FIRST.replace("On track", "Complete"), draft)
    assert again.actions[club.id].status == "paused"
    assert ("status", "paused") in [(c.field, c.here) for c in done.conflicts]


@pytest.mark.parametrize(
    ("name", "old", "new", "kinds"),
    [
        ("domain_bullets.txt", "Action required", "Complete", Action),
        ("many_headings.txt", "Incomplete\tAmber", "Complete\tAmber", Action),
    ],
)
def test_a_plan_of_any_shape_comes_again(name, old, new, kinds):
    data = (CASES / name).read_bytes()
    draft = programme_of()
    accept(draft, read(data, name), file_name=name, data=data)
    count = len(draft.all(kinds))
    later = data.replace(old.encode(), new.encode())
    assert later != data
    done = accept(draft, read(later, name), file_name=name, data=later)
    assert [(c.field, c.file) for c in done.changes] == [("status", "complete")]
    assert len(draft.all(kinds)) == count
    assert (done.new, done.conflicts) == (0, ())


BOTH_WAYS = [key for key, fmt in FORMATS.items() if fmt.read and fmt.write]


@pytest.mark.parametrize("key", BOTH_WAYS)
def test_our_own_untouched_file_changes_nothing(key):
    programme = example()
    written = write(programme, key)
    before = programme.copy()
    done = accept(programme, read(written.data, f"x{written.suffix}", key))
    assert (done.changed, done.new, done.conflicts, done.changes) == (0, 0, (), ())
    assert programme == before


def test_a_cell_changed_in_our_own_plan_is_one_change():
    programme = example()
    text = write(programme, "plan_text").data.decode()
    row = next(line for line in text.splitlines() if "\tOngoing" in line)
    edited = text.replace(row, row.replace("\tOngoing", "\tComplete", 1))
    assert edited != text
    done = accept(programme, read(edited.encode(), "plan.txt", "plan_text"))
    assert ("status", "ongoing", "complete") in [
        (c.field, c.here, c.file) for c in done.changes
    ]
    assert done.changed == 1
    assert done.conflicts == ()


def test_a_long_plan_comes_in_and_again_and_one_row_too_many_is_refused():
    rows = [f"1.{n},Open club {n},Health,May 2027,On track\n" for n in range(5_001)]
    head = "Ref,Action,Lead,By when,Status\n"
    draft, first = brought(head + "".join(rows[:600]))
    assert first.new == 601
    later = head + "".join(rows[:600]).replace("Open club 77,", "Open two clubs,")
    _, done = brought(later, draft)
    assert len(done.changes) == 1
    with pytest.raises(ReadError, match="5,001 plan rows, and the limit is 5,000"):
        brought(head + "".join(rows))


PHASES = "Phases of development\tResponsible\tDue date\tProgress\nPhase 1: Set-up - begin\tPublic health\tJan 27\tComplete\nPhase 2: Picture - see\tPublic health\tMay 27\t\n"
PARKS = "Action\tResponsible\tDue date\tProgress\nPark walks\tParks\tMay 27\tOngoing\nPark runs\tParks\tJune 27\t\n"
MEALS = (
    "Action\tResponsible\tDue date\tProgress\nSchool meals\tSchools\tMay 27\tOngoing\n"
)


def test_tables_without_a_name_are_one_only_where_they_share_a_row():
    draft = programme_of()

    def bring(text, name):
        done = accept(
            draft,
            read(text.encode(), name),
            file_name=name,
            data=text.encode(),
        )
        return done.conflicts, done.gone

    bring(PHASES, "plan.txt")
    bring(PARKS, "parks_actions.txt")
    bring(MEALS, "pasted.txt")
    named = {stream.id: stream.name for stream in draft.all(Workstream).values()}
    assert list(named.values()) == ["Plan", "Parks actions", "Actions"]
    assert [named[a.workstream_id] for a in draft.actions.values()] == [
        "Parks actions",
        "Parks actions",
        "Actions",
    ]
    newer = PARKS.replace("Ongoing", "Complete")
    assert bring(newer, "parks in June.txt") == ((), ())
    assert bring(PHASES, "plan.txt") == ((), ())
    assert len(draft.all(Workstream)) == 3
    assert draft.actions["park-walks"].status == "complete"
