"""Rows out as CSV, edited, and back in as one change."""

from __future__ import annotations

import csv
from io import StringIO

import pytest


@pytest.fixture
def town(run):
    run("new", "Testtown", "--template", "empty")
    return run


def written(tmp_path, *lines):
    place = tmp_path / "rows.csv"
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def test_rows_are_added_changed_and_taken_back_as_one_change(town, tmp_path):
    new = written(tmp_path, "Action or phase,Due", "Walks,March 27", "Meals,")
    said = town("rows", "Testtown", "plan", "--from", new).out
    assert said == "Plan: 2 rows added.\n"
    out = town("rows", "Testtown", "plan").out
    edited = out.replace("March 27,", "April 27 onwards,")
    said = town("rows", "Testtown", "plan", "--from", written(tmp_path, edited)).out
    assert said == "Plan: 1 row changed.\n"
    (walks, _) = csv.DictReader(StringIO(town("rows", "Testtown", "plan").out))
    assert (walks["Due"], walks["Due read as"]) == (
        "April 27 onwards",
        "April 2027 (onwards), a guess",
    )
    assert town("undo", "Testtown", 3).code == 0
    assert town("rows", "Testtown", "plan").out == out


def test_what_is_on_no_list_is_refused_with_its_row_and_changes_nothing(town, tmp_path):
    new = written(tmp_path, "Action or phase,Status", "Walks,Ongoing", "Meals,Nearly")
    refused = town("rows", "Testtown", "plan", "--from", new)
    assert refused.code == 2
    assert "“Meals”: “Nearly” is not on the list for Status." in refused.err
    assert town("rows", "Testtown", "plan", "--json").json == []


def test_an_unknown_key_or_column_is_refused_in_words(town, tmp_path):
    key = written(tmp_path, "Key,Action or phase", "action:x,Walks")
    assert (
        "no row has the key “action:x”"
        in town("rows", "Testtown", "plan", "--from", key).err
    )
    column = written(tmp_path, "Actoin", "Walks")
    assert (
        "no column “Actoin”" in town("rows", "Testtown", "plan", "--from", column).err
    )


def test_a_decision_is_added_by_command(town, tmp_path):
    new = written(tmp_path, "What was decided,To,On", "The plan,agree,1 May 2026")
    town("rows", "Testtown", "decisions", "--from", new)
    (made,) = town("rows", "Testtown", "decisions", "--json").json
    assert (made["verb"], made["on"]) == ("agree", "1 May 2026")


def test_places_and_groups_are_listed_by_command_without_a_file_of_shapes(
    town, tmp_path
):
    new = written(
        tmp_path, "Place,Kind,Priority,People who live there", "Maltby,Ward,Yes,16000"
    )
    said = town("rows", "Testtown", "places", "--from", new).out
    assert said == "Places: 1 row added.\n"
    (maltby,) = town("rows", "Testtown", "places", "--json").json
    assert (maltby["level"], maltby["priority"]) == ("Ward", "Yes")
    refused = town(
        "rows",
        "Testtown",
        "places",
        "--from",
        written(tmp_path, "Place,Deprivation decile (1 = most deprived)", "Hill,11"),
    )
    assert "“Hill”: A decile is a number from 1 to 10, and 11 is not." in refused.err
    group = written(tmp_path, "Population,Priority", "Young carers,Yes")
    assert town("rows", "Testtown", "populations", "--from", group).code == 0


def test_an_indicator_is_tied_to_a_cause_by_command(town, tmp_path):
    cause = written(tmp_path, "Cause", "Walking to school")
    refused = town("rows", "Testtown", "causes", "--from", cause)
    assert refused.code == 2  # causes are drawn on the map, not added here
    town("import", written(tmp_path, "walking -> weight -"), "--into", "Testtown")
    named = written(tmp_path, "Indicator", "Pupils who walk")
    assert town("rows", "Testtown", "indicators", "--from", named).code == 0
    rows = town("rows", "Testtown", "causes", "--json").json
    key = next(row["key"] for row in rows if row["label"].casefold() == "walking")
    tie = written(tmp_path, "Key,Indicators", f"{key},Pupils who walk")
    assert town("rows", "Testtown", "causes", "--from", tie).code == 0
    told = town("rows", "Testtown", "causes", "--json").json
    assert next(r for r in told if r["key"] == key)["indicators"] == "Pupils who walk"
