"""The plan table as plain text with tabs: what is pasted from Word or Excel.

Plain text cannot carry links to factors, dated updates or evidence.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from systemmap.errors import Problem, ReadError
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.plans._plan_table.flattened_table import (
    document_from_flattened,
    flattened_heading,
)
from systemmap.formats.plans._plan_table.headings import evidence
from systemmap.formats.plans._plan_table.plan_mapping import PlanMapping
from systemmap.formats.plans._plan_table.proposal import possible_plan, recognised_by
from systemmap.formats.plans._plan_table.records import reading_of
from systemmap.formats.plans._plan_table.run_on_rows import (
    document_from_run_on,
    run_on_heading,
)
from systemmap.formats.plans._plan_table.table_layout import pages_of
from systemmap.formats.plans._plan_table.text_in import (
    document_from_text,
    plan_heading,
)
from systemmap.formats.plans._plan_table.text_out import text_from
from systemmap.formats.reading.limits import check_count
from systemmap.formats.sighting import NO, likely

if TYPE_CHECKING:
    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.plans._plan_table.plan_lines import Document
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme

_LONGEST = (
    50_000  # lines; a plan of 5,000 rows with cells of several lines stays far below
)
_LETTERS = "The file is not UTF-8; it was read as Windows-1252. Check accents."


def recognise(sighting: Sighting) -> Recognition:
    """Say whether some line is the heading row of a plan table."""
    if sighting.kind != "text":
        return NO
    text = sighting.head or ""
    if heading := plan_heading(text):
        return recognised_by(heading)
    if heading := flattened_heading(text):
        return likely(
            f"{evidence(heading)}, one below the other, as in a table pasted without its columns"
        )
    if heading := run_on_heading(text):
        return likely(
            f"{evidence(heading)}, in one line as in a table pasted from a PDF"
        )
    several = sum(len(row) > 1 for row in sighting.rows)
    if 2 * several <= len(sighting.rows):
        return NO
    try:
        return possible_plan(_document(text).blocks)
    except ReadError:
        return NO


def read(sighting: Sighting) -> Reading:
    """Read a plan table from text."""
    return reading_of(_seen(sighting), FORMAT.key)


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read the table as a person said."""
    return reading_of(_seen(sighting), FORMAT.key, PlanMapping.of(mapping))


def _seen(sighting: Sighting) -> Document:
    text = sighting.decoded()
    check_count(text.text.count("\n"), _LONGEST, "lines")
    found = _document(text.text)
    if not text.guessed:
        return found
    return replace(found, problems=(*found.problems, Problem("", _LETTERS, "guessed")))


@lru_cache(maxsize=1)  # a person who corrects a plan has it read again and again
def _document(text: str) -> Document:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if plan_heading(text):
        return document_from_text(text)
    if flattened_heading(text):
        return document_from_flattened(text)
    if run_on_heading(text):
        return document_from_run_on(text)
    return document_from_text(text)


def write(programme: Programme, map_id: str) -> Written:
    """Write the programme's plan; `map_id` plays no part."""
    pages = pages_of(programme)
    data = text_from(pages).encode("utf-8")
    return Written(data=data, suffix=".txt", losses=pages.losses)


FORMAT = Format(
    key="plan_text",
    title="Plan table as text",
    holds="plan",
    suffixes=(".txt", ".tsv", ".md"),
    loses="The six columns of a plan hold no links to factors, no dated updates and no evidence.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
    write=write,
)
