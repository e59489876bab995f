"""The plan table as an Excel workbook, one sheet for each workstream.

The six columns cannot carry links to factors, dated updates or evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.plans._plan_table.excel_in import (
    document_from_workbook,
    has_plan_sheet,
)
from systemmap.formats.plans._plan_table.excel_out import workbook_from
from systemmap.formats.plans._plan_table.records import reading_of
from systemmap.formats.plans._plan_table.table_layout import pages_of
from systemmap.formats.reading.zip_parts import zip_names

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


def recognise(data: bytes, file_name: str) -> bool:
    """Say whether a sheet of the workbook holds the heading row of a plan."""
    if "xl/workbook.xml" not in zip_names(data):
        return False
    try:
        return has_plan_sheet(data)
    except ReadError:
        return False


def read(data: bytes, file_name: str) -> Reading:
    """Read every plan sheet of a workbook."""
    return reading_of(document_from_workbook(data), FORMAT.key)


def write(programme: Programme, map_id: str) -> Written:
    """Write the programme's plan; `map_id` plays no part."""
    pages = pages_of(programme)
    return Written(data=workbook_from(pages), suffix=".xlsx", losses=pages.losses)


FORMAT = Format(
    key="plan_excel",
    title="Plan table in Excel",
    holds="plan",
    suffixes=(".xlsx", ".xlsm"),
    loses="The six columns of a plan hold no links to factors, no dated updates and no evidence.",
    recognise=recognise,
    read=read,
    write=write,
)
