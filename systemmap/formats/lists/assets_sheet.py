"""A team's sheet of assets (Excel or CSV): what is there already. Reads and writes.

Loses ties to factors' reasons. Names, e-mails and telephone numbers of contacts
are left out.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

import xlsxwriter

from systemmap.errors import Problem, ReadError
from systemmap.formats.format import (
    REFERENCE_HEADING,
    Format,
    Reading,
    Written,
    reference,
)
from systemmap.formats.lists._asset_headings import (
    WRITTEN,
    asset_columns,
    is_asset_heading,
)
from systemmap.formats.origin import origin_of, write_origin
from systemmap.formats.reading.csv_stream import number_from, open_table
from systemmap.formats.reading.limits import LIMITS, check_count, check_size
from systemmap.formats.sighting import NO, certain
from systemmap.language.phrases import counted
from systemmap.model.owners import read_owner, read_owners
from systemmap.model.response import Asset, AssetFactor
from systemmap.model.text import clean, clean_label, folded, slug
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme

_CONTACT = re.compile(
    r"contact|e-?mail|phone|telephone|mobile|leadname|manager", re.IGNORECASE
)
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")
_MAX_COLUMNS = 300
_FIXED = datetime(2020, 1, 1)  # noqa: DTZ001 - a fixed mark, so that equal sheets are equal bytes


def recognise(sighting: Sighting) -> Recognition:
    """Say whether a heading row names assets: a name, and two more of ours."""
    try:
        if sighting.is_workbook:
            found = open_table(sighting.data, is_asset_heading) is not None
        else:
            found = any(map(is_asset_heading, sighting.rows[:30]))
    except ReadError:
        return NO
    if found:
        return certain(
            "its headings name things with an address, a capacity or the like"
        )
    return NO


def read(sighting: Sighting) -> Reading:
    """Read assets; only a name is needed.

    Raises
    ------
    ReadError
        No heading row with a name, or above a limit.
    """
    check_size(sighting.data)
    table = open_table(sighting.data, is_asset_heading)
    if table is None:
        raise ReadError(
            "No heading row with a name was found. An assets sheet needs the headings Name, Organisation, Postcode and so on; only Name must be filled."
        )
    check_count(len(table.headings), _MAX_COLUMNS, "columns")
    reader = _Reader(table.headings, asset_columns(table.headings))
    for line, cells in table.rows:
        check_count(reader.items + 1, LIMITS.rows, "rows")
        reader.take(line, cells)
    made_of, made_at = origin_of(sighting.data) if sighting.is_workbook else ("", 0)
    return replace(reader.reading(), made_of=made_of, made_at=made_at)


def _is_total(name: str, cells: Sequence[str]) -> bool:
    """Say whether a row only sums up those above it: "Total", "Total: 12"."""
    first, _, rest = folded(name).replace(":", " ").partition(" ")
    filled = sum(bool(cell.strip()) for cell in cells)
    bare = not any(map(str.isalpha, rest)) or rest in ("assets", "number")
    return first in ("total", "totals") and bare and filled < 3


@dataclass(slots=True)
class _Reader:
    headings: tuple[str, ...]
    at: dict[str, int]
    assets: dict[str, Asset] = field(default_factory=dict)
    seen: dict[tuple[str, str], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    items: int = 0
    blank: int = 0
    contacts: int = 0
    references: set[str] = field(default_factory=set)

    def take(self, line: int, cells: Sequence[str]) -> None:
        """Take one row."""
        self.items += 1
        name = clean_label(self._cell(cells, "name"))
        if not any(cell.strip() for cell in cells):
            self.blank += 1
        elif not name:
            self._say(line, f"Row {line} has no name. Skipped.", "skipped")
        elif _is_total(name, cells):
            self._say(line, f"'{name}' sums up the rows above. Skipped.", "skipped")
        else:
            asset = self._asset(line, cells, name)
            key = (folded(name), asset.postcode)
            if key in self.seen and asset.postcode:
                self._say(
                    line,
                    f"'{name}' stands at {asset.postcode} twice. Both were kept; merge them if they are one.",
                    "guessed",
                )
            self.seen[key] = asset.id
            self.assets[asset.id] = asset

    def _asset(self, line: int, cells: Sequence[str], name: str) -> Asset:
        latitude, longitude = self._located(line, cells)
        run_by = self._cell(cells, "organisation")
        self.contacts += read_owners(run_by).left_out
        return Asset(
            id=self._id(cells, name),
            name=name,
            type=_key_of("asset_types", self._cell(cells, "type")),
            organisation=read_owner(run_by),
            address=clean(self._cell(cells, "address")),
            postcode=_tidy_postcode(self._cell(cells, "postcode")),
            place=clean_label(self._cell(cells, "place")),
            latitude=latitude,
            longitude=longitude,
            populations=_listed(self._cell(cells, "populations")),
            capacity=clean(self._cell(cells, "capacity")),
            web=clean_label(self._cell(cells, "web")),
            note=clean(self._cell(cells, "note")),
            theme=_key_of("themes", self._cell(cells, "theme")),
            extra=self._extra(cells),
        )

    def _id(self, cells: Sequence[str], name: str) -> str:
        """Return the id that a row of ours carries, or a new one."""
        carried = self._cell(cells, "reference")
        kept = carried.rpartition(" ")[2]
        if kept and kept == slug(kept) and kept not in self.assets:
            self.references.add(carried)
            return kept
        return slug(name, self.assets, fallback="asset")

    def _located(
        self, line: int, cells: Sequence[str]
    ) -> tuple[float | None, float | None]:
        y, x = (
            number_from(self._cell(cells, "latitude")),
            number_from(self._cell(cells, "longitude")),
        )
        if x is not None and y is not None:
            if 49 <= y <= 61 and -9 <= x <= 2.5:
                return y, x
            if 49 <= x <= 61 and -9 <= y <= 2.5:
                self._say(
                    line,
                    "Latitude and longitude were swapped; they were put right.",
                    "guessed",
                )
                return x, y
            self._say(
                line,
                f"{y:g}, {x:g} is no latitude and longitude in Great Britain. The asset is kept without a location.",
                "note",
            )
        elif self._cell(cells, "easting"):
            self._say(
                line,
                "Easting and northing are kept as text and not converted: give latitude and longitude to place the asset.",
                "note",
            )
        return None, None

    def _extra(self, cells: Sequence[str]) -> dict[str, object]:
        """Keep what no field holds; leave out what is about a person."""
        known = {
            self.at[n]
            for n in self.at
            if n not in ("easting", "northing", "opening", "factors")
        }
        kept: dict[str, object] = {}
        for place, heading in enumerate(self.headings):
            text = clean(cells[place]).strip() if place < len(cells) else ""
            if place in known or not text:
                continue
            if _CONTACT.search(heading):
                self.contacts += 1
            else:
                kept[heading or f"Column {place + 1}"] = text
        return kept

    def _cell(self, cells: Sequence[str], name: str) -> str:
        place = self.at.get(name)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def _say(self, line: int, what: str, kind: str) -> None:
        self.problems.append(Problem(f"row {line}", what, kind))

    def reading(self) -> Reading:
        """Return what was read."""
        if self.contacts:
            self.problems.append(
                Problem(
                    "",
                    counted(
                        self.contacts,
                        "name, address or number of a contact was left out.",
                        "names, addresses or numbers of contacts were left out.",
                    ),
                    "note",
                )
            )
        return Reading(
            format=FORMAT.key,
            references=frozenset(self.references),
            dialect="assets sheet",
            records=tuple(self.assets.values()),
            problems=tuple(self.problems),
            items=self.items,
            blank=self.blank,
            summary={
                "assets": len(self.assets),
                "with a location": sum(
                    a.latitude is not None for a in self.assets.values()
                ),
                "contact details left out": self.contacts,
            },
        )


def _key_of(vocabulary: str, typed: str) -> str:
    """Return a term's key where label or key was typed; otherwise the words."""
    for key, term in terms(vocabulary).items():
        if folded(typed) in (key, folded(term.label)):
            return key
    return clean_label(typed)


