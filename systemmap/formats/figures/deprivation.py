"""Indices of Deprivation, file 7 of 2019 or 2025 (CSV or Excel), read as a stream.

Areas of 2011 and of 2021 get ids and levels of their own and are never joined.
Decile 1 and rank 1 are the most deprived; a higher score is more deprived. Not
written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from systemmap.errors import Problem, ReadError
from systemmap.formats.figures._areas import KEPT_WITHOUT_CHOICE, Areas, chosen_areas
from systemmap.formats.figures._districts import district_figures
from systemmap.formats.format import Format, Reading
from systemmap.formats.reading.csv_stream import number_from, open_table
from systemmap.formats.sighting import NO, says_so
from systemmap.language.phrases import counted
from systemmap.model.evidence import Indicator, Observation
from systemmap.model.people import Place
from systemmap.model.text import clean_label, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.sighting import Recognition, Sighting

NOTICE = "Source: Ministry of Housing, Communities and Local Government, English Indices of Deprivation. Contains public sector information licensed under the Open Government Licence v3.0."
DIRECTION = (
    "Decile 1 and rank 1 are the most deprived; a higher score is more deprived."
)

_AREA = re.compile(r"LSOA code \((\d{4})\)", re.IGNORECASE)
_NAME = re.compile(r"LSOA name \(\d{4}\)", re.IGNORECASE)
_DISTRICT = re.compile(r"Local Authority District code \((\d{4})\)", re.IGNORECASE)
_DISTRICT_NAME = re.compile(r"Local Authority District name \(\d{4}\)", re.IGNORECASE)
_POPULATION = re.compile(r"Total population:?\s*mid.*", re.IGNORECASE)
_IMD = "Index of Multiple Deprivation (IMD) "
_SCORE = re.compile(re.escape(_IMD) + "Score.*", re.IGNORECASE)
_RANK = re.compile(re.escape(_IMD) + "Rank.*", re.IGNORECASE)
_DECILE = re.compile(re.escape(_IMD) + "Decile.*", re.IGNORECASE)
_KEPT = (
    ("Income", re.compile(r"Income Decile.*", re.IGNORECASE)),
    (
        "Children",
        re.compile(
            r"Income Deprivation Affecting Children Index \(IDACI\) Decile.*",
            re.IGNORECASE,
        ),
    ),
)
# Which index uses which areas; the districts are those of the year it came out.
_INDEX_OF = {"2011": "2019", "2021": "2025"}


def recognise(sighting: Sighting) -> Recognition:
    """Say whether a heading names LSOA codes of a year, and the IMD decile."""
    try:
        if sighting.is_workbook:
            found = open_table(sighting.data, _is_heading) is not None
        else:
            found = any(map(_is_heading, sighting.rows[:30]))
    except ReadError:
        return NO
    return says_so("its headings name LSOA codes and a decile") if found else NO


def _is_heading(cells: Sequence[str]) -> bool:
    has_decile = any(
        cell.strip().casefold().startswith(f"{_IMD}decile".casefold()) for cell in cells
    )
    return has_decile and any(_AREA.fullmatch(cell.strip()) for cell in cells)


def read(sighting: Sighting) -> Reading:
    """Read all areas of a small file; a large one needs its district chosen."""
    return _read(sighting.data, Areas())


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read the small areas of the districts that a person chose."""
    return _read(sighting.data, chosen_areas(mapping))


def read_districts(data: bytes, file_name: str, districts: frozenset[str]) -> Reading:
    """Read the small areas of some districts.

    Parameters
    ----------
    districts : frozenset[str]
        District codes to keep, of the file's own year; empty = all, or none
        when the file holds more than 20,000 areas.

    Raises
    ------
    ReadError
        Not file 7 of the indices, both geographies in one file, or no area of
        the districts.
    """
    return _read(data, Areas(districts))


def _read(data: bytes, areas: Areas) -> Reading:
    table = open_table(data, _is_heading)
    if table is None:
        raise ReadError(
            "This is not file 7 of the Indices of Deprivation: no heading names LSOA codes and the IMD decile. Download 'All ranks, deciles and scores'."
        )
    reader = _Reader(_columns(table.headings), areas)
    for line, cells in table.rows:
        reader.take(line, cells)
    return reader.reading()


@dataclass(frozen=True, slots=True)
class _Columns:
    year: str  # of the LSOA codes
    area: int
    place: dict[str, int]


def _columns(headings: Sequence[str]) -> _Columns:
    years = {m[1]: n for n, h in enumerate(headings) if (m := _AREA.fullmatch(h))}
    if len(years) > 1:
        raise ReadError(
            "The file holds LSOA codes of 2011 and of 2021 side by side. Use the file as downloaded: the two are different areas and are never joined."
        )
    ((year, area),) = years.items()
    wanted = {
        "name": _NAME,
        "district": _DISTRICT,
        "district name": _DISTRICT_NAME,
        "population": _POPULATION,
        "score": _SCORE,
        "rank": _RANK,
        "decile": _DECILE,
        **dict(_KEPT),
    }
    place: dict[str, int] = {}
    for name, pattern in wanted.items():
        for n, heading in enumerate(headings):
            if pattern.fullmatch(heading):
                place.setdefault(name, n)
    return _Columns(year, area, place)


