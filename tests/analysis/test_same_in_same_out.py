"""The same programme gives the same answer to the bit: twice, shuffled, on two hash seeds.

And every analysis ends, on shapes that analyses get lost in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from systemmap.analysis.effects import outcome_effects
from systemmap.analysis.loops import find_loops
from systemmap.analysis.measures import MEASURES
from systemmap.analysis.pathways import between
from systemmap.analysis.pushes import what_if
from systemmap.analysis.reach_plan import plan_reach
from systemmap.errors import InvalidValue
from tests.analysis.drawn_maps import chain, complete, shuffled
from tests.analysis.every_analysis import (
    ANALYSES,
    DRAWN,
    LAYOUT,
    acted_on,
    digest_of,
    usual_for,
)
from tests.analysis.everything_made import answered, made
from tests.sizes import WHOLE

ROOT = Path(__file__).parents[2]
PRINT_ALL = "from tests.analysis.everything_made import told; print(told())"


@cache
def told_under(seed):
    """Everything that is calculated or written, as a fresh Python tells it."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT_ALL],
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout)


@cache
def answered_here(name):
    return answered(name)


@cache
def told_here():
    """The same, told by this process; the seed that it drew is its own."""
    if WHOLE or "PYTHONHASHSEED" in os.environ:
        return told_under("1")
    return {f"analysis: {name}": answered_here(name) for name in ANALYSES} | made()


@pytest.mark.slow
def test_whatever_is_calculated_or_written_is_the_same_on_two_hash_seeds():
    one, other = told_here(), told_under("4711")
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


@pytest.mark.slow
def test_nothing_is_left_out_of_that():
    told = told_under("4711")
    for what in ("analysis: loops up to 6", "document: board_paper .docx"):
        assert told[what]
    assert sum(name.startswith("analysis:") for name in told) == len(ANALYSES)
    assert len({told[name] for name in told if name.startswith("file:")}) > 15


@pytest.mark.parametrize("name", ANALYSES)
def test_an_analysis_asked_again_of_shuffled_rows_answers_the_same(name, foresight):
    drawn = foresight if WHOLE else usual_for(name, foresight)
    again = digest_of(ANALYSES[name](acted_on(shuffled(drawn))))
    assert again == answered_here(name)


# test_layout.py lays out a chain, all linked to all, and random maps up to 1,000
ASKED = [name for name in ANALYSES if WHOLE or name != LAYOUT]


# half of Foresight is asked above, all fifteen linked to all is denser than what waits
# for a whole run
SHAPES = DRAWN if WHOLE else {"K15": DRAWN["K15"], "chain of 200": lambda: chain(200)}


@pytest.mark.slow
@pytest.mark.parametrize("drawn", SHAPES)
def test_every_analysis_ends_and_leaves_the_programme_alone(drawn):
    programme = acted_on(SHAPES[drawn]())
    before = programme.copy()
    answered = {name: ANALYSES[name](programme) for name in ASKED}
    assert [name for name, answer in answered.items() if answer is None] == []
    assert programme == before


def test_a_search_that_stopped_says_so():
    everywhere = complete(15)
    found = find_loops(everywhere, 8)
    assert len(found) == 5_000
    assert found.capped
    assert found.counted_length < 8
    routes = between(everywhere, "f01", "f00")
    assert len(routes.pathways) == 50
    assert routes.more


@pytest.mark.slow
def test_a_long_chain_is_answered_and_not_only_survived():
    count = 2_000 if WHOLE else 1_100  # steps deeper than Python may call
    assert count > sys.getrecursionlimit()
    drawn = chain(count)
    assert len(find_loops(drawn, 8)) == 0
    assert between(drawn, "f0000", drawn.outcome).pathways == ()
    assert outcome_effects(drawn)[f"f{count - 2:04d}"].steps == 1
    assert what_if(drawn, {"f0000": 1.0})[drawn.outcome].steps == count - 1
    plan = plan_reach(drawn, candidates=drawn.factors)
    assert len(plan.chosen) == -(-count // 3)  # each reaches itself and two more
    passed = MEASURES["betweenness"].values(drawn)
    share = 500 * (count - 501) / ((count - 1) * (count - 2))
    assert passed["f0500"] == pytest.approx(share)


def test_betweenness_of_a_map_that_takes_longer_is_refused_in_words():
    with pytest.raises(InvalidValue, match="longer than two seconds"):
        MEASURES["betweenness"].values(chain(3_000))
