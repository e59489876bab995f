"""The plan table as an Excel workbook, one sheet for each workstream.

The six columns cannot carry links to factors, dated updates or evidence.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.origin import origin_of
from systemmap.formats.plans._plan_table.excel_in import (
    document_from_workbook,
    plan_heading_in,
)
from systemmap.formats.plans._plan_table.excel_out import workbook_from
from systemmap.formats.plans._plan_table.plan_mapping import PlanMapping
from systemmap.formats.plans._plan_table.proposal import possible_plan, recognised_by
from systemmap.formats.plans._plan_table.records import reading_of
from systemmap.formats.plans._plan_table.table_layout import pages_of
from systemmap.formats.sighting import NO

if TYPE_CHECKING:
    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme


def recognise(sighting: Sighting) -> Recognition:
    """Say whether a sheet of the workbook holds the heading row of a plan."""
    if not sighting.is_workbook:
        return NO
    try:
        heading = plan_heading_in(sighting.data)
    except ReadError:
        return NO
    if heading:
        return recognised_by(heading)
    try:
        blocks = document_from_workbook(sighting.data).blocks
    except ReadError:
        return NO
    return possible_plan(blocks)


def read(sighting: Sighting) -> Reading:
    """Read every plan sheet of a workbook."""
    return _dated(
        sighting, reading_of(document_from_workbook(sighting.data), FORMAT.key)
    )


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read the tables as a person said."""
    plan = PlanMapping.of(mapping)
    document = document_from_workbook(sighting.data, plan.headings)
    return _dated(sighting, reading_of(document, FORMAT.key, plan))


def _dated(sighting: Sighting, reading: Reading) -> Reading:
    """Say which programme a workbook of ours was made of, and when."""
    made_of, made_at = origin_of(sighting.data)
    return replace(reading, made_of=made_of, made_at=made_at)


def write(programme: Programme, map_id: str) -> Written:
    """Write the programme's plan; `map_id` plays no part."""
    pages = pages_of(programme)
    return Written(
        data=workbook_from(pages, programme), suffix=".xlsx", losses=pages.losses
    )


FORMAT = Format(
    key="plan_excel",
    title="Plan table in Excel or OpenDocument",
    holds="plan",
    suffixes=(".xlsx", ".xlsm", ".ods", ".xls"),
    loses="The six columns of a plan hold no links to factors, no dated updates and no evidence.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
    write=write,
)