@dataclass(slots=True)
class _Reader:
    columns: _Columns
    areas: Areas
    places: dict[str, Place] = field(default_factory=dict)
    observations: list[Observation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    items: int = 0
    blank: int = 0
    dropped: int = 0

    @property
    def index(self) -> str:
        """The year of the index, told by its areas."""
        return _INDEX_OF.get(self.columns.year, f"areas of {self.columns.year}")

    def take(self, line: int, cells: Sequence[str]) -> None:
        """Take one small area."""
        self.items += 1
        if not any(cell.strip() for cell in cells):
            self.blank += 1
            return
        code = (
            cells[self.columns.area].strip() if self.columns.area < len(cells) else ""
        )
        if not re.fullmatch(r"[EW]01\d{6}", code):
            self._problem(
                line,
                f"'{code[:20]}' is not an LSOA code. The row was skipped.",
                "skipped",
            )
        elif self.areas.keeps(
            self._cell(cells, "district"), self._cell(cells, "district name")
        ):
            if not self.areas.chosen and len(self.places) >= KEPT_WITHOUT_CHOICE:
                self.dropped += 1
            elif self._id(code) in self.places:
                self._problem(
                    line,
                    f"{code} stands in the file twice. The first was kept.",
                    "skipped",
                )
            else:
                self._keep(line, code, cells)

    def _keep(self, line: int, code: str, cells: Sequence[str]) -> None:
        decile, population = (
            self._decile(line, cells),
            number_from(self._cell(cells, "population")),
        )
        self.places[self._id(code)] = Place(
            id=self._id(code),
            name=clean_label(self._cell(cells, "name")) or code,
            code=code,
            level=f"lsoa-{self.columns.year}",
            parent=self._cell(cells, "district"),
            decile=decile,
            population=int(population) if population is not None else None,
            source=f"Indices of Deprivation {self.index}; {self.columns.year} areas",
        )
        self.observations.append(
            Observation(
                id=f"{self._indicator_id()}.{code.lower()}",
                indicator_id=self._indicator_id(),
                area_code=code,
                area_name=self._cell(cells, "name"),
                period=self.index,
                period_order=int(self.index) if self.index.isdigit() else 0,
                value=number_from(self._cell(cells, "score")),
                denominator=population,
                extra={
                    "rank": self._cell(cells, "rank"),
                    "decile": self._cell(cells, "decile"),
                    "areas of": self.columns.year,
                    **{f"{name} decile": self._cell(cells, name) for name, _ in _KEPT},
                },
            )
        )

    def _decile(self, line: int, cells: Sequence[str]) -> int | None:
        raw = self._cell(cells, "decile")
        value = number_from(raw)
        if value is not None and value in range(1, 11):
            return int(value)
        self._problem(
            line,
            f"'{raw[:20]}' is not a decile from 1 to 10. The area is kept without one.",
            "note",
        )
        return None

    def _id(self, code: str) -> str:
        return f"lsoa-{self.columns.year}-{code.lower()}"

    def _indicator_id(self) -> str:
        return slug(f"imd {self.index} score")

    def _cell(self, cells: Sequence[str], name: str) -> str:
        place = self.columns.place.get(name)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def _problem(self, line: int, what: str, kind: str) -> None:
        if len(self.problems) < 1_000:
            self.problems.append(Problem(f"line {line}", what, kind))
        else:
            self.items -= kind == "skipped"

    def reading(self) -> Reading:
        """Return what was read."""
        if self.areas.missing() and not self.places:
            wanted = ", ".join(self.areas.missing())
            msg = f"No small areas for {wanted} in this file. It holds {counted(len(self.areas.counts), 'district')}, for example {self.areas.examples()}. District codes change: use those of the file's own year."
            raise ReadError(msg)
        if self.dropped:
            self.places, self.observations = {}, []
            self.problems.append(
                Problem(
                    "",
                    f"This file holds {counted(len(self.areas.counts), 'district')}. Choose yours to keep its small areas; none were kept.",
                    "note",
                )
            )
        score = Indicator(
            id=self._indicator_id(),
            name=f"Index of Multiple Deprivation {self.index}: score",
            source=f"Indices of Deprivation {self.index}",
            licence="Open Government Licence v3.0",
            source_id=f"imd-{self.index}",
            direction="worse",
            note=DIRECTION,
        )
        kept = len(self.places)
        return Reading(
            format=FORMAT.key,
            dialect=f"Indices of Deprivation {self.index}, {self.columns.year} areas",
            records=(
                *self.places.values(),
                score,
                *self.observations,
                *district_figures(
                    self.index, self.observations, self.places, self.areas.names
                ),
            )
            if kept
            else (),
            problems=tuple(self.problems),
            items=kept + self.blank + sum(p.kind == "skipped" for p in self.problems),
            blank=self.blank,
            summary={
                "small areas": kept,
                "areas of the year": self.columns.year,
                "districts in the file": len(self.areas.counts),
                "rows for other districts, counted and not kept": self.items
                - kept
                - self.blank
                - sum(p.kind == "skipped" for p in self.problems),
                "direction": DIRECTION,
            },
            notice=NOTICE,
            seen=self.areas.seen(FORMAT.key, asked=bool(self.dropped)),
        )


FORMAT = Format(
    key="deprivation",
    title="Indices of Deprivation",
    holds="data",
    suffixes=(".csv", ".xlsx"),
    loses="Small areas outside the chosen districts are counted and not kept; the file is read only.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
)
