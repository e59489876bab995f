"""What a person can say of a file on the command line, and the file read by it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import wraps
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from systemmap.errors import InvalidValue, Undecided, UnknownItem, nearest
from systemmap.formats import FORMATS, as_exported
from systemmap.formats.conflicts import cells_of
from systemmap.formats.import_mapping import ImportMapping
from systemmap.formats.mapping_words import (
    with_column,
    with_ends,
    with_fixed,
    with_order,
    with_parts,
    with_row,
    with_rows_like,
    with_sign,
    with_table,
    with_theme,
)
from systemmap.language.phrases import quoted
from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from systemmap.formats import Conflict, Reading
    from systemmap.store import ProgrammeStore

_Many = list[str] | None

Columns = Annotated[
    _Many,
    typer.Option(
        "--column",
        metavar="HEADING=MEANING",
        help="What a column or field holds, for instance 'Champion=lead' or 'Relation=sign'; may be given again.",
    ),
]
Dates = Annotated[
    _Many,
    typer.Option(
        "--dates",
        metavar="[HEADING=]ORDER",
        help="Which figure of a date is first: day, month, or 'as typed' to leave it unread; of one column by its heading.",
    ),
]
Signs = Annotated[
    _Many,
    typer.Option(
        "--sign",
        metavar="WORD=MEANING",
        help="What a sign of the file means: same, opposite, 'no sign yet' or 'no link'.",
    ),
]
Themes = Annotated[
    _Many,
    typer.Option(
        "--theme", metavar="TYPE=THEME", help="Which theme a type of the file is."
    ),
]
Tables = Annotated[
    _Many,
    typer.Option(
        "--table",
        metavar="NAME=WHAT",
        help="What a sheet or list holds: links, causes, matrix, figures or 'leave out'.",
    ),
]
Rows = Annotated[
    _Many,
    typer.Option(
        "--row",
        metavar="PLACE=WHAT",
        help="What a row or line is, by its place in 'inspect --rows', for instance '4=section', '12=leave out' or '2=heading'; may be given again.",
    ),
]
RowsLike = Annotated[
    _Many,
    typer.Option(
        "--rows-like",
        metavar="PLACE=WHAT",
        help="The same for that row or line and all that look like it.",
    ),
]
Parts = Annotated[
    _Many,
    typer.Option(
        "--part", metavar="NAME", help="A view, page, map or area to take; or 'all'."
    ),
]
Ends = Annotated[
    str, typer.Option("--ends", help="id or name: how links name their ends.")
]
TakeFile = Annotated[
    bool, typer.Option("--take-file", help="Where both differ, use the file's side.")
]
TakeSome = Annotated[
    _Many,
    typer.Option(
        "--take",
        metavar="ROW[=CELL]",
        help="The same for one row or cell alone, by the name in the list of differences, for instance 'Park walks' or 'Park walks=due'; may be given again.",
    ),
]
Fixed = Annotated[
    _Many,
    typer.Option(
        "--fixed",
        metavar="WHAT=VALUE",
        help="What no column says and every row shares, such as 'period=2024/25'.",
    ),
]


@dataclass(frozen=True, kw_only=True)
class SaidOfFile:
    """Everything that the options of one command say of a file.

    Each field but the last is an option of every command that `says_of_file`;
    `known` is a mapping that the programme keeps.
    """

    columns: Columns = None
    rows: Rows = None
    rows_like: RowsLike = None
    signs: Signs = None
    themes: Themes = None
    tables: Tables = None
    parts: Parts = None
    ends: Ends = ""
    fixed: Fixed = None
    dates: Dates = None
    known: ImportMapping | None = None

    def read(
        self, name: str, read: Callable[[ImportMapping | None], Reading]
    ) -> tuple[ImportMapping, Reading]:
        """Read a file, then again as the options say; return what was said and read.

        Tables are settled before their rows, and rows, of which one may be the heading,
        before columns, since these follow from those.
        """
        reading = read(self.known)
        shape = str(reading.seen.get("shape", ""))
        said = self.known or ImportMapping(format=reading.format, shape=shape)
        if self.ends:
            said = with_ends(said, self.ends)
        for words, say in (
            (self.tables, with_table),
            (self.rows_like, with_rows_like),
            (self.rows, with_row),
            (self.columns, with_column),
            (self.dates, with_order),
            (self.fixed, with_fixed),
            (self.signs, with_sign),
            (self.themes, with_theme),
        ):
            for word in words or ():
                self._check(name, reading)
                said = say(said, word, reading)
            if words:
                reading = read(said)
        if self.parts:
            self._check(name, reading)
            said = with_parts(said, self.parts, reading)
        if self.parts or self.ends:
            self._check(name, reading)
            reading = read(said)
        return replace(said, shape=str(reading.seen.get("shape", ""))), reading

    def _check(self, name: str, reading: Reading) -> None:
        if not reading.seen or FORMATS[reading.format].read_mapped is None:
            msg = f"'{name}' was read as {FORMATS[reading.format].title}, of which nothing can be chosen."
            raise InvalidValue(msg)


def says_of_file(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options by which something is said of a file, as its `words`."""
    plain = signature(command, eval_str=True)
    types = get_type_hints(SaidOfFile, include_extras=True)
    options = {
        each.name: Parameter(
            each.name,
            Parameter.KEYWORD_ONLY,
            default=each.default,
            annotation=types[each.name],
        )
        for each in fields(SaidOfFile)
        if each.name != "known"
    }
    taken: list[Parameter] = []
    for name, parameter in plain.parameters.items():
        taken += options.values() if name == "words" else [parameter]

    @wraps(command)
    def with_words(*given: object, **named: object) -> None:
        said: dict[str, Any] = {name: named.pop(name) for name in options}
        command(*given, words=SaidOfFile(**said), **named)

    with_words.__signature__ = plain.replace(parameters=taken)  # type: ignore[attr-defined]
    with_words.__annotations__ = {each.name: each.annotation for each in taken}
    return with_words


