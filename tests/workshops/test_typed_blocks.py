"""Paper typed up: a block for each table in one paste, and what was kept said in words."""

import pytest

from systemmap.errors import InvalidValue
from systemmap.model.workshop import Contribution, Workshop
from systemmap.testing import programme_of
from systemmap.workshops.kits import kit
from systemmap.workshops.running import plan_workshop, tables_of
from systemmap.workshops.typed_blocks import add_blocks, blocks_from, said_by_table

PASTE = """1. Cheap takeaways
table 2:
 - No buses
 - Ring 01709 382121

Table 4
Stress"""


def room():
    programme = programme_of(None)
    names = [f"Table {n}" for n in range(1, 5)]
    planned = plan_workshop(programme, kit("mapping_workshop"), tables=names)
    tables = {t.id: t.name for t in tables_of(programme, planned.id)}
    return programme, programme.find(Workshop, planned.id), tables


def test_a_paste_of_several_tables_goes_to_each_and_says_so():
    programme, workshop, tables = room()
    blocks = blocks_from(PASTE, tables, first=next(iter(tables)))
    made = add_blocks(programme, workshop, blocks, key="once")
    assert said_by_table(made, tables) == (
        "1 kept for Table 1; 2 kept for Table 2, 1 held; 1 kept for Table 4"
    )
    assert {
        (tables[n.table_id], n.text) for n in programme.all(Contribution).values()
    } == {
        ("Table 1", "Cheap takeaways"),
        ("Table 2", "No buses"),
        ("Table 2", "Ring 01709 382121"),
        ("Table 4", "Stress"),
    }


def test_a_line_that_only_begins_like_a_table_is_a_note():
    _, _, tables = room()
    assert blocks_from("Table 2 is too loud", tables, first="x") == [
        ("x", ["Table 2 is too loud"])
    ]


def test_the_same_words_at_two_tables_are_two_notes():
    programme, workshop, tables = room()
    blocks = blocks_from("Table 1\nStress\nTable 2\nStress", tables, first=None)
    assert len(add_blocks(programme, workshop, blocks, key="k")) == 2


def test_a_paste_with_nothing_in_it_is_refused_and_changes_nothing():
    programme, workshop, tables = room()
    blocks = blocks_from("Table 3\n\n", tables, first="x")
    with pytest.raises(InvalidValue, match="The note is empty"):
        add_blocks(programme, workshop, blocks, key="k")
    assert programme.all(Contribution) == {}
