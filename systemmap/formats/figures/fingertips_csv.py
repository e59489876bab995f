"""Fingertips indicator files (CSV), as downloaded by a person; read as a stream.

Columns are matched by name. A blank or suppressed value stays missing with its
note. Rows outside the chosen areas are counted, not kept. Not written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from systemmap.errors import Problem, ReadError
from systemmap.formats.figures._areas import (
    ENGLAND,
    KEPT_WITHOUT_CHOICE,
    Areas,
    chosen_areas,
)
from systemmap.formats.figures._units import UnitFinder
from systemmap.formats.format import Format, Reading
from systemmap.formats.reading.csv_stream import (
    EXCEL_ROWS,
    heading_key,
    number_from,
    open_table,
    positions,
)
from systemmap.formats.sighting import NO, says_so
from systemmap.language.phrases import counted
from systemmap.model.evidence import Indicator, Observation
from systemmap.model.text import clean_label, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.sighting import Recognition, Sighting

NOTICE = "Source: Department of Health and Social Care, Fingertips. Contains public sector information licensed under the Open Government Licence v3.0."
_NEEDED = {"indicatorid", "areacode", "value"}
# What Excel makes of "2022/23" or "10/11" when it takes them for dates.
_EXCEL_PERIOD = re.compile(
    r"[A-Za-z]{3}-\d\d|\d\d?-[A-Za-z]{3}|\d\d/\d\d/\d{4}|\d{4}-\d\d-\d\d"
)


def recognise(sighting: Sighting) -> Recognition:
    """Say whether the heading names an indicator, an area and a value."""
    if any(map(_is_heading, sighting.rows[:30])):
        return says_so("its headings name an indicator, an area code and a value")
    return NO


def _is_heading(cells: Sequence[str]) -> bool:
    return {heading_key(cell) for cell in cells} >= _NEEDED


def read(sighting: Sighting) -> Reading:
    """Read all areas of a small file; of a large one, England alone."""
    return _read(sighting.data, Areas())


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read the areas that a person chose, with England and the regions."""
    return _read(sighting.data, chosen_areas(mapping))


def read_areas(data: bytes, file_name: str, areas: frozenset[str]) -> Reading:
    """Read the indicators of some areas.

    Parameters
    ----------
    areas : frozenset[str]
        Area codes to keep, for instance ``{"E06000017", "E92000001"}``; empty
        = all, or England alone when the file holds more than 20,000 rows.

    Raises
    ------
    ReadError
        Not a Fingertips file, no row for any of the areas, or above a limit.
    """
    return _read(data, Areas(areas))


def _read(data: bytes, areas: Areas) -> Reading:
    table = open_table(data, _is_heading)
    if table is None:
        raise ReadError(
            "This is not a Fingertips file: its headings lack Indicator ID, Area Code and Value. Download it again as CSV."
        )
    reader = _Reader(positions(table.headings), table.headings, areas)
    for line, cells in table.rows:
        reader.take(line, cells)
    return reader.reading()


