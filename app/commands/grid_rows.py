"""Rows of the plan and the other grids: out as a table, back in as one change."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path  # noqa: TC003 - typer reads the types as it runs
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.shared import OPERATOR, Data, Json, as_json, opened, programme_id, say
from systemmap.editing.grids import GridEdits, apply_edits, edits_between
from systemmap.editing.list_grids import EVERY_GRID
from systemmap.errors import InvalidValue, UnknownItem

if TYPE_CHECKING:
    from systemmap.editing.grids import Grid
    from systemmap.model.programme import Programme

_KEY = "Key"


def rows(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The programme.")],
    which: Annotated[
        str, typer.Argument(metavar="TABLE", help=f"One of: {', '.join(EVERY_GRID)}.")
    ],
    *,
    from_: Annotated[
        Path | None,
        typer.Option("--from", help="A CSV file with rows to change and to add."),
    ] = None,
    json: Json = False,
    data: Data = None,
) -> None:
    """Show the rows of a table as CSV; with --from, take edited rows in as one change.

    A row is known by its Key; one without a key is added. Columns and rows
    that the file leaves out stay as they are.
    """
    if which not in EVERY_GRID:
        raise UnknownItem.named("table", which, EVERY_GRID)
    grid = EVERY_GRID[which]
    with opened(data) as store:
        key = programme_id(store, name)
        if from_ is None:
            _show(grid, store.load(key), json=json)
            return
        before = grid.rows(store.load(key))
        edits = _edits(grid, store.load(key), from_.read_text(encoding="utf-8-sig"))
        if not edits.size:
            say("Nothing differs, so nothing was changed.")
            return
        label = f"{grid.title}: {edits.words}"
        with store.editing(key, actor=OPERATOR, label=label) as draft:
            apply_edits(grid, draft, before, edits)
        say(f"{label}.")


def _show(grid: Grid, programme: Programme, *, json: bool) -> None:
    found = grid.rows(programme)
    if json:
        as_json([{"key": key, **cells} for key, cells in found.items()])
        return
    columns = grid.columns(programme)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_KEY, *(column.heading for column in columns)])
    for key, cells in found.items():
        writer.writerow([key, *(cells[column.key] for column in columns)])
    say(out.getvalue().rstrip("\n"))


def _edits(grid: Grid, programme: Programme, text: str) -> GridEdits:
    """Return what a file changes; every row of it must be known or new.

    Raises
    ------
    InvalidValue
        A heading or a key is not one of the table's.
    """
    now = grid.rows(programme)
    headings = {column.heading: column for column in grid.columns(programme)}
    reader = csv.DictReader(StringIO(text))
    unknown = [h for h in reader.fieldnames or () if h != _KEY and h not in headings]
    if unknown:
        msg = f"The table has no column “{unknown[0]}”. It has: {', '.join(headings)}. Nothing was changed."
        raise InvalidValue(msg)
    after, added = {key: dict(cells) for key, cells in now.items()}, []
    for number, row in enumerate(reader, 2):
        cells = {
            headings[h].key: (text or "").replace("\r\n", "\n")
            for h, text in row.items()
            if h in headings and not headings[h].fixed
        }
        key = (row.get(_KEY) or "").strip()
        if not key:
            added.append(cells)
        elif key in after:
            after[key].update(cells)
        else:
            msg = f"Line {number}: no {grid.noun} has the key “{key}”. Leave the key empty to add one. Nothing was changed."
            raise InvalidValue(msg)
    return edits_between(now, after, tuple(added))


COMMANDS = (rows,)
