"""The Excel workbook that PRSM, Kumu and systemmap all open unchanged.

Carries everything a map's table can hold. Loses positions to whole numbers,
named loops, and who said what beyond counts. Reads our own workbooks, PRSM's
and Kumu's. PRSM finds its sheets by name, Kumu by their first headings; every
other sheet carries "(ignore)" in its name.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from systemmap.bundled.attribution import notices_of
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.maps._losses import ALL_ITEMS, losses_of
from systemmap.formats.maps._map_columns import (
    FACTOR_HEADINGS,
    LINK_HEADINGS,
    Cell,
    factor_rows,
    link_rows,
)
from systemmap.formats.maps._map_headings import heading_key
from systemmap.formats.maps._map_said import NOTHING_SAID
from systemmap.formats.maps._prsm_out import spread_for_prsm
from systemmap.formats.maps._sign_words import DELAY_MARK
from systemmap.formats.maps._themes import theme_labels
from systemmap.formats.maps._unique import renamed, unique_labels
from systemmap.formats.maps._workbook_tables import (
    FULL_NAME,
    KEPT,
    tidy,
)
from systemmap.language.phrases import counted
from systemmap.model.owners import lead_words
from systemmap.model.people import Stakeholder
from systemmap.model.text import clean, clean_label
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.formats.maps._links_out import LinkOut
    from systemmap.formats.maps._spacing import Spacing
    from systemmap.formats.sighting import Sighting
    from systemmap.model.programme import Programme

from systemmap.formats.maps._workbook_in import KEY, SPREAD, map_seen_in, read_mapped

_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # xlsx demands a moment; always the same
_CELL_LIMIT = 32_767
_WIDEST = 40  # characters of a column
_LINK_STYLE = {
    Polarity.SAME: (2, "Positive (+)", "+"),
    Polarity.OPPOSITE: (7, "Negative (−)", "−"),
    Polarity.UNKNOWN: (1, "Sign not agreed", ""),
}
# Headings to which PRSM or Kumu give a meaning of their own.
_RESERVED = {
    "id",
    "shape",
    "email",
    "image",
    "creator",
    "created",
    "modifier",
    "modified",
}
# PRSM draws these of its fifteen styles as boxes; the rest as stars and the like.
_BOX_STYLES = (1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 6, 7, 8, 9)
_CARRIED = ALL_ITEMS - {"original wordings", "statements behind links", "pins"}


def read(sighting: Sighting) -> Reading:
    """Read a map workbook; sheets named "(ignore)" are passed over."""
    return read_mapped(sighting, NOTHING_SAID)


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write the workbook; text cells only, so nothing in it can run."""
    import xlsxwriter  # only when a workbook is written

    system_map = programme.system_map(map_id)
    labels = unique_labels(system_map, tidy)
    styles = _styles(programme, map_id)
    themes = theme_labels(programme)
    places, spacing = spread_for_prsm(system_map, labels)
    factors = []
    for row in factor_rows(programme, map_id):
        factor = system_map.factors[str(row["Ref"])]
        x, y = places[factor.id] if factor.id not in spacing.unplaced else (None, None)
        style = styles.get(factor.theme)
        shown = labels[factor.id]
        row |= {
            "Label": shown,
            "x": _whole(x),
            "y": _whole(y),
            "Style": style,
            "groupLabel": themes.get(factor.theme, factor.theme) if style else "",
            FULL_NAME: factor.label if factor.label != shown else "",
        }
        factors.append(row)
    links = [_link_cells(out, row, labels) for out, row in link_rows(programme, map_id)]
    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": clean_label(programme.info.name)[:200], "created": _MADE}
        )
        _put_sheet(book, "Factors", ("Label", "Type", "Description", "Tags", "x", "y", "Style", "groupLabel", *FACTOR_HEADINGS[6:], FULL_NAME), factors)  # fmt: skip
        first = (
            ("ID",)
            if any(out.number for out, _ in link_rows(programme, map_id))
            else ()
        )
        _put_sheet(
            book, "Links", (*first, *LINK_HEADINGS, "Style", "groupLabel"), links
        )
        for name, headings, rows in _other_sheets(programme, map_id, spacing):
            _put_sheet(book, f"{name} (ignore)", headings, rows, ref=False)
    losses = losses_of(programme, map_id, carried=_CARRIED)
    return Written(
        data=buffer.getvalue(),
        suffix=".xlsx",
        losses=(*renamed(system_map, labels), *losses),
    )


def _link_cells(
    out: LinkOut, row: dict[str, Cell], labels: Mapping[str, str]
) -> dict[str, Cell]:
    style, legend, sign = _LINK_STYLE[out.polarity]
    return row | {
        "ID": out.id,
        "From": labels[out.link.source],
        "To": labels[out.link.target],
        "Label": row["Label"]
        or f"{sign} {DELAY_MARK if out.link.delay else ''}".strip(),
        "Style": style,
        "groupLabel": legend,
    }


