"""Blocks to workstreams: which lines name them, which rows belong together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.formats.plans._plan_table.cells import plain
from systemmap.formats.plans._plan_table.headings import ACTION
from systemmap.formats.plans._plan_table.line_details import text_without_details
from systemmap.formats.plans._plan_table.plan_columns import PlanColumns
from systemmap.formats.plans._plan_table.plan_lines import Line, Row
from systemmap.formats.plans._plan_table.plan_mapping import (
    AS_FOUND,
    BLANK,
    CONTINUES,
    LEFT_OUT,
    ROW,
    SECTION,
    TOTAL,
    PlanMapping,
    why_left_out,
)
from systemmap.formats.plans._plan_table.plan_rows import PlanRow, phase_numbers
from systemmap.formats.plans._plan_table.row_sense import TOTALS
from systemmap.formats.plans._plan_table.stamp import is_ours
from systemmap.formats.plans._plan_table.streams import (
    DEFERRED,
    FIRST_ALONE,
    FIRST_BLANK,
    LONGEST_NAME,
    NO_HEADINGS,
    NUMBERED,
    PURPOSE,
    UNNAMED,
    WORKSTREAM,
    Assembled,
    Stream,
    is_minuted,
    is_phase_line,
    same_headings,
    section_name,
    take_name,
    workstream_name,
)
from systemmap.formats.reading.limits import LIMITS, check_count
from systemmap.model.text import clean, folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.formats.plans._plan_table.row_sense import Sorted, Told

_MOST_CONTINUED = 100
_ALL_BLANK = "its first cell, Responsible and Due date are blank"


def assemble(found: Sorted, mapping: PlanMapping = AS_FOUND) -> Assembled:
    """Put a document's blocks together into workstreams.

    Parameters
    ----------
    found : Sorted
        The document's lines and rows, in order, and what some of them are.
    mapping : PlanMapping
        What a person said of columns and rows; by default nothing.

    Raises
    ------
    ReadError
        No table has two of the six headings, or there are too many rows.
    """
    assembler = _Assembler(mapping, found.told)
    for block in found.blocks:
        if isinstance(block, Line):
            assembler.take_line(block)
        else:
            assembler.take_row(block)
    return assembler.finished()


class _Assembler:
    def __init__(self, mapping: PlanMapping, told: Mapping[str, Told]) -> None:
        self.mapping, self.told = mapping, told
        self.out = Assembled()
        self.stream: Stream | None = None
        self.waiting: list[Line] = []  # lines whose use is not yet known
        self.purpose_open = False
        self.deferred = ""
        self.section = self.above = ""
        self.section_row: Row | None = None  # a heading row with no rows below it yet
        self.columns = PlanColumns()
        self.table = -1
        self.strange: set[int] = set()  # tables after the plan, not of its shape

    # Lines -----------------------------------------------------------------

    def take_line(self, line: Line) -> None:
        text = self._without_people(clean(line.text).strip())
        if not text or is_ours(text):
            return
        if WORKSTREAM.match(text):
            self._open(Stream(workstream_name(text), heading=text))
        elif (purpose := PURPOSE.match(text)) and self.stream:
            self.purpose_open = True
            self.stream.purpose.extend(filter(None, [(purpose[1] or "").strip()]))
        elif len(text) <= LONGEST_NAME and DEFERRED.search(text):
            self.deferred, self.purpose_open = text, False
        elif self.stream and is_phase_line(text):
            self._take_phase_line(text, line.where)
        elif self.purpose_open and self.stream and not line.heading:
            self.stream.purpose.append(text)
        else:
            self.out.minuted += is_minuted(text)
            self.purpose_open = False
            self.waiting.append(replace(line, text=text))

    def _without_people(self, text: str) -> str:
        """Return a line without addresses, telephone numbers and a person's name alone."""
        kept = text_without_details(text)
        self.out.details += kept != text
        return kept

    def _take_phase_line(self, text: str, where: str) -> None:
        assert self.stream is not None  # noqa: S101 - narrowed by the caller
        self.purpose_open = False
        self._count_item()
        self.stream.rows.append(
            PlanRow(cells={ACTION: text}, where=where, deferred=self.deferred)
        )

    def _settle_waiting(self) -> None:
        """Put lines that name nothing where they can be read again."""
        texts = [line.text for line in self.waiting]
        self.waiting = []
        if self.stream:
            self.stream.note.extend(texts)
        else:
            self.out.introduce(texts)

    def _settle_section(self) -> None:
        """Take a heading that turned out to have no rows below it as an action."""
        if self.section_row and self.stream:
            self.out.roles[self.section_row.where] = ROW
            row = self._plan_row(self.section_row)
            self.stream.rows.append(replace(row, section=""))
        self.section, self.section_row = "", None

    def _open(self, stream: Stream) -> None:
        self._settle_section()
        self._settle_waiting()
        self.stream = stream
        self.out.streams.append(stream)
        self.purpose_open, self.deferred, self.section = False, "", ""
        self.columns = PlanColumns()

    # Rows ------------------------------------------------------------------

    def take_row(self, row: Row) -> None:
        if role := self.mapping.role_of(row):
            self._take_as(row, role)
        elif row.is_blank:
            self.out.roles[row.where] = BLANK
            self.out.blank += bool(self.columns)
            self.out.items += bool(self.columns)
        elif (told := self.told.get(row.where)) and self.columns:
            self._take_told(row, told)
        elif self.mapping.is_heading(row.cells):
            self._take_header(row)
        elif self.columns.only_first(row) and self._take_single(row):
            self.out.roles[row.where] = SECTION
        elif not self._fits(row):
            self._count_strange(row)
        else:
            self._take_body(row)
        self.out.roles.setdefault(row.where, ROW)
        self.table = row.table

    def _take_as(self, row: Row, role: str) -> None:
        """Take a row as what a person said it is."""
        self.out.roles[row.where] = role
        if role == SECTION and self.columns:
            self._count_item()
            self._open_section(" ".join(cell for cell in row.cells if cell.strip()))
        elif role == CONTINUES and self.columns and self.stream and self.stream.rows:
            self._count_item()
            self._continue(self._plan_row(row), "you said so")
        elif role == ROW and self.columns:
            self._take_body(row)
        elif role == TOTAL:
            self._leave_out(row, TOTALS, TOTAL)
        else:
            self._leave_out(row, why_left_out(role), LEFT_OUT)

    def _take_told(self, row: Row, told: Told) -> None:
        """Take a row that is no action of its own, or with which a section begins."""
        if told.section is not None:
            self._go_on_in(told.section or self.out.title or UNNAMED)
        if told.role == SECTION:
            self.out.roles[row.where] = SECTION
            self._count_item()
        elif told.role == CONTINUES and self.stream and self.stream.rows:
            self._count_item()
            self._continue(self._plan_row(row), told.what)
        elif told.role in (CONTINUES, ROW):
            self._take_body(row)
        else:
            self._leave_out(row, told.what, told.role)

    def _leave_out(self, row: Row, what: str, role: str) -> None:
        self.out.roles[row.where] = role
        self._count_item()
        said = " | ".join(cell for cell in row.cells if cell.strip())
        self.out.say(row.where, what, "skipped", said)

    def _take_header(self, row: Row) -> None:
        headings = tuple(" ".join(cell.split()) for cell in row.cells)
        name = self._waiting_name()
        repeated = same_headings(headings, self.columns.headings) or not self.stream
        fresh = self.stream is not None and not self.stream.headings
        if fresh:
            self._title_of_table(name)
        elif (
            self.stream is None
            or not repeated
            or (name and folded(name) != folded(self.stream.name))
        ):
            self._open(Stream(name or self.out.unnamed, heading=name))
        if not (repeated and self.columns):  # else the same again, on another page
            self._take_headings(headings)
        self.purpose_open, self.section, self.above = False, "", ""
        if self.stream and not self.stream.headings:
            self.stream.headings = headings
            self.out.say_missing(row.where, self.columns.missing)

    def _take_headings(self, headings: tuple[str, ...]) -> None:
        self.columns = PlanColumns.of(headings, self.mapping.columns)
        if names := ", ".join(self.columns.left_out):
            self.out.say("", f"Columns about people were left out: {names}.", "note")

    def _waiting_name(self) -> str:
        """Take the line that names the table about to begin, if one does."""
        if self.section_row:
            name, self.section, self.section_row = self.section, "", None
            self.out.items -= 1
            return name
        return take_name(self.waiting)

    def _title_of_table(self, name: str) -> None:
        assert self.stream is not None  # noqa: S101 - narrowed by the caller
        self.stream.title = name
        self._settle_waiting()

    def _take_single(self, row: Row) -> bool:
        """Take a row that holds only its first cell, if it is a heading."""
        text = row.cells[0].strip()
        is_new_table = row.table != self.table
        if WORKSTREAM.match(text):
            same = () if is_new_table else self.columns.headings
            self._open(Stream(workstream_name(text), heading=text))
            self._take_headings(same)  # one heading row serves the table
            return True
        if not self.columns or (
            is_new_table and len(row.cells) != len(self.columns.headings)
        ):
            if len(text) > LONGEST_NAME:
                return False
            self.waiting.append(Line(text, row.where, heading=True))
            return True
        if not is_new_table and self.columns.parts_the_table(row):
            self._count_item()
            self._open_section(text)
            return True
        if is_new_table and row.full_width:
            self.waiting.append(Line(text, row.where, heading=True))
            return True
        if phase_numbers(text)[0] or NUMBERED.match(text) or len(text) > LONGEST_NAME:
            return False
        self._settle_section()
        self.section, self.section_row = row.cells[0], row
        self._count_item()
        self.out.say(row.where, FIRST_ALONE, "guessed", text)
        return True

    def _open_section(self, text: str) -> None:
        """Begin a workstream within a table: one heading row serves them all."""
        headings = self.columns.headings
        empty = self.stream and not self.stream.rows and not self.stream.purpose
        if empty and self.out.streams:
            gone = self.out.streams.pop()
            self.above = gone.heading if self.out.title else ""
            self.out.title = self.out.title or gone.heading
            self.stream = None
        name = section_name(text)
        if self.above and any(folded(s.name) == folded(name) for s in self.out.streams):
            name = f"{self.above}: {name}"
        self._open(Stream(name, heading=text, headings=headings, above=self.above))
        self._take_headings(headings)

    def _go_on_in(self, text: str) -> None:
        """Open a section, or go on in it where rows of another stood between."""
        known = next((s for s in self.out.streams if s.heading == text), None)
        if known is None:
            self._open_section(text)
            return
        self.out.streams.remove(known)
        self.out.streams.append(known)
        self.stream = known

    def _fits(self, row: Row) -> bool:
        return (
            bool(self.columns)
            and row.table not in self.strange
            and (
                row.table == self.table
                or not self.stream
                or not self.stream.rows
                or len(row.cells) == len(self.columns.headings)
            )
        )

    def _count_strange(self, row: Row) -> None:
        self.out.roles[row.where] = LEFT_OUT
        if self.columns:
            self.strange.add(row.table)
        where, count = self.out.other_tables.get(row.table, (row.where, 0))
        self.out.other_tables[row.table] = (where, count + 1)

    def _take_body(self, row: Row) -> None:
        assert self.stream is not None  # noqa: S101 - columns are set with a stream
        if row.table != self.table and self.stream.rows:
            self._begin_below(row)
        self._settle_waiting()
        self._count_item()
        self.section_row = None
        self.stream.headings = self.stream.headings or self.columns.headings
        row = self.columns.laid_open(row)
        plan_row = self._plan_row(row)
        if row.merged_first and not plan_row.may_continue and self.stream.rows:
            # A merged cell stands for every row it covers.
            title = self.stream.rows[-1].cells.get(ACTION, "")
            cells = {**plan_row.cells, ACTION: title}
            self.stream.rows.append(replace(plan_row, cells=cells))
        elif plan_row.cells.get(ACTION, "").strip() or not self.stream.rows:
            self.stream.rows.append(plan_row)
        elif plan_row.may_continue:
            self._continue(plan_row, _ALL_BLANK)
        else:
            above = self.stream.rows[-1]
            under = above.under or above.text(ACTION)
            self.stream.rows.append(replace(plan_row, under=under))
            if ACTION in plan_row.cells:
                self.out.say(row.where, FIRST_BLANK, "guessed")

    def _begin_below(self, row: Row) -> None:
        """Begin a workstream with a table that has a title and no headings of its own."""
        if name := take_name(self.waiting, marked=True):
            headings = self.columns.headings
            self._open(Stream(name, heading=name, headings=headings))
            self._take_headings(headings)
            self.out.say(
                row.where, f"{NO_HEADINGS} It stands below “{name}”.", "guessed"
            )

    def _count_item(self) -> None:
        self.out.items += 1
        check_count(self.out.items, LIMITS.plan_rows, "plan rows")

    def _continue(self, row: PlanRow, why: str) -> None:
        assert self.stream is not None  # noqa: S101 - narrowed by the caller
        self.out.roles[row.where] = CONTINUES
        above = self.stream.rows[-1]
        part = {k: v for k, v in {**row.cells, **row.others}.items() if v.strip()}
        self.stream.rows[-1] = replace(above, continued=(*above.continued, part))
        check_count(
            len(above.continued) + 1, _MOST_CONTINUED, "rows that continue one row"
        )
        title = plain(above.cells.get(ACTION, ""))[:60]
        self.out.say(
            row.where,
            f"This row was joined to the one above ('{title}'): {why}.",
            "guessed",
        )

    def _plan_row(self, row: Row) -> PlanRow:
        if self.columns.too_many(row):
            self.out.say(
                row.where,
                f"This row has {len(row.cells)} cells but the heading has {len(self.columns.headings)}. The others were kept beside it.",
                "note",
            )
        return self.columns.cut(row, self.section)

    # End -------------------------------------------------------------------

    def finished(self) -> Assembled:
        self._settle_section()
        self._settle_waiting()
        self.out.close()
        return self.out
