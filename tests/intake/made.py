"""Plans made at random in councils' words, with blank rows, sections and merged cells."""

from __future__ import annotations

import csv
import html
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from systemmap.errors import Undecided
from systemmap.formats import read
from systemmap.model.plan import Workstream
from systemmap.model.response import Action

if TYPE_CHECKING:
    import random

    from systemmap.formats import Reading

WORDS = {
    meaning: [word.strip() for word in words.split(";")]
    for line in (Path(__file__).parent / "heading_words.txt")
    .read_text("utf-8")
    .splitlines()
    for meaning, words in [line.split(":", 1)]
}
VERBS = ("Open", "Train", "Map", "Fund", "Pilot", "Review", "Launch", "Extend")
THINGS = (
    "a food club",
    "the midwives",
    "every takeaway",
    "school streets",
    "a bike library",
    "park gyms",
)
SECTIONS = ("Food environment", "Active travel", "Early years")
CELLS = {
    "aim": ("Cooking skills are low", "Children sit a lot", "Food costs more here"),
    "lead": ("Public Health", "Planning", "NHS trust", "Leisure", "Education"),
    "partners": ("Housing", "Food network", "Chamber of commerce", "Libraries"),
    "due": ("31/03/2027", "March 2028", "Sept 2027", "30 June 2027", "2027-12-01"),
    "status": ("On track", "Not started", "Complete", "Ongoing", "Paused"),
    "outcome": (
        "40 households cook weekly",
        "Policy adopted",
        "Prices fall by a tenth",
    ),
    "note": ("Needs a room", "Small grant applied for", "Waiting for the lease"),
    "rating": ("Amber", "Green", "Red"),
    "place": ("North ward", "Harbour", "Old town"),
    "measure": ("Visits each month", "Share of pupils walking", "Sales of fruit"),
}
ALWAYS = ("action", "lead", "due")
OFTEN = tuple(m for m in (*CELLS, "reference") if m not in ALWAYS)
MERGED = ("lead", "partners", "due", "status", "outcome", "rating", "place", "note")

Plan = list[dict[str, str]]


@dataclass(slots=True)
class Made:
    """A table: its headings, its rows, the plan it was made of, and its merged cells.

    A row of None is blank, a text is a title across the table; `merges` say of
    a column in which row a merged cell begins and how many rows it covers.
    """

    headings: list[str]
    meanings: list[str]
    plan: Plan
    rows: list[list[str] | str | None] = field(default_factory=list)
    merges: dict[tuple[int, int], int] = field(default_factory=dict)
    sections: list[str] = field(default_factory=list)


def made(rng: random.Random, *, merged: bool = False, sections: bool = False) -> Made:
    """Make a table."""
    meanings = [*ALWAYS, *rng.sample(OFTEN, rng.randint(1, 6))]
    rng.shuffle(meanings)
    headings = [rng.choice(WORDS[m]) for m in meanings]
    headings = [rng.choice((h, h.upper(), h.lower(), f" {h} ")) for h in headings]
    found = Made(
        headings, meanings, [_row(rng, meanings, n) for n in range(rng.randint(2, 8))]
    )
    spans = _merged(rng, found) if merged else {}
    for number, row in enumerate(found.plan):
        inside = any(
            first < number < first + size for (first, _), size in spans.items()
        )
        if sections and not inside and rng.random() < 0.3:
            found.sections.append(f"{rng.choice(SECTIONS)} {number}")
            found.rows.append(found.sections[-1])
        elif not inside and rng.random() < 0.15:
            found.rows.append(None)
        for (first, column), size in spans.items():
            if first == number:
                found.merges[len(found.rows), column] = size
        found.rows.append([row[m] for m in meanings])
    return found


def _row(rng: random.Random, meanings: list[str], number: int) -> dict[str, str]:
    row = {m: rng.choice(CELLS[m]) for m in meanings if m in CELLS}
    row["action"] = f"{rng.choice(VERBS)} {rng.choice(THINGS)} number {number}"
    if "reference" in meanings:
        row["reference"] = f"{rng.randint(1, 4)}.{number + 1}"
    for optional in meanings:
        if optional not in (*ALWAYS, "reference") and rng.random() < 0.2:
            row[optional] = ""
    return row


def _merged(rng: random.Random, found: Made) -> dict[tuple[int, int], int]:
    """Merge some cells over several rows: each row they cover says the same."""
    spans: dict[tuple[int, int], int] = {}
    for column, meaning in enumerate(found.meanings):
        first = rng.randrange(len(found.plan) - 1)
        size = min(rng.randint(2, 3), len(found.plan) - first)
        if meaning in MERGED and found.plan[first][meaning] and rng.random() < 0.5:
            spans[first, column] = size
            for row in found.plan[first : first + size]:
                row[meaning] = found.plan[first][meaning]
    return spans


