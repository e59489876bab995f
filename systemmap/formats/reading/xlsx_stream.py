"""Excel sheets as rows of shown text, streamed: merges, hidden rows, odd cells named.

Plans, assets and large data files need what the eye sees. Formulas are never run
(the value Excel stored is taken, the cell flagged); "Oct-22" stays "Oct-22".
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from xml.parsers import expat

from systemmap.errors import ReadError
from systemmap.formats.reading.cell_styles import CellStyle, styles_in, whole
from systemmap.formats.reading.fill_colours import OTHER
from systemmap.formats.reading.limits import LIMITS, check_count
from systemmap.formats.reading.number_formats import (
    date_words,
    is_date_format,
    number_words,
    shows_year,
)
from systemmap.formats.reading.xml_tree import local, safe_xml
from systemmap.formats.reading.zip_parts import check_zip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_FIRST, _CHUNK = 16_384, 262_144  # bytes
_MOST_EMPTY = 20_000  # rows with a format and no text
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
_DTD = "This file contains an XML document type definition. Save it again from Excel."


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell: its text as shown, and what is odd about it.

    `flag` is "formula", "formula without a value", "error", "coloured" (no
    text, only a fill), "day and month" (a date whose format shows no year; the
    whole date is in `hidden`), or "". `colour` is the colour a solid fill is
    called by, or ""; `struck` says whether a line goes through it.
    """

    text: str
    flag: str = ""
    hidden: str = ""
    colour: str = ""
    struck: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row that holds something, by column counted from 0; `level` is that of a group."""

    number: int
    cells: dict[int, ShownCell]
    hidden: bool = False
    level: int = 0

    def texts(self, width: int) -> list[str]:
        """Return the texts of the first `width` columns, "" where there is none."""
        return [c.text if (c := self.cells.get(i)) else "" for i in range(width)]

    @property
    def struck(self) -> bool:
        """Whether a line goes through all that it says."""
        said = [cell for cell in self.cells.values() if cell.text.strip()]
        return bool(said) and all(cell.struck for cell in said)

    @property
    def width(self) -> int:
        """One more than the last column that holds text."""
        return max((i for i, c in self.cells.items() if c.text), default=-1) + 1


@dataclass(slots=True)
class ShownSheet:
    """A sheet: its name and, once its rows are read, merges and hidden columns."""

    name: str
    is_hidden: bool
    part: str
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


class ShownWorkbook:
    """An .xlsx or .xlsm file, opened after the zip guard has passed it.

    Raises
    ------
    ReadError
        Not a workbook, damaged, locked or above a limit.
    """

    def __init__(
        self,
        data: bytes,
        *,
        limit: int = LIMITS.file_bytes,
        unpacked: int = LIMITS.unpacked_bytes,
    ) -> None:
        check_zip(data, limit=limit, unpacked=unpacked)
        self._data = data
        self._zip = zipfile.ZipFile(BytesIO(data))
        self._limit = unpacked
        self._letters = 0
        book = self._xml("xl/workbook.xml")
        if book is None:
            raise ReadError(
                "The file is a zip but not an Excel workbook. Save it again as .xlsx."
            )
        self._epoch = _epoch(book)
        self.sheets = self._sheets(book)
        check_count(len(self.sheets), 50, "sheets")
        self._shared: list[str] | None = None
        self._styles: list[CellStyle] = []

    def rows(self, sheet: ShownSheet) -> Iterator[ShownRow]:
        """Yield the rows of a sheet that hold something, in order, as they stream."""
        if self._shared is None:
            self._shared = _strings(self._data, self._limit)
            self._styles = styles_in(self._xml("xl/styles.xml"))
        reader = _RowReader(sheet, _Values(self._shared, self._styles, self._epoch))
        with self._zip.open(sheet.part) as stream:
            size = _FIRST
            while chunk := stream.read(size):
                yield from self._counted(reader.feed(chunk))
                size = min(2 * size, _CHUNK)  # who looks for a heading reads little
            yield from self._counted(reader.feed(b"", final=True))

    def _counted(self, rows: list[ShownRow]) -> list[ShownRow]:
        """Count the letters shown: one long text can stand in any number of cells."""
        shown = (cell.text for row in rows for cell in row.cells.values())
        self._letters += sum(map(len, shown))
        check_count(self._letters, self._limit, "characters in cells")
        return rows

    def _xml(self, part: str) -> Element | None:
        if part not in self._zip.namelist():
            return None
        return safe_xml(self._zip.read(part), limit=self._limit)

    def _sheets(self, book: Element) -> list[ShownSheet]:
        relations = self._xml("xl/_rels/workbook.xml.rels")
        targets = {e.get("Id"): e.get("Target", "") for e in relations or ()}
        found = []
        for element in book.iter():
            if local(element.tag) != "sheet":
                continue
            relation = next(
                (v for k, v in element.attrib.items() if local(k) == "id"), ""
            )
            part = _part_name(targets.get(relation, ""))
            if part in self._zip.namelist() and part.endswith(".xml"):
                hidden = element.get("state", "visible") != "visible"
                found.append(ShownSheet(element.get("name", ""), hidden, part))
        return found


@dataclass(frozen=True, slots=True)
class _Values:
    """What a cell's value means: the shared texts, the styles, the first day."""

    shared: list[str]
    styles: list[CellStyle]
    epoch: date

    def cell(
        self, attributes: dict[str, str], value: str, inline: str, *, formula: bool
    ) -> ShownCell:
        """Return one cell as shown."""
        kind = attributes.get("t", "n")
        style = whole(attributes.get("s"))
        look = self.styles[style] if style < len(self.styles) else CellStyle()
        code, fill = look.code, look.fill
        rated = "" if fill == OTHER else fill
        if kind == "e":
            return ShownCell("", "error", value, rated)
        if kind == "n" and not value:
            flag = "formula without a value" if formula else _coloured(fill)
            return ShownCell("", flag, "", rated)
        if kind == "n":
            number = self._number(value, code, formula=formula)
            return replace(number, colour=rated, struck=look.struck)
        if kind == "s":
            place = whole(value, len(self.shared))
            text = self.shared[place] if place < len(self.shared) else ""
        elif kind == "b":
            text = "TRUE" if value == "1" else "FALSE"
        else:
            text = _unescaped(inline if kind == "inlineStr" else value)
        flag = "" if text else _coloured(fill)
        flag = "formula" if formula else flag
        return ShownCell(text, flag, "", rated, look.struck)

    def _number(self, value: str, code: str, *, formula: bool) -> ShownCell:
        flag = "formula" if formula else ""
        try:
            number = float(value)
            if not is_date_format(code):
                return ShownCell(number_words(number, code), flag)
            days = timedelta(days=int(number), seconds=round(number % 1 * 86_400))
            moment = datetime.combine(self.epoch, datetime.min.time()) + days
        except (OverflowError, ValueError):
            return ShownCell(value, flag)
        words = date_words(moment, code)
        if shows_year(code):
            return ShownCell(words, flag)
        return ShownCell(words, "day and month", f"{moment.day} {moment:%B %Y}")


