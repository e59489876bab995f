"""A mapping on the command line: said with options, kept by name, used again by name."""

from __future__ import annotations

from contextlib import closing

import pytest

from systemmap.model.response import Action
from systemmap.store import open_store

PLAN = "What is it,Body,Finished\nOpen a food club,Public health team,31/03/2027\n"


@pytest.fixture
def plan(tmp_path):
    file = tmp_path / "plan.csv"
    file.write_text(PLAN, encoding="utf-8")
    return file


def found(data):
    with closing(open_store(data)) as store:
        return list(store.load("sampleton").all(Action).values())


def test_columns_are_named_once_and_the_mapping_is_used_again(run, data, plan):
    run("new", "Sampleton")
    into = ["--into", "Sampleton"]
    said = ["--as", "plan_text", "--column", "Body=partners", "--keep-mapping", "Ours"]
    assert run("import", plan, *into, *said).code == 0
    assert [a.partners for a in found(data)] == [("Public health team",)]
    plan.write_text(PLAN + "Train midwives,NHS trust,30/06/2027\n", encoding="utf-8")
    assert run("import", plan, *into, "--mapping", "ours").code == 0
    assert [a.partners for a in found(data)] == [
        ("Public health team",),
        ("NHS trust",),
    ]


def test_a_mapping_that_is_not_there_is_named_and_nothing_is_saved(run, data, plan):
    run("new", "Sampleton")
    answer = run("import", plan, "--into", "Sampleton", "--mapping", "Theirs")
    assert answer.code == 2
    assert "No mapping with id 'Theirs'" in answer.err
    assert found(data) == []


def test_a_column_or_an_order_of_dates_that_makes_no_sense_is_refused(run, plan):
    for options, said in (
        (["--column", "Body=song"], "is not what a column can hold"),
        (["--dates", "year"], "'year' is not what an order of dates can be"),
        (["--dates", "Town=day"], "The file has no column 'Town'"),
    ):
        answer = run("inspect", plan, "--as", "plan_text", *options)
        assert answer.code == 2
        assert said in answer.err


# Rows and lines


BULLETS = "Food\n\n- Open a food club\n- Train midwives\n"


@pytest.fixture
def sectioned(tmp_path):
    file = tmp_path / "sectioned.csv"
    file.write_text(
        "Action,Responsible,Due date\nFood,,\nOpen a food club,Public health,2027\n"
        "Activity,,\nStreet play,Leisure,2027\n",
        encoding="utf-8",
    )
    return file


def test_every_row_is_listed_with_what_it_was_taken_for_and_what_it_can_be(
    run, sectioned
):
    said = run("inspect", sectioned, "--rows").out
    assert "  line 1, heading: Action | Responsible | Due date\n" in said
    assert "  line 2, section: Food\n" in said
    assert "  line 3, row: Open a food club | Public health | 2027\n" in said
    assert "row, section, continues, total, leave out, heading." in said


def test_a_row_is_what_was_said_of_it_alone_or_of_all_like_it(run, data, sectioned):
    run("new", "Sampleton")
    into = ("import", sectioned, "--into", "Sampleton")
    one = run(*into, "--row", "2=leave out", "--keep-mapping", "Ours")
    assert one.code == 0
    assert "line 2: This row was left out, as you said." in one.out
    assert len(found(data)) == 2
    both = run("inspect", sectioned, "--rows", "--rows-like", "line 4=row")
    assert "line 2, row: Food\n" in both.out
    assert "Actions: 4" in both.out


def test_a_heading_row_is_pointed_at(run, tmp_path):
    file = tmp_path / "two.csv"
    file.write_text("Plan,Who,When\nJob,Doer,Done\nFood club,NHS,2027\n", "utf-8")
    said = run("inspect", file, "--as", "plan_text", "--row", "2=heading", "--rows").out
    assert "line 2, heading: Job | Doer | Done\n" in said


def test_a_line_of_a_text_is_what_was_said_of_it(run, tmp_path):
    file = tmp_path / "bullets.txt"
    file.write_text(BULLETS, encoding="utf-8")
    asked = ("inspect", file, "--as", "plan_outline", "--rows")
    assert "  line 4, action: Train midwives\n" in run(*asked).out
    said = run(*asked, "--row", "4=note").out
    assert "  line 4, note: Train midwives\n" in said
    assert "  line 3, action: Open a food club\n" in said
    assert (
        "  line 3, note: Open a food club\n" in run(*asked, "--rows-like", "4=note").out
    )


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("2", "says nothing after '='. Write it as --row '4=section'"),
        ("9=section", "no one row or line '9'. It has: 'line 1'"),
        ("2=song", "'song' is not what a row or line can be. Use one of: row"),
    ],
)
def test_a_row_of_which_nothing_can_be_said_is_refused_with_what_can(
    run, sectioned, option, said
):
    answer = run("inspect", sectioned, "--row", option)
    assert answer.code == 2
    assert said in answer.err


def test_rows_of_a_file_that_is_no_table_are_not_listed_but_said(run, tmp_path):
    file = tmp_path / "map.json"
    file.write_text('{"nodes": [{"id": "Stress"}], "links": []}', encoding="utf-8")
    answer = run("inspect", file, "--as", "node_link_json", "--rows")
    assert answer.code == 2
    assert "whose rows are not sorted into kinds" in answer.err
