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

from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.maps._losses import ALL_ITEMS, losses_of
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._map_columns import (
    FACTOR_HEADINGS,
    LINK_HEADINGS,
    Cell,
    Table,
    factor_rows,
    link_rows,
    take_factors,
    take_links,
)
from systemmap.formats.maps._map_headings import heading_key
from systemmap.formats.maps._matrix import is_matrix, take_matrix
from systemmap.formats.maps._prsm_out import spread_for_prsm
from systemmap.formats.maps._sign_words import DELAY_MARK
from systemmap.formats.maps._spacing import noted_in
from systemmap.formats.maps._themes import theme_labels
from systemmap.formats.maps._unique import renamed, unique_labels
from systemmap.formats.maps._workbook_tables import (
    FULL_NAME,
    KEPT,
    ends_are_keys,
    ends_by_reference,
    full_names,
    kind_of_sheet,
    several_targets,
    tables_of,
    tidy,
    without_people,
)
from systemmap.formats.reading.spreadsheets import Sheet, cell_text, read_sheets
from systemmap.formats.sighting import NO, certain, says_so
from systemmap.model.elements import MapVersion
from systemmap.model.owners import lead_words
from systemmap.model.people import Stakeholder
from systemmap.model.text import clean, clean_label
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.formats.maps._links_out import LinkOut
    from systemmap.formats.maps._spacing import Spacing
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme

_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # xlsx demands a moment; always the same
_CELL_LIMIT = 32_767
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
_SPREAD = "Positions are spread so (keep this)"  # on the sheet README
_CARRIED = ALL_ITEMS - {"original wordings", "statements behind links", "pins"}


# -- reading -------------------------------------------------------------------


def recognise(sighting: Sighting) -> Recognition:
    """Say whether a workbook has the sheets of a map: ours, PRSM's or Kumu's."""
    sheets = {
        name: rows for name, rows in sighting.sheets.items() if "(ignore)" not in name
    }
    if {"factors", "links"} <= {name.casefold() for name in sheets}:
        return says_so("it has the sheets Factors and Links")
    for name, rows in sheets.items():
        if rows and (kind := _kind_of(rows[0])):
            return certain(f"sheet '{name[:31]}' begins with the headings of {kind}")
    if any(_may_be_square(rows) for rows in sheets.values()):
        book = read_sheets(sighting.data)
        for sheet in book.sheets:
            if is_matrix(_numbered(sheet)):
                return certain(
                    f"on sheet '{sheet.name[:31]}' the first row and the first column name the same things"
                )
    return NO


def read(sighting: Sighting) -> Reading:
    """Read a map workbook; sheets named "(ignore)" are passed over."""
    book = read_sheets(sighting.data)
    ours = any(sheet.name == "README (ignore)" for sheet in book.sheets)
    tables = [t for s in book.sheets if "(ignore)" not in s.name for t in tables_of(s)]
    kinds = [kind_of_sheet(t.name, t.headings) or _kind_of(t.headings) for t in tables]
    factors = [t for t, kind in zip(tables, kinds, strict=True) if kind == "factors"]
    links = [t for t, kind in zip(tables, kinds, strict=True) if kind == "links"]
    if not factors and not links:
        for sheet in book.sheets:
            if is_matrix(square := _numbered(sheet)):
                builder = MapBuilder("workbook")
                builder.name = sighting.stem
                take_matrix(builder, square)
                return builder.reading(sheets=sheet.name)
        raise ReadError(
            "Sheet Factors is missing. A map workbook needs sheets Factors and Links; download the template."
        )
    prsm = {s.name for s in book.sheets} >= {"Factors", "Links"}
    dialect = "systemmap" if ours else "PRSM" if prsm else "Kumu"
    builder = MapBuilder("workbook", dialect, own_ids=ours)
    _remarks(builder, book.formulas, tables)
    about = _facts_of(book.sheets)
    builder.name = about.get("Map", "") or sighting.stem
    spacing = noted_in(about.get(_SPREAD, ""))
    for table in factors:
        take_factors(
            builder, full_names(without_people(builder, table)), spacing=spacing
        )
        if ours and table.headings[-1] == "Ref":
            for _, cells in table.rows:
                builder.alias(cells[0] if cells else "", cells[-1] if cells else "")
    for table in links:
        rows = several_targets(without_people(builder, table))
        split = ends_by_reference(builder, rows)
        by_key = not ours and ends_are_keys(builder, split)
        take_links(
            builder,
            split,
            by_key=by_key,
            strict=dialect != "Kumu",
            pairs=dialect == "Kumu",
        )
    return builder.reading(sheets=", ".join(t.name for t in (*factors, *links)))


def _may_be_square(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first names down a sheet are those across its first row."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    across = [cell.strip() for cell in filled[0][1:] if cell.strip()] if filled else []
    down = [row[0].strip() for row in filled[1:]]
    return len(across) > 1 and len(down) > 1 and across[: len(down)] == down


def _numbered(sheet: Sheet) -> list[tuple[int, list[str]]]:
    return [(n, list(map(cell_text, row))) for n, row in enumerate(sheet.rows, 1)]


def _kind_of(headings: Sequence[str]) -> str:
    """Return "factors", "links" or "" from the first heading cells, as Kumu does."""
    keys = [heading_key(h) for h in headings[:3]]
    if keys[:1] == ["id"]:
        keys = keys[1:]
    if keys[:2] == ["from", "to"]:
        return "links"
    if keys[:1] == ["label"]:
        folded = {heading_key(h) for h in headings}
        return "links" if {"from", "to"} <= folded else "factors"
    return ""


def _remarks(builder: MapBuilder, formulas: int, tables: Iterable[Table]) -> None:
    if formulas:
        builder.remark(
            "",
            f"{formulas} cells hold formulas. Their last saved values were read; nothing was calculated.",
        )
    for table in tables:
        repeated = {h for h in table.headings if h and table.headings.count(h) > 1}
        for heading in sorted(repeated):
            builder.conflict(
                f"Sheet {table.name}",
                f"The heading '{heading}' stands twice. The first column was read.",
                heading,
            )


def _facts_of(sheets: Iterable[Sheet]) -> dict[str, str]:
    """Return what a workbook of ours says of itself."""
    about = [sheet for sheet in sheets if sheet.name == "README (ignore)"]
    rows = (row for sheet in about[:1] for row in sheet.rows if len(row) > 1)
    return {cell_text(row[0]): cell_text(row[1]) for row in rows}


# -- writing -------------------------------------------------------------------


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
    sheet.freeze_panes(1, 0)


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
    notices = sorted({v.notice for v in programme.all(MapVersion).values() if v.notice})
    facts = [
        ("Programme", programme.info.name),
        ("Programme id", programme.id),
        ("Revision", str(programme.revision)),
        ("Map", system_map.version.name),
        ("Map id", map_id),
        ("Counts", f"{len(system_map.factors)} factors, {len(system_map.links)} links"),
        (
            "How to use",
            "Edit Factors and Links, keep Ref as it is, leave Ref empty in new rows, then import the file again.",
        ),
        (_SPREAD, json.dumps(spacing.noted())),
        *(("Notice", notice) for notice in notices),
    ]
    return [{"What": what, "Value": value} for what, value in facts]


FORMAT = Format(
    key="workbook",
    title="Excel workbook for PRSM, Kumu and systemmap",
    holds="map",
    suffixes=(".xlsx",),
    loses="Loses named loops, pins, original wordings and who said what beyond counts; positions are rounded.",
    recognise=recognise,
    read=read,
    write=write,
)