def origin(
    store: ProgrammeStore, name: str, reading: Reading, map_id: str
) -> dict[str, Any]:
    """Return the programme as it was when a file of ours was made of it, and the file."""
    revision = reading.revision_of(store.load(name))
    if revision is None:
        return {}
    then = store.load(name, as_of=revision)
    return {"base": then, "exported": as_exported(then, reading, map_id)}


def answered(reading: Reading, name: str) -> None:
    """Refuse a reading of which something has to be said first, with the options.

    Raises
    ------
    Undecided
        A person has to say something; each question is a choice.
    """
    if not reading.asks:
        return
    lines = [f"Something has to be said of '{name}' first:"]
    lines += [f"  - {question}" for question in reading.asks]
    lines += [f"  {way}" for way in _ways(reading)]
    raise Undecided("\n".join(lines), ())


def _ways(reading: Reading) -> list[str]:
    """Return the options that would answer the questions."""
    signs = [
        f"--sign '{raw}=same'   (or opposite, 'no sign yet', 'no link')"
        for _, raw, _, _, asks in reading.seen.get("signs", ())
        if asks
    ]
    return [*signs, *map(str, reading.seen.get("ways", ()))]


def differences_taken(
    conflicts: Sequence[Conflict], wanted: Sequence[str]
) -> frozenset[tuple[str, str, str]]:
    """Return which differences the file decides: those of the rows and cells named.

    Raises
    ------
    UnknownItem
        Nothing that differs is called so.
    """
    chosen: set[tuple[str, str, str]] = set()
    for said in wanted:
        found = [
            each
            for (_, key, cell), those in cells_of(conflicts).items()
            for each in those
            if folded(said) in _names(key, cell, those)
        ]
        if not found:
            names = [f"{c.name}={c.words}" for c in conflicts]
            close = nearest(said, [*names, *(c.name for c in conflicts)])
            hint = f" Did you mean {quoted(close[0])}?" if close else ""
            lines = "".join(f"\n  - {c}" for c in conflicts) or "\n  - nothing"
            msg = f"Nothing that differs is called {quoted(said)}.{hint} This differs:{lines}\nNothing was brought in."
            raise UnknownItem(msg)
        chosen |= {(c.kind, c.key, c.field) for c in found}
    return frozenset(chosen)


def _names(key: str, cell: str, those: Sequence[Conflict]) -> set[str]:
    """Return what a cell can be called: its row, by name or key, alone or with the cell."""
    rows = {key, *(each.name for each in those)}
    cells = {cell, *(each.field for each in those), *(each.words for each in those)}
    return {folded(row) for row in rows} | {
        folded(f"{row}={name}") for row in rows for name in cells
    }
