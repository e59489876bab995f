"""A programme carried whole: its history goes along, and is taken in only if it is true."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace

import pytest

from systemmap.errors import DamagedStore, DuplicateItem, NotAllowed, UndoRefused
from systemmap.model import elements
from systemmap.model.changes import put
from systemmap.model.elements import Factor, Link
from systemmap.model.values import Polarity
from systemmap.store import Actor, MemoryStore
from systemmap.testing import map_from, programme_of
from tests.store import everything
from tests.store.places import KINDS as STORES
from tests.store.places import LEAD, store_of

TOWN = "testtown"
EDITOR = Actor("Lead officer", "facilitator")


@pytest.fixture(params=STORES)
def store(request, tmp_path):
    with store_of(request.param, tmp_path, request) as found:
        yield found


def lived_in(store):
    """Give a store a programme with a past: edits, an undo, a deletion, removed words, names."""
    store.create(programme_of(map_from("stress -> snacking +\n sleep")), actor=LEAD)
    sleep = store.load(TOWN).find(Factor, "main/sleep")
    rested = replace(sleep, label="Rest", note="Councillor Nobody-Real said so")
    store.apply(TOWN, [put(rested)], actor=EDITOR, label="Rename sleep", key="k-1")
    store.name_version(TOWN, "After the first evening", actor=EDITOR, note="kept")
    back = Link(source="snacking", target="stress", polarity=Polarity.OPPOSITE)
    store.apply(TOWN, [put(back)], actor=EDITOR, label="Link back")
    store.undo(TOWN, 3, actor=EDITOR)
    with store.editing(TOWN, actor=EDITOR, label="Drop sleep") as draft:
        draft.remove_factor("main", "sleep")
    store.redact(TOWN, "factor", "main/sleep", ["note"], actor=LEAD, reason="asked")
    store.name_version(TOWN, "Now", actor=EDITOR)
    return store


def carried(store, programme_id=TOWN):
    """Return what was carried, as it comes back out of a file."""
    found = store.carried(programme_id)
    return found.programme, [json.loads(json.dumps(line)) for line in found.log]


def past(store, programme_id=TOWN, *, upto=None):
    """Return all that a store tells of a programme up to a revision."""
    history = [
        t
        for t in store.history(programme_id, rows=True)
        if upto is None or t.revision <= upto
    ]
    states = [
        [
            repr(record)
            for record in store.load(programme_id, as_of=t.revision).records()
        ]
        for t in history
    ]
    return history, states, store.versions(programme_id)


def test_a_history_goes_from_memory_into_every_store_and_stays_what_it_was(store):
    source = lived_in(MemoryStore())
    programme, log = carried(source)
    receipt = store.adopt(programme, log, actor=EDITOR, label="From the other council")
    assert store.load(TOWN) == programme
    assert past(store, upto=source.revision(TOWN)) == past(source)
    assert receipt.revision == source.revision(TOWN) + 1
    assert store.history(TOWN, limit=1)[0].label == "From the other council"
    assert store.verify().problems == ()
    assert store.verify().redacted == source.verify().redacted > 0


def test_a_history_goes_from_every_store_into_memory(store):
    target = MemoryStore()
    target.adopt(*carried(lived_in(store)), actor=EDITOR)
    assert past(target, upto=store.revision(TOWN)) == past(store)
    assert target.verify().problems == ()
    assert target.carried(TOWN).log[: len(carried(store)[1]) - 2] == tuple(
        carried(store)[1][:-2]
    )


def test_a_record_of_every_kind_goes_along(store):
    source = MemoryStore()
    source.create(everything.programme(), actor=LEAD)
    store.adopt(*carried(source, everything.TOWN), actor=LEAD)
    assert store.load(everything.TOWN) == everything.programme()
    assert store.verify().problems == ()


def test_the_past_can_be_gone_on_with(store):
    programme, log = carried(lived_in(MemoryStore()))
    store.adopt(programme, log, actor=EDITOR)
    again = store.apply(
        TOWN,
        [put(Factor(id="never", label="Never"))],
        actor=EDITOR,
        label="The same phone again",
        key="k-1",
    )
    assert (again.repeated, again.revision) == (True, 2)
    store.undo(TOWN, 4, actor=EDITOR)  # a redo of the link back
    assert store.load(TOWN).find(Link, "main/snacking/stress").polarity is (
        Polarity.OPPOSITE
    )
    with pytest.raises(UndoRefused):
        store.undo(TOWN, 2, actor=EDITOR)  # what it renamed is gone
    assert store.verify().problems == ()


def test_a_programme_that_is_there_is_left_alone(store):
    programme, log = carried(lived_in(MemoryStore()))
    store.create(programme_of(map_from("other")), actor=LEAD)
    with pytest.raises(DuplicateItem, match="without its history"):
        store.adopt(programme, log, actor=EDITOR)
    assert [*store.load(TOWN).system_map().factors] == ["other"]
    assert store.revision(TOWN) == 1


def test_numbers_go_on_above_those_of_a_deleted_programme(store):
    programme, log = carried(lived_in(MemoryStore()))
    store.create(programme_of(map_from("other")), actor=LEAD)
    for n in range(9):
        factor = replace(store.load(TOWN).find(Factor, "main/other"), note=f"{n}")
        store.apply(TOWN, [put(factor)], actor=EDITOR, label="Note")
    ended = store.revision(TOWN)
    store.delete(TOWN, actor=LEAD)
    assert store.adopt(programme, log, actor=EDITOR).revision > ended
    assert store.verify().problems == ()
    with store.editing(TOWN, actor=EDITOR, label="Go on") as draft:
        draft.replace(replace(draft.find(Factor, "main/stress"), note="still ours"))
    assert store.verify().problems == ()


@pytest.mark.parametrize("role", ["admin", "facilitator"])
def test_only_those_who_may_edit_bring_a_programme_in(store, role):
    programme, log = carried(lived_in(MemoryStore()))
    for other in ("editor", "room", "viewer"):
        with pytest.raises(NotAllowed):
            store.adopt(programme, log, actor=Actor("Somebody", other))
        assert store.programmes() == []
    store.adopt(programme, log, actor=Actor("Somebody", role))


def test_whoever_listens_hears_of_it(store):
    heard = []
    store.subscribe(heard.append)
    receipt = store.adopt(*carried(lived_in(MemoryStore())), actor=EDITOR)
    assert [(r.programme_id, r.revision) for r in heard] == [(TOWN, receipt.revision)]


# --- what is not true -----------------------------------------------------------


def leaves(value, path=()):
    """Yield the way to every single value of plain data."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from leaves(inner, (*path, key))
    else:
        yield path


