"""The plan table as a Word document, one table under each workstream's heading.

The six columns cannot carry links to factors, dated updates or evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.plans._plan_table.records import reading_of
from systemmap.formats.plans._plan_table.table_layout import pages_of
from systemmap.formats.plans._plan_table.word_in import document_from_word
from systemmap.formats.plans._plan_table.word_out import document_from
from systemmap.formats.reading.zip_parts import zip_names

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


def recognise(data: bytes, file_name: str) -> bool:
    """Say whether the file is a Word document; reading says whether it holds a plan."""
    return "word/document.xml" in zip_names(data)


def read(data: bytes, file_name: str) -> Reading:
    """Read every plan table of a Word document."""
    return reading_of(document_from_word(data), FORMAT.key)


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
    write=write,
)
