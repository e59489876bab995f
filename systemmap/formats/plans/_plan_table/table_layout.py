"""A programme laid out as plan tables: unchanged cells to the letter, changed ones in their style."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from systemmap.editing.rating_given import RATING_WORDS
from systemmap.formats.format import reference
from systemmap.formats.plans._plan_table.cells import as_shown
from systemmap.formats.plans._plan_table.column_words import SAME, STYLED, Planned
from systemmap.formats.plans._plan_table.further_words import told_anew
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    COLUMNS,
    EVIDENCE,
    MEASURES,
    NO_WORKSTREAM,
    NOTE,
    PARTNERS,
    PLACE,
    POPULATION,
    RATING,
    REFERENCE,
    START,
    meanings_of,
    speaks_of_phases,
)
from systemmap.formats.plans._plan_table.plan_rows import (
    PlanRow,
    parse,
    rating_of,
    rating_reason_of,
)
from systemmap.formats.plans._plan_table.stamp import own_title, stamp
from systemmap.formats.plans._plan_table.streams import kept_names, workstream_name
from systemmap.model.kinds import KIND_OF
from systemmap.model.plan import RATINGS, Phase, Workstream
from systemmap.model.response import Action, ActionFactor, Update

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.model.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One workstream's table with the words around it.

    `rows` holds one tuple of cells per table row, of which `sections` are
    headings within the table; `put_off` the future phases,
    each under the words that put it off; `kinds` says which heading is which of
    the six columns ("" = a further column of the file it came from);
    `references` which record of the programme each row is ("" = a part of one).
    """

    heading: str
    purpose: tuple[str, ...]
    title: str
    headings: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sections: frozenset[int]
    put_off: tuple[tuple[str, tuple[str, ...]], ...]
    note: tuple[str, ...]
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPages:
    """A whole plan, ready to be written in any form."""

    title: str
    introduction: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    stamp: str
    losses: tuple[str, ...]


def pages_of(programme: Programme) -> PlanPages:
    """Lay out every workstream, then what belongs to none."""
    streams = sorted(programme.all(Workstream).values(), key=lambda w: w.position)
    planned: list[Planned] = [
        *programme.all(Phase).values(),
        *programme.actions.values(),
    ]
    sheets = [
        _sheet(
            stream,
            [p for p in planned if p.workstream_id == stream.id],
            len(streams),
            programme.id,
        )
        for stream in streams
    ]
    sheets += _homeless(planned, len(streams), programme.id)
    first = streams[0].extra if streams else {}
    return PlanPages(
        title=str(first.get("title", "")) or own_title(programme.info.name),
        introduction=_lines(first.get("introduction", "")),
        sheets=tuple(
            sheets or [_sheet(Workstream(id="plan", name="Plan"), [], 1, programme.id)]
        ),
        stamp=stamp(programme),
        losses=_losses(programme),
    )


def _homeless(planned: list[Planned], streams: int, programme_id: str) -> list[Sheet]:
    found: list[Sheet] = []
    for kind, name in zip((Phase, Action), NO_WORKSTREAM, strict=True):
        some = [p for p in planned if p.workstream_id is None and isinstance(p, kind)]
        if some:
            place = streams + len(found)
            found.append(
                _sheet(
                    Workstream(id="other", name=name, position=place),
                    some,
                    2,
                    programme_id,
                )
            )
    return found


_BESIDE = {
    PARTNERS: "partners of an action",
    MEASURES: "measures of an action",
    PLACE: "places of an action",
    POPULATION: "groups of people of an action",
    START: "starts of an action",
    NOTE: "notes on an action",
}


def _losses(programme: Programme) -> tuple[str, ...]:
    beside = _left_out(programme)
    counts = (
        (len(programme.all(ActionFactor)), "links between actions and factors"),
        (len(programme.all(Update)), "dated updates"),
        (
            sum(len(p.evidence) for p in programme.all(Phase).values())
            + beside[EVIDENCE],
            "pieces of evidence",
        ),
        (beside[RATING], "ratings"),
        *((beside[meaning], words) for meaning, words in _BESIDE.items()),
    )
    return tuple(
        f"A plan table cannot hold {words}: {count} left out."
        for count, words in counts
        if count
    )