def _tidy_postcode(typed: str) -> str:
    match = _POSTCODE.fullmatch(typed.upper().replace(" ", ""))
    return f"{match[1]} {match[2]}" if match else clean_label(typed)


def _listed(typed: str) -> tuple[str, ...]:
    return tuple(
        filter(None, (clean_label(part) for part in re.split(r"[|;\n]", typed)))
    )


def write(programme: Programme, map_id: str) -> Written:
    """Write the programme's assets as a workbook with text cells; no contacts."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {"title": f"Assets of {programme.info.name}", "created": _FIXED}
    )
    write_origin(book, programme)
    head = book.add_format(
        {
            "bold": True,
            "bg_color": "#0B5C6B",
            "font_color": "#FFFFFF",
            "font_name": "Arial",
        }
    )
    text = book.add_format(
        {"num_format": "@", "text_wrap": True, "valign": "top", "font_name": "Arial"}
    )
    page = book.add_worksheet("Assets (ignore)")
    rows = list(_rows(programme, map_id))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            page.write_string(row, column, cell, text if row else head)
    page.set_column(0, len(rows[0]) - 1, 22)
    last = len(rows[0]) - 1
    page.set_column(last, last, 22, None, {"hidden": True})
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.autofilter(0, 0, max(len(rows) - 1, 1), last)
    page.print_area(0, 0, len(rows) - 1, last - 1)
    book.close()
    ties = [t for t in programme.all(AssetFactor).values() if t.reason]
    losses = (
        (
            counted(
                len(ties),
                "reason why an asset helps with a factor is left out.",
                "reasons why an asset helps with a factor are left out.",
            ),
        )
        if ties
        else ()
    )
    return Written(data=stream.getvalue(), suffix=".xlsx", losses=losses)


def _rows(programme: Programme, map_id: str) -> Iterable[list[str]]:
    assets = sorted(programme.assets.values(), key=lambda a: a.id)
    others = sorted(
        {
            str(key)
            for a in assets
            for key in a.extra
            if str(key) not in WRITTEN and isinstance(a.extra[key], str)
        }
    )
    labels = {f.id: f.label for f in programme.system_map(map_id).factors.values()}
    helps: dict[str, list[str]] = {}
    for tie in programme.all(AssetFactor).values():
        if tie.map_id == map_id:
            helps.setdefault(tie.asset_id, []).append(
                labels[tie.factor_id].replace("|", "/")
            )
    yield [*WRITTEN, *others, REFERENCE_HEADING]
    for a in assets:
        where = ["" if v is None else f"{v:.6f}" for v in (a.latitude, a.longitude)]
        factors = "|".join(sorted(helps.get(a.id, []))) or str(
            a.extra.get("Factors", "")
        )
        kind = (
            terms("asset_types")[a.type].label
            if a.type in terms("asset_types")
            else a.type
        )
        theme = (
            terms("themes")[a.theme].label if a.theme in terms("themes") else a.theme
        )
        yield [
            a.name,
            kind,
            a.organisation,
            a.address,
            a.postcode,
            a.place,
            *where,
            "|".join(a.populations),
            a.capacity,
            a.web,
            a.note,
            theme,
            factors,
            *(str(a.extra.get(name, "")) for name in others),
            reference(programme.id, "asset", a.id),
        ]


FORMAT = Format(
    key="assets_sheet",
    title="Assets sheet",
    holds="assets",
    suffixes=(".xlsx", ".csv"),
    loses="Contacts are left out; reasons why an asset helps with a factor have no column.",
    recognise=recognise,
    read=read,
    write=write,
)
