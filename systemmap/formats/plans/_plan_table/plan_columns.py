"""What each column of a plan table holds, and a row cut into those columns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from systemmap.formats.import_mapping import heading_words
from systemmap.formats.plans._plan_table.done_headings import is_about_done
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    COLUMNS,
    DUE,
    FIRST_DUE,
    NEVER_KEPT,
    NOTE,
    PERSONAL,
    PROGRESS,
    RATING,
    RESPONSIBLE,
    meanings_of,
    speaks_of_phases,
)
from systemmap.formats.plans._plan_table.plan_rows import PlanRow, phase_numbers
from systemmap.formats.plans._plan_table.streams import (
    LONGEST_NAME,
    kept_names,
    section_name,
    unique_heading,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.formats.plans._plan_table.plan_lines import Row


_COUNTS = ("rowid", "rownumber", "itemid")  # a tool's own number of each row


@dataclass(frozen=True, slots=True)
class PlanColumns:
    """The columns of the table being read.

    Attributes
    ----------
    headings : tuple[str, ...]
        Its heading row; empty = there has been none yet.
    six, further : Mapping[int, str]
        By position: which of the six columns stands there; which other meaning.
    kept_as : Mapping[int, str]
        By position: under which name a column beside the six is kept.
    rates : frozenset[int]
        Where ratings stand, those of past quarters too: a colour is a word there.
    phases_only : bool
        Whether the column of actions is headed as one of phases.
    asks_done : bool
        Whether the column of progress asks if an action is complete.
    """

    headings: tuple[str, ...] = ()
    six: Mapping[int, str] = field(default_factory=dict)
    further: Mapping[int, str] = field(default_factory=dict)
    kept_as: Mapping[int, str] = field(default_factory=dict)
    rates: frozenset[int] = frozenset()
    phases_only: bool = False
    asks_done: bool = False

    @classmethod
    def of(
        cls, headings: Iterable[str], chosen: Mapping[str, str] | None = None
    ) -> PlanColumns:
        """Return the columns of a heading row; `chosen` are meanings a person gave."""
        headings = tuple(headings)
        found = meanings_of(headings, chosen or {})
        six = {place: meaning for place, meaning in found.items() if meaning in COLUMNS}
        further = {p: meaning for p, meaning in found.items() if meaning not in COLUMNS}
        rates = frozenset(
            place
            for place, heading in enumerate(headings)
            if further.get(place) == RATING
            or (place not in found and RATING in meanings_of((heading,)).values())
        )
        headed = {meaning: headings[place] for place, meaning in six.items()}
        return cls(
            headings,
            six,
            further,
            kept_names(headings, six),
            rates,
            speaks_of_phases(headed.get(ACTION, "")),
            is_about_done(headed.get(PROGRESS, "")),
        )

    def __bool__(self) -> bool:
        return bool(self.six)

    @property
    def meant(self) -> dict[int, str]:
        """What stands at which position, of all meanings known."""
        return dict(sorted({**self.six, **self.further}.items()))

    @property
    def names(self) -> tuple[str, ...]:
        """The six columns that the table has."""
        return tuple(self.six.values())

    @property
    def missing(self) -> list[str]:
        """Those of the six columns that the table has not."""
        return [column for column in COLUMNS if column not in self.names]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The headings of the columns about people, which are not read."""
        return tuple(
            self.headings[place]
            for place, meaning in self.further.items()
            if meaning == PERSONAL
        )

    @property
    def first_is_action(self) -> bool:
        """Whether the first column holds the actions, or no column does."""
        return self.six.get(0) == ACTION or ACTION not in self.six.values()

    def only_first(self, row: Row) -> bool:
        """Say whether only the first cell says anything: a row's own number does not."""
        if len(row.cells) > 1 and row.cells[1].strip() and not self._counts(1):
            return False
        first, *others = [p for p, cell in enumerate(row.cells) if cell.strip()] or [1]
        return first == 0 and all(map(self._counts, others))

    def _counts(self, place: int) -> bool:
        own = self.headings[place] if place < len(self.headings) else ""
        return heading_words(own) in _COUNTS

    def too_many(self, row: Row) -> bool:
        """Say whether a row holds more than the heading has columns."""
        return any(cell.strip() for cell in row.cells[len(self.headings) :])

    def place_of(self, column: str) -> int | None:
        """Return where one of the six columns stands; None = the table has none."""
        return next((p for p, name in self.six.items() if name == column), None)

    def parts_the_table(self, row: Row) -> bool:
        """Say whether a row is a title across the table: merged, or where no action stands."""
        text = row.cells[0].strip()
        if phase_numbers(text)[0] or len(text) > LONGEST_NAME or not self:
            return False
        elsewhere = not self.first_is_action
        return row.full_width or (
            elsewhere and any(map(str.isalpha, section_name(text)))
        )

    def laid_open(self, row: Row) -> Row:
        """Return a row below a merged first cell that is not the action's own.

        A theme merged over its rows counts for each; the row continues the one
        above only where the action's cell is merged too, and nothing is said of
        who and when.
        """
        if not row.merged_first or not self.place_of(ACTION):
            return row
        own = [self.place_of(name) for name in (ACTION, RESPONSIBLE, DUE)]
        if not any(row.cells[p].strip() for p in own if p is not None):
            return row
        above = (*row.above, *[""] * (len(row.cells) - len(row.above)))
        cells = (c or a for c, a in zip(row.cells, above, strict=False))
        return replace(row, cells=tuple(cells), merged_first=False)

    def _with_colours(self, row: Row) -> tuple[str, ...]:
        """Return the row's cells; one of a rating that is only coloured says its colour."""
        if not row.colours and len(row.cells) >= len(self.headings):
            return row.cells
        cells = [*row.cells, *[""] * (len(self.headings) - len(row.cells))]
        for place, colour in enumerate(row.colours):
            if place in self.rates and colour and not cells[place].strip():
                cells[place] = colour.capitalize()
        return tuple(cells)

    def _in_words(self, place: int, cell: str) -> str:
        """Return a cell; a note that is only a figure goes with its heading."""
        bare = cell.strip() and not any(map(str.isalpha, cell))
        if bare and self.further[place] == NOTE:
            return f"{self.headings[place]}: {cell.strip()}"
        return cell

    def cut(self, row: Row, section: str) -> PlanRow:
        """Return a row by its columns; what stands under no known heading is kept."""
        cells = self._with_colours(row)
        width = len(self.headings)
        others = {
            name: cells[place]
            for place, name in self.kept_as.items()
            if self.further.get(place) not in NEVER_KEPT
        }
        for place, cell in enumerate(cells[width:], width):
            if cell.strip():
                others[unique_heading("", place, others)] = cell
        typed = {column: cells[p] for p, column in self.six.items()}
        first = next((p for p, m in self.further.items() if m == FIRST_DUE), None)
        if first is not None:
            typed[FIRST_DUE] = cells[first]  # counts where it was not moved
        return PlanRow(
            cells=typed,
            others=others,
            known={
                meaning: self._in_words(p, cells[p])
                for p, meaning in self.further.items()
                if meaning not in NEVER_KEPT
            },
            where=row.where,
            section=section,
            phases_only=self.phases_only,
            asks_done=self.asks_done,
        )