@dataclass(slots=True)
class _Reader:
    at: dict[str, int]
    headings: tuple[str, ...]
    areas: Areas
    found: dict[tuple[str, ...], Observation] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    units: dict[str, UnitFinder] = field(default_factory=dict)
    items: int = 0
    blank: int = 0
    again: int = 0
    missing: int = 0
    periods_changed: int = 0
    last_line: int = 0
    too_many: bool = False

    def take(self, line: int, cells: Sequence[str]) -> None:
        """Take one row."""
        self.items += 1
        self.last_line = line
        if not any(cell.strip() for cell in cells):
            self.blank += 1
            return
        indicator, area = (
            self._cell(cells, "indicatorid"),
            self._cell(cells, "areacode"),
        )
        if not indicator or not re.fullmatch(r"[A-Z]\d{8}|[A-Za-z0-9-]{1,40}", area):
            self._skip(
                line,
                "The row names no indicator or no area, as a total row does. It was skipped.",
                cells,
            )
        elif self.areas.keeps(area, self._cell(cells, "areaname")):
            if len(self.found) >= KEPT_WITHOUT_CHOICE and not self.areas.chosen:
                self._keep_england_only()
                return
            self._keep(line, cells, indicator, area)

    def _keep(self, line: int, cells: Sequence[str], indicator: str, area: str) -> None:
        observation = self._observation(cells, indicator, area)
        key = (
            indicator,
            area,
            *(
                self._cell(cells, n)
                for n in ("sex", "age", "categorytype", "category", "timeperiod")
            ),
        )
        key = (*key, self._cell(cells, "gender"), self._cell(cells, "timeperiodrange"))
        before = self.found.get(key)
        if before is None:
            self.found[key] = observation
            self.missing += observation.value is None
        elif replace(before, id="") == replace(observation, id=""):
            self.again += 1
        else:
            self.found[(*key, str(line))] = observation
            self.problems.append(
                Problem(
                    f"line {line}",
                    f"The same figure stands here with another value: {before.value} and {observation.value}. Both were kept; please choose.",
                    "conflict",
                )
            )
        name = (
            clean_label(self._cell(cells, "indicatorname")) or f"Indicator {indicator}"
        )
        self.units.setdefault(indicator, UnitFinder(name)).take(observation)
        self.indicators.setdefault(
            indicator,
            Indicator(
                id=_indicator_id(indicator),
                name=name,
                source="Fingertips",
                licence="Open Government Licence v3.0",
                source_id=indicator,
            ),
        )

    def _observation(
        self, cells: Sequence[str], indicator: str, area: str
    ) -> Observation:
        raw, note = self._cell(cells, "value"), self._cell(cells, "valuenote")
        value = number_from(raw)
        period = self._cell(cells, "timeperiod")
        self.periods_changed += bool(_EXCEL_PERIOD.fullmatch(period))
        if value is None and raw:
            note = f"{note} ('{raw[:40]}')".strip()
        sex = self._cell(cells, "sex") or self._cell(cells, "gender")
        order = self._cell(cells, "timeperiodsortable")
        return Observation(
            id="",
            indicator_id=_indicator_id(indicator),
            area_code=area,
            area_name=self._cell(cells, "areaname"),
            period=period,
            period_order=int(order)
            if order.isascii() and order.isdigit() and len(order) < 12
            else 0,
            group=_group(
                sex, self._cell(cells, "categorytype"), self._cell(cells, "category")
            ),
            value=value,
            lower=number_from(self._cell(cells, "lowerci950limit")),
            upper=number_from(self._cell(cells, "upperci950limit")),
            count=number_from(self._cell(cells, "count")),
            denominator=number_from(self._cell(cells, "denominator")),
            value_note=note,
            trend=self._cell(cells, "recenttrend"),
            compared=self._cell(cells, "comparedtoenglandvalueorpercentiles"),
            extra={k: v for k, v in self._further(cells).items() if v},
        )

    def _further(self, cells: Sequence[str]) -> dict[str, str]:
        """Keep what no field holds, under the file's own headings."""
        names = (
            "age",
            "areatype",
            "timeperiodrange",
            "lowerci998limit",
            "upperci998limit",
            "newdata",
            "comparedtogoal",
            "parentcode",
            "parentname",
        )
        kept = {
            self.headings[self.at[n]]: self._cell(cells, n)
            for n in names
            if n in self.at
        }
        for key, place in self.at.items():
            if key.startswith("comparedto") and key not in (
                "comparedtoenglandvalueorpercentiles",
                "comparedtogoal",
            ):
                kept[self.headings[place]] = (
                    cells[place].strip() if place < len(cells) else ""
                )
        return kept

    def _cell(self, cells: Sequence[str], name: str) -> str:
        place = self.at.get(name)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def _skip(self, line: int, what: str, cells: Sequence[str]) -> None:
        if len(self.problems) < 1_000:
            self.problems.append(
                Problem(f"line {line}", what, "skipped", ",".join(cells)[:200])
            )
        else:
            self.items -= 1

    def _keep_england_only(self) -> None:
        self.too_many = True
        self.areas.chosen = frozenset({ENGLAND})
        others = {k for k in self.found if k[1] != ENGLAND}
        self.areas.left_out += len(others) + 1
        for key in others:
            del self.found[key]
        self.problems.append(
            Problem(
                "",
                f"This file holds more than {KEPT_WITHOUT_CHOICE:,} rows. Only England's were kept: choose your areas to keep theirs.",
                "note",
            )
        )

    def reading(self) -> Reading:
        """Return what was read, with the counts that make it balance."""
        if self.areas.missing() and not self.found:
            wanted = ", ".join(self.areas.missing())
            msg = f"No rows for {wanted} in this file. It holds {counted(len(self.areas.counts), 'area')}, for example {self.areas.examples()}. Choose the area type 'Districts and UAs' when downloading."
            raise ReadError(msg)
        self._remark()
        observations = _numbered(list(self.found.values()))
        latest = max(
            (o for o in observations), key=lambda o: o.period_order, default=None
        )
        return Reading(
            format=FORMAT.key,
            dialect="Fingertips CSV",
            records=(*self._with_units(), *observations),
            problems=tuple(self.problems),
            items=self.items - self.areas.left_out,
            blank=self.blank,
            summary={
                "indicators": len(self.indicators),
                "figures": len(observations),
                "headline figures": sum(not o.group for o in observations),
                "missing figures": sum(o.value is None for o in observations),
                "areas in the file": len(self.areas.counts),
                "rows for other areas, counted and not kept": self.areas.left_out,
                "rows that repeat another": self.again,
                "latest period": latest.period if latest else "",
            },
            notice=NOTICE,
            seen=self._areas_seen(),
        )

    def _with_units(self) -> Iterator[Indicator]:
        for key, indicator in self.indicators.items():
            yield replace(indicator, unit=self.units[key].unit)

    def _areas_seen(self) -> dict[str, Any]:
        # a choice that was forced upon the reader is not the person's
        chosen = Areas() if self.too_many else Areas(self.areas.chosen)
        chosen.counts, chosen.names = self.areas.counts, self.areas.names
        return chosen.seen(FORMAT.key, asked=self.too_many)

    def _remark(self) -> None:
        for code in self.areas.missing():
            self.problems.append(
                Problem(
                    "",
                    f"The file has no row for {code}. Area codes change: Northamptonshire's districts E07000150 to E07000156 became E06000061 and E06000062.",
                    "note",
                )
            )
        if self.periods_changed:
            self.problems.append(
                Problem(
                    "",
                    f"{counted(self.periods_changed, 'period looks like a date', 'periods look like dates')}. Excel does that to '2022/23' when it saves a CSV: use the file as downloaded.",
                    "guessed",
                )
            )
        if self.last_line >= EXCEL_ROWS:
            self.problems.append(
                Problem(
                    "",
                    "The file ends where Excel cuts files off, at 1,048,576 rows. Rows may be missing: use the file as downloaded.",
                    "guessed",
                )
            )


