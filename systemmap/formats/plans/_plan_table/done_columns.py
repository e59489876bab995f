"""Columns that ask whether an action is complete, and are answered by yes, no or a tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import Problem
from systemmap.formats.plans._plan_table.column_sorts import is_status
from systemmap.formats.plans._plan_table.done_headings import (
    is_about_done,
    says_when_done,
)
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    AIMS,
    NOTE,
    OUTCOMES,
    PROGRESS,
    meanings_of,
)
from systemmap.formats.plans._plan_table.plan_rows import answer_in
from systemmap.formats.plans._plan_table.sorts_of_cells import mostly
from systemmap.language.phrases import counted, listed
from systemmap.model.progress import read_answer

if TYPE_CHECKING:
    from systemmap.formats.plans._plan_table.told_tables import Table

_WORDS = (ACTION, AIMS, OUTCOMES)


def answered(table: Table) -> tuple[dict[str, str], str]:
    """Take a column of answers for the progress where no other says how actions stand."""
    place = _place(table)
    if place is None:
        return {}, ""
    now = table.place_of(PROGRESS)
    other = _statuses(table, place) if now in (None, place) else now
    if other is not None and mostly(table.filled(other), is_status):
        if says_when_done(table.headings[place]):
            return {}, ""  # a day beside a status is no other answer
        said = f"“{table.name(other)}” says how each action stands. “{table.name(place)}” was kept beside it."
        return {table.words(place): "", table.words(other): PROGRESS}, said
    found = {table.words(place): PROGRESS}
    if now not in (None, place) and NOTE not in table.meanings.values():
        found[table.words(now)] = NOTE
    return found, ""


def answers_alone(table: Table) -> tuple[dict[str, str], str]:
    """Keep a column beside the plan whose heading asks for words, and whose cells say yes or no."""
    found = [
        place
        for place, meaning in table.meanings.items()
        if meaning in _WORDS
        and mostly(table.filled(place), lambda cell: read_answer(cell) is not None)
    ]
    if not found:
        return {}, ""
    said = f"Most cells of {listed([table.name(p) for p in found])} say yes or no, so nothing was named by them. They were kept beside it."
    return dict.fromkeys(map(table.words, found), ""), said


def unfinished(table: Table) -> list[Problem]:
    """Remark on answers that say no more than that an action is not complete."""
    place = table.place_of(PROGRESS)
    if place is None or not is_about_done(table.headings[place]):
        return []
    answers = map(answer_in, table.filled(place))
    count = sum(answer is not None and not answer.status for answer in answers)
    if not count:
        return []
    what = f"{counted(count, 'cell')} of “{table.name(place)}” {'says' if count == 1 else 'say'} only that the action is not complete, not whether it was begun. No status was read there; set one where you know it."
    return [Problem("", what, "note")]


def _place(table: Table) -> int | None:
    return next(
        (
            place
            for place, heading in enumerate(table.headings)
            if is_about_done(heading)
            and mostly(table.filled(place), lambda cell: answer_in(cell) is not None)
        ),
        None,
    )


def _statuses(table: Table, but: int) -> int | None:
    """Return where else the words of a status stand."""
    return next(
        (
            place
            for place, heading in enumerate(table.headings)
            if place != but
            and meanings_of((heading,)).get(0) == PROGRESS
            and mostly(table.filled(place), is_status)
        ),
        None,
    )
