"""Tables made at random in councils' words: nothing of the plan is lost without a word.

``python -m benchmarks tables`` makes 2,000 of them; these are a sample of the same.
"""

from __future__ import annotations

import random

import pytest

from systemmap.formats.plans._plan_table import plan_columns
from tests.intake.made import FORMS, WORDS, as_text, found_in, made, tried


def test_two_hundred_words_of_councils_are_tried():
    assert sum(map(len, WORDS.values())) >= 200


@pytest.mark.parametrize("form", FORMS)
def test_made_tables_come_back_as_the_plan_they_were_made_of(form):
    rng = random.Random(2026)  # noqa: S311 - no secret
    results = [tried(rng, form) for _ in range(34)]
    assert [one for lost, _ in results for one in lost][:3] == []
    assert sum(questions for _, questions in results) <= 1


def test_cells_are_merged_and_titles_stand_across_in_many_of_them():
    rng = random.Random(2026)  # noqa: S311 - no secret
    tables = [made(rng, merged=True, sections=True) for _ in range(34)]
    assert sum(bool(table.merges) for table in tables) > 20
    assert sum(bool(table.sections) for table in tables) > 15


def test_a_reader_that_forgets_merged_cells_would_be_found_out(monkeypatch):
    rng = random.Random(2026)  # noqa: S311 - no secret
    forgets = lambda columns, row: row  # noqa: E731
    monkeypatch.setattr(plan_columns.PlanColumns, "laid_open", forgets)
    assert any(tried(rng, "page")[0] for _ in range(34))


def test_title_rows_and_blank_rows_of_a_text_lose_nothing():
    rng = random.Random(7)  # noqa: S311 - no secret
    for _ in range(20):
        table = made(rng, sections=True)
        data, name = as_text(rng, table)
        from systemmap.formats import read

        titles = [found["action"] for found in found_in(read(data, name, "plan_text"))]
        assert [row["action"] for row in table.plan] == [
            title for title in titles if title not in table.sections
        ]