class _RowReader:
    """Takes a sheet's XML in pieces and gives back finished rows."""

    def __init__(self, sheet: ShownSheet, values: _Values) -> None:
        self.sheet, self.values = sheet, values
        self.done: list[ShownRow] = []
        self.cells: dict[int, ShownCell] = {}
        self.number = self.column = self.phonetic = self.empty = self.level = 0
        self.row_hidden = self.formula = False
        self.attributes: dict[str, str] = {}
        self.text: list[str] | None = None
        self.value = ""
        self.inline: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, chunk: bytes, *, final: bool = False) -> list[ShownRow]:
        """Take a piece; return the rows it completed."""
        try:
            self.parser.Parse(chunk, final)
        except expat.ExpatError:
            msg = f"Sheet {self.sheet.name} is damaged. Open the workbook in Excel, save it again and try once more."
            raise ReadError(msg) from None
        done, self.done = self.done, []
        return done

    def _doctype(self, *_: object) -> None:
        raise ReadError(_DTD)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "c":
            self.attributes, self.value, self.inline = attributes, "", []
            self.formula = False
            self.column = column_of(attributes.get("r", ""), self.column + 1)
        elif name in ("v", "t"):
            self.text = []
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.number = whole(attributes.get("r"), self.number + 1)
            self.row_hidden = attributes.get("hidden") in ("1", "true")
            self.level = whole(attributes.get("outlineLevel"))
            self.column, self.cells = -1, {}
        elif name == "rPh":
            self.phonetic += 1
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = whole(attributes.get("min")), whole(attributes.get("max"))
            self.sheet.hidden_columns.extend(range(first - 1, min(last, 300)))

    def _characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name == "v":
            self.value, self.text = "".join(self.text or ()), None
        elif name == "t":
            if not self.phonetic:
                self.inline += self.text or ()
            self.text = None
        elif name == "rPh":
            self.phonetic -= 1
        elif name == "c":
            self._finish_cell()
        elif name == "row" and self.cells:
            row = ShownRow(self.number, self.cells, self.row_hidden, self.level)
            self.done.append(row)
        elif name == "row":
            self.empty += 1
            check_count(self.empty, _MOST_EMPTY, "empty formatted rows")

    def _finish_cell(self) -> None:
        cell = self.values.cell(
            self.attributes, self.value, "".join(self.inline), formula=self.formula
        )
        if cell.text or cell.flag:
            self.cells[self.column] = cell

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        one, other = _REFERENCE.match(first), _REFERENCE.match(last)
        if one and other:
            check_count(len(self.sheet.merges) + 1, 20_000, "merged cells")
            corners = (
                int(one[2]),
                column_of(first, 0),
                int(other[2]),
                column_of(last, 0),
            )
            self.sheet.merges.append(corners)


def column_of(reference: str, otherwise: int) -> int:
    """Return a cell reference's column, counted from 0.

    Examples
    --------
    >>> column_of("AB12", 0)
    27
    """
    match = _REFERENCE.match(reference)
    if match is None:
        return otherwise
    found = 0
    for letter in match[1]:
        found = found * 26 + ord(letter) - 64
    return found - 1


@lru_cache(maxsize=2)  # each recogniser asks, then the reader
def _strings(data: bytes, limit: int) -> list[str]:
    """Return the texts that the cells of a workbook share, which nobody changes."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        if "xl/sharedStrings.xml" not in book.namelist():
            return []
        root = safe_xml(book.read("xl/sharedStrings.xml"), limit=limit)
    return [_joined_text(item) for item in root]


def _epoch(book: Element) -> date:
    """Return the day before day 1: two date systems exist."""
    for element in book.iter():
        later = element.get("date1904") in ("1", "true")
        if later and local(element.tag) == "workbookpr":
            return date(1904, 1, 1)
    return date(1899, 12, 30)


def _part_name(target: str) -> str:
    return (
        target.lstrip("/")
        if target.startswith("/")
        else str(PurePosixPath("xl") / target)
    )


def _joined_text(item: Element) -> str:
    """Return the text of a shared string, its pronunciation guide left out."""
    found = []
    for child in item:
        name = local(child.tag)
        if name == "t":
            found.append(child.text or "")
        elif name == "r":
            found.extend(e.text or "" for e in child if local(e.tag) == "t")
    return _unescaped("".join(found))


def _coloured(colour: str) -> str:
    return "coloured" if colour else ""


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
