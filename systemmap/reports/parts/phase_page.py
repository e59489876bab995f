"""What stands on the phase report, whichever file it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.reports.parts.phase_rows import (
    MOVES,
    rating_rules,
    row_titles,
    why_lines,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.reports.parts.document import Order
    from systemmap.reports.parts.facts import Facts
    from systemmap.reports.parts.phase_rows import PhaseRow

SHARES = (20, 30, 18, 11, 33, 14, 14)
NOTHING = "Once the six phases are planned (in systemmap, under Programme), each stands here with its aims, lead, date, progress and rating."
RATING = 5  # the column of the rating


def headings(order: Order) -> tuple[str, ...]:
    """Return the column headings; without an earlier day there is no "Was"."""
    was = ("Was",) if order.since else ()
    return ("Phase", "Aims", "Responsible", "Due", "Progress", "Rating", *was)


def shares(order: Order) -> tuple[int, ...]:
    """Return how wide the columns are beside each other."""
    return SHARES if order.since else SHARES[:-1]


def cells(rows: Sequence[PhaseRow], order: Order) -> tuple[tuple[str, ...], ...]:
    """Return each phase as cells; blank stays blank, but a missing rating is said."""
    return tuple(
        (
            title,
            row.aims,
            row.owners,
            row.due,
            row.progress,
            row.rating_words,
            *((row.was,) if order.since else ()),
        )
        for title, row in zip(row_titles(rows), rows, strict=True)
    )


def below(rows: tuple[PhaseRow, ...], order: Order) -> tuple[str, ...]:
    """Return what stands under the table: why, and what the ratings mean."""
    if not rows:
        return (NOTHING,)
    return (*why_lines(rows), *_meaning(rows, order))


def _meaning(rows: tuple[PhaseRow, ...], order: Order) -> tuple[str, ...]:
    """Say what the ratings mean, where a phase has one, now or before."""
    was = f"Was: {order.since.words}." if order.since else ""
    if not any(row.rating for row in rows):
        return (was,) if was else ()
    meaning = f"What the ratings mean. {rating_rules()} Sign after a rating: {MOVES}."
    return (f"{meaning} {was}".rstrip(),)


def closing(facts: Facts) -> tuple[str, ...]:
    """Return the source and the rule; a phase report counts phases, not causes."""
    return (" ".join(facts.closing),)


def under(facts: Facts) -> str:
    """Return the line below the title."""
    return f"{facts.place} · whole systems approach to obesity · as at {facts.day}"
