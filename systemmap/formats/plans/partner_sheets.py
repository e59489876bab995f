"""The action register by owner as partners send it back: one sheet a partner.

Only due date, progress and outcomes are read: those are the columns partners
are asked to change. A hidden column says which action a row is about, so an action
that stands with two partners is one action; where somebody deleted it, `Ref` does, and
where that is blank too, the title. A row that a partner added is led by that partner,
unless it names another. Written as the document of that name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import Problem, ReadError
from systemmap.formats.format import REFERENCE_HEADING, Format, Reading
from systemmap.formats.plans._plan_table.cells import as_shown
from systemmap.formats.plans._returned import ROW
from systemmap.formats.reading.spreadsheets import cell_text, read_sheets
from systemmap.formats.sighting import NO, says_so
from systemmap.model.due import read_due
from systemmap.model.owners import read_owners
from systemmap.model.progress import read_progress
from systemmap.model.response import Action
from systemmap.model.text import clean, clean_label, folded, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from systemmap.formats.reading.spreadsheets import Sheet
    from systemmap.formats.sighting import Recognition, Sighting

HEADINGS = (
    "Ref",
    "Action",
    "Aims",
    "Responsible",
    "Due date",
    "Progress",
    "Outcomes",
    "Causes it acts on",
)
NOBODY = "No named lead"
"""The sheet of actions that nobody leads."""
Row = tuple[str, ...]


def recognise(sighting: Sighting) -> Recognition:
    """Say whether a sheet holds the heading row of our own register."""
    width = len(HEADINGS)
    heads = (tuple(row[:width]) for rows in sighting.sheets.values() for row in rows)
    if HEADINGS in heads:
        return says_so("its headings are those of the register that partners send back")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read every partner's sheet; the same row on two sheets is one item.

    Raises
    ------
    ReadError
        Not a workbook, above a limit, or no sheet is a partner's.
    """
    sheets = [
        sheet for sheet in read_sheets(sighting.data).sheets if _heading_at(sheet) >= 0
    ]
    if not sheets:
        msg = f"No sheet has the headings of the action register: {', '.join(HEADINGS)}. Bring it in as a plan instead."
        raise ReadError(msg)
    problems: list[Problem] = []
    seen: dict[Row, str] = {}
    for sheet in sheets:
        for where, row in _rows(sheet):
            if not row[0] and not row[1] and not row[-1]:
                what = "This row has no Ref and no title, so nobody can say which action it is. It was left out."
                problems.append(Problem(where, what, "skipped", row[5]))
            else:
                seen.setdefault(row, where)
    taken: set[str] = set()
    records = []
    for row, where in seen.items():
        records.append(_action(row, taken))
        problems += _remarks(row, where)
    skipped = sum(problem.kind == "skipped" for problem in problems)
    return Reading(
        format=FORMAT.key,
        records=tuple(records),
        problems=tuple(problems),
        items=len(records) + skipped,
        summary={
            "partners": len(sheets),
            "actions": len({folded(row[-1] or row[0] or row[1]) for row in seen}),
        },
    )


def _heading_at(sheet: Sheet) -> int:
    for at, row in enumerate(sheet.rows):
        if tuple(map(cell_text, row))[: len(HEADINGS)] == HEADINGS:
            return at
    return -1


def _rows(sheet: Sheet) -> Iterator[tuple[str, Row]]:
    """Yield each row of a partner's table; an empty one between is passed over.

    The sentences below the table stand in the first cell alone and end it.
    """
    start = _heading_at(sheet) + 1
    partner = cell_text(sheet.rows[0][0]) if start > 1 and sheet.rows[0] else ""
    heads = list(map(cell_text, sheet.rows[start - 1]))
    hidden = heads.index(REFERENCE_HEADING) if REFERENCE_HEADING in heads else -1
    passed_over = False
    for number, cells in enumerate(sheet.rows[start:], start=start + 1):
        row = _padded(cells)
        if not any(row):
            passed_over = True
            continue
        if passed_over and not any(row[1:]):
            return
        last = cell_text(cells[hidden]) if 0 <= hidden < len(cells) else ""
        yield f"sheet {sheet.name}, row {number}", (*_led(row, last, partner), last)


def _led(row: Row, hidden: str, partner: str) -> Row:
    """Return a row that a partner added with the partner as its lead, if it names none."""
    if hidden or row[0] or row[3] or partner == NOBODY:
        return row
    return (*row[:3], clean(partner).strip(), *row[4:])


def _padded(cells: Sequence[object]) -> Row:
    texts = [as_shown(clean(cell_text(c)).strip()) for c in cells[: len(HEADINGS)]]
    return (*texts, *[""] * (len(HEADINGS) - len(texts)))


def _action(row: Row, taken: set[str]) -> Action:
    ref, title, _, owners, due, progress, outcomes, _, hidden = row
    found = slug(ref or title, taken, fallback="action")
    taken.add(found)
    read_as = read_progress(progress)
    named = read_owners(owners)
    return Action(
        id=found,
        title=clean_label(title) or ref,
        ref=ref,
        owners=named.names,
        owners_raw=owners,
        partners=named.supporting,
        due=read_due(due),
        status=read_as.status,
        status_note=read_as.note,
        progress_raw=progress,
        outcomes=outcomes,
        origin="imported",
        extra={ROW: hidden} if hidden else {},
    )


def _remarks(row: Row, where: str) -> Iterator[Problem]:
    due, progress = read_due(row[4]), row[5]
    if due and not due.start:
        what = f"'{due.raw}': no date could be read. The text is kept."
        yield Problem(f"{where}, column Due date", what, "note", due.raw)
    if "not_read" in read_progress(progress).flags:
        what = (
            f"'{progress[:60]}': no status could be read. The text is kept as a note."
        )
        yield Problem(f"{where}, column Progress", what, "note", progress)


FORMAT = Format(
    key="partner_sheets",
    title="Partners' sheets, returned",
    holds="actions",
    suffixes=(".xlsx",),
    loses="Only due date, progress and outcomes are read; Ref, or else the title, says which action they belong to. It is written as the document “Action register by owner”.",
    recognise=recognise,
    read=read,
)
