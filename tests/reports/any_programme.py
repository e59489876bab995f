"""Programmes of any size and wordiness, by a seed: what a paper has to hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from systemmap.bundled.examples import example
from systemmap.model.due import read_due
from systemmap.model.evidence import Indicator
from systemmap.model.plan import (
    RATINGS,
    Decision,
    Phase,
    ProgrammeInfo,
    Workstream,
)
from systemmap.model.programme import Programme
from systemmap.model.response import Action
from systemmap.model.workshop import Workshop
from systemmap.reports import Order, Since

DAY = date(2026, 11, 21)
_WORDS = [
    "walking",
    "school",
    "street",
    "healthy",
    "food",
    "offer",
    "leisure",
    "centre",
    "partnership",
    "breastfeeding",
    "takeaways",
    "planning",
    "policy",
    "organisation-wide",
    "implementation",
    "WWWWWW",
    "ill",
    "MMMM",
    "a",
    "in",
    "of",
]


def any_programme(seed: int) -> tuple[Programme, Order]:
    """Return a programme, and the paper somebody asks of it."""
    random = Random(seed)  # noqa: S311 - made the same again, not secret

    def words(*numbers: int) -> str:
        """Some words; 0 = none at all."""
        return " ".join(random.choices(_WORDS, k=random.choice(numbers)))

    programme = (
        example()
        if random.random() < 0.7
        else Programme(ProgrammeInfo(id="anywhere", name=words(1, 2, 12)))
    )
    programme.replace(
        replace(programme.info, lead=words(0, 2, 30), board=words(0, 5, 40))
    )
    strands = [
        Workstream(id=f"w{n}", name=words(2, 8, 40), position=n)
        for n in range(random.choice([0, 1, 3, 10, 25]))
    ]
    places = [None, *(strand.id for strand in strands)]
    programme.add(*strands)
    for n in range(random.choice([0, 6, 6, 12, 36])):
        rating = random.choice(RATINGS)
        programme.add(
            Phase(
                id=f"ph{n}",
                number=n % 6 + 1,
                name=words(2, 10),
                workstream_id=random.choice(places),
                position=n,
                rating=rating,
                rating_reason=words(3, 80) if rating else "",
                rated_on=date(2026, 9, 1) if rating else None,
                status=random.choice(["", "ongoing", "not_planned"]),
                status_note=words(0, 10, 200),
                owners_raw=words(0, 1, 20),
                due=read_due(random.choice(["March 2026", f"Spring 27 {words(12)}"])),
            )
        )
    then = programme.copy()
    programme.add(
        *(
            Action(
                id=f"z{n}",
                title=words(3, 9, 60),
                ref=random.choice(["", f"1.{n}"]),
                workstream_id=random.choice(places),
                status=random.choice(["", "ongoing", "complete", "booked"]),
                status_note=words(0, 8, 150),
                owners=tuple(words(1, 6) for _ in range(random.choice([0, 1, 5]))),
                due=read_due(random.choice(["March 2026", "2027", "soon"])),
            )
            for n in range(random.choice([0, 3, 29, 120, 300]))
        ),
        *(
            Decision(
                id=f"d{n}",
                text=words(5, 90),
                verb=random.choice(["", "note", "approve"]),
                body=words(0, 2, 20),
                on=random.choice([None, date(2026, 1, 1) + timedelta(days=17 * n)]),
            )
            for n in range(random.choice([0, 2, 30]))
        ),
        *(
            Workshop(id=f"wk{n}", title=words(2, 30), on=date(2026, 10, 1 + n))
            for n in range(random.choice([0, 1, 20]))
        ),
    )
    since = Since(
        programme=then,
        words=random.choice(["September 2026", f"“{words(6)}” (2 May 2026)"]),
        on=date(2026, 5, 1),
    )
    figures = tuple(programme.all(Indicator))[: random.choice([0, 3])]
    return programme, Order(at=DAY, since=random.choice([None, since]), figures=figures)
