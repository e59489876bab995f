"""Loops as a drawing offers them: the shortest first, each told whole and link by link."""

import math
from datetime import date

from hypothesis import given, settings

from systemmap.analysis.loops import find_loops
from systemmap.bundled.examples import example
from systemmap.drawing.letters import MOST, SIZE
from systemmap.drawing.told_loops import MOST_TOLD, told_loop, told_loops
from systemmap.drawing.view import Choice, view_of
from systemmap.drawing.words import factor_table
from systemmap.testing import map_from
from tests.drawing.coarse import _maps_are_coarse_and_painted_once  # noqa: F401
from tests.sizes import WHOLE
from tests.strategies import system_maps


def test_a_loop_is_told_whole_and_link_by_link():
    drawn = map_from("stress -> sleep -\n sleep -> stress -")
    (told,) = told_loops(drawn).loops
    assert told["kind"] == "R"
    assert (
        told["sentence"]
        == "More sleep → less stress → more sleep. It feeds itself (reinforcing)."
    )
    assert [step["links"] for step in told["steps"]] == [
        [["sleep", "stress"]],
        [["sleep", "stress"], ["stress", "sleep"]],
    ]


def test_where_every_loop_is_long_the_shortest_there_are_are_told():
    ring = map_from("\n".join(f"f{n} -> f{(n + 1) % 7} +" for n in range(7)))
    told = told_loops(ring)
    assert [len(loop["factors"]) for loop in told.loops] == [7]
    assert (
        told.sentence == "0 loops of up to 4 causes. These are the shortest there are."
    )


def test_a_long_list_says_that_it_was_cut():
    names = [f"f{n}" for n in range(8)]
    every = map_from("\n".join(f"{a} -> {b} +" for a in names for b in names if a != b))
    told = told_loops(every)
    assert len(told.loops) == MOST_TOLD
    assert told.sentence.endswith(f"The shortest {MOST_TOLD} are listed.")


def test_letters_stand_clear_of_boxes_and_of_each_other():
    view = view_of(
        example(), Choice(layers=("loops",)), at=date(2026, 11, 21), notices=()
    )
    letters = view.scene.letters
    assert len(letters) == MOST
    for at, letter in enumerate(letters):
        for box in view.scene.boxes:
            assert (
                abs(letter.x - box.x) > box.width / 2 + SIZE - 0.1
                or abs(letter.y - box.y) > box.height / 2 + SIZE - 0.1
            )
        for other in letters[at + 1 :]:
            assert math.hypot(letter.x - other.x, letter.y - other.y) > 2 * SIZE
    assert letters[0].sentence.endswith("It feeds itself (reinforcing).")
    assert {entry.key for entry in view.scene.legend() if entry.kind == "loop"} == {
        "R",
        "B",
    }


def test_votes_stand_in_the_picture_and_in_the_table_when_asked_for():
    view = view_of(
        example(), Choice(layers=("votes",)), at=date(2026, 11, 21), notices=()
    )
    table = factor_table(view.scene)
    votes = {row[0]: row[-1] for row in table.rows}
    assert table.headings[-1] == "Votes"
    assert votes["Stress"] == str(example().system_map().factor("stress").priority)
    plain = view_of(example(), Choice(), at=date(2026, 11, 21), notices=())
    assert "Votes" not in factor_table(plain.scene).headings


@settings(max_examples=60 if WHOLE else 30)
@given(system_maps())
def test_the_last_step_tells_the_whole_loop(drawn):
    for loop in find_loops(drawn, 4):
        told = told_loop(loop, drawn)
        assert sorted(told["steps"][-1]["links"]) == sorted(told["links"])
        assert len(told["steps"]) == len(loop)
