"""Vensim `.mdl`: equations and sketch, read and written.

Carries signs, unknown signs, delays and positions; a factor's note travels as
the equation's comment. Loses themes, tags, strength, confidence; a two-headed
link becomes two arrows.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.maps._losses import losses_of
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._map_said import NOTHING_SAID
from systemmap.formats.maps._sign_words import Sign, number_from
from systemmap.formats.maps._spacing import Spacing, unplaced
from systemmap.formats.maps._unique import renamed
from systemmap.formats.maps._vensim_equations import (
    Equation,
    equations_of,
    joined_name,
    name_of,
)
from systemmap.formats.maps._vensim_out import (
    SKETCH,
    SKETCH_END,
    model_lines,
    spacing_in,
)
from systemmap.formats.reading.limits import LIMITS
from systemmap.formats.sighting import NO, says_so
from systemmap.language.phrases import counted
from systemmap.model.text import clean_label
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme

_SAME, _OPPOSITE = {43, 83, 115}, {45, 79, 111, 48}
_CLOCK = {"time", "time step", "initial time", "final time", "saveper"}
_LOOP_ICON = re.compile(r"[RB]\d*")
_CARRIED = frozenset(
    {"notes on factors", "positions", "links with no agreed sign", "delays"}
)


@dataclass(slots=True)
class _View:
    """One view of the sketch: its names by item number, valves, notes, arrows."""

    title: str = ""
    names: dict[str, str] = field(default_factory=dict)
    valves: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    arrows: list[tuple[int, list[str]]] = field(default_factory=list)
    places: dict[str, tuple[float | None, float | None]] = field(default_factory=dict)
    passed_over: Counter[str] = field(default_factory=Counter)


def recognise(sighting: Sighting) -> Recognition:
    """Say whether this is Vensim text: its first line or its sketch says so."""
    if sighting.head is None:
        return NO
    if sighting.head.lstrip().startswith("{UTF-8}"):
        return says_so("it begins as Vensim's models do")
    text = sighting.decoded(limit=LIMITS.data_bytes).text
    return says_so("it holds a Vensim sketch") if f"{SKETCH} Sketch" in text else NO


def read(sighting: Sighting) -> Reading:
    """Read a model: signs from the sketch, causes without an arrow from the equations."""
    return read_mapped(sighting, NOTHING_SAID)


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read a model, or the views of it that a person asked for."""
    text = sighting.decoded()
    builder = MapBuilder("vensim", "equations and sketch", mapping=mapping)
    builder.name = sighting.stem
    if text.guessed:
        builder.guess(
            "",
            "The file is not UTF-8; it was read as Windows-1252. Check accents.",
            text.text[:60],
        )
    lines = text.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = next((n for n, s in enumerate(lines) if s.startswith(SKETCH)), len(lines))
    equations, lookups = equations_of("\n".join(lines[:start]))
    views = _views(builder, lines, start)
    _leave_out_tables(builder, views, lookups)
    if not equations and start == len(lines):
        raise ReadError(
            "This is not a Vensim model, or it is empty: it holds no variables. Save it again as .mdl text."
        )
    if not views:
        builder.dialect = "equations only"
        builder.remark("", "The model has no sketch, so there are no positions.")
    equations, views = _wanted(builder, equations, views)
    spacing = spacing_in("\n".join(lines[:start]))
    ids = _take_names(builder, equations, views, spacing)
    drawn = _take_arrows(builder, views, ids, _negative(equations, ids))
    _take_causes(builder, equations, ids, drawn)
    builder.note = "\n".join(note for view in views for note in view.notes)
    return builder.reading()


# -- sketch ----------------------------------------------------------------------


def _views(builder: MapBuilder, lines: list[str], start: int) -> list[_View]:
    views: list[_View] = []
    n = start
    while n < len(lines):
        line = lines[n]
        if line.startswith((SKETCH, "*")):
            if line.startswith("*") or not views:
                views.append(_View(line.lstrip("*").strip()))
        elif line.startswith(SKETCH_END):
            break
        elif views and re.match(r"\d+,", line):
            fields = _fields(line)
            if fields[0] == "12" and _bit(fields, 8, 4) and n + 1 < len(lines):
                n += 1
                fields[2] = lines[n]
            _take_record(views[-1], fields, n + 1)
        n += 1
    passed = sum((view.passed_over for view in views), Counter())
    if passed:
        said = ", ".join(
            f"{count} of kind {kind}" for kind, count in sorted(passed.items())
        )
        builder.remark(
            "", f"Sketch items that are not part of a map were left out: {said}."
        )
    return [view for view in views if view.names or view.arrows]


