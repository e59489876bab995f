"""What is said of one row as it was read: guesses, doubts, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import Problem
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    AIMS,
    DUE,
    PROGRESS,
    RESPONSIBLE,
)
from systemmap.formats.plans._plan_table.plan_rows import phase_numbers
from systemmap.language.phrases import counted, joined
from systemmap.model.text import clean_label

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from systemmap.formats.plans._plan_table.plan_rows import Parsed, PlanRow
    from systemmap.formats.plans._plan_table.streams import Stream


def remarks_on(row: PlanRow, parsed: Parsed) -> Iterator[Problem]:
    """Yield what a person should know of how a row was read."""
    if parsed.title_from_elsewhere and row.cells.get(ACTION, "").strip() == "":
        what = f"The row has no title of its own. '{parsed.title[:60]}' was taken."
        yield Problem(row.where, what, "guessed", "")
    if parsed.several > 1:
        what = f"This cell lists {parsed.several} actions. It was read as one: give each a row of its own if they are several."
        yield _said(row, ACTION, "guessed", what, row.text(ACTION))
    if parsed.aims.proposed:
        count = len(parsed.aims.lines)
        what = f"Nothing marks where one aim ends, so a split at full stops into {count} aims is proposed. Please confirm it; the original text is kept."
        yield _said(row, AIMS, "guessed", what, row.text(AIMS))
    yield from _on_due(row, parsed)
    yield from _on_progress(row, parsed)
    if not row.deferred:
        yield from _on_owners(row, parsed)


def remarks_on_repeats(
    streams: Iterable[Stream], ours: Container[str]
) -> Iterator[Problem]:
    """Yield what stands word for word under several headings, and is read each time.

    Rows of `ours` are two records of the programme, and nothing is said of them.
    """
    seen: dict[tuple[str, ...], list[tuple[str, PlanRow]]] = {}
    for stream in streams:
        for row in stream.rows:
            title = row.text(ACTION)
            if title and not phase_numbers(title, phases_only=row.phases_only)[0]:
                said = tuple(
                    map(str.strip, (*row.cells.values(), *row.others.values()))
                )
                seen.setdefault(said, []).append((row.section or stream.name, row))
    for found in seen.values():
        names = {name for name, _ in found}
        if len(names) < 2 or all(row.where in ours for _, row in found):
            continue
        places = joined([f"“{clean_label(name)}” ({row.where})" for name, row in found])
        title = clean_label(found[0][1].text(ACTION))[:60]
        what = f"“{title}” stands word for word under {places}. Read as {counted(len(found), 'action')}: leave rows out if they are one."
        yield Problem(found[-1][1].where, what, "guessed", title)


def _on_owners(row: PlanRow, parsed: Parsed) -> Iterator[Problem]:
    owners, raw = parsed.owners, parsed.owners_raw
    if owners.no_named_lead:
        who = f"'{raw}' names nobody in particular" if raw else "nobody is named"
        yield _said(row, RESPONSIBLE, "note", f"No named lead: {who}.", raw)
    if owners.supporting:
        what = f"“{raw}” marks who leads: {joined(list(owners.names))}. Read as partners: {joined(list(owners.supporting))}."
        yield _said(row, RESPONSIBLE, "guessed", what, raw)
    if owners.left_out:
        what = "An e-mail address stands here. It was not taken as a name."
        yield _said(row, RESPONSIBLE, "note", what, "")


def _on_due(row: PlanRow, parsed: Parsed) -> Iterator[Problem]:
    due = parsed.due
    if due and not due.start:
        what = f"'{due.raw}': no date could be read. The text is kept; set a date if you want reminders."
        yield _said(row, DUE, "note", what, due.raw)
    elif due and due.guessed:
        until = f" to {due.end}" if due.end else ""
        what = f"'{due.raw}' was read as {due.start}{until}. Please confirm it."
        yield _said(row, DUE, "guessed", what, due.raw)


def _on_progress(row: PlanRow, parsed: Parsed) -> Iterator[Problem]:
    progress, raw = parsed.progress, parsed.progress_raw
    if "not_read" in progress.flags:
        what = f"'{raw[:60]}': no status could be read. The text is kept as a note."
        yield _said(row, PROGRESS, "note", what, raw)
    elif "guessed" in progress.flags:
        what = (
            f"'{raw[:60]}' was read as status '{progress.status}'. Please confirm it."
        )
        yield _said(row, PROGRESS, "guessed", what, raw)


def _said(row: PlanRow, column: str, kind: str, what: str, raw: str) -> Problem:
    return Problem(f"{row.where}, column {column}", what, kind, raw)
