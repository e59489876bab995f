"""The plan table as one HTML page, and as pasted from a page, mail or document.

The six columns cannot carry links to factors, dated updates or evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.plans._plan_table.headings import is_header
from systemmap.formats.plans._plan_table.html_in import document_from_html
from systemmap.formats.plans._plan_table.html_out import page_from
from systemmap.formats.plans._plan_table.plan_lines import Row
from systemmap.formats.plans._plan_table.plan_mapping import PlanMapping
from systemmap.formats.plans._plan_table.proposal import recognised_by
from systemmap.formats.plans._plan_table.records import reading_of
from systemmap.formats.plans._plan_table.table_layout import pages_of
from systemmap.formats.sighting import NO, likely

if TYPE_CHECKING:
    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme

_MARKS = (
    "<html",
    "<!doctype html",
    "<table",
    "<body",
    "<meta",
    "<div",
    "<p>",
    "<p ",
    "<ul",
)


def recognise(sighting: Sighting) -> Recognition:
    """Say whether the text begins as HTML does and holds a table."""
    text = (sighting.head or "").lstrip().lower()
    if not text.startswith(_MARKS) or "<table" not in text:
        return NO
    try:
        blocks = document_from_html(sighting.head or "").blocks
    except ReadError:
        return likely("it is a web page with a table")
    for block in blocks:
        if isinstance(block, Row) and is_header(block.cells):
            return recognised_by(block.cells)
    return likely("it is a web page with a table")


def read(sighting: Sighting) -> Reading:
    """Read every plan table of a page."""
    return reading_of(document_from_html(sighting.decoded().text), FORMAT.key)


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read the tables as a person said."""
    return reading_of(
        document_from_html(sighting.decoded().text), FORMAT.key, PlanMapping.of(mapping)
    )


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
    read_mapped=read_mapped,
    write=write,
)
