"""Undo among random edits against a plain model, and planted bugs that it must find."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from systemmap.errors import SystemMapError
from systemmap.faults._factor_merge import merge_factors
from systemmap.faults._random_edits import Machine, Mismatch
from systemmap.model.elements import Link
from systemmap.model.workshop import Vote
from systemmap.store import MemoryStore, logged, memory
from systemmap.store.log import apply, replay, undo, verify, write_checks
from systemmap.store.log.session import Image, Row
from tests.sizes import WHOLE


class UndoMachine(RuleBasedStateMachine):
    """Every step of `Machine`, in an order and with choices that Hypothesis makes."""

    @initialize()
    def begin(self):
        self.machine = Machine(MemoryStore(), None)

    @rule(step=st.sampled_from(Machine.STEPS), data=st.data())
    def step(self, step, data):
        self.machine.pick = lambda options: data.draw(st.sampled_from(list(options)))
        getattr(self.machine, step)()

    def teardown(self):
        if hasattr(self, "machine"):
            self.machine.check()


TestUndo = UndoMachine.TestCase
TestUndo.settings = settings(
    max_examples=40 if WHOLE else 15,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def survives(*, merge=None, programmes=25, steps=60):
    """Say whether the store under test passes random programmes with fixed seeds."""
    for seed in range(programmes):
        chance = random.Random(seed)  # noqa: S311 - not a secret
        try:
            machine = Machine(MemoryStore(), chance.choice, merge)
            for _ in range(steps):
                getattr(machine, chance.choice(Machine.STEPS))()
            machine.check()
            _tampering_is_noticed(machine)
        except (Mismatch, SystemMapError, KeyError, IndexError, ValueError):
            return False
    return True


def _tampering_is_noticed(machine):
    shelf = machine.store._backend._shelves["faultford"]
    for field, value in (
        ("actor", "Somebody else"),
        ("at", "2020-01-01T00:00:00+00:00"),
    ):
        kept = shelf.headers[2]
        shelf.headers[2] = replace(kept, **{field: value})
        noticed = machine.store.verify().problems
        shelf.headers[2] = kept
        if not noticed:
            raise Mismatch(field)


def test_the_store_as_it_is_survives():
    assert survives()


# --- planted bugs: each must be found -----------------------------------------


def undo_ignores_later_edits(patch):
    def swapped(session, programme_id, entry):
        was = session.row(programme_id, entry.kind, entry.key)
        return undo.Write(
            kind=entry.kind,
            key=entry.key,
            was=was,
            data=undo.data_of(entry.kind, entry.before),
        )

    patch.setattr(undo, "_swapped", swapped)


def no_version_check(patch):
    patch.setattr(write_checks, "_check_version", lambda *_: None)


def no_references(patch):
    patch.setattr(apply, "check_references", lambda *_: None)


def undo_of_the_wrong_change(patch):
    entries = memory._MemorySession.entries

    def one_before(self, programme_id, *, after=0, upto=None, row=None):
        if upto is not None and upto == after + 1 and after > 2:
            after, upto = after - 1, upto - 1
        return entries(self, programme_id, after=after, upto=upto, row=row)

    patch.setattr(memory._MemorySession, "entries", one_before)


def undo_forgets_a_row(patch):
    record = undo.record
    patch.setattr(
        undo, "record", lambda s, p, h, writes, i: record(s, p, h, writes[:1], i)
    )


def no_rollback(patch):
    patch.setattr(memory._Shelf, "copy", lambda self: self)


def time_travel_off_by_one(patch):
    as_of = replay.as_of
    patch.setattr(replay, "as_of", lambda s, p, n: as_of(s, p, max(n - 1, 1)))


def new_written_as_before(patch):
    written = apply._written

    def swapped(*args):
        for entry in written(*args):
            yield replace(entry, before=entry.after) if entry.after.text else entry

    patch.setattr(apply, "_written", swapped)


def delete_not_applied(patch):
    write = memory._MemorySession.write_row

    def keep(self, programme_id, kind, key, *, was, row):
        if row is not None:
            write(self, programme_id, kind, key, was=was, row=row)

    patch.setattr(memory._MemorySession, "write_row", keep)


def hash_skips_actor(patch):
    for module in (apply, verify):
        chained = module.chained
        patch.setattr(
            module,
            "chained",
            lambda prev, p, header, *rest, chained=chained: chained(
                prev, p, replace(header, actor=""), *rest
            ),
        )


def versions_restart(patch):
    """A row that comes back starts again at the version it first had."""
    write = memory._MemorySession.write_row

    def restart(self, programme_id, kind, key, *, was, row):
        if was is None and row is not None:
            row = Row(row.data, 1, row.added)
        write(self, programme_id, kind, key, was=was, row=row)

    patch.setattr(memory._MemorySession, "write_row", restart)


def a_snapshot_forgets_removals(patch):
    from systemmap.store.log import snapshots

    patch.setattr(
        snapshots,
        "_put_and_remove",
        lambda programme, changes: [
            programme.put(snapshots.record_from(c.kind, c.after))
            for c in changes
            if c.after
        ],
    )


def images_are_not_sealed(patch):
    patch.setattr(
        apply,
        "image_of",
        lambda data: Image() if data is None else Image("{}", "s", "d"),
    )


def a_change_is_logged_twice(patch):
    log = memory._MemorySession.log

    def twice(self, programme_id, header, entries, redactions):
        log(self, programme_id, header, [*entries, *entries], redactions)

    patch.setattr(memory._MemorySession, "log", twice)


def undo_goes_unrecorded(patch):
    patch.setattr(
        logged,
        "undo_change",
        lambda s, p, _r, _i: apply.Outcome(s.head(p).revision, ""),
    )


PLANTED = [
    undo_ignores_later_edits,
    no_version_check,
    no_references,
    undo_of_the_wrong_change,
    undo_forgets_a_row,
    no_rollback,
    time_travel_off_by_one,
    new_written_as_before,
    delete_not_applied,
    hash_skips_actor,
    versions_restart,
    a_snapshot_forgets_removals,
    images_are_not_sealed,
    a_change_is_logged_twice,
    undo_goes_unrecorded,
]


@pytest.mark.parametrize("bug", PLANTED, ids=lambda bug: bug.__name__)
def test_a_planted_bug_is_found(monkeypatch, bug):
    bug(monkeypatch)
    assert not survives()


def merge_leaves_links(programme, keep, drop):
    programme.put(
        replace(programme.find(type(_factor(programme, keep)), f"main/{keep}"))
    )
    for link in list(programme.all(Link).values()):
        if drop in (link.source, link.target):
            programme.remove(Link, f"main/{link.source}/{link.target}")
    programme.remove_factor("main", drop)


def merge_forgets_votes(programme, keep, drop):
    kept = dict(programme.all(Vote))
    merge_factors(programme, keep, drop)
    for vote in kept.values():
        programme.put(vote)


def merge_takes_the_last_sign(programme, keep, drop):
    signs = {k: v.polarity for k, v in programme.all(Link).items()}
    merge_factors(programme, keep, drop)
    for key, link in list(programme.all(Link).items()):
        programme.put(
            replace(
                link, polarity=signs.get(key, link.polarity), mentions=link.mentions
            )
        )


def _factor(programme, factor_id):
    from systemmap.model.elements import Factor

    return programme.find(Factor, f"main/{factor_id}")


@pytest.mark.parametrize(
    "merge",
    [merge_leaves_links, merge_forgets_votes, merge_takes_the_last_sign],
    ids=lambda m: m.__name__,
)
def test_a_planted_bug_in_a_merge_is_found(merge):
    assert not survives(merge=merge)