def _group(sex: str, kind: str, category: str) -> str:
    """Return "" for the headline; otherwise the split in words."""
    words = [] if sex in ("", "Persons") else [sex]
    if kind or category:
        words.append(f"{kind}: {category}")
    return ", ".join(words)


def _indicator_id(indicator: str) -> str:
    return slug(f"fingertips {indicator}")


def _numbered(observations: list[Observation]) -> list[Observation]:
    """Give each figure an id of its own; name the age where it tells two apart."""
    ages: dict[tuple[str, str, str, str], set[object]] = {}
    for o in observations:
        ages.setdefault((o.indicator_id, o.area_code, o.period, o.group), set()).add(
            o.extra.get("Age")
        )
    taken: set[str] = set()
    found = []
    for o in observations:
        group = o.group
        if len(ages[o.indicator_id, o.area_code, o.period, o.group]) > 1:
            group = ", ".join(filter(None, (group, str(o.extra.get("Age", "")))))
        parts = (slug(text, fallback="all") for text in (o.area_code, o.period, group))
        base = ".".join((o.indicator_id, *parts))
        name, n = base, 1
        while name in taken:
            n += 1
            name = f"{base}-{n}"
        taken.add(name)
        found.append(replace(o, id=name, group=group))
    return found


FORMAT = Format(
    key="fingertips_csv",
    title="Fingertips indicators",
    holds="data",
    suffixes=(".csv",),
    loses="Rows outside the chosen areas are counted and not kept; the file is read only.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
)
