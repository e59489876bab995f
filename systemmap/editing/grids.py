"""Records as a grid of cells in words: what a sheet shows, and what its edits come to.

A grid is how several records are changed at once, on a screen or from a file.
Every cell is text as people type it. Only cells that were changed are written;
a row that somebody else changed meanwhile is refused, with theirs and yours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from systemmap.editing.row_order import in_order
from systemmap.errors import InvalidValue, StaleRevision
from systemmap.language.phrases import counted, quoted
from systemmap.model.text import clean, folded

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

Cells: TypeAlias = Mapping[str, str]
"""Text by the key of its column."""

NEW = "+"
"""What a new row's place among the new ones stands after, where rows are put in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridColumn:
    """One column.

    Attributes
    ----------
    words : Mapping[str, str]
        What a menu offers: label by key. Empty = free text.
    many : bool
        Whether a cell holds several of them, with semicolons between.
    fixed : bool
        Whether it is only shown.
    open : bool
        Whether a word that the menu lacks is kept as typed.
    suggests : tuple[str, ...]
        Words used elsewhere that a menu offers beside what people type.
    lines : bool
        Whether a cell holds several, each on a line of its own.
    typed : str
        How the cell is typed, where that is not plain to see.
    """

    key: str
    heading: str
    words: Mapping[str, str] = field(default_factory=dict)
    many: bool = False
    fixed: bool = False
    open: bool = False
    suggests: tuple[str, ...] = ()
    lines: bool = False
    typed: str = ""

    @property
    def help(self) -> str:
        """How the cell is typed; "" = it is plain to see."""
        if self.typed or not self.many:
            return self.typed
        words = "; ".join(filter(None, self.words.values()))
        new = " What is on no list yet is asked about." if self.open else ""
        return f"Several with semicolons between{f': {words}' if words else ''}.{new}"

    def shown(self, value: str) -> str:
        """Return the label of a stored key."""
        return self.words.get(value, value)

    def read(self, text: str) -> str:
        """Return what is stored for a cell.

        Raises
        ------
        InvalidValue
            The column has a menu, and this is not on it.
        """
        text = clean(text).strip()
        if not self.words or not text:
            return text
        for key, label in self.words.items():
            if folded(text) in (folded(label), folded(key)):
                return key
        if self.open:
            return text
        known = ", ".join(label for label in self.words.values() if label)
        msg = f"“{text}” is not on the list for {self.heading}. Use one of: {known}; or leave it empty."
        raise InvalidValue(msg)

    def parts(self, text: str) -> tuple[str, ...]:
        """Return the words of a cell with semicolons between them, as they were typed.

        A word of the menu that has a semicolon of its own stays one.
        """
        typed = _parted(text)
        whole = {
            tuple(map(folded, _parted(label))): label
            for label in self.words.values()
            if ";" in label
        }
        most = max(map(len, whole), default=1)
        found, at = [], 0
        while at < len(typed):
            for number in range(most, 0, -1):
                words = typed[at : at + number]
                if label := whole.get(tuple(map(folded, words))):
                    break
            found.append(label or words[0])
            at += len(words)
        return tuple(dict.fromkeys(found))

    def read_many(self, text: str) -> tuple[str, ...]:
        """Return what is stored for a cell with semicolons between its words."""
        return tuple(dict.fromkeys(self.read(part) for part in self.parts(text)))


