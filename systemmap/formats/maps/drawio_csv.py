"""Draw.io's CSV for import: boxes as rows, and which column names their targets.

Lines that begin with "#" say how the rows are drawn: `label` names a box,
`identity` its key, `connect` which column holds the keys of the boxes it leads
to. Signs, delays and places are not in such a file. Not written.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.reading.limits import LIMITS, check_count
from systemmap.formats.sighting import NO, says_so

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from systemmap.formats.sighting import Recognition, Sighting


def recognise(sighting: Sighting) -> Recognition:
    """Look for the line that says which column holds the targets."""
    if any(
        line.lstrip("# ").startswith("connect:") and line.startswith("#")
        for line in sighting.lines[:60]
    ):
        return says_so("a line says how draw.io connects its rows")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read every row as a cause, and every target it names as a link without a sign."""
    text = sighting.decoded().text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    settings = [line.lstrip("# ") for line in lines if line.startswith("#")]
    body = [line for line in lines if not line.startswith("#")]
    before = len(lines) - len(body)
    check_count(len(body), LIMITS.rows, "rows")
    try:
        rows = list(csv.reader(io.StringIO("\n".join(body))))
    except csv.Error:
        raise ReadError(
            "The rows cannot be read as a table. Check for a missing quote mark."
        ) from None
    if not rows:
        raise ReadError("There are no rows below the lines that say how to draw them.")
    headings = [cell.strip() for cell in rows[0]]
    connects = [c for s in settings if s.startswith("connect:") and (c := _connect(s))]
    _check(connects, headings)
    builder = MapBuilder("drawio_csv", "draw.io CSV")
    builder.name = sighting.stem
    label, key = _label_of(settings), _value(settings, "identity") or "id"
    numbered = [
        (f"Line {n + before}", dict(zip(headings, map(str.strip, row), strict=False)))
        for n, row in enumerate(rows[1:], 2)
    ]
    for where, row in numbered:
        if not any(row.values()):
            builder.leave_blank()
            continue
        shown = label
        for name, cell in row.items():
            shown = shown.replace(f"%{name}%", cell)
        builder.factor(shown, where=where, source_id=row.get(key) or None)
    for where, row in numbered:
        for connect in connects:
            _take_links(builder, row, connect, key, where)
    if builder.links:
        builder.remark("", "The file says nothing of signs, so no link has one yet.")
    return builder.reading()


def _take_links(
    builder: MapBuilder,
    row: Mapping[str, str],
    connect: Mapping[str, object],
    key: str,
    where: str,
) -> None:
    here = builder.keyed(row.get(key, ""))
    for wanted in str(row.get(str(connect["from"]), "")).split(","):
        if not wanted.strip() or here is None:
            continue
        there = builder.keyed(wanted)
        if there is None:
            builder.skip(
                where,
                f"It leads to '{wanted.strip()}', and no row has that key. The link was skipped.",
                wanted,
            )
            continue
        ends = (there, here) if connect.get("invert") is True else (here, there)
        builder.link(*ends, where=where)


def _label_of(settings: Sequence[str]) -> str:
    return _value(settings, "label") or "%name%"


def _value(settings: Sequence[str], name: str) -> str:
    found = [s.partition(":")[2].strip() for s in settings if s.startswith(f"{name}:")]
    return found[0] if found else ""


def _connect(setting: str) -> dict[str, object]:
    try:
        found = json.loads(setting.partition(":")[2])
    except (ValueError, RecursionError):
        raise ReadError(
            "The line 'connect' is not as draw.io writes it. Export the CSV again."
        ) from None
    return found if isinstance(found, dict) and "from" in found else {}


def _check(connects: Sequence[Mapping[str, object]], headings: Sequence[str]) -> None:
    """Refuse a file whose targets stand in a column that is not there."""
    for connect in connects:
        if str(connect["from"]) not in headings:
            msg = f"The line 'connect' names the column '{connect['from']}', and the headings are: {', '.join(headings)}. Mend that line and try again."
            raise ReadError(msg)


FORMAT = Format(
    key="drawio_csv",
    title="Draw.io CSV",
    holds="map",
    suffixes=(".csv",),
    loses="Signs, delays and places are not in such a file. It is read only.",
    recognise=recognise,
    read=read,
)
