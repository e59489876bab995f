"""Assembled workstreams to records, with every doubtful reading named."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from systemmap.errors import Problem
from systemmap.formats.format import Reading
from systemmap.formats.plans._plan_table.as_it_is import seen_as_it_is
from systemmap.formats.plans._plan_table.assembly import assemble
from systemmap.formats.plans._plan_table.cells import bullet_count, plain
from systemmap.formats.plans._plan_table.column_cells import told_by_cells
from systemmap.formats.plans._plan_table.date_order import read_dates
from systemmap.formats.plans._plan_table.dated_lines import dated_lines
from systemmap.formats.plans._plan_table.decision_lines import part
from systemmap.formats.plans._plan_table.further_words import (
    partners_of,
    points_of,
)
from systemmap.formats.plans._plan_table.headings import (
    EVIDENCE,
    MEASURES,
    NO_WORKSTREAM,
    NOTE,
    PARTNERS,
    PLACE,
    POPULATION,
    RATING,
    THEME,
    meanings_of,
)
from systemmap.formats.plans._plan_table.plan_columns import PlanColumns
from systemmap.formats.plans._plan_table.plan_mapping import (
    AS_FOUND,
    PlanMapping,
)
from systemmap.formats.plans._plan_table.plan_rows import (
    guide_name,
    parse,
    rating_of,
    rating_reason_of,
    with_due,
)
from systemmap.formats.plans._plan_table.proposal import proposed
from systemmap.formats.plans._plan_table.row_remarks import (
    remarks_on,
    remarks_on_repeats,
)
from systemmap.formats.plans._plan_table.row_sense import sorted_rows
from systemmap.formats.plans._plan_table.table_shapes import (
    laid_straight,
    without_signs,
)
from systemmap.formats.plans._plan_table.themes_down import with_themes
from systemmap.model.plan import RATINGS, Decision, Phase, PhaseUpdate, Workstream
from systemmap.model.response import Action, Update
from systemmap.model.text import clean_label, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from systemmap.formats.plans._plan_table.date_order import ReadDates
    from systemmap.formats.plans._plan_table.decision_lines import Parted
    from systemmap.formats.plans._plan_table.plan_lines import Document
    from systemmap.formats.plans._plan_table.plan_rows import Parsed, PlanRow
    from systemmap.formats.plans._plan_table.streams import Assembled, Stream
    from systemmap.model.kinds import Record
    from systemmap.model.values import Due


_PROPOSED = "No heading of a plan is known here, so what each column holds was told from its cells. Check every column."


def reading_of(
    document: Document, format_key: str, mapping: PlanMapping = AS_FOUND
) -> Reading:
    """Turn a plan document into a reading, in the way a person said where one did.

    Raises
    ------
    ReadError
        The document holds no plan table.
    """
    parted, turned = _laid_open(document)
    found, mapping = mapping, proposed(parted.blocks, mapping)
    guessed = mapping is not found
    mapping, told = told_by_cells(parted.blocks, mapping, found.columns)
    sense = sorted_rows(parted.blocks, mapping, document.references)
    assembled = assemble(sense, mapping)
    shared = with_themes(assembled.streams)
    rows = [row for stream in assembled.streams for row in stream.rows]
    dates = read_dates(assembled.streams, mapping)
    parsed = [with_due(parse(row), dates.due.get(id(row))) for row in rows]
    maker = _Maker(
        dict(zip(map(id, rows), parsed, strict=True)),
        dates,
        document.references,
        mapping.columns,
    )
    records = [*maker.records(assembled), *_decisions(parted)]
    problems = (
        *document.problems,
        *assembled.problems,
        *maker.problems,
        *remarks_on_repeats(assembled.streams, document.references),
        *shared,
        *dates.problems,
        *told,
        *turned,
        *((Problem("", _PROPOSED, "guessed"),) if guessed else ()),
    )
    return Reading(
        format=format_key,
        dialect=document.dialect,
        records=tuple(records),
        problems=problems,
        references=frozenset(document.references.values()),
        seen={
            **seen_as_it_is(parted.blocks, mapping, assembled.roles),
            **dates.seen,
        },
        items=assembled.items
        + len(parted.decisions)
        + sum(p.count for p in document.problems if p.kind == "skipped"),
        blank=assembled.blank,
        summary=_summary(assembled, records, rows, parsed),
    )


@lru_cache(maxsize=1)  # a person who corrects a plan has it read again and again
def _laid_open(document: Document) -> tuple[Parted, tuple[Problem, ...]]:
    """Return what does not depend on what a person says of a document."""
    straight, turned = laid_straight(document.blocks)
    blocks, cut = without_signs(straight)
    return part(blocks), (*cut, *turned)


def _decisions(parted: Parted) -> list[Decision]:
    day = date.fromisoformat(parted.day) if parted.day else None
    found: dict[str, Decision] = {}
    for line in parted.decisions:
        key = slug(f"decision {line.text}", found, fallback="decision")
        found[key] = Decision(
            id=key, number=str(len(found) + 1), text=line.text, on=day
        )
    return list(found.values())


_KINDS = ("workstream", "phase", "action", "update", "phase_update")


class _Maker:
    def __init__(
        self,
        parsed: dict[int, Parsed],
        dates: ReadDates,
        references: Mapping[str, str],
        columns: Mapping[str, str],
    ) -> None:
        self.columns = columns
        self.parsed = parsed
        self.dates = dates
        self.references = references
        self.problems: list[Problem] = []
        self.carried = {kind: set[str]() for kind in _KINDS}
        for words in references.values():
            _, kind, key = (*words.split(" "), "", "", "")[:3]
            if kind in self.carried and key == slug(key):
                self.carried[kind].add(key)
        self.taken = {kind: set(keys) for kind, keys in self.carried.items()}

    def records(self, assembled: Assembled) -> list[Record]:
        streams: list[Record] = []
        others: list[Record] = []
        for position, stream in enumerate(assembled.streams):
            home = None
            if clean_label(stream.name) not in NO_WORKSTREAM:
                workstream = self._workstream(stream, position, assembled)
                streams.append(workstream)
                home = workstream.id
            for place, row in enumerate(stream.rows):
                for record in self._row_records(row, home, place):
                    others += [record, *self._updates(record)]
        return streams + others

    def _workstream(self, stream: Stream, position: int, out: Assembled) -> Workstream:
        extra = {
            "heading": stream.heading,
            "table_title": stream.title,
            "above": stream.above,
            "meanings": self._meanings(stream),
        }
        if position == 0:
            extra |= {"title": out.title, "introduction": "\n".join(out.introduction)}
        phases = any(self.parsed[id(row)].numbers for row in stream.rows)
        return Workstream(
            id=self._id("workstream", stream.name),
            name=clean_label(stream.name),
            kind="phases" if phases else "actions",
            purpose="\n".join(stream.purpose),
            position=position,
            headings=stream.headings,
            note="\n".join(stream.note),
            extra={key: text for key, text in extra.items() if text},
        )

    def _meanings(self, stream: Stream) -> dict[str, str]:
        """Return what each column was read as, where its heading alone does not say so."""
        meant = PlanColumns.of(stream.headings, self.columns).meant
        same = meant == meanings_of(stream.headings)
        return {} if same else {str(place): meaning for place, meaning in meant.items()}

    def _row_records(
        self, row: PlanRow, workstream: str | None, place: int
    ) -> Sequence[Action | Phase]:
        parsed = self.parsed[id(row)]
        self.problems += remarks_on(row, parsed)
        common: dict[str, Any] = {
            "workstream_id": workstream,
            "position": place,
            "aims": parsed.aims.lines,
            "owners": parsed.owners.names,
            "owners_raw": parsed.owners_raw,
            "due": parsed.due,
            "status": parsed.progress.status,
            "status_note": parsed.progress.note,
            "progress_raw": parsed.progress_raw,
            "outcomes": parsed.outcomes,
            "as_typed": dict(row.cells),
            "extra": _extra(row, parsed),
        }
        known = row.known
        rated = known.get(RATING, "")
        rating = rating_of(rated, parsed)
        if not parsed.numbers:
            return [
                Action(
                    id=self._id("action", parsed.title, row.where),
                    title=parsed.title,
                    ref=parsed.ref,
                    origin="imported",
                    partners=partners_of(known.get(PARTNERS, ""), parsed),
                    measures=points_of(known.get(MEASURES, "")),
                    evidence=plain(known.get(EVIDENCE, "")),
                    places=points_of(known.get(PLACE, "")),
                    populations=points_of(known.get(POPULATION, "")),
                    start=_day(self.dates.start.get(id(row))),
                    note=plain(known.get(NOTE, "")),
                    rating=rating,
                    rating_reason=rating_reason_of(rated) if rated else "",
                    **common,
                )
            ]
        return [
            Phase(
                id=self._id(
                    "phase",
                    f"phase {number}",
                    row.where if len(parsed.numbers) == 1 else "",
                ),
                number=number,
                name=parsed.title or guide_name(number) or f"Phase {number}",
                goal=parsed.goal,
                rating=rating if rating in RATINGS else "",
                rating_reason=rating_reason_of(row.known.get(RATING, "")),
                **common,
            )
            for number in parsed.numbers
        ]

    def _updates(self, of: Action | Phase) -> Iterator[Update | PhaseUpdate]:
        """Yield what a progress cell reports with days, also of before the log began."""
        for on, words in dated_lines(of.progress_raw):
            if isinstance(of, Action):
                key = self._id("update", f"{of.id} {on} {words}")
                yield Update(id=key, action_id=of.id, on=on, text=words)
            else:
                key = self._id("phase_update", f"{of.id} {on} {words}")
                yield PhaseUpdate(id=key, phase_id=of.id, on=on, text=words)

    def _id(self, kind: str, label: str, where: str = "") -> str:
        """Return the id that a row of ours carries, or a new one that none carries."""
        _, of, kept = (*self.references.get(where, "").split(" "), "", "", "")[:3]
        if of == kind and kept in self.carried[kind]:
            self.carried[kind].remove(kept)  # a row that was copied is another record
            return kept
        found = slug(label, self.taken[kind], fallback=kind)
        self.taken[kind].add(found)
        return found


def _day(due: Due | None) -> date | None:
    """Return a start that names its day; anything less stays with the column's words."""
    if due is None or due.precision != "day" or not due.start:
        return None
    return date.fromisoformat(due.start)