def _wanted(
    builder: MapBuilder, equations: list[Equation], views: list[_View]
) -> tuple[list[Equation], list[_View]]:
    """Leave out the views that were not asked for, and what stands in them alone."""
    said = builder.said
    if len(views) < 2:
        return equations, views
    said.part_word = "view"
    taken: list[str] = []
    for number, view in enumerate(views, 1):
        title = view.title or f"View {number}"
        view.title = f"{title} ({number})" if title in taken else title
        taken.append(view.title)
        size = len(view.names) + len(view.arrows)
        said.parts.append([view.title, size, said.wants(view.title)])
    wanted = [view for view in views if said.wants(view.title)]
    if len(wanted) == len(views):
        return equations, views
    shown = {joined_name(name) for view in wanted for name in view.names.values()}
    for view in views:
        if view not in wanted:
            others = {n for n in view.names.values() if joined_name(n) not in shown}
            what = f"View '{view.title}' was left out: {counted(len(others), 'cause')} that no other view shows, and {counted(len(view.arrows), 'arrow')}."
            builder.set_aside(len(others) + len(view.arrows), what)
    return [e for e in equations if joined_name(e.name) in shown], wanted


def _leave_out_tables(
    builder: MapBuilder, views: list[_View], lookups: set[str]
) -> None:
    """Leave lookup tables and the model's clock out of the sketch, with their arrows."""
    for view in views:
        gone = {
            number: name
            for number, name in view.names.items()
            if joined_name(name) in lookups | _CLOCK
        }
        for number, name in gone.items():
            what = "a lookup table" if joined_name(name) in lookups else "a setting"
            builder.skip(
                f"Variable '{name}'",
                f"It is {what} of the model, not a cause. It was left out.",
                name,
            )
            del view.names[number]
        for line, fields in view.arrows:
            if set(fields[2:4]) & set(gone):
                builder.skip(
                    f"Line {line}",
                    "This arrow leads to or from what was left out, so it was left out as well.",
                    ",".join(fields),
                )
        view.arrows = [(n, f) for n, f in view.arrows if not set(f[2:4]) & set(gone)]


def _take_record(view: _View, fields: list[str], line: int) -> None:
    kind, number = fields[0], fields[1] if len(fields) > 1 else ""
    if kind == "10" and len(fields) > 4:
        name = clean_label(fields[2].replace("_", " "))  # csv took the quotes
        view.names[number] = name
        if _bit(fields, 8, 1) or len(fields) < 9:
            view.places[joined_name(name)] = (
                number_from(fields[3]),
                number_from(fields[4]),
            )
        if _bit(fields, 7, 32) and view.valves:
            view.valves[next(reversed(view.valves))] = number
    elif kind == "11":
        view.valves[number] = ""
    elif kind == "12" and len(fields) > 2:
        text = clean_label(fields[2].strip('"'))
        if text and text != "0" and not text.isdigit():
            view.notes.append(f"Loop {text}" if _LOOP_ICON.fullmatch(text) else text)
    elif kind == "1":
        view.arrows.append((line, fields))
    else:
        view.passed_over[kind] += 1


def _fields(line: str) -> list[str]:
    escaped = line.replace('\\"', "\ue000")
    row = next(csv.reader([escaped]), [])
    return [value.replace("\ue000", '"') for value in row]


def _bit(fields: list[str], at: int, bit: int) -> bool:
    return (
        len(fields) > at
        and fields[at].strip().isdigit()
        and bool(int(fields[at]) & bit)
    )


# -- putting both together -------------------------------------------------------


def _take_names(
    builder: MapBuilder,
    equations: list[Equation],
    views: list[_View],
    spacing: Spacing,
) -> dict[str, str]:
    ids: dict[str, str] = {}
    places: dict[str, tuple[float | None, float | None]] = {}
    for view in views:
        places = view.places | places
    comments = {joined_name(e.name): e.comment for e in equations}
    names = [e.name for e in equations] + [n for v in views for n in v.names.values()]
    for name in names:
        key = joined_name(name)
        if key and key not in ids:
            ids[key] = builder.factor(
                name,
                where=f"Variable '{name}'",
                note=comments.get(key, ""),
                **spacing.here(*places.get(key, (None, None)), key),
            )
    return ids


