"""Figures of any publisher: a table with areas, periods and values, long or wide.

What each column holds is told from headings and cells, and a person may say
otherwise. A suppressed figure stays without a number and keeps its mark. Not
written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.figures._figure_columns import (
    AREA,
    AREA_CODE,
    BY_INDICATOR,
    BY_PERIOD,
    INDICATOR,
    MANY,
    MEANINGS,
    PERIOD,
    VALUE,
    meanings_of,
)
from systemmap.formats.figures._figure_reader import KEY, FigureReader
from systemmap.formats.figures._figure_tables import sheets_of, table_in
from systemmap.formats.format import Format, Reading
from systemmap.formats.import_mapping import ImportMapping
from systemmap.formats.sighting import NO, certain, possible
from systemmap.language.phrases import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from systemmap.formats.sighting import Recognition, Sighting


def recognise(sighting: Sighting) -> Recognition:
    """Say whether a table has areas and figures: sure where it names the period too."""
    if sighting.is_workbook:
        sheets: Iterable[tuple[str, Sequence[Sequence[str]]]] = sighting.sheets.items()
    elif sighting.kind == "text" and len(sighting.rows) > 1:
        sheets = [("", sighting.rows)]
    else:
        return NO
    for name, rows in sheets:
        table = table_in(name, list(enumerate(rows, 1)))
        if table is None:
            continue
        found = meanings_of(table.headings, [cells for _, cells in table.rows])
        told = set(found.values())
        values = {VALUE, BY_PERIOD, BY_INDICATOR} & told
        if not values or not {AREA, AREA_CODE} & told:
            continue
        seen = joined([m for m in MEANINGS if m in told and m not in MANY] or [AREA])
        if {PERIOD, VALUE} <= told and INDICATOR in told:
            return certain(f"its columns are {seen}")
        return possible(f"it has figures beside columns of {seen}")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read every figure of the tables in which areas stand."""
    return read_mapped(sighting, ImportMapping(format=KEY))


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read the figures as a person said."""
    reader = FigureReader(mapping, sighting.stem)
    for name, rows in sheets_of(sighting):
        table = table_in(name, rows)
        if table is None:
            reader.pass_over(name, rows)
        else:
            reader.take(table)
    if not reader.tables:
        raise ReadError(
            "No table was found in this file: no row holds two headings with rows below. Choose another file, or save the sheet as CSV."
        )
    return reader.reading()


FORMAT = Format(
    key=KEY,
    title="Table of figures (any publisher)",
    holds="data",
    suffixes=(".csv", ".tsv", ".xlsx", ".ods", ".xls"),
    loses="Formatting, charts and notes below the table are left out; the file is read only.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
)