def _extra(row: PlanRow, parsed: Parsed) -> dict[str, object]:
    found: dict[str, object] = {}
    if row.continued:
        found["continued"] = [dict(part) for part in row.continued]
    if row.others:
        found["columns"] = dict(row.others)
    words = {
        "section": row.section,
        "under": row.under,
        "deferred": row.deferred,
        "theme": plain(row.known.get(THEME, "")),
    }
    found |= {key: text for key, text in words.items() if text}
    flags = [f for f in parsed.progress.flags if f in ("overdue", "delayed")]
    if flags:
        found["flags"] = flags
    if len(parsed.numbers) > 1:
        found["phases"] = list(parsed.numbers)
    return found


def _summary(
    out: Assembled, records: list[Record], rows: list[PlanRow], parsed: list[Parsed]
) -> dict[str, object]:
    live = [one for row, one in zip(rows, parsed, strict=True) if not row.deferred]
    cells = [
        cell
        for row in rows
        for part in (row.cells, *row.continued)
        for cell in part.values()
    ]
    text = "\n".join(cells)
    if "<" in text or "&" in text:  # bullets may be typed as tags
        text = "\n".join(map(plain, cells))
    counts: dict[str, object] = {
        "workstreams": len(out.streams),
        "actions": sum(isinstance(record, Action) for record in records),
        "phases": sum(bool(one.numbers) for one in live),
        "phases put off": sum(bool(row.deferred) for row in rows),
        "rows joined to the one above": sum(len(row.continued) for row in rows),
        "aims": sum(len(one.aims.lines) for one in parsed),
        "bullets": bullet_count(text),
        "no named lead": sum(one.owners.no_named_lead for one in live),
        "no update": sum(not one.progress_raw for one in live),
        "no date read": sum(not (one.due and one.due.start) for one in live),
    }
    words = {"title": out.title, "introduction": "\n".join(out.introduction)}
    return {**{k: v for k, v in words.items() if v}, **counts}
