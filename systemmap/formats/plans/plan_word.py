"""The plan table as a Word document, one table under each workstream's heading.

The six columns cannot carry links to factors, dated updates or evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.plans._plan_table.headings import is_header
from systemmap.formats.plans._plan_table.plan_lines import Row
from systemmap.formats.plans._plan_table.plan_mapping import PlanMapping
from systemmap.formats.plans._plan_table.proposal import recognised_by
from systemmap.formats.plans._plan_table.records import reading_of
from systemmap.formats.plans._plan_table.table_layout import pages_of
from systemmap.formats.plans._plan_table.word_in import document_from_word
from systemmap.formats.plans._plan_table.word_out import document_from
from systemmap.formats.sighting import NO, certain, possible

if TYPE_CHECKING:
    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.plans._plan_table.plan_lines import Document
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme


def recognise(sighting: Sighting) -> Recognition:
    """Look for a plan's heading row in the tables of a Word document."""
    if "word/document.xml" not in sighting.parts:
        return NO
    try:
        blocks = document_from_word(sighting.data).blocks
    except ReadError:
        return certain("it is a Word document")  # reading it says what is wrong
    rows = [block.cells for block in blocks if isinstance(block, Row)]
    for cells in rows:
        if is_header(cells):
            return recognised_by(cells)
    if not rows:
        return NO
    return possible("it is a Word document, without a table that has a plan's headings")


def read(sighting: Sighting) -> Reading:
    """Read every plan table of a Word document."""
    return reading_of(_document(sighting), FORMAT.key)


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read the tables as a person said."""
    return reading_of(_document(sighting), FORMAT.key, PlanMapping.of(mapping))


def _document(sighting: Sighting) -> Document:
    if sighting.kind == "text":  # opened as its lines, since it holds no table
        msg = "No plan table was found: this Word document holds no table. Leave the choice open, and its lines are read."
        raise ReadError(msg)
    return document_from_word(sighting.data)


def write(programme: Programme, map_id: str) -> Written:
    """Write the programme's plan; `map_id` plays no part."""
    pages = pages_of(programme)
    return Written(data=document_from(pages), suffix=".docx", losses=pages.losses)


FORMAT = Format(
    key="plan_word",
    title="Plan table in Word",
    holds="plan",
    suffixes=(".docx", ".docm"),
    loses="The six columns of a plan hold no links to factors, no dated updates and no evidence.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
    write=write,
)
