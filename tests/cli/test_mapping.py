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