def _put_sheet(
    book: Any,  # noqa: ANN401 - xlsxwriter has no types
    name: str,
    headings: Sequence[str],
    rows: Iterable[dict[str, Cell]],
    *,
    ref: bool = True,
) -> None:
    sheet = book.add_worksheet(name)
    rows = list(rows)
    hidden = {"Ref", "ID", "From ID", "To ID", *headings}
    own = sorted({h for row in rows for h in row if h not in hidden})
    columns = [*headings, *own, *(["Ref"] if ref else [])]
    for at, heading in enumerate(columns):
        reserved = heading in own and heading_key(heading) in _RESERVED
        sheet.write_string(0, at, heading + KEPT if reserved else heading)
    for n, row in enumerate(rows, 1):
        for at, heading in enumerate(columns):
            _put_cell(sheet, n, at, row.get(heading))
    sheet.freeze_panes(1, 1)
    for at, heading in enumerate(columns):
        sheet.set_column(at, at, _width(heading, rows))
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.print_area(0, 0, len(rows), len(columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _width(heading: str, rows: Iterable[dict[str, Cell]]) -> int:
    """Return how many characters wide a column is: what stands in it, up to a limit."""
    longest = max((len(str(row.get(heading) or "")) for row in rows), default=0)
    return min(max(longest, len(heading) + 4) + 1, _WIDEST)  # 4 = the filter's arrow


def _put_cell(sheet: Any, row: int, column: int, value: Cell) -> None:  # noqa: ANN401
    if value is None or value == "":
        return
    if isinstance(value, (int, float)):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, clean(value)[:_CELL_LIMIT])


def _styles(programme: Programme, map_id: str) -> dict[str, int]:
    factors = programme.system_map(map_id).factors.values()
    used = sorted({f.theme for f in factors if f.theme})
    return dict(zip(used, _BOX_STYLES, strict=False))


def _whole(number: float | None) -> int | None:
    """Return a whole number that is never 0, which PRSM takes for "not set"."""
    return None if number is None else round(number) or 1


def _other_sheets(
    programme: Programme, map_id: str, spacing: Spacing
) -> list[tuple[str, tuple[str, ...], list[dict[str, Cell]]]]:
    actions: list[dict[str, Cell]] = [
        {
            "Ref": a.id,
            "Action": a.title,
            "Responsible": lead_words(a),
            "Due date": a.due.raw if a.due else "",
            "Progress": a.progress_raw or a.status,
            "Outcomes": a.outcomes,
        }
        for _, a in sorted(programme.actions.items())
    ]
    assets: list[dict[str, Cell]] = [
        {
            "Ref": a.id,
            "Name": a.name,
            "Type": a.type,
            "Organisation": a.organisation,
            "Postcode": a.postcode,
        }
        for _, a in sorted(programme.assets.items())
    ]
    people: list[dict[str, Cell]] = [
        {
            "Ref": s.id,
            "Organisation": s.organisation,
            "Sector": s.sector,
            "Role": s.role,
        }
        for _, s in sorted(programme.all(Stakeholder).items())
    ]
    return [
        (
            "Actions",
            ("Action", "Responsible", "Due date", "Progress", "Outcomes", "Ref"),
            actions,
        ),
        ("Assets", ("Name", "Type", "Organisation", "Postcode", "Ref"), assets),
        ("Organisations", ("Organisation", "Sector", "Role", "Ref"), people),
        ("README", ("What", "Value"), _about(programme, map_id, spacing)),
    ]


def _about(
    programme: Programme, map_id: str, spacing: Spacing
) -> list[dict[str, Cell]]:
    system_map = programme.system_map(map_id)
    facts = [
        ("Programme", programme.info.name),
        ("Programme id", programme.id),
        ("Revision", str(programme.revision)),
        ("Map", system_map.version.name),
        ("Map id", map_id),
        (
            "Counts",
            f"{counted(len(system_map.factors), 'factor')}, {counted(len(system_map.links), 'link')}",
        ),
        (
            "How to use",
            "Edit Factors and Links, keep Ref as it is, leave Ref empty in new rows, then import the file again.",
        ),
        (SPREAD, json.dumps(spacing.noted())),
        *(("Notice", notice) for notice in notices_of(system_map)),
    ]
    return [{"What": what, "Value": value} for what, value in facts]


FORMAT = Format(
    key=KEY,
    title="Excel workbook for PRSM, Kumu and systemmap",
    holds="map",
    suffixes=(".xlsx",),
    loses="Loses named loops, pins, original wordings and who said what beyond counts; positions are rounded.",
    recognise=map_seen_in,
    read=read,
    read_mapped=read_mapped,
    write=write,
)
