"""Files of 5,000 rows: proposed, and read again after one answer, through the worker.

The rival is pandas, which reads the same file into a frame and understands
nothing of it. Run with ``python -m benchmarks imports``; the budget is 2 s for
a proposal and 0.5 s for a change.
"""

from __future__ import annotations

import csv
import io
import random
import time

import pandas as pd
import xlsxwriter

from systemmap.errors import Undecided
from systemmap.formats import read_within
from systemmap.formats.import_mapping import ImportMapping

ROWS = 4_999
PROPOSAL, CHANGE = 2.0, 0.5

Rows = list[list[str]]


def plan_rows() -> Rows:
    owners = ("Public health", "Planning", "Leisure trust", "NHS trust")
    states = ("Not started", "On track", "Complete", "Delayed")
    return [
        ["Ref", "Action", "Lead", "By when", "Progress", "Outcome"],
        *(
            [
                f"A{n}",
                f"Open food club number {n}",
                owners[n % 4],
                f"{n % 28 + 1}/03/2027",
                states[n % 3],
                "More families cook",
            ]
            for n in range(ROWS)
        ),
    ]


def map_rows() -> Rows:
    chance = random.Random(5)  # noqa: S311 - no secret
    names = [f"Cause number {n}" for n in range(1_500)]
    signs = ("+", "-", "same", "opposite")
    return [
        ["From", "To", "Sign", "Delay", "Note"],
        *(
            [*chance.sample(names, 2), chance.choice(signs), "no", "said by a table"]
            for _ in range(ROWS)
        ),
    ]


def figure_rows() -> Rows:
    return [
        [
            "Area code",
            "Area name",
            "Indicator",
            "Period",
            "Value",
            "Lower CI",
            "Upper CI",
        ],
        *(
            [
                f"E0500{n % 500:04}",
                f"Ward {n % 500}",
                f"Indicator {n // 2_500}",
                f"{2020 + n // 500 % 5}",
                f"{n % 97 / 3:.1f}",
                "1",
                "40",
            ]
            for n in range(ROWS)
        ),
    ]


def as_csv(rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def as_workbook(rows: Rows) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    return out.getvalue()


def main() -> None:
    cases = {
        "plan table": (plan_rows(), "progress", "Leave out", "plan"),
        "map": (map_rows(), "links.note", "leave out", "map"),
        "figures": (figure_rows(), "lower ci", "leave out", "data"),
    }
    for name, (rows, column, meaning, as_) in cases.items():
        for ending, data in (("csv", as_csv(rows)), ("xlsx", as_workbook(rows))):
            begun = time.perf_counter()
            rival = pd.read_csv if ending == "csv" else pd.read_excel
            rival(io.BytesIO(data))
            plain = time.perf_counter() - begun
            file = f"x.{ending}"
            begun = time.perf_counter()
            try:
                reading = read_within(data, file, again=True)
            except Undecided:
                reading = read_within(data, file, as_, again=True)
            proposed = time.perf_counter() - begun
            changes = []
            for n in range(3):
                said = ImportMapping(format=reading.format).said(
                    "columns", column, meaning if n % 2 == 0 else "kept"
                )
                begun = time.perf_counter()
                read_within(data, file, mapping=said, again=True)
                changes.append(time.perf_counter() - begun)
            change = sorted(changes)[1]
            print(
                f"{name}, {ending}: proposed in {proposed:.2f} s ({PROPOSAL:g}), "
                f"{proposed / plain:.0f} × pandas; a change in {change:.2f} s ({CHANGE:g})"
            )


if __name__ == "__main__":
    main()
