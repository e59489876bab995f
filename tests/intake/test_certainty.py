"""A file is read where one reader alone is sure; else a person is asked, with what was seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from systemmap.errors import ReadError, Undecided
from systemmap.formats import FORMATS, Sighting, candidates, read, read_within
from systemmap.formats.sighting import Certainty
from systemmap.formats.worker.messages import carried_question, heard
from systemmap.model.elements import Link
from systemmap.model.workshop import Contribution

CASES = Path(__file__).parent / "cases"
WRITTEN = b"Cost of healthy food\nTime to cook\nStress\nSleep quality\n"


def asked(text, name="pasted.txt"):
    """Return the choices offered for a text, by key."""
    with pytest.raises(Undecided) as question:
        read(text.encode(), name)
    return {choice.key: choice for choice in question.value.choices}


def test_a_list_of_a_few_words_on_each_line_is_read_as_causes():
    reading = read(WRITTEN, "pasted.txt")
    assert reading.format == "cause_list"
    assert sum(isinstance(r, Contribution) for r in reading.records) == 4


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Food club,near\nWalking bus,far\n", "it has 2 columns"),
        ("Our plan:\nFood clubs\nWalking buses\n", "1 line looks like a heading"),
        ("Shops are far away.\nTime\n", "1 line is a sentence"),
        ("Shops near schools\n12400\n", "1 line is a figure"),
        ("Food club\n31/03/2027\n", "1 line is a date"),
        ("Food club\nOn track\n", "1 line is a status"),
        ("Food club\nPublic health team\n", "1 line looks like an owner"),
        ("Open a food club\nTrain midwives\n", "2 lines begin as actions do"),
        ("Food\n  Shops\n    Prices\n", "its lines stand at 3 depths"),
        ("Food\n* Shops\n* Prices\n", "2 of its 3 lines are marked as points"),
    ],
)
def test_what_speaks_against_a_list_is_seen_and_said(text, seen):
    choice = asked(text)["cause_list"]
    assert choice.certainty == "possible"
    assert seen in choice.evidence


def test_two_names_on_each_line_may_be_links_or_notes():
    choices = asked("Stress,Sleep\nSleep,Snacking\n", "x.csv")
    assert choices["links_csv"].certainty == "likely"
    links = read(b"Stress,Sleep\nSleep,Snacking\n", "x.csv", "links_csv")
    assert sum(isinstance(record, Link) for record in links.records) == 2


def test_a_mark_of_its_own_outweighs_what_a_file_looks_like():
    found = candidates(Sighting(b'{"format": "systemmap", "elements": []}', "x"))
    assert [fmt.key for fmt, _ in found] == ["native_json"]
    assert found[0][1].certainty is Certainty.CERTAIN


def test_json_that_only_has_elements_is_not_taken_for_kumus():
    choices = asked('{"elements": [{"title": "x"}], "version": 2}', "x.json")
    assert choices["kumu_json"].certainty == "possible"


def test_the_rule_below_a_tables_heading_is_no_arrow():
    choices = asked("Cause | Effect of it\n---|---\nfood | sleep\n")
    assert "arrows" not in choices


@pytest.mark.parametrize("key", sorted(k for k, fmt in FORMATS.items() if fmt.read))
def test_every_reader_can_be_chosen_and_still_checks(key):
    try:
        reading = read(WRITTEN, "pasted.txt", key)
    except ReadError as refusal:
        assert len(str(refusal)) > 15  # noqa: PT017 - either outcome is right
    else:
        assert reading.format == key
        assert reading.items == reading.read + reading.skipped + reading.blank


def test_a_choice_the_file_speaks_against_is_remarked_on():
    reading = read(b"Stress -> Sleep -\nSleep -> Mood +\n", "x.txt", "cause_list")
    said = reading.problems[-1].what
    assert said.startswith("Read as List of causes because you chose so.")
    assert "Outline text with arrows: 2 lines of 2 hold an arrow" in said


def test_what_a_file_holds_can_be_chosen_as_well():
    data = (CASES / "b62_plan.csv").read_bytes()
    assert read(data, "plan.csv", "plan").format == "plan_text"
    with pytest.raises(ReadError, match="does not look like a map"):
        read(data, "plan.csv", "map")


def test_a_question_crosses_the_border_of_the_worker_whole():
    data = (CASES / "b04_headerless.csv").read_bytes()
    with pytest.raises(Undecided) as here:
        read(data, "x.csv")
    with pytest.raises(Undecided) as apart:
        read_within(data, "x.csv", seconds=30)
    assert apart.value.choices == here.value.choices
    assert str(apart.value) == str(here.value)
    with pytest.raises(Undecided):
        heard([carried_question(here.value)]).reading()


def test_a_page_without_a_table_is_refused_with_the_next_step():
    with pytest.raises(ReadError, match="no table of a plan is in it") as refusal:
        read((CASES / "b65_doctype.html").read_bytes(), "plan.html")
    assert "attack" not in str(refusal.value)
