"""Cells that name other records: from menus, however those are called."""

from __future__ import annotations

import pytest

from systemmap.editing.governance import BOARDS, DECISIONS, POINTS
from systemmap.editing.grids import GridColumn, GridEdits, apply_edits
from systemmap.errors import InvalidValue
from systemmap.model.meetings import DecisionTie, Event, EventPoint
from systemmap.model.response import Action
from systemmap.overview.reporting_lines import decisions_at
from systemmap.testing import programme_of


def test_a_menu_word_with_a_semicolon_of_its_own_stays_one():
    column = GridColumn(
        key="points",
        heading="Points",
        many=True,
        words={"ask": "Ask traders; then report", "ask-2": "Ask traders", "go": "Go"},
    )
    assert column.read_many("Go; ask traders;then report") == ("go", "ask")
    assert column.read_many("Ask traders; Go") == ("ask-2", "go")


@pytest.mark.parametrize(
    ("grid", "cells"),
    [
        (BOARDS, {"name": "Partnership", "reports_to": "Cabinet"}),
        (POINTS, {"text": "Ask", "event_id": "Cabinet"}),
        (DECISIONS, {"text": "That it be noted", "actions": "Cabinet"}),
    ],
    ids=lambda each: getattr(each, "key", ""),
)
def test_what_is_not_listed_yet_is_refused_in_words_and_not_kept_unsaid(grid, cells):
    said = "“Cabinet” is not on the list for .*: nothing is on it yet. Add it"
    with pytest.raises(InvalidValue, match=said):
        apply_edits(grid, programme_of(None), {}, GridEdits(added=(cells,)))


def test_records_of_one_name_are_told_apart_and_decisions_stand_at_their_event():
    programme = programme_of(
        None,
        Event(id="hwb", title="Board"),
        EventPoint(id="next", event_id="hwb", text="Ask; then report"),
        Action(id="walks", title="Park walks"),
        Action(id="walks-2", title="Park walks"),
    )
    cells = {
        "number": "10",
        "text": "That the plan be endorsed.",
        "verb": "endorse",
        "event_id": "Board",
        "points": "Ask; then report",
        "actions": "Park walks (2)",
    }
    first = {"number": "9", "text": "The plan", "verb": "note", "event_id": "Board"}
    apply_edits(DECISIONS, programme, {}, GridEdits(added=(cells, first)))
    tie = programme.find(DecisionTie, "that-the-plan-be-endorsed")
    assert (tie.points, tie.actions) == (("next",), ("walks-2",))
    assert DECISIONS.rows(programme)[tie.decision_id]["actions"] == "Park walks (2)"
    assert decisions_at(programme, "hwb") == (
        "(9) The plan (to note).",
        "(10) That the plan be endorsed (about “Ask; then report” and “Park walks”).",
    )
