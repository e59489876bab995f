"""The plan table as one HTML page, and as pasted from a page, mail or document.

The six columns cannot carry links to factors, dated updates or evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.plans._plan_table.html_in import document_from_html
from systemmap.formats.plans._plan_table.html_out import page_from
from systemmap.formats.plans._plan_table.records import reading_of
from systemmap.formats.plans._plan_table.table_layout import pages_of
from systemmap.formats.reading.file_text import decode, text_or_none
from systemmap.formats.reading.limits import check_size

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

_MARKS = ("<html", "<!doctype html", "<table", "<body", "<meta", "<div", "<p>", "<p ", "<ul")  # fmt: skip


def recognise(data: bytes, file_name: str) -> bool:
    """Say whether the text begins as HTML does and holds a table."""
    text = (text_or_none(data) or "").lstrip().lower()
    return text[:4000].startswith(_MARKS) and "<table" in text


def read(data: bytes, file_name: str) -> Reading:
    """Read every plan table of a page."""
    check_size(data)
    return reading_of(document_from_html(decode(data).text), FORMAT.key)


def write(programme: Programme, map_id: str) -> Written:
    """Write the programme's plan; `map_id` plays no part."""
    pages = pages_of(programme)
    data = page_from(pages).encode("utf-8")
    return Written(data=data, suffix=".html", losses=pages.losses)


FORMAT = Format(
    key="plan_html",
    title="Plan table as a web page",
    holds="plan",
    suffixes=(".html", ".htm"),
    loses="The six columns of a plan hold no links to factors, no dated updates and no evidence.",
    recognise=recognise,
    read=read,
    write=write,
)
