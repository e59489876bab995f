"""What a document is here: for whom, in which files, how long, and how it is built."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.language.phrases import day
from systemmap.reports.parts.open_document import converted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from systemmap.model.programme import Programme
    from systemmap.reports.parts.blocks import Paper


TWINS = MappingProxyType({".odt": ".docx", ".ods": ".xlsx", ".odp": ".pptx"})
"""OpenDocument files by what they are made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What a document compares with: the programme as it was, and that moment in words."""

    programme: Programme
    words: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody asked for when they asked for a document.

    Attributes
    ----------
    at : date
        The "as at" day, against which dates are read.
    since : Since | None
        The earlier state to report progress from; None = no comparison.
    reported_from : date | None
        A day before anything was kept here: what is dated since is reported,
        and nothing is compared.
    version : str
        The name people gave to this state, for instance "For the January board".
    map_id : str
        Which of the programme's maps; the main one by default.
    template : bytes
        The council's own .docx or .dotx; empty = a plain page.
    return_by : date | None
        The day by which partners return their sheets.
    workshop_id : str
        Which workshop a write-up is about; "" = the latest one held.
    figures : tuple[str, ...]
        Ids of the indicators that the board paper prints; empty = none chosen.
    project_file : bytes
        The programme with its history, as the store wrote it for the handover
        folder; empty = the programme alone goes in.
    paper : str
        The sheet of a poster: A1 or A0.
    """

    at: date
    since: Since | None = None
    version: str = ""
    map_id: str = "main"
    template: bytes = b""
    return_by: date | None = None
    workshop_id: str = ""
    figures: tuple[str, ...] = ()
    project_file: bytes = b""
    paper: str = "A1"
    reported_from: date | None = None

    @property
    def start(self) -> date | None:
        """The day from which what happened is reported; None = none was asked for."""
        return self.since.on if self.since else self.reported_from

    @property
    def start_words(self) -> str:
        """That day, or the name of the earlier state; "" = none was asked for."""
        if self.since:
            return self.since.words
        return day(self.reported_from) if self.reported_from else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A document: its bytes and its file ending."""

    data: bytes
    suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One document that a programme can be asked for.

    Attributes
    ----------
    key, title : str
        The name in code and on the command line; the name on screens.
    for_whom : str
        Who reads it.
    suffixes : tuple[str, ...]
        The files it is written as, the usual one first, each with its dot.
    limit : str
        One sentence: how long it is, and what it leaves out or leaves empty.
    make : callable
        ``make(programme, order, suffix) -> bytes``.
    uses : frozenset[str]
        What it can be given beyond the day: "since", "template", "return_by",
        "map", "workshop", "figures", "paper".
    paper : callable, optional
        ``paper(programme, order) -> Paper``: what its pages say, where it is
        pages of words and tables; None = it is drawn or made of sheets.
    """

    key: str
    title: str
    for_whom: str
    suffixes: tuple[str, ...]
    limit: str
    make: Callable[[Programme, Order, str], bytes]
    uses: frozenset[str] = frozenset()
    paper: Callable[[Programme, Order], Paper] | None = None

    def __post_init__(self) -> None:
        if not (self.key and self.title and self.for_whom and self.limit):
            msg = f"Report '{self.key}' needs a title, readers and a sentence on its limits."
            raise InvalidValue(msg)

    @property
    def twins(self) -> tuple[str, ...]:
        """OpenDocument files that LibreOffice makes of what it is written as."""
        return tuple(twin for twin, source in TWINS.items() if source in self.suffixes)

    def build(self, programme: Programme, order: Order, suffix: str = "") -> Written:
        """Build the document; it changes nothing.

        Parameters
        ----------
        suffix : str
            One of `suffixes` or `twins`; "" = the usual one.

        Raises
        ------
        InvalidValue
            It is not written as such a file; LibreOffice, which makes a twin,
            is not installed.
        UnknownItem
            The programme has no such map or workshop.
        ReadError
            The template cannot be used; the message says why.
        """
        suffix = suffix or self.suffixes[0]
        if suffix in self.twins:
            source = TWINS[suffix]
            made = self.make(programme, order, source)
            return Written(data=converted(made, source, suffix), suffix=suffix)
        if suffix not in self.suffixes:
            msg = f"“{self.title}” is not written as {suffix}. Use one of: {', '.join(self.suffixes)}."
            raise InvalidValue(msg)
        return Written(data=self.make(programme, order, suffix), suffix=suffix)
