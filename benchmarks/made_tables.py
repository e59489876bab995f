"""2,000 tables made in councils' words: what is lost of the plans they were made of.

As text, as a workbook and as a web page, with shuffled columns, headings from 200
words, blank rows, titles across and merged cells. The rival is the same tables
read by pandas, which takes a merged cell for one row alone. Run with
``python -m benchmarks made_tables``; the suite tries a sample.
"""

from __future__ import annotations

import io
import random
import time

import pandas as pd

from tests.intake.made import FORMS, as_workbook, made, tried

TABLES = 2_000


def rival(rng: random.Random) -> int:
    """Return how many cells of one workbook pandas does not show in their row."""
    table = made(rng, merged=True)
    data, _ = as_workbook(rng, table)
    frame = pd.read_excel(io.BytesIO(data), dtype=str).dropna(how="all")
    shown = frame.fillna("").to_numpy().tolist()
    wanted = [[row[m] for m in table.meanings] for row in table.plan]
    both = zip(wanted, shown, strict=False)
    return sum(
        a.strip() != str(b).strip()
        for one, two in both
        for a, b in zip(one, two, strict=False)
    )


def main() -> None:
    rng = random.Random(20_260)  # noqa: S311 - no secret
    begun = time.perf_counter()
    lost: list[object] = []
    asked = 0
    for number in range(TABLES):
        missing, questions = tried(rng, tuple(FORMS)[number % len(FORMS)])
        lost += missing
        asked += questions
    spent = time.perf_counter() - begun
    print(
        f"{TABLES:,} tables: {len(lost)} losses, {asked} questions, {spent:.0f} s; "
        f"pandas shows {sum(rival(rng) for _ in range(100))} cells of 100 workbooks elsewhere or nowhere"
    )
    for one in lost[:5]:
        print(f"  {one}")
