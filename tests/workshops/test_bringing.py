"""Notes from a file: the same provenance as from a phone, and never twice."""

import pytest

from systemmap.errors import InvalidValue
from systemmap.formats import read
from systemmap.model.workshop import Contribution, Workshop, WorkshopTable
from systemmap.testing import programme_of
from systemmap.workshops.notes_from_file import bring_notes

WORKSHOP = Workshop(id="nov", title="Mapping workshop")
OAK = WorkshopTable(id="nov-oak", workshop_id="nov", name="Oak")


def begun():
    return programme_of(None, WORKSHOP, OAK)


def listed(programme):
    return [
        (n.text, n.table_id, n.source) for n in programme.all(Contribution).values()
    ]


def test_tables_are_matched_by_name_and_a_new_one_is_added():
    programme = begun()
    reading = read(
        b"Cause\tTable\nTakeaways on every corner\toak\nNo buses\tElm\n",
        "notes.tsv",
        "cause_list",
    )
    assert bring_notes(programme, WORKSHOP, reading, table_id=None) == 2
    assert listed(programme) == [
        ("Takeaways on every corner", "nov-oak", "import"),
        ("No buses", "nov-elm", "import"),
    ]


def test_a_note_without_a_table_goes_to_the_one_that_was_chosen():
    programme = begun()
    bring_notes(
        programme,
        WORKSHOP,
        read(b"No buses\nDark streets\n", "x.txt", "cause_list"),
        table_id="nov-oak",
    )
    assert {table for _, table, _ in listed(programme)} == {"nov-oak"}


def test_the_same_file_twice_adds_nothing():
    programme = begun()
    reading = read(b"No buses\nNo buses\n", "x.txt", "cause_list")
    assert bring_notes(programme, WORKSHOP, reading, table_id=None) == 2
    assert bring_notes(programme, WORKSHOP, reading, table_id=None) == 0


def test_a_note_that_may_name_a_person_waits():
    programme = begun()
    bring_notes(
        programme,
        WORKSHOP,
        read(b"ring me on 07700 900123\n", "x.txt", "cause_list"),
        table_id=None,
    )
    (note,) = programme.all(Contribution).values()
    assert note.held


def test_a_file_without_notes_is_refused():
    with pytest.raises(InvalidValue, match="holds no list of notes"):
        bring_notes(
            begun(), WORKSHOP, read(b"stress -> sleep -", "x.txt"), table_id=None
        )
