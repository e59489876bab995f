"""Aims and dated updates among the details of actions: lines of a cell, each a record."""

from __future__ import annotations

from datetime import date

import pytest

from systemmap.editing.grids import GridEdits, apply_edits
from systemmap.editing.list_grids import GRIDS
from systemmap.editing.unlisted_words import unlisted
from systemmap.errors import InvalidValue
from systemmap.model.response import Action, Update
from systemmap.testing import programme_of

ACTIONS = GRIDS["actions"]


@pytest.fixture
def town():
    return programme_of(
        None,
        Action(id="walks", title="Walks", aims=("Walk more",), partners=("Parks",)),
        Action(id="meals", title="Meals"),
        Update(id="a", action_id="walks", on=date(2026, 9, 14), text="40 people came"),
        Update(id="b", action_id="walks", text="May 27: the path is lit"),
        Update(id="c", action_id="walks", kind="impact", text="“I sleep better”"),
    )


def cells(town, action="walks"):
    return ACTIONS.rows(town)[action]


def change(town, action="walks", **typed):
    edits = GridEdits(changed={action: typed})
    apply_edits(ACTIONS, town, ACTIONS.rows(town), edits)


def told(town):
    return {u.id: (u.on, u.kind, u.text) for u in town.all(Update).values()}


def test_aims_stand_one_on_each_line(town):
    assert cells(town)["aims"] == "Walk more"
    change(town, aims="Walk more\nSit less• Meet people")
    assert town.actions["walks"].aims == ("Walk more", "Sit less", "Meet people")


def test_updates_are_shown_the_latest_first_and_a_line_is_added(town):
    lines = cells(town)["updates"].splitlines()
    assert lines == [
        "14 September 2026: 40 people came",
        "May 27: the path is lit",
        "(Impact): “I sleep better”",
    ]
    change(town, updates="\n".join(["3/11/2026 (Side effect): Mud", *lines]))
    assert (date(2026, 11, 3), "side_effect", "Mud") in told(town).values()
    assert {"a", "b", "c"} < set(told(town))
    assert town.find(Update, "b").on is None  # a month is no day, and none is invented


def test_a_line_keeps_its_update_when_its_words_its_day_or_its_kind_change(town):
    change(
        town,
        updates="14 September 2026 (Impact): 41 people came\n1 May 2027: the path is lit",
    )
    assert told(town)["a"] == (date(2026, 9, 14), "impact", "41 people came")
    assert "c" not in told(town)
    assert (date(2027, 5, 1), "activity", "the path is lit") in told(town).values()


def test_what_is_added_joins_those_before_in_every_row_and_is_their_progress(town):
    for action in ("walks", "meals"):
        change(town, action, new_update="2 December 2026: Paths are cleared")
    assert {"a", "b", "c"} < set(told(town))
    assert cells(town)["updates"].startswith("2 December 2026: Paths are cleared\n14")
    assert cells(town, "meals")["new_update"] == ""
    assert town.actions["meals"].status_note == "Paths are cleared"


@pytest.mark.parametrize(
    "line",
    [
        "Held on 14 September 2026: 40 came",
        "by 14 September 2026: more",
        "Note: no day",
        "(Loud): noise",
    ],
)
def test_a_line_that_does_not_begin_with_one_day_is_all_words(town, line):
    change(town, "meals", new_update=line)
    (made,) = [u for u in town.all(Update).values() if u.action_id == "meals"]
    assert (made.on, made.kind, made.text) == (None, "activity", line)


def test_a_day_without_words_is_refused(town):
    with pytest.raises(InvalidValue, match="Update cannot be empty"):
        change(town, "meals", new_update="14 September 2026:")


def test_a_name_that_no_list_has_is_asked_about_and_one_that_is_used_is_not(town):
    columns = ACTIONS.columns(town)
    typed = [{"partners": "parks; Prks", "places": "Quay", "title": "New"}]
    found = unlisted(columns, ACTIONS.rows(town), typed)
    assert found == {"Partners": ("Prks",), "Places": ("Quay",)}
    change(town, "meals", partners="parks")
    assert town.actions["meals"].partners == ("Parks",)
