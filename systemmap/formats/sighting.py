"""A file as it is met: looked at once, for recognisers, refusals and readers alike.

Kind, text, JSON keys, XML root, the names in a zip and each sheet's first rows
are found when they are first asked for, within the limits of
`systemmap.formats.reading`, and kept.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from systemmap.errors import ReadError
from systemmap.formats.reading.emphasis import has_bold, without_marks
from systemmap.formats.reading.file_text import Text, decode, text_or_none
from systemmap.formats.reading.json_data import safe_json
from systemmap.formats.reading.limits import LIMITS, check_size
from systemmap.formats.reading.other_sheets import is_other_sheet, workbook_of
from systemmap.formats.reading.spreadsheets import cell_text, read_sheets
from systemmap.formats.reading.word_text import text_of_word
from systemmap.formats.reading.xml_tree import safe_xml, xml_root
from systemmap.formats.reading.zip_parts import check_zip, zip_names

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEAD = 200_000  # bytes of a text that recognisers look at
_FIRST_ROWS = 12  # of each sheet
_PROSE = "This is a Word document without a table, so its paragraphs were read as lines. Comments and footnotes were not read."
_MARKED = "Marks of Markdown, such as the stars in **bold**, were left out."
_OURS = (b"# systemmap", b"with systemmap.")
_MARKUP = frozenset(("b", "strong", "i", "em", "u", "p", "div", "span", "font"))
_DELIMITERS = ",;\t|"


class Certainty(IntEnum):
    """How sure a reader is that a file is one of its own."""

    NO = 0
    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class Recognition:
    """What one reader says of a file: how sure it is, and why.

    Attributes
    ----------
    certainty : Certainty
        How sure.
    evidence : str
        What was seen, in words that stand after a colon.
    says_so : bool
        Whether the file itself names its kind (a mark at its start, a root
        element), so that what it may look like beside that is of no account.
    """

    certainty: Certainty = Certainty.NO
    evidence: str = ""
    says_so: bool = False

    def __bool__(self) -> bool:
        return self.certainty > Certainty.NO


NO = Recognition()


def says_so(evidence: str) -> Recognition:
    """Return a certain recognition of a file that names its own kind."""
    return Recognition(Certainty.CERTAIN, evidence, says_so=True)


def certain(evidence: str) -> Recognition:
    """Return a certain recognition."""
    return Recognition(Certainty.CERTAIN, evidence)


def likely(evidence: str) -> Recognition:
    """Return a likely recognition."""
    return Recognition(Certainty.LIKELY, evidence)


def possible(evidence: str) -> Recognition:
    """Return a possible recognition."""
    return Recognition(Certainty.POSSIBLE, evidence)


class Sighting:
    """One file, looked at once.

    Parameters
    ----------
    data, name : bytes, str
        The file, and its name, which is only a hint.

    Raises
    ------
    ReadError
        The file is empty, or larger than any reader takes.
    """

    def __init__(self, data: bytes, name: str = "") -> None:
        check_size(data, LIMITS.data_bytes)
        self.data = data
        self.name = name
        self.remark = ""  # on how the file was opened
        self.recognitions: dict[str, Recognition] = {}  # by format, once each is asked

    @cached_property
    def opened(self) -> Sighting:
        """The file as readers take it: another sheet as a workbook, Word without tables as text.

        To be asked for only where reading is bounded, since it opens the whole file.
        """
        if self.kind == "text":
            return self._unmarked
        if "word/document.xml" in self.parts:
            return self._prose
        if not is_other_sheet(self.data):
            return self
        try:
            return Sighting(workbook_of(self.data), self.name)
        except ReadError:
            if self.data.startswith(b"PK"):
                raise
            return self  # an old Word file, perhaps: the refusal says what to do

    @property
    def _unmarked(self) -> Sighting:
        """A text without the marks of Markdown; our own, and any other, as it is."""
        ours = any(words in self.data for words in _OURS)
        if self.remark or ours or not has_bold(self.head or ""):
            return self
        found = self.decoded()
        if found.guessed:
            return self
        plain = Sighting(without_marks(found.text).encode(), self.name)
        plain.remark = _MARKED
        return plain

    @property
    def _prose(self) -> Sighting:
        """A Word document without tables as its text; any other as it is."""
        try:
            text = text_of_word(self.data)
        except ReadError:
            return self  # its reader says what is wrong
        if not text:
            return self
        prose = Sighting(text.encode(), self.name)
        prose.remark = _PROSE
        return prose

    @property
    def stem(self) -> str:
        """The file's name without its last ending."""
        return self.name.rsplit(".", 1)[0]

    @cached_property
    def kind(self) -> str:
        """Return "zip", "json", "xml", "text" or "other", from how the bytes begin."""
        start = self.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        if self.data.startswith(b"PK"):
            return "zip"
        if self.head is None:
            return "other"
        first = start if start in (b"{", b"<") else self.head.lstrip()[:1].encode()
        if first == b"<" and self._is_marked_up_text:
            return "text"
        return {b"{": "json", b"<": "xml"}.get(first, "text")

    @property
    def _is_marked_up_text(self) -> bool:
        """Whether a list or table only begins with a word in bold, or the like."""
        return self.xml_root in _MARKUP and b"<table" not in self.data.lower()

    # -- text ------------------------------------------------------------------

    def decoded(self, *, limit: int = LIMITS.file_bytes) -> Text:
        """Return the whole text with its encoding.

        Raises
        ------
        ReadError
            Not text, or above the limit.
        """
        check_size(self.data, limit)
        return self._decoded

    @cached_property
    def _decoded(self) -> Text:
        return decode(self.data)

    @cached_property
    def head(self) -> str | None:
        """The text's beginning, up to whole lines; None when the bytes are no text."""
        if self.data.startswith(b"PK"):
            return None
        if len(self.data) <= _HEAD:
            return text_or_none(self.data)
        start = self.data[:_HEAD]
        return text_or_none(start.rpartition(b"\n")[0] or start)

    @cached_property
    def is_whole(self) -> bool:
        """Whether the beginning is all there is."""
        return len(self.data) <= _HEAD

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of a plain text's beginning that hold something."""
        if self.kind != "text":
            return ()
        return tuple(line for line in (self.head or "").splitlines() if line.strip())

    @cached_property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The first rows of a plain text cut at its delimiter, without blank ones."""
        if self.kind != "text":
            return ()
        text = (self.head or "").replace("\r\n", "\n").replace("\r", "\n")
        text = re.sub(r"\Asep=.\n", "", text)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text))
        try:
            first = [tuple(row) for row in itertools.islice(reader, 400)]
        except csv.Error:
            return ()
        return tuple(row for row in first if any(cell.strip() for cell in row))

    def all_rows(
        self, *, limit: int = LIMITS.file_bytes
    ) -> list[tuple[int, list[str]]]:
        """Return every row of a plain text cut at its delimiter, with its line.

        Raises
        ------
        ReadError
            Not text, above the limit, or a quote mark is missing.
        """
        text = self.decoded(limit=limit).text.replace("\r\n", "\n").replace("\r", "\n")
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text))
        try:
            return [(reader.line_num, row) for row in reader]
        except csv.Error:
            msg = f"Line {reader.line_num} cannot be read as a table. Check for a missing quote mark."
            raise ReadError(msg) from None

    # -- what programs write ---------------------------------------------------

    def json(self, *, limit: int = LIMITS.file_bytes) -> Any:  # noqa: ANN401 - JSON is any plain data
        """Return the parsed JSON, parsed once.

        Raises
        ------
        ReadError
            Not JSON, above the limit, or made to harm.
        """
        check_size(self.data, limit)
        found = self._json
        if isinstance(found, ReadError):
            raise found
        return found

    @cached_property
    def _json(self) -> Any:  # noqa: ANN401 - JSON is any plain data
        try:
            return safe_json(self.data, limit=LIMITS.data_bytes)
        except ReadError as refusal:
            return refusal

    @cached_property
    def json_keys(self) -> frozenset[str]:
        """The top-level keys of a JSON object; none for anything else."""
        if self.kind != "json":
            return frozenset()
        found = self._json
        return frozenset(found) if isinstance(found, dict) else frozenset()

    @cached_property
    def xml_root(self) -> str:
        """The local name of the first element, or ""."""
        return xml_root(self.data)

    def xml(self, *, limit: int = LIMITS.file_bytes) -> Element:
        """Return the root of the file's XML.

        Raises
        ------
        ReadError
            Broken XML, above the limit, or made to harm.
        """
        return safe_xml(self.data, limit=limit)

    @cached_property
    def parts(self) -> frozenset[str]:
        """The names in a zip; none for anything else."""
        return zip_names(self.data)

    @property
    def is_workbook(self) -> bool:
        """Whether the file is an Excel workbook."""
        return "xl/workbook.xml" in self.parts

    @cached_property
    def sheets(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The first rows of each sheet as text; none when they cannot be read."""
        if not self.is_workbook:
            return {}
        try:
            check_zip(self.data)
            found = read_sheets(self.data, rows=_FIRST_ROWS).sheets
        except ReadError:
            return {}
        return {
            sheet.name: tuple(tuple(map(cell_text, row)) for row in sheet.rows)
            for sheet in found
        }


def delimiter(text: str) -> str:
    """Return the delimiter that stands most often outside quotes in the first lines."""
    head = re.sub(r'"[^"]*+"', "", "\n".join(text.split("\n", 21)[:20]))
    return max(_DELIMITERS, key=head.count)