def _parted(text: str) -> list[str]:
    parts = (part.strip() for part in clean(text).replace("\n", ";").split(";"))
    return [part for part in parts if part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One kind of sheet.

    Attributes
    ----------
    name : str
        The column that names a row, which cannot be empty.
    columns, rows : callable
        From a programme to the columns, and to the cells by row key, in order.
    change : callable
        Writes some changed cells of one row into a draft.
    add, remove : callable | None
        Adds a row from its cells and returns its key; removes one. None = rows
        are added and removed elsewhere.
    order : callable | None
        Puts the rows into the order of their keys.
    group : str
        The column whose rows stand together: a row is moved among these. "" =
        among all.
    """

    key: str
    title: str
    noun: str
    name: str
    columns: Callable[[Programme], tuple[GridColumn, ...]]
    rows: Callable[[Programme], dict[str, dict[str, str]]]
    change: Callable[[Programme, str, Cells], None]
    add: Callable[[Programme, Cells], str] | None = None
    remove: Callable[[Programme, str], None] | None = None
    order: Callable[[Programme, list[str]], None] | None = None
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridEdits:
    """What was done to a grid: changed cells by row, new rows, removed and moved rows.

    Attributes
    ----------
    moved : tuple[str, ...]
        The rows that were moved; "+0" is the first of the new ones.
    order : tuple[str, ...]
        Every row in its place, where some were moved.
    """

    changed: Mapping[str, Cells] = field(default_factory=dict)
    added: tuple[Cells, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many rows are touched."""
        old = [key for key in self.moved if not key.startswith(NEW)]
        return len({*self.changed, *self.removed, *old}) + len(self.added)

    @property
    def words(self) -> str:
        """What was done, for the history: "3 rows changed, 1 added"."""
        changed = len(set(self.changed) - set(self.removed))
        counts = (
            (changed, "changed"),
            (len(self.added), "added"),
            (len(self.removed), "removed"),
            (len(self.moved), "moved"),
        )
        (first, what), *rest = [(n, what) for n, what in counts if n] or [
            (0, "changed")
        ]
        more = [f"{number} {word}" for number, word in rest]
        return ", ".join([f"{counted(first, 'row')} {what}", *more])


@dataclass(frozen=True, slots=True, kw_only=True)
class GridConflict:
    """One cell of a row that somebody else changed: before, theirs, yours."""

    key: str
    row: str
    column: str
    before: str
    theirs: str
    yours: str


def edits_between(
    before: Mapping[str, Cells],
    after: Mapping[str, Cells],
    added: tuple[Cells, ...] = (),
) -> GridEdits:
    """Return what turns one state of a grid into another, cell by cell."""
    changed = {
        key: {name: text for name, text in cells.items() if text != before[key][name]}
        for key, cells in after.items()
        if key in before
    }
    return GridEdits(
        changed={key: cells for key, cells in changed.items() if cells},
        added=tuple(cells for cells in added if any(t.strip() for t in cells.values())),
        removed=tuple(key for key in before if key not in after),
    )


def find_conflicts(
    grid: Grid, programme: Programme, before: Mapping[str, Cells], edits: GridEdits
) -> tuple[GridConflict, ...]:
    """Return what others changed in the edited rows since the grid was shown."""
    now = grid.rows(programme)
    headings = {c.key: c.heading for c in grid.columns(programme) if not c.fixed}
    found: list[GridConflict] = []
    for key in {**edits.changed, **dict.fromkeys(edits.removed)}:
        was, yours = before[key], edits.changed.get(key, {})
        row, theirs = was[grid.name], now.get(key)
        gone = key in edits.removed
        if theirs is None:
            found.append(
                _conflict(
                    key, row, "The whole row", row, "removed", "" if gone else "changed"
                )
            )
            continue
        found += [
            _conflict(
                key,
                row,
                heading,
                was.get(name, ""),
                theirs.get(name, ""),
                "removed" if gone else yours.get(name, was.get(name, "")),
            )
            for name, heading in headings.items()
            if theirs.get(name, "") != was.get(name, "")
        ]
    return tuple(found)


def _conflict(
    key: str, row: str, column: str, before: str, theirs: str, yours: str
) -> GridConflict:
    return GridConflict(
        key=key, row=row, column=column, before=before, theirs=theirs, yours=yours
    )


def apply_edits(
    grid: Grid, draft: Programme, before: Mapping[str, Cells], edits: GridEdits
) -> None:
    """Write the edits of a grid into a draft, all of them or none.

    Parameters
    ----------
    before : mapping
        The rows as they were shown to whoever edited them.

    Raises
    ------
    StaleRevision
        Somebody else changed an edited row meanwhile; every cell is named.
    InvalidValue
        Every cell that cannot be, with its row. The draft is not to be saved.
    """
    conflicts = find_conflicts(grid, draft, before, edits)
    if conflicts:
        raise StaleRevision(_told(conflicts))
    problems: list[str] = []
    for key, cells in edits.changed.items():
        if key not in edits.removed:
            problems += _tried(before[key][grid.name], grid.change, draft, key, cells)
    for key in edits.removed:
        if grid.remove is None:
            problems.append(f"A {grid.noun} is not removed here.")
        else:
            problems += _tried(before[key][grid.name], grid.remove, draft, key)
    made: dict[str, str] = {}
    for number, cells in enumerate(edits.added):
        if grid.add is None:
            problems.append(f"A {grid.noun} is not added here.")
        else:
            name = cells.get(grid.name, "").strip() or "A new row"
            problems += _tried(name, _added, grid.add, draft, cells, made, number)
    if problems:
        raise InvalidValue("\n".join(["Nothing was saved.", *problems]))
    if edits.moved and grid.order is not None:
        wanted = (made.get(key, key) for key in edits.order)
        grid.order(draft, in_order(list(grid.rows(draft)), wanted))


def _tried(row: str, act: Callable[..., object], *about: object) -> list[str]:
    try:
        act(*about)
    except InvalidValue as error:
        return [f"{quoted(row)}: {error}"]
    return []


def _added(
    add: Callable[[Programme, Cells], str],
    draft: Programme,
    cells: Cells,
    made: dict[str, str],
    number: int,
) -> None:
    made[f"{NEW}{number}"] = add(draft, cells)


def _told(conflicts: tuple[GridConflict, ...]) -> str:
    rows = len({conflict.key for conflict in conflicts})
    lines = [
        f"{quoted(c.row)}, {c.column}: it was {quoted(c.before)}, theirs is {quoted(c.theirs)}, yours is {quoted(c.yours)}."
        for c in conflicts
    ]
    head = f"Somebody else changed {counted(rows, 'row')} while you were editing, so nothing was saved yet."
    return "\n".join([head, *lines])
