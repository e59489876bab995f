"""Copies on a schedule: one when it is due, so many kept, whoever else works."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta

import pytest

from app.installation import BackupPlan
from app.server import scheduled_backups
from app.server.scheduled_backups import ScheduledBackups
from systemmap.store import Actor, open_store
from systemmap.store.sql import backups
from systemmap.store.sql.file_holder import FileHolder
from systemmap.testing import programme_of

ADMIN = Actor("x", "admin")


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A store whose clock moves an hour with each copy."""
    moment = [datetime(2026, 11, 29, 2, tzinfo=UTC)]

    def later():
        moment[0] += timedelta(hours=1)
        return moment[0]

    monkeypatch.setattr(backups, "now", later)
    store = open_store(tmp_path / "kept.db", kept=3)
    store.create(programme_of(), actor=ADMIN)
    yield store
    store.close()


def scheduled(store, tmp_path, **plan):
    plan = BackupPlan(every_hours=24, keep=3, **plan)
    return ScheduledBackups(lambda: store, plan, str(tmp_path / "kept.db"))


def names(tmp_path):
    return [copy.name for copy in backups.copies_in(tmp_path / "backups")]


def aged(tmp_path, hours):
    for copy in backups.copies_in(tmp_path / "backups"):
        stamp = copy.stat().st_mtime - hours * 3_600
        os.utime(copy, (stamp, stamp))


def test_a_copy_is_taken_when_it_is_due_and_opens_whole(kept, tmp_path):
    plan = scheduled(kept, tmp_path)
    taken = plan.take_if_due()
    assert taken.endswith("-schedule.db")
    assert plan.take_if_due() is None  # nor after a restart, which knows nothing
    assert scheduled(kept, tmp_path).take_if_due() is None
    aged(tmp_path, 23.9)
    assert plan.take_if_due() is None
    aged(tmp_path, 0.2)
    assert plan.take_if_due()
    copy = open_store(taken)
    assert copy.load("testtown") == kept.load("testtown")
    assert not copy.verify().problems
    copy.close()


def test_so_many_are_kept_and_a_busy_day_costs_no_nightly_copy(kept, tmp_path):
    for _ in range(5):
        kept.safeguard("schedule")
    nightly = names(tmp_path)
    assert len(nightly) == 3
    for _ in range(5):
        kept.safeguard("import")
    assert [n for n in names(tmp_path) if n.endswith("-schedule.db")] == nightly
    assert len(names(tmp_path)) == 6


def test_of_two_processes_one_takes_it(kept, tmp_path):
    (tmp_path / "backups").mkdir()
    other = FileHolder(tmp_path / "backups" / "schedule")
    other.hold("another process")
    assert scheduled(kept, tmp_path).take_if_due() is None
    other.release()
    assert scheduled(kept, tmp_path).take_if_due()


def test_a_copy_that_fails_is_told_and_tried_again(kept, tmp_path, caplog, monkeypatch):
    monkeypatch.setattr(scheduled_backups, "LOOK_EVERY", 0.01)
    (tmp_path / "backups").write_text("a file where the folder should be")
    plan = scheduled(kept, tmp_path)
    plan.start()
    end = time.monotonic() + 30
    while "No copy could be taken" not in caplog.text and time.monotonic() < end:
        time.sleep(0.01)  # polling for a state, bounded above
    (tmp_path / "backups").unlink()
    while not names(tmp_path) and time.monotonic() < end:
        time.sleep(0.01)
    plan.stop()
    assert "Look at the disk" in caplog.text
    assert len(names(tmp_path)) == 1


def test_without_a_plan_nothing_runs(kept, tmp_path):
    none = ScheduledBackups(lambda: kept, BackupPlan(), str(tmp_path / "kept.db"))
    none.start()
    none.stop()
    assert not (tmp_path / "backups").exists()
