"""Tables made at random in councils' words: nothing of the plan is lost without a word."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

from systemmap.errors import Undecided
from systemmap.formats import read
from systemmap.model.plan import Workstream
from systemmap.model.response import Action

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
ALWAYS, OFTEN = (
    ("action", "lead", "due"),
    (
        "aim",
        "partners",
        "status",
        "outcome",
        "reference",
        "note",
        "rating",
        "place",
        "measure",
    ),
)


def made(rng):
    """Return a table as text, and the rows it was made of."""
    meanings = [*ALWAYS, *rng.sample(OFTEN, rng.randint(1, 6))]
    rng.shuffle(meanings)
    headings = [rng.choice(WORDS[m]) for m in meanings]
    headings = [rng.choice((h, h.upper(), h.lower(), f" {h} ")) for h in headings]
    plan, rows = [], []
    for number in range(rng.randint(2, 8)):
        row = {m: rng.choice(CELLS[m]) for m in meanings if m in CELLS}
        row["action"] = f"{rng.choice(VERBS)} {rng.choice(THINGS)} number {number}"
        if "reference" in meanings:
            row["reference"] = f"{rng.randint(1, 4)}.{number + 1}"
        for optional in meanings:
            if (
                optional not in ("action", "lead", "due", "reference")
                and rng.random() < 0.2
            ):
                row[optional] = ""
        plan.append(row)
        if rng.random() < 0.15:
            rows.append([""] * len(meanings))
        rows.append([row[m] for m in meanings])
    mark = rng.choice(",;\t")
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\n").writerows([headings, *rows])
    return out.getvalue(), plan


def found_in(reading):
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
            "rating": str(action.extra.get("rating", "")).capitalize(),
            "place": ", ".join(action.places),
            "measure": ", ".join(action.measures),
        }
        for action in reading.records
        if isinstance(action, Action)
    ]


def answered(text):
    """Read a table, and answer the one question there may be."""
    try:
        return read(text.encode(), "plan.csv"), 0
    except Undecided:
        return read(text.encode(), "plan.csv", "plan_text"), 1


def test_two_hundred_words_of_councils_are_tried():
    assert sum(map(len, WORDS.values())) >= 200


def test_two_thousand_tables_come_back_as_the_plan_they_were_made_of():
    rng = random.Random(2026)  # noqa: S311 - no secret
    lost, asked = [], 0
    for _ in range(2_000):
        text, plan = made(rng)
        reading, questions = answered(text)
        asked += questions
        for row, found in zip(plan, found_in(reading), strict=False):
            missing = {m: v for m, v in row.items() if v and found[m] != v}
            if missing:
                lost.append((text.splitlines()[0], missing, found))
        if len(found_in(reading)) != len(plan):
            lost.append((text, len(plan), len(found_in(reading))))
        assert reading.items == reading.read + reading.skipped + reading.blank
    assert lost[:5] == []
    assert asked <= 20


def test_title_rows_and_blank_rows_among_the_others_lose_nothing():
    rng = random.Random(7)  # noqa: S311 - no secret
    for _ in range(100):
        text, plan = made(rng)
        head, *rows = text.splitlines()
        mark = next(m for m in ("\t", ";", ",") if m in head)
        cut = rng.randint(1, len(rows))
        title = "Food environment" + mark * head.count(mark)
        blank = mark * head.count(mark)
        changed = "\n".join([head, *rows[:cut], blank, title, *rows[cut:], ""])
        reading = read(changed.encode(), "plan.csv", "plan_text")
        titles = [found["action"] for found in found_in(reading)]
        kept = {w.name for w in reading.records if isinstance(w, Workstream)}
        sections = {
            a.extra.get("section", "") for a in reading.records if isinstance(a, Action)
        }
        assert [row["action"] for row in plan] == [
            t for t in titles if t != "Food environment"
        ]
        assert "Food environment" in {*titles, *kept, *sections} or cut == len(rows)