def _left_out(programme: Programme) -> Counter[str]:
    """Count by meaning what actions and phases hold and their table has no column for."""
    streams = programme.all(Workstream)
    meant = {key: set(_meant(stream).values()) for key, stream in streams.items()}
    found: Counter[str] = Counter()
    for phase in programme.all(Phase).values():
        columns = meant.get(phase.workstream_id or "", set())
        found[RATING] += bool(phase.rating) and RATING not in columns
    for action in programme.actions.values():
        columns = meant.get(action.workstream_id or "", set())
        parsed = parse(_typed_row(action, phases_only=False, beside={}))
        found[RATING] += bool(action.rating) and RATING not in columns
        for meaning in (*_BESIDE, EVIDENCE):
            if meaning not in columns:
                found[meaning] += bool(told_anew(meaning, action, "", parsed))
    return found


def _sheet(
    stream: Workstream, planned: list[Planned], count: int, programme_id: str
) -> Sheet:
    planned = sorted(planned, key=lambda p: p.position)
    own = stream.headings or COLUMNS
    meant = _meant(stream)
    typed = {place: kind for place, kind in meant.items() if kind in COLUMNS}
    phases_only = speaks_of_phases(
        next((h for p, h in enumerate(own) if typed.get(p) == ACTION), "")
    )
    kept = kept_names(own, typed)
    beside = {kept[place]: kind for place, kind in meant.items() if place in kept}
    laid = [_Laid(p, phases_only, beside) for p in _once_per_row(planned)]
    in_table = [one for one in laid if not one.is_put_off]
    needed = [
        c
        for c in COLUMNS
        if c not in typed.values() and any(one.cells[c] for one in in_table)
    ]
    headings = (*own, *needed)
    kinds = tuple(typed.get(p, "") for p in range(len(own))) + tuple(needed)
    rows = list(_table_rows(in_table, headings, kinds))
    return Sheet(
        heading=_heading(stream, count),
        purpose=_lines(stream.purpose),
        title=str(stream.extra.get("table_title", "")),
        headings=headings,
        kinds=kinds,
        rows=tuple(cells for cells, _, _ in rows),
        sections=frozenset(n for n, (_, kind, _) in enumerate(rows) if kind),
        put_off=_put_off(one for one in laid if one.is_put_off),
        note=_lines(stream.note),
        references=tuple(
            reference(programme_id, KIND_OF[type(record)].name, record.id)
            if record
            else ""
            for _, _, record in rows
        ),
    )


def _meant(stream: Workstream) -> dict[int, str]:
    """Return what each column of a workstream's table is, as it was read."""
    kept = cast("Mapping[str, str]", stream.extra.get("meanings", {}))
    if not kept:
        return meanings_of(stream.headings or COLUMNS)
    return {int(place): meaning for place, meaning in kept.items()}


def _heading(stream: Workstream, count: int) -> str:
    """Return the heading as typed, unless the workstream has another name by now."""
    typed = str(stream.extra.get("heading", ""))
    numbered = f"Workstream {stream.position + 1}: {stream.name}"
    if typed and workstream_name(typed) == stream.name:
        return numbered if stream.purpose and typed == stream.name else typed
    alone = count == 1 and not stream.purpose
    return (
        "" if alone and stream.name in ("Plan", stream.extra.get("title")) else numbered
    )


def _once_per_row(planned: Iterable[Planned]) -> list[Planned]:
    """Leave out the later phases of a row that names several."""
    found: list[Planned] = []
    for one in planned:
        shared = one.extra.get("phases")
        if not (
            shared
            and found
            and found[-1].extra.get("phases") == shared
            and found[-1].position == one.position
        ):
            found.append(one)
    return found


