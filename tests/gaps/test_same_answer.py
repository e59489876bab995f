"""Same map in, same answer out: whatever the order of rows and Python's hash seed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from systemmap.bundled.bundled_files import foresight_map
from systemmap.gaps import find_gaps
from systemmap.model.elements import MapVersion
from systemmap.model.programme import Programme
from systemmap.model.response import Action, ActionFactor
from systemmap.model.values import Influence
from systemmap.testing import programme_of
from tests.sizes import whole

TODAY = date(2026, 11, 21)
ROOT = Path(__file__).parents[2]
ASK = """
import hashlib
from datetime import date
from systemmap.bundled.examples import example
from systemmap.gaps import find_gaps
report = find_gaps(example(), today=date(2026, 11, 21))
print(hashlib.sha256(repr((report.gaps, report.rows)).encode()).hexdigest())
"""


def digest(seed):
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout.strip()


@whole(
    "test_same_in_same_out.py asks it, and writes the gap table, under two hash seeds"
)
def test_two_hash_seeds_give_one_answer():
    assert digest("0") == digest("1") != ""


def foresight_programme():
    version = MapVersion(
        id="main", name="Main", outcome="strength-of-lock-in-to-accumulate-energy"
    )
    system_map = foresight_map().copy(version)
    for factor in system_map.factors.values():
        system_map.replace_factor(replace(factor, influence=Influence.LOCAL))
    names = sorted(system_map.factors)
    actions = [
        Action(id=f"a{n}", title=f"Action {n}", status="ongoing") for n in range(100)
    ]
    ties = [
        ActionFactor(action_id=f"a{n}", factor_id=names[n * 7 % 108])
        for n in range(100)
    ]
    return programme_of(system_map, *actions, *ties)


def test_shuffled_rows_give_one_answer_on_the_foresight_map():
    programme = foresight_programme()
    records = [
        record for kind, record in programme.records() if kind.name != "programme"
    ]
    rank = {kind.name: n for n, (kind, _) in enumerate(programme.records())}
    random.Random(5).shuffle(records)  # noqa: S311 - an order, not a secret
    kinds = {id(record): kind.name for kind, record in programme.records()}
    records.sort(key=lambda record: rank[kinds[id(record)]])
    shuffled = Programme(programme.info, records)
    one, other = (find_gaps(p, today=TODAY) for p in (programme, shuffled))
    assert list(shuffled.system_map().factors) != list(programme.system_map().factors)
    assert repr(one.gaps) == repr(other.gaps)
    assert [row.factor_id for row in one.rows] == [row.factor_id for row in other.rows]
    assert len(one.rows) == 107
    assert sum(row.importance == "high" for row in one.rows) in (26, 27, 28)