def as_text(rng: random.Random, found: Made) -> tuple[bytes, str]:
    """Return a table without merged cells as text, and a name for it."""
    out = io.StringIO()
    mark = rng.choice(",;\t")
    rest = [""] * (len(found.headings) - 1)
    rows = [
        ["", *rest] if row is None else [row, *rest] if isinstance(row, str) else row
        for row in found.rows
    ]
    csv.writer(out, delimiter=mark, lineterminator="\n").writerows(
        [found.headings, *rows]
    )
    return out.getvalue().encode(), "plan.csv"


def as_workbook(rng: random.Random, found: Made) -> tuple[bytes, str]:
    """Return a table as a workbook, below none or some lines, and a name for it."""
    del rng
    out = io.BytesIO()
    width = len(found.headings)
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, found.headings)
        for number, row in enumerate(found.rows):
            if isinstance(row, str):
                sheet.merge_range(number + 1, 0, number + 1, width - 1, row)
                continue
            for column, cell in enumerate(row or ()):
                if cell and not _covered(found, number, column):
                    sheet.write_string(number + 1, column, cell)
        for (number, column), size in found.merges.items():
            row = found.rows[number]
            text = row[column] if isinstance(row, list) else ""
            sheet.merge_range(number + 1, column, number + size, column, text)
    return out.getvalue(), "plan.xlsx"


def as_page(rng: random.Random, found: Made) -> tuple[bytes, str]:
    """Return a table as a web page, and a name for it."""
    del rng
    width = len(found.headings)
    lines = [
        "<table><tr>",
        *(f"<th>{html.escape(h)}</th>" for h in found.headings),
        "</tr>",
    ]
    for number, row in enumerate(found.rows):
        lines.append("<tr>")
        if isinstance(row, str):
            lines.append(f"<td colspan={width}>{html.escape(row)}</td>")
        for column, cell in enumerate(
            row if isinstance(row, list) else [""] * width * (row is None)
        ):
            if not _covered(found, number, column):
                size = found.merges.get((number, column), 1)
                lines.append(f"<td rowspan={size}>{html.escape(cell)}</td>")
        lines.append("</tr>")
    return "\n".join([*lines, "</table>"]).encode(), "plan.html"


def _covered(found: Made, number: int, column: int) -> bool:
    return any(
        at == column and first < number < first + size
        for (first, at), size in found.merges.items()
    )


def found_in(reading: Reading) -> Plan:
    """Return the plan's rows as they were read, by the names used here."""
    return [
        {
            "action": action.title,
            "aim": " ".join(action.aims),
            "lead": action.owners_raw,
            "partners": ", ".join(action.partners),
            "due": action.due.raw if action.due else "",
            "status": action.progress_raw,
            "outcome": action.outcomes,
            "reference": action.ref,
            "note": action.note,
            "rating": action.rating.capitalize(),
            "place": ", ".join(action.places),
            "measure": ", ".join(action.measures),
        }
        for action in reading.records
        if isinstance(action, Action)
    ]


def lost_in(reading: Reading, found: Made) -> list[object]:
    """Return what a reading does not say of the plan the table was made of."""
    rows = found_in(reading)
    lost: list[object] = []
    for row, one in zip(found.plan, rows, strict=False):
        missing = {m: (v, one[m]) for m, v in row.items() if v and one[m] != v}
        if missing:
            lost.append(missing)
    if len(rows) != len(found.plan):
        lost.append((len(found.plan), len(rows)))
    names = {w.name for w in reading.records if isinstance(w, Workstream)}
    names |= {
        str(a.extra.get("section", ""))
        for a in reading.records
        if isinstance(a, Action)
    }
    return lost + [title for title in found.sections if title not in names]


def answered(data: bytes, name: str) -> tuple[Reading, int]:
    """Read a table, and answer the one question there may be."""
    try:
        return read(data, name), 0
    except Undecided:
        return read(data, name, "plan"), 1


FORMS = {"text": as_text, "workbook": as_workbook, "page": as_page}


def tried(rng: random.Random, form: str) -> tuple[list[object], int]:
    """Make one table in a form and read it; return what was lost, and the questions."""
    merged = form != "text"
    table = made(rng, merged=merged, sections=merged and rng.random() < 0.5)
    data, name = FORMS[form](rng, table)
    reading, questions = answered(data, name)
    lost = lost_in(reading, table)
    if reading.items != reading.read + reading.skipped + reading.blank:
        lost.append(reading.sums)
    return [(table.headings, table.rows, table.merges, one) for one in lost], questions
