"""What is kept of answers: each asked once, and no more of them however many there were."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.kept_answers import REVISIONS, KeptAnswers
from app.last_answers import LARGE, MOST, LastAnswers
from systemmap.errors import StoreError


def test_who_asks_at_once_waits_for_the_first():
    kept, asked, gate = KeptAnswers(most=10), [], Barrier(8)

    def ask():
        asked.append(1)
        return object()

    def visitor(_number):
        gate.wait()
        return kept.answer("town", 1, "gaps", ask)

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(visitor, range(8)))
    assert (len(found), len(asked)) == (1, 1)


def test_an_afternoon_of_changes_holds_no_more_than_a_few():
    kept = KeptAnswers(most=100)
    for revision in range(2, 200):
        for question in ("gaps", "loops"):
            kept.answer("town", revision, question, lambda r=revision: r)
            kept.answer("town", 1, question, lambda: "looked back at")
        kept.answer("elsewhere", 1, "gaps", lambda: 0)
    assert len(kept) == 2 * REVISIONS + 1
    assert kept.answer("town", 1, "gaps", list) == "looked back at"
    assert kept.newest("town", "gaps") == 199
    for number in range(200):
        kept.answer(f"town {number}", 1, "gaps", lambda: 0)
    assert len(kept) == 100


def test_what_could_not_be_answered_is_asked_again():
    kept = KeptAnswers(most=10)
    with pytest.raises(StoreError):
        kept.answer("town", 1, "gaps", raised)
    assert kept.answer("town", 1, "gaps", lambda: 5) == 5


def raised(*_about, **_which):
    msg = "The data is locked."
    raise StoreError(msg)


class Store:
    """Answers every question with so many rows."""

    rows, away = 1, False

    def diff(self, _programme, one, other):
        if self.away:
            raised()
        return [(one, other)] * self.rows

    def revision(self, _programme):
        return 7


def test_a_tab_remembers_its_last_answers_and_of_long_ones_the_last():
    store, state = Store(), {}
    answers = LastAnswers(store, state)
    for number in range(5 * MOST):
        store.rows = LARGE + 1 if number % 2 else 1
        answers.diff("town", number, number + 1)
        answers.revision("town")
    held = state["workspace.answers"]
    assert len(held) == MOST
    assert sum(isinstance(one, list) and len(one) > LARGE for one in held.values()) == 1
    store.away = True  # the screen stays as it was
    assert len(answers.diff("town", 5 * MOST - 1, 5 * MOST)) == LARGE + 1
    assert answers.revision("town") == 7
