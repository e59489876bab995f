"""Whatever values an act carries, it is done or refused in words, and nothing breaks."""

import json
import re
from contextlib import contextmanager

import pytest

from systemmap.editing.canvas_acts import ACTS
from systemmap.editing.canvas_operations import LAST, apply_ops
from systemmap.store import Actor, MemoryStore, open_store
from tests.contract.roles import VALUES, drawn_town
from tests.sizes import WHOLE

EDITOR = Actor("this computer", "facilitator")
ODD = [
    2**63,
    -(2**70),
    10**400,
    0,
    -0.0,
    7,
    -1,
    True,
    None,
    1e308,
    float("nan"),
    float("inf"),
    "",
    "\x00",
    "\ud800",
    "é" * 5_000,
    "../../etc",
    "a/b/c",
    "m2/a",
    [],
    [[]],
    {},
    {"id": {}},
    [None],
    [5],
    ["a", "a"],
    [{"id": []}],
    [{"id": "a", "x": []}],
    [{"id": "b", "x": 10**400, "y": 1}],
]
MORE = (
    "made_by",
    "was",
    "x",
    "y",
    "reason",
    "strength",
    "delay",
    "confidence",
    "polarity",
)
WORDS = re.compile(r"[A-Z'‘“].+[.?…]", re.DOTALL)


@contextmanager
def holding_the_town(kind, folder):
    made = MemoryStore() if kind == "memory" else open_store(folder / "map.db")
    made.create(drawn_town(), actor=EDITOR)
    yield made
    made.close()


# a disk holds fewer values than memory does: what it takes, memory takes
@pytest.fixture(params=["memory", "disk"] if WHOLE else ["disk"])
def store(request, tmp_path):
    with holding_the_town(request.param, tmp_path) as made:
        yield made


@pytest.fixture(scope="module", params=["memory", "disk"] if WHOLE else ["disk"])
def untouched(request, tmp_path_factory):
    """A store for tests after which the town is as it was."""
    with holding_the_town(request.param, tmp_path_factory.mktemp("odd")) as made:
        yield made


def sent(store, ops):
    """Apply operations as they come from the wire."""
    ops = json.loads(json.dumps(ops))
    return apply_ops(store, "testtown", "main", ops, actor=EDITOR)


def _at_once(name, values):
    """Return which fields get an odd value together: of all but one act, one by one.

    Each tidying lays the map out, so what it does not read is tried in one go.
    """
    if name == "tidy":
        return [*((field,) for field in values), MORE]
    return [(field,) for field in (*values, *MORE)]


@pytest.mark.parametrize("name", [*ACTS, "undo", "none of them"])
def test_an_odd_value_is_taken_or_refused_in_words(store, name):
    values = VALUES.get(name, {"revision": 2})
    ops = [
        {"nonce": "n", "op": name, **values, **dict.fromkeys(odd, value)}
        for at, odd in enumerate(_at_once(name, values))
        for value in (ODD if WHOLE or "x" in odd else ODD[at % 5 :: 5])
    ]
    ops += [{"nonce": "n", "op": name, **values, "made_by": {"a": v}} for v in ODD]
    told = sent(store, [{**op, "seq": n} for n, op in enumerate(ops, 1)])
    assert told.unsaved == ""
    assert told.ack == {"n": len(ops)}
    for refused in told.refused:
        assert WORDS.fullmatch(refused.message), (refused, ops[refused.seq - 1])
    assert not store.verify().problems
    for factor in store.load("testtown").system_map().factors.values():
        assert abs(factor.x or 0) <= 1_000_000


@pytest.mark.parametrize(
    "odd", [{"nonce": value} for value in (*ODD, "n n", "n:1", "é", "n" * 65)]
)
def test_an_odd_word_is_nobodys(untouched, odd):
    told = sent(untouched, [{"nonce": "n", "seq": 1, "op": "tidy", **odd}])
    assert (told.ack, told.refused, untouched.revision("testtown")) == ({}, (), 1)


@pytest.mark.parametrize("seq", [v for v in ODD if v != 7] + [LAST, 1.5, "1"])
def test_an_odd_number_is_nobodys(untouched, seq):
    told = sent(untouched, [{"nonce": "n", "seq": seq, "op": "tidy"}])
    assert (told.ack, told.refused, untouched.revision("testtown")) == ({}, (), 1)


def test_a_delay_is_yes_or_no_and_nothing_else(store):
    link = {"op": "edit_link", "source": "a", "target": "b"}
    sent(
        store,
        [
            {"nonce": "n", "seq": n, **link, "delay": d}
            for n, d in enumerate((True, 0, 1, "no"), 1)
        ],
    )
    assert store.load("testtown").system_map().link("a", "b").delay is True