def _negative(
    equations: list[Equation], ids: Mapping[str, str]
) -> set[tuple[str | None, str]]:
    """Return the pairs that an equation ties with a minus."""
    return {
        (ids.get(joined_name(name_of(raw.strip()[1:]))), ids[joined_name(one.name)])
        for one in equations
        for raw in one.causes
        if raw.strip().startswith("-")
    }


_BY_MINUS = "The arrow has no sign, and the equation ties its ends with a minus. It was read as the opposite direction."


def _take_arrows(
    builder: MapBuilder,
    views: list[_View],
    ids: Mapping[str, str],
    negative: set[tuple[str | None, str]],
) -> set[tuple[str, str]]:
    drawn: set[tuple[str, str]] = set()
    once: set[tuple[str, str, str]] = set()
    for view in views:
        for line, fields in view.arrows:
            where = f"Line {line}"
            ends = [_end(view, number, ids) for number in fields[2:4]]
            if len(ends) < 2 or not all(ends):
                at = (
                    fields[2 + (ends.index("") if "" in ends else 0)]
                    if len(fields) > 3
                    else "?"
                )
                builder.skip(
                    where,
                    f"this arrow starts or ends at item {at}, which is not in the view. Skipped.",
                    ",".join(fields),
                )
                continue
            source, target = ends
            polarity = fields[6] if len(fields) > 6 else "0"
            if (source, target, polarity) in once:
                builder.leave_blank()  # the same arrow in another view
                continue
            once.add((source, target, polarity))
            drawn.add((source, target))
            if len(fields) > 5 and fields[5] not in ("", "0"):
                builder.remark(
                    where, "This arrow is hidden in the sketch. It was read."
                )
            sign = _sign(polarity)
            if sign.polarity is Polarity.UNKNOWN and (source, target) in negative:
                sign = Sign(Polarity.OPPOSITE)
                builder.guess(where, _BY_MINUS)
            builder.link(source, target, where=where, sign=sign, delay=_delay(builder, fields, where))  # fmt: skip
    return drawn


def _end(view: _View, number: str, ids: Mapping[str, str]) -> str:
    number = view.valves.get(number, number)
    return ids.get(joined_name(view.names.get(number, "")), "")


def _sign(code: str) -> Sign:
    number = int(code) if code.strip().isdigit() else 0
    if number in _SAME:
        return Sign(Polarity.SAME)
    return Sign(Polarity.OPPOSITE if number in _OPPOSITE else Polarity.UNKNOWN)


def _delay(builder: MapBuilder, fields: list[str], where: str) -> bool | None:
    if not _bit(fields, 9, 1):
        return None
    builder.guess(where, "The arrow carries a mark that was read as a delay.")
    return True


def _take_causes(
    builder: MapBuilder,
    equations: list[Equation],
    ids: Mapping[str, str],
    drawn: set[tuple[str, str]],
) -> None:
    for equation in equations:
        target = ids[joined_name(equation.name)]
        for raw in equation.causes:
            negative = raw.strip().startswith("-")
            source = ids.get(joined_name(name_of(raw.strip().lstrip("-"))))
            where = f"Variable '{equation.name}'"
            if source is None and builder.said.mapping.parts:
                continue  # it stands in a view that was left out
            if source is None:
                builder.remark(
                    where, f"Its cause '{raw.strip()}' is no variable of the model."
                )
            elif (source, target) not in drawn and source != target:
                builder.guess(
                    where,
                    f"'{raw.strip()}' is a cause in the equation but has no arrow. Read as a link.",
                )
                sign = Sign(Polarity.OPPOSITE if negative else Polarity.UNKNOWN)
                builder.link(source, target, where=where, sign=sign)


# -- writing -------------------------------------------------------------------


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write equations and one view, with CRLF as Vensim does."""
    system_map = programme.system_map(map_id)
    lines, labels = model_lines(system_map)
    losses = losses_of(programme, map_id, carried=_CARRIED)
    return Written(
        data=("\r\n".join(lines) + "\r\n").encode("utf-8", "replace"),
        suffix=".mdl",
        losses=(*renamed(system_map, labels), *unplaced(system_map), *losses),
    )


FORMAT = Format(
    key="vensim",
    title="Vensim model text",
    holds="map",
    suffixes=(".mdl",),
    loses="Loses themes, tags, strength, confidence, reasons and notes on links; links without an arrowhead are left out and a two-headed one becomes two arrows.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
    write=write,
)