class _Laid:
    """One record beside its typed row: each cell as it is to be written."""

    def __init__(
        self,
        record: Planned,
        phases_only: bool,  # noqa: FBT001 - private
        beside: Mapping[str, str],
    ) -> None:
        self.record = record
        self.row = _typed_row(record, phases_only=phases_only, beside=beside)
        self.parsed = parsed = parse(self.row)
        self.changed = {
            c for c in COLUMNS if not record.as_typed or not SAME[c](record, parsed)
        }
        self.cells = {
            c: STYLED[c](record) if c in self.changed else self.row.cells.get(c, "")
            for c in COLUMNS
        }
        self.others = {**self.row.others, **self._anew(beside)}
        has_ref = REFERENCE in beside.values()
        if has_ref and ACTION in self.changed and isinstance(record, Action):
            self.cells[ACTION] = record.title  # its number has a column of its own

    def _anew(self, beside: Mapping[str, str]) -> dict[str, str]:
        """Return the cells beside the six that say something else by now."""
        found: dict[str, str] = {}
        for name, meaning in beside.items():
            typed = self.row.others.get(name, "")
            anew = (
                self._rated_anew(typed)
                if meaning == RATING
                else told_anew(meaning, self.record, typed, self.parsed)
            )
            if anew is not None:
                found[name] = anew
        return found

    def _rated_anew(self, typed: str) -> str | None:
        """Return the words for a rating that is no longer as typed; None = it is.

        The reason goes with it where the cell held one and people changed it.
        """
        said = rating_of(typed, self.parsed)
        known = said if isinstance(self.record, Action) or said in RATINGS else ""
        rating, why = self.record.rating, self.record.rating_reason
        typed_why = rating_reason_of(typed)
        reasoned = bool(typed_why) and why != typed_why
        if known == rating and not reasoned:
            return None
        words = RATING_WORDS.get(rating, rating)
        return f"{words} \N{EN DASH} {why}" if rating and reasoned and why else words

    @property
    def is_put_off(self) -> bool:
        """Whether this phase still is nothing but a name put off."""
        return bool(self.row.deferred) and not self.changed


def _typed_row(
    record: Planned, *, phases_only: bool, beside: Mapping[str, str]
) -> PlanRow:
    extra = record.extra
    others = cast("Mapping[str, str]", extra.get("columns", {}))
    return PlanRow(
        cells=record.as_typed,
        continued=tuple(cast("list[Mapping[str, str]]", extra.get("continued", []))),
        others=others,
        known={meaning: others.get(name, "") for name, meaning in beside.items()},
        section=str(extra.get("section", "")),
        deferred=str(extra.get("deferred", "")),
        phases_only=phases_only,
    )


def _table_rows(
    laid: list[_Laid], headings: tuple[str, ...], kinds: tuple[str, ...]
) -> Iterable[tuple[tuple[str, ...], bool, Planned | None]]:
    """Yield each row's cells, whether it is a heading within the table, and its record."""
    names = _names(headings, kinds)
    section = ""
    for one in laid:
        if one.row.section and one.row.section != section:
            yield (one.row.section, *[""] * (len(headings) - 1)), True, None
        section = one.row.section
        yield _placed({**one.cells, **one.others}, names), False, one.record
        for part in one.row.continued:
            kept = {
                name: text for name, text in part.items() if name not in one.changed
            }
            if kept:
                yield _placed(kept, names), False, None


def _names(headings: tuple[str, ...], kinds: tuple[str, ...]) -> dict[str, int]:
    """Return at which position each kept name stands."""
    names: dict[str, int] = {kind: p for p, kind in enumerate(kinds) if kind}
    known = {p for p, kind in enumerate(kinds) if kind}
    return names | {name: p for p, name in kept_names(headings, known).items()}


def _placed(cells: Mapping[str, str], names: Mapping[str, int]) -> tuple[str, ...]:
    row = [""] * (max(names.values(), default=-1) + 1)
    for name, typed in cells.items():
        text = as_shown(typed)
        if name in names:
            row[names[name]] = text
        elif match := re.fullmatch(
            r"Column (\d{1,3})", name
        ):  # a cell beyond the headings
            row.extend([""] * (int(match[1]) - len(row)))
            row[int(match[1]) - 1] = text
    return tuple(row)


def _put_off(laid: Iterable[_Laid]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for one in laid:
        found.setdefault(one.row.deferred, []).append(
            as_shown(one.row.cells.get(ACTION, ""))
        )
    return tuple((words, tuple(lines)) for words, lines in found.items())


def _lines(text: object) -> tuple[str, ...]:
    return tuple(str(text).split("\n")) if text else ()