def changed(log, path):
    """Return the log with one value another than it was."""
    altered = deepcopy(log)
    at = altered
    for key in path[:-1]:
        at = at[key]
    was = at[path[-1]]
    if isinstance(was, bool):
        at[path[-1]] = not was
    elif isinstance(was, int | float):
        at[path[-1]] = was + 1
    elif isinstance(was, str):
        at[path[-1]] = was[:-1] + ("a" if was[-1:] != "a" else "b")
    else:
        at[path[-1]] = "something"
    return altered


def refuses(store, programme, log):
    with pytest.raises(DamagedStore, match="not true"):
        store.adopt(programme, log, actor=EDITOR)
    return store.programmes() == []


def test_no_single_value_of_a_history_can_be_altered_unseen():
    store = MemoryStore()
    programme, log = carried(lived_in(MemoryStore()))
    ways = list(leaves(log))
    assert len(ways) > 200
    assert all(refuses(store, programme, changed(log, way)) for way in ways)
    store.adopt(programme, log, actor=EDITOR)  # and as it was it is taken in


def test_no_line_can_be_left_out_doubled_or_moved():
    store = MemoryStore()
    programme, log = carried(lived_in(MemoryStore()))
    changes = [n for n, line in enumerate(log) if "revision" in line]
    for n in changes:
        assert refuses(store, programme, [*log[:n], *log[n + 1 :]])
        assert refuses(store, programme, [*log[: n + 1], *log[n:]])
    assert refuses(store, programme, [log[1], log[0], *log[2:]])
    assert refuses(store, programme, [])


def test_a_line_that_is_not_ours_is_refused_in_words(store):
    programme, log = carried(lived_in(MemoryStore()))
    for line in (
        {},
        {"revision": 1},
        [],
        "text",
        7,
        None,
        {"name": None},
        {"revision": "1", "label": [], "rows": [], "removed": []},
        {
            "name": "x",
            "names": 10**30,
            "at": "2026-01-01",
            "actor": "",
            "note": "",
            "digest": "",
        },
    ):
        assert refuses(store, programme, [*log, line]), line


def test_a_history_that_leads_elsewhere_than_the_file_shows_is_refused(store):
    programme, log = carried(lived_in(MemoryStore()))
    other = programme.copy()
    other.replace(replace(other.find(Factor, "main/stress"), label="Calm"))
    with pytest.raises(DamagedStore, match="another state"):
        store.adopt(other, log, actor=EDITOR)
    assert store.programmes() == []


def test_an_altered_history_is_refused_by_every_store(store):
    programme, log = carried(lived_in(MemoryStore()))
    log[1]["actor"] = "Somebody else"
    assert refuses(store, programme, log)
    assert store.verify().problems == ()


def odd_programme():
    odd = programme_of(map_from("stress -> snacking +"))
    stress = odd.system_map().factor("stress")
    odd.replace(replace(stress, theme=" ", note="a\x01b"))
    return odd


def test_words_that_an_older_version_kept_with_odd_signs_are_still_taken(monkeypatch):
    with monkeypatch.context() as older:
        older.setattr(elements, "_tidy", lambda *_, **__: None)
        before = MemoryStore()
        before.create(odd_programme(), actor=LEAD)
        log = before.carried("testtown").log
    after = MemoryStore()
    after.adopt(odd_programme(), log, actor=LEAD)
    assert not after.verify().problems
    assert after.load("testtown").find(Factor, "main/stress").note == "ab"
