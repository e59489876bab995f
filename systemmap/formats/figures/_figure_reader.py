"""Rows of figures to indicators and observations, with what there is to ask."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from systemmap.errors import Problem
from systemmap.formats.figures._areas import KEPT_WITHOUT_CHOICE, no_total
from systemmap.formats.figures._figure_columns import (
    AREA,
    AREA_CODE,
    BY_INDICATOR,
    BY_PERIOD,
    COUNT,
    DENOMINATOR,
    GROUP,
    INDICATOR,
    LEAVE_OUT,
    LOWER,
    MANY,
    MEANINGS,
    NO_FIGURE,
    NOTE,
    PERIOD,
    SOURCE,
    SUPPRESSED,
    UNIT,
    UPPER,
    VALUE,
    meanings_of,
    period_order,
)
from systemmap.formats.figures._units import unit_written
from systemmap.formats.format import Reading
from systemmap.formats.import_mapping import ImportMapping, column_keys
from systemmap.formats.reading.csv_stream import number_from
from systemmap.language.phrases import counted, joined
from systemmap.model.evidence import Indicator, Observation
from systemmap.model.text import clean_label, folded, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.formats.figures._figure_tables import FigureTable, Numbered

KEY = "figures_table"
_MOST_SEEN, _LONGEST, _MOST_PROBLEMS = 300, 200, 1_000
_FIXED = (INDICATOR, PERIOD, AREA, UNIT, SOURCE)  # what every row can share


@dataclass(slots=True)
class FigureReader:
    mapping: ImportMapping
    stem: str
    tables: list[dict[str, Any]] = field(default_factory=list)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    found: dict[str, Observation] = field(default_factory=dict)
    areas: dict[str, list[Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    asks: dict[str, str] = field(default_factory=dict)  # question to the option
    marks: dict[str, int] = field(default_factory=dict)
    items: int = 0
    blank: int = 0
    aside: int = 0
    again: int = 0
    above: list[str] = field(default_factory=list)

    # -- tables ------------------------------------------------------------------

    def pass_over(self, name: str, rows: Numbered) -> None:
        """Leave a sheet without a table aside."""
        filled = sum(any(cell.strip() for cell in cells) for _, cells in rows)
        self._set_aside(
            filled,
            f"Sheet '{name}' holds no table: its {counted(filled, 'row')} were left out.",
        )

    def _set_aside(self, count: int, what: str) -> None:
        if count:
            self.items += count
            self.aside += count
            self.problems.append(Problem("", what, "note"))

    def take(self, table: FigureTable) -> None:
        """Take one table, by what its columns were said or found to hold."""
        keys = column_keys(table.headings)
        meant = meanings_of(table.headings, [cells for _, cells in table.rows])
        for place, key in enumerate(keys):
            said = self.mapping.columns.get(key)
            if said is None:
                continue
            if said not in MANY:
                meant = {n: m for n, m in meant.items() if m != said}
            meant = {n: m for n, m in meant.items() if n != place}
            if said in MEANINGS:
                meant[place] = said
        told = set(meant.values())
        has = bool({VALUE, BY_PERIOD, BY_INDICATOR} & told)
        found = "figures" if has else "leave out"
        kind = self.mapping.tables.get(table.name, found)
        self._show(table, keys, meant, kind)
        if kind == "leave out" or not has:
            filled = sum(any(c.strip() for c in cells) for _, cells in table.rows)
            self._set_aside(
                filled,
                f"No figures were read from '{table.name}': its {counted(filled, 'row')} were left out.",
            )
            return
        self.above += table.above
        self._ask(table, told)
        for line, cells in table.rows:
            self._row(table, meant, line, cells)

    def _show(
        self,
        table: FigureTable,
        keys: Sequence[str],
        meant: dict[int, str],
        kind: str,
    ) -> None:
        rows = [
            [
                f"row {line}",
                [cell[:_LONGEST] for cell in cells],
                self.mapping.rows.get(f"row {line}", "row"),
            ]
            for line, cells in table.rows[:_MOST_SEEN]
        ]
        self.tables.append(
            {
                "name": table.name,
                "is": kind,
                "headings": list(table.headings),
                "keys": list(keys),
                "meanings": [meant.get(n, "") for n in range(len(table.headings))],
                "menu": list(MEANINGS),
                "single": [m for m in MEANINGS if m not in MANY],
                "rows": rows,
                "count": len(table.rows),
            }
        )

    def _ask(self, table: FigureTable, told: set[str]) -> None:
        """Ask for what no column says and figures cannot do without."""
        fixed = self.mapping.fixed
        where = f" of '{table.name}'" if len(self.tables) > 1 else ""
        if not ({AREA, AREA_CODE} & told or AREA in fixed):
            self.asks[f"Which area are the figures{where} for?"] = (
                "--column 'Heading=area name', or --fixed 'area name=Sampleshire'"
            )
        if not ({PERIOD, BY_PERIOD} & told or PERIOD in fixed):
            self.asks[f"Which period are the figures{where} for?"] = (
                "--fixed 'period=2024/25', or --column 'Heading=period'"
            )
        if not ({INDICATOR, BY_INDICATOR} & told or INDICATOR in fixed):
            self.asks[f"What do the figures{where} count?"] = (
                "--fixed 'indicator=Year 6 obesity', or --column 'Heading=indicator'"
            )

    # -- rows --------------------------------------------------------------------

    def _row(
        self, table: FigureTable, meant: dict[int, str], line: int, cells: Sequence[str]
    ) -> None:
        self.items += 1
        filled = [cell.strip() for cell in cells if cell.strip()]
        where = f"{table.name}, row {line}"
        if not filled:
            self.blank += 1
            return
        if self.mapping.rows.get(f"row {line}") == LEAVE_OUT:
            self._skip(where, "It was left out, as you said.", filled)
            return
        by_meaning = {m: cells[n].strip() for n, m in meant.items() if n < len(cells)}
        area = no_total(by_meaning.get(AREA, "")) or self.mapping.fixed.get(AREA, "")
        code = by_meaning.get(AREA_CODE, "")
        values = [n for n, m in meant.items() if m in (VALUE, BY_PERIOD, BY_INDICATOR)]
        shown = [n for n in values if n < len(cells) and cells[n].strip()]
        if not (area or code) or (not shown and len(filled) == 1):
            self._skip(
                where,
                "It names no area or holds no figure, as a note below a table does. It was left out.",
                filled,
            )
            return
        kept = self.areas.setdefault(folded(code or area), [area or code, 0, True])
        kept[1] += 1
        kept[2] = not self.mapping.parts or kept[0] in self.mapping.parts
        if not kept[2]:
            self.aside += 1
            return
        group = ", ".join(
            c
            for n, m in meant.items()
            if m == GROUP and n < len(cells) and (c := cells[n].strip())
        )
        extra = {
            table.headings[n]: cell.strip()
            for n, cell in enumerate(cells)
            if n not in meant
            and cell.strip()
            and n < len(table.headings)
            and table.headings[n]
        }
        # limits belong to the last column of figures that stands before them
        limit = next((n for n, m in meant.items() if m == LOWER), 0)
        with_limits = max((n for n in values if n < limit), default=min(values))
        for place in values:
            if meant[place] != VALUE and (
                place >= len(cells) or not cells[place].strip()
            ):
                continue
            self._figure(
                table,
                meant[place],
                place,
                cells,
                by_meaning,
                Observation(
                    id="x",
                    indicator_id="x",
                    area_code=code,
                    area_name=area,
                    group=group,
                    extra=extra,
                ),
                limits=place == with_limits,
            )

    def _figure(
        self,
        table: FigureTable,
        meaning: str,
        place: int,
        cells: Sequence[str],
        row: dict[str, str],
        base: Observation,
        *,
        limits: bool,
    ) -> None:
        fixed, heading = self.mapping.fixed, table.headings[place]
        name = (
            heading
            if meaning == BY_INDICATOR
            else row.get(INDICATOR) or fixed.get(INDICATOR, "")
        )
        period = (
            heading
            if meaning == BY_PERIOD
            else row.get(PERIOD) or fixed.get(PERIOD, "")
        )
        raw = cells[place].strip() if place < len(cells) else ""
        value, mark = self._value(raw)
        unit = row.get(UNIT) or fixed.get(UNIT, "") or unit_written(name, raw)
        indicator = self._indicator(name or table.name, unit, row.get(SOURCE, ""))
        key = ".".join(
            (
                indicator,
                *(
                    slug(t, fallback="all")
                    for t in (base.area_code or base.area_name, period, base.group)
                ),
            )
        )
        note = " ".join(filter(None, (row.get(NOTE, ""), mark)))
        made = replace(
            base,
            id=key,
            indicator_id=indicator,
            period=period,
            period_order=period_order(period),
            value=value,
            lower=number_from(row.get(LOWER, "")) if limits else None,
            upper=number_from(row.get(UPPER, "")) if limits else None,
            count=number_from(row.get(COUNT, "")),
            denominator=number_from(row.get(DENOMINATOR, "")),
            value_note=note,
        )
        before = self.found.get(key)
        if before is None:
            self.found[key] = made
        elif before == made:
            self.again += 1
        else:
            key = next(
                k
                for n in range(2, len(self.found) + 3)
                if (k := f"{key}-{n}") not in self.found
            )
            self.found[key] = replace(made, id=key)
            self._problem(
                base.area_name or base.area_code,
                f"'{name}' for {period or 'no period'} stands twice, with {before.value} and {value}. Both were kept; please choose.",
                "conflict",
            )

    def _value(self, raw: str) -> tuple[float | None, str]:
        """Return a figure, or None with the mark that stands in its place."""
        value = number_from(raw.removeprefix("£"))
        if value is not None or not raw:
            return value, ""
        head, _, mark = raw.partition(" ")
        if mark and len(mark) <= 5 and (value := number_from(head)) is not None:
            return value, mark
        word = raw.casefold()
        self.marks[raw[:20]] = self.marks.get(raw[:20], 0) + 1
        if word in SUPPRESSED:
            return None, f"suppressed ('{raw[:40]}')"
        if word in NO_FIGURE:
            return None, f"no figure ('{raw[:40]}')"
        return None, f"'{raw[:40]}'"

    def _indicator(self, name: str, unit: str, source: str) -> str:
        name = clean_label(name) or "Figures"
        key = slug(name, fallback="figures")
        if key not in self.indicators:
            source = source or self.mapping.fixed.get(SOURCE, "") or self.stem
            self.indicators[key] = Indicator(
                id=key,
                name=name,
                unit=unit,
                source=clean_label(source),
                note="; ".join(self.above)[:500],
            )
        return key

    def _skip(self, where: str, what: str, cells: Sequence[str]) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self._problem(where, what, "skipped", ",".join(cells)[:200])
        else:
            self.aside += 1

    def _problem(self, where: str, what: str, kind: str, raw: str = "") -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(Problem(where, what, kind, raw))

    # -- what was read -----------------------------------------------------------

    def reading(self) -> Reading:
        """Return what was read, with what there is to say of it."""
        figures = tuple(self.found.values())
        asks = list(self.asks)
        too_many = len(figures) > KEPT_WITHOUT_CHOICE and not self.mapping.parts
        if too_many:
            asks.append(
                f"It holds {len(figures):,} figures for {len(self.areas):,} areas, and {KEPT_WITHOUT_CHOICE:,} are kept at most. Which areas are wanted?"
            )
            self.asks[asks[-1]] = "--part 'Area name', once for each"
        if self.marks:
            shown = joined([f"'{m}' ({n})" for m, n in self.marks.items()], limit=6)
            self.problems.append(
                Problem(
                    "",
                    f"Marks stand where a figure belongs: {shown}. Each was kept as a note, without a figure.",
                    "note",
                )
            )
        missing = sum(o.value is None for o in figures)
        shape = "; ".join(
            " | ".join(
                key
                for key, meaning in zip(found["keys"], found["meanings"], strict=True)
                if meaning not in (BY_PERIOD,)
            )
            for found in self.tables
            if found["is"] != "leave out"
        )
        return Reading(
            format=KEY,
            dialect="table of figures",
            records=(*self.indicators.values(), *figures),
            problems=tuple(self.problems),
            items=self.items,
            blank=self.blank,
            aside=self.aside,
            summary={
                "indicators": len(self.indicators),
                "figures": len(figures),
                "areas": len(self.areas),
                "periods": len({o.period for o in figures}),
                "without a figure, with their mark": missing,
                "rows that repeat another": self.again,
            },
            seen={
                "kind": "figures",
                "shape": shape,
                "tables": self.tables,
                "signs": [],
                "types": [],
                "parts": [[n, c, w] for n, c, w in list(self.areas.values())[:500]],
                "part word": "area",
                "parts asked": too_many,
                "ends": "",
                "fixed": list(_FIXED),
                "asks": asks,
                "ways": [self.asks[question] for question in asks],
            },
        )
