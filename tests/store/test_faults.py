"""Small runs of every fault test, and controls that show each one can see a failure."""

from __future__ import annotations

import math
import sqlite3
import sys
from dataclasses import fields
from functools import cache
from itertools import count

import pytest

from systemmap.errors import StoreError
from systemmap.faults import FAULT_TESTS, Result
from systemmap.faults import backup as backup_module
from systemmap.faults import disk as disk_module
from systemmap.faults import flip as flip_module
from systemmap.faults import kill as kill_module
from systemmap.faults import power as power_module
from systemmap.faults import soak as soak_module
from systemmap.faults._apsw import load_apsw
from systemmap.faults._fault_test import chance_from
from systemmap.store.sql.sqlite import SqliteFile
from tests.sizes import WHOLE, whole
from tests.store.places import migrated

RUNS = {
    "backup": 4 if WHOLE else 2,
    "kill": 2,
    "power": 25 if WHOLE else 8,
    "disk": 4 if WHOLE else 2,
    "flip": 15 if WHOLE else 6,
    "undo": 60 if WHOLE else 20,
    "versions": 40 if WHOLE else 12,
    "soak": 2,
}
KEYS = [key for key in RUNS if key in FAULT_TESTS]


def test_the_fault_tests_of_the_store_are_there():
    assert set(RUNS) <= set(FAULT_TESTS)
    assert [f.name for f in fields(Result)] == [
        "promise",
        "runs",
        "acknowledged",
        "lost",
        "wrong",
        "seconds",
        "figures",  # added since: the shape is only ever extended
    ]


def in_its_own_time(runs):
    """Fill disks without a clock: on a busy machine a second is soon over."""
    return disk_module.disk(runs, patience=math.inf)


@pytest.fixture(autouse=True)
def _diaries_are_written_once(monkeypatch):
    """Powers are cut at other moments of the same work; a whole run works anew, and more."""
    if not WHOLE:
        monkeypatch.setattr(power_module, "_diary", diary)
        monkeypatch.setattr(soak_module, "PHONES", 12)
        monkeypatch.setattr(kill_module, "_EACH", (40, 90))


diary = cache(power_module._diary)


@pytest.mark.parametrize("key", KEYS)
def test_nothing_is_lost_and_nothing_wrong(key):
    run = in_its_own_time if key == "disk" else FAULT_TESTS[key].run
    result = run(RUNS[key])  # other faults each time: all must be survived
    assert (result.lost, result.wrong) == (0, 0)
    assert result.runs >= RUNS[key]
    assert result.acknowledged > 0


def test_nothing_is_lost_when_a_writer_on_the_server_is_killed(postgres):
    result = kill_module.kill(1, seed=1, place=migrated(postgres))
    assert (result.lost, result.wrong) == (0, 0)
    assert result.acknowledged > 0


@whole("the power cuts of tests/store/test_faults.py say it is wrong when they do not")
def test_weaker_settings_fail_the_power_cut():
    assert power_module.weaker_settings_lose(chance_from(1))


def test_a_simulator_that_keeps_everything_is_found_out(monkeypatch):
    def kind_disk(events, _chance):
        files = {}
        for what, name, *rest in events:
            if what == "delete":
                del files[name]
            elif what in ("write", "truncate"):
                power_module._done(files.setdefault(name, bytearray()), what, rest)
        return files

    monkeypatch.setattr(power_module, "_after", kind_disk)
    monkeypatch.setattr(power_module, "_PATIENCE", 1)
    assert power_module.power(3, seed=1).wrong == 1


def test_a_fault_test_that_is_run_again_strikes_elsewhere(monkeypatch):
    cuts = []
    monkeypatch.setattr(power_module, "_diary", lambda _how: ([], 0))
    monkeypatch.setattr(
        power_module, "_after", lambda _, chance: cuts.append(chance.random()) or {}
    )
    monkeypatch.setattr(power_module, "_look", lambda *_: None)
    monkeypatch.setattr(power_module, "_PATIENCE", 0)
    for _ in range(2):
        FAULT_TESTS["power"].run(5)
    assert len(set(cuts)) == 10


def test_a_proof_that_sees_nothing_fails_the_bit_flips(monkeypatch):
    from systemmap.store.logged import LoggedStore
    from systemmap.store.protocol import Verdict

    blind = Verdict(programmes=1, transactions=0, rows=0, redacted=0, head="")
    monkeypatch.setattr(LoggedStore, "verify", lambda _self, _name=None: blind)
    assert flip_module.flip(16, seed=1).lost > 0


def test_a_backup_that_is_behind_or_is_no_moment_of_the_work_is_found(
    monkeypatch, tmp_path
):
    early = []

    def always_the_first(file, target):
        copied(file, target if not early else tmp_path / "unwanted.db")
        early.append(target)
        if target is not early[0]:
            target.write_bytes(early[0].read_bytes())

    copied = SqliteFile.copy_to
    monkeypatch.setattr(SqliteFile, "copy_to", always_the_first)
    result = backup_module.backup(3)
    assert result.lost > 0
    early.clear()

    def mixed(file, target):
        copied(file, target)
        other = sqlite3.connect(target)
        other.executescript("UPDATE factor SET label = 'From another moment'")
        other.close()

    monkeypatch.setattr(SqliteFile, "copy_to", mixed)
    assert backup_module.backup(1).wrong > 0


def test_what_was_said_too_early_is_counted_as_lost(monkeypatch):
    lie = count(1)
    honest = kill_module._killed

    def boastful(where, run, wanted):
        return [*honest(where, run, wanted), f"n-never-saved-{next(lie)}"]

    monkeypatch.setattr(kill_module, "_killed", boastful)
    assert kill_module.kill(1, seed=1).lost == 1


def test_a_missing_package_is_told_in_words(monkeypatch):
    monkeypatch.setitem(sys.modules, "apsw", None)
    with pytest.raises(
        StoreError, match="needs the package 'apsw', which is not installed"
    ):
        load_apsw()
