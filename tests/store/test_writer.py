"""The writing thread: groups share a commit, innocents survive, everybody is answered."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from systemmap.errors import StaleRevision, StillNeeded
from systemmap.model.changes import Change, put
from systemmap.model.elements import Factor, Link
from systemmap.store.log import apply
from systemmap.store.sql.writer import GROUP, Writer
from systemmap.testing import map_from, programme_of
from tests.store.places import LEAD, store_of

TOWN = "testtown"


@pytest.fixture(params=["sqlite", "postgres"])
def town(request, tmp_path):
    with store_of(request.param, tmp_path, request) as store:
        store.create(programme_of(map_from("stress -> snacking +\n sleep")), actor=LEAD)
        yield store


def together(store, works):
    """Hold the writer, queue every change behind it, let go; return results or errors."""
    gate, arrived = threading.Event(), threading.Event()

    def hold(_session):
        arrived.set()
        gate.wait(60)

    writer, queued = store._backend._writer, threading.Semaphore(0)
    put_in = writer._put

    def counted(job):
        put_in(job)
        queued.release()

    with ThreadPoolExecutor(len(works) + 1) as pool:
        held = pool.submit(writer.write, TOWN, hold)
        arrived.wait(60)
        writer._put = counted
        answers = [pool.submit(work) for work in works]
        for _ in works:
            queued.acquire(timeout=60)
        gate.set()
        held.result()
        return [a.exception() or a.result() for a in answers]


def commits(store):
    """Count the commits of a store from now on."""
    seen = []
    event.listen(store._backend._writing, "commit", lambda _connection: seen.append(1))
    return seen


def add(store, factor_id):
    return lambda: store.apply(
        TOWN, [put(Factor(id=factor_id, label="New"), 0)], actor=LEAD, label="Add"
    )


def test_changes_that_wait_share_one_commit(town):
    counted = commits(town)
    receipts = together(town, [add(town, f"f{n}") for n in range(20)])
    assert sorted(r.revision for r in receipts) == list(range(2, 22))
    assert len(counted) == 2  # the one that held the door, and one for all twenty
    assert not town.verify().problems


def test_a_group_holds_at_most_its_number(town):
    counted = commits(town)
    together(town, [add(town, f"f{n}") for n in range(GROUP + 6)])
    assert len(counted) == 3


def test_a_refused_change_leaves_its_neighbours_alone(town):
    stale = put(Factor(id="sleep", label="Old"), 9)
    broken = Change(kind="factor", key="main/odd", new=object())

    def change(what):
        return lambda: town.apply(TOWN, [what], actor=LEAD, label="")

    works = [add(town, "a"), change(stale), change(broken), add(town, "b")]
    first, second, third, last = together(town, works)
    assert isinstance(second, StaleRevision)
    assert isinstance(third, KeyError)  # a programmer's mistake keeps its traceback
    assert {first.revision, last.revision} == {2, 3}
    assert {"main/a", "main/b"} <= set(town.load(TOWN).all(Factor))


def without_our_own_check(monkeypatch):
    """Leave it to the database to find a dangling reference, which it does at COMMIT."""
    monkeypatch.setattr(apply, "check_references", lambda *_: None)


def dangling(store):
    return lambda: store.apply(
        TOWN, [Change(kind="factor", key="main/stress", new=None)], actor=LEAD, label=""
    )


def test_a_commit_that_fails_costs_only_its_culprit(town, monkeypatch):
    without_our_own_check(monkeypatch)
    answers = together(town, [add(town, "a"), dangling(town), add(town, "b")])
    assert isinstance(answers[1], StillNeeded)
    assert str(answers[1]).startswith("Other things now depend on this")
    assert {"main/a", "main/b", "main/stress"} <= set(town.load(TOWN).all(Factor))
    assert "main/stress/snacking" in town.load(TOWN).all(Link)
    assert not town.verify().problems


def test_a_planted_bug_that_drops_innocents_is_found(town, monkeypatch):
    without_our_own_check(monkeypatch)
    commit = Writer._commit

    def careless(self, jobs):
        commit(self, jobs[:1] if len(jobs) > 1 else jobs)
        for job in jobs[1:]:
            job.done.set_result(None)

    monkeypatch.setattr(Writer, "_commit", careless)
    together(town, [add(town, "a"), dangling(town), add(town, "b")])
    assert not {"main/a", "main/b"} <= set(town.load(TOWN).all(Factor))


def test_closing_finishes_what_was_queued_and_refuses_the_rest(town):
    with ThreadPoolExecutor(20) as pool:
        answers = [pool.submit(add(town, f"f{n}")) for n in range(40)]
        answers[0].result()
        town._backend._writer.close()
        refused = [str(a.exception()) for a in answers if a.exception()]
    assert all("closed already" in words for words in refused)
    assert town.revision(TOWN) == 1 + len(answers) - len(refused)


def test_forty_threads_are_all_answered(town):
    with ThreadPoolExecutor(40) as pool:
        answers = [pool.submit(add(town, f"f{n}")) for n in range(120)]
        revisions = [a.result(timeout=60).revision for a in answers]
    assert sorted(revisions) == list(range(2, 122))
    assert not town.verify().problems
