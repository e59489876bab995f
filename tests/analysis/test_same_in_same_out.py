"""The same map gives the same answer to the bit, whatever the order and the hash seed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from systemmap.effects import outcome_effects, what_if
from systemmap.fingerprint import fingerprint
from systemmap.fourbox import four_boxes
from systemmap.importance import find_importance
from systemmap.layout import place
from systemmap.loops import find_loops, shortest_loops
from systemmap.measures import MEASURES
from systemmap.pathways import between, downstream, upstream
from systemmap.reach import plan_reach
from tests.analysis.drawn_maps import chain, complete, generated_map, shuffled

ROOT = Path(__file__).parents[2]


def answers(system_map):
    """Every analysis, as one text; -0.0 and 0.0 differ here on purpose."""
    start = min(system_map.factors)
    return repr(
        [
            find_loops(system_map, 6),
            sorted(shortest_loops(system_map).items()),
            find_importance(system_map),
            outcome_effects(system_map, drop_links=True),
            what_if(system_map, {start: 1.0}),
            four_boxes(system_map),
            fingerprint(system_map),
            list(upstream(system_map, system_map.outcome).items()),
            list(downstream(system_map, start, within=3).items()),
            between(system_map, start, system_map.outcome),
            plan_reach(system_map, candidates=system_map.factors),
            [list(m.compute(system_map).items()) for m in MEASURES.values()],
            place(system_map),
        ]
    )


def test_two_runs_and_shuffled_rows_agree_to_the_bit(foresight):
    first = answers(foresight)
    assert answers(foresight) == first
    assert answers(shuffled(foresight)) == first


def test_two_hash_seeds_agree_to_the_bit():
    program = (
        "from hashlib import sha256\n"
        "from systemmap.packaged import foresight_map\n"
        "from tests.analysis.test_same_in_same_out import answers\n"
        "print(sha256(answers(foresight_map()).encode()).hexdigest())\n"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "4711")
    }
    assert len(printed) == 1
    assert len(printed.pop().strip()) == 64


@pytest.mark.parametrize(
    "drawn",
    [
        generated_map(60, 180),
        generated_map(108, 304),
        generated_map(108, 600),
        complete(15),
    ],
    ids=["60/180", "108/304", "108/600", "K15"],
)
def test_every_analysis_ends_and_leaves_the_map_alone(drawn):
    before = drawn.copy()
    assert answers(drawn)
    assert drawn == before


def test_every_analysis_but_the_drawing_ends_on_a_chain_of_2000():
    drawn = chain(2_000)
    assert len(find_loops(drawn, 8)) == 0
    assert len(find_importance(drawn).factors) == 1_999
    assert plan_reach(drawn, candidates=drawn.factors).chosen
    assert between(drawn, "f0000", drawn.outcome).pathways == ()
    assert fingerprint(drawn).feedback == 0
