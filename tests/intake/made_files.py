"""Files made for a test, and what a reading of them says."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import PatternFill

from systemmap.model.response import Action

FILLS = {"red": "FFFF0000", "amber": "FFFFC000", "green": "FF92D050"}


def workbook(*rows, merges=(), fills=(), others=()):
    """Return a workbook: cells merged, some only coloured, and further sheets."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for merge in merges:
        book.active.merge_cells(merge)
    for place, colour in fills:
        fill = FILLS.get(colour, colour)
        book.active[place].fill = PatternFill("solid", fgColor=fill)
    for name, more in others:
        beside = book.create_sheet(name)
        for row in more:
            beside.append(row)
    return saved(book)


def saved(document):
    """Return a workbook or a Word document as a file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def of(kind, reading):
    return [record for record in reading.records if isinstance(record, kind)]


def actions(reading):
    return of(Action, reading)


def said(reading):
    return " ".join(problem.what for problem in reading.problems)
