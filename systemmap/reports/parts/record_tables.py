"""What a programme has written down, as tables that need no program to be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from systemmap.editing.governance import events_in_order
from systemmap.errors import ReadError
from systemmap.formats.plans._plan_table.headings import COLUMNS
from systemmap.formats.plans._plan_table.table_layout import pages_of
from systemmap.formats.whole.project_file import read_history
from systemmap.gaps.gap_states import subject_name
from systemmap.language.phrases import counted, day
from systemmap.model.elements import Factor
from systemmap.model.evidence import Indicator, Observation
from systemmap.model.people import Stakeholder
from systemmap.model.plan import Decision, LocalTerm, Phase, Review, Step
from systemmap.model.response import ActionFactor, AssetFactor, GapDecision, Update
from systemmap.overview.reporting_lines import (
    event_words,
    point_words,
    points_by_section,
)
from systemmap.reports.parts.facts import tidy
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from systemmap.model.programme import Programme

_DECIDED = {
    "accepted": "a real gap, left on purpose",
    "dismissed": "not a gap",
    "agreed": "an action was agreed",
    "assigned": "somebody sees to it",
    "reopened": "open again",
}
# The words that this program adds to those of the place's own vocabularies.
_WORDS = (
    ("Cause", "what can rise or fall and helps cause or prevent obesity"),
    ("Link", "people's claim that one cause acts directly on another"),
    (
        "+ and −",
        "more of one leads to more, or to less, of the other; “?” = not agreed",
    ),
    ("Loop", "a closed chain of links: it strengthens itself (R) or settles (B)"),
    ("Theme", "a group of related causes"),
    ("Tie", "why an action or an asset acts on a cause, in one line"),
    ("Asset", "a place, service, skill or group that already helps"),
    ("Gap", "a place on the map where something is missing, with its reason"),
    ("Left on purpose", "a real gap that people chose to leave, with their reason"),
)
_GONE = "listed no more"
_VOCABULARIES = ("themes", "layers", "statuses", "ratings", "action_scales")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTable:
    """One table of the record: its name, what it holds, its columns and rows.

    `widths` are in characters, one a column.
    """

    name: str
    about: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    none: str = "None yet."

    @property
    def sentence(self) -> str:
        """What the table holds and how many rows it has."""
        rows = f"{counted(len(self.rows), 'row')}." if self.rows else self.none
        return f"{self.about} {rows}"


def record_tables(
    programme: Programme, project_file: bytes = b""
) -> tuple[RecordTable, ...]:
    """Return everything that is not the map itself, in the order in which it is read.

    Parameters
    ----------
    programme : Programme
        What is told. It is not changed.
    project_file : bytes
        The programme's project file, whose history of changes is told; empty =
        no history is at hand.
    """
    return (
        _plan(programme),
        _phases(programme),
        _updates(programme),
        _events(programme),
        _decisions(programme),
        _gap_decisions(programme),
        _figures(programme),
        _ties(programme),
        _partners(programme),
        _glossary(programme),
        _changes(project_file),
    )


def _table(
    name: str,
    about: str,
    columns: Mapping[str, int],
    rows: Iterable[Iterable[object]],
) -> RecordTable:
    cells = tuple(tuple(_said(cell) for cell in row) for row in rows)
    return RecordTable(
        name=name,
        about=about,
        headings=tuple(columns),
        rows=cells,
        widths=tuple(columns.values()),
    )


def _said(cell: object) -> str:
    return "" if cell is None else tidy(str(cell))


def _on(moment: date | None) -> str:
    return "" if moment is None else day(moment)


def _label(vocabulary: str, key: str) -> str:
    found = terms(vocabulary).get(key)
    return found.label if found else key


def _plan(programme: Programme) -> RecordTable:
    rows = []
    for sheet in pages_of(programme).sheets:
        part = sheet.heading
        for number, cells in enumerate(sheet.rows):
            if number in sheet.sections:
                part = f"{sheet.heading}: {next(filter(None, cells), '')}"
                continue
            by_kind = dict(zip(sheet.kinds, cells, strict=False))
            rows.append([part, *(by_kind.get(column, "") for column in COLUMNS)])
    columns = {"Part of the plan": 24, **dict.fromkeys(COLUMNS, 30)}
    return _table("Plan", "The plan in its six columns, as typed.", columns, rows)


def _phases(programme: Programme) -> RecordTable:
    rows: list[list[object]] = []
    steps = programme.all(Step).values()
    phases = programme.all(Phase).values()
    for phase in sorted(phases, key=lambda p: (p.cycle, p.number, p.position)):
        rows.append(
            [
                f"{phase.number} {phase.name}",
                phase.goal,
                _label("statuses", phase.status),
                _label("ratings", phase.rating),
                phase.rating_reason,
                _on(phase.rated_on),
            ]
        )
        for step in sorted(steps, key=lambda s: s.position):
            if step.phase_id == phase.id:
                rating = _label("ratings", step.rating)
                rows.append(
                    [
                        f"{phase.number} {phase.name}",
                        step.text,
                        _label("statuses", step.status),
                        rating,
                        step.rating_reason,
                        _on(step.rated_on),
                    ]
                )
    columns = {
        "Phase": 28,
        "Goal or step": 50,
        "Status": 18,
        "Rating": 12,
        "Why that rating": 44,
        "Rated on": 18,
    }
    about = "Each phase, then its steps; a red or amber rating has its reason."
    return _table("Phases", about, columns, rows)


def _updates(programme: Programme) -> RecordTable:
    found = programme.all(Update).values()
    rows = [
        [_on(u.on), programme.actions[u.action_id].title, u.text]
        for u in sorted(found, key=lambda u: (u.on is None, u.on, u.action_id))
        if u.action_id in programme.actions
    ]
    columns = {"On": 18, "Action": 40, "Update": 70}
    return _table("Updates", "What was reported on actions, by date.", columns, rows)


def _events(programme: Programme) -> RecordTable:
    rows: list[list[object]] = []
    for event in events_in_order(programme):
        when = event.on.raw if event.on else ""
        words = event_words(programme, event, titled=False)
        rows.append(
            [when, event.title, "", " ".join(filter(None, (words, event.note)))]
        )
        for section, points in points_by_section(programme, event.id).items():
            rows += [
                ["", event.title, section, point_words(programme, p)] for p in points
            ]
    columns = {"On": 18, "Event": 40, "Section": 18, "What": 80}
    about = (
        "Meetings, engagements and assessments, latest first, and what was said there."
    )
    return _table("Events", about, columns, rows)


def _decisions(programme: Programme) -> RecordTable:
    found = programme.all(Decision).values()
    rows = [
        [_on(d.on), d.body, d.number, d.text]
        for d in sorted(found, key=lambda d: (d.on is None, d.on, d.number))
    ]
    reviews = programme.all(Review).values()
    rows += [
        [_on(r.on), "Review", "", ". ".join(filter(None, (r.title, r.narrative)))]
        for r in sorted(reviews, key=lambda r: r.on)
    ]
    columns = {"On": 18, "Who": 36, "No.": 8, "What": 80}
    about = "What boards resolved, in their words, then the reviews."
    return _table("Decisions", about, columns, rows)


def _gap_decisions(programme: Programme) -> RecordTable:
    found = programme.all(GapDecision).values()
    rows = [
        [
            _on(d.on),
            subject_name(programme, d.map_id, d.subject) or _GONE,
            _DECIDED.get(d.state, d.state),
            d.reason,
            d.role,
            _on(d.review_on),
        ]
        for d in sorted(found, key=lambda d: (d.on is None, d.on, d.id))
    ]
    columns = {
        "On": 18,
        "About": 36,
        "Decided": 28,
        "Reason": 60,
        "By": 26,
        "Look again on": 18,
    }
    about = "What was decided about gaps, and why."
    return _table("Decisions on gaps", about, columns, rows)


def _figures(programme: Programme) -> RecordTable:
    indicators = programme.all(Indicator)
    found = programme.all(Observation).values()
    rows = []
    for o in sorted(
        found, key=lambda o: (o.indicator_id, o.area_name, o.group, -o.period_order)
    ):
        one = indicators.get(o.indicator_id)
        value = "" if o.value is None else f"{o.value:g}"
        rows.append(
            [
                one.name if one else o.indicator_id,
                o.area_name or o.area_code,
                o.group,
                o.period,
                value,
                one.unit if one else "",
                ". ".join(filter(None, (o.value_note, o.trend, o.compared))),
                ". ".join(filter(None, (one.source, one.licence))) if one else "",
            ]
        )
    columns = {
        "Indicator": 40,
        "Area": 22,
        "Group": 16,
        "Period": 14,
        "Value": 10,
        "Unit": 10,
        "In words": 40,
        "Source and licence": 44,
    }
    about = "The figures of the local picture; an empty value is no figure, not nought."
    return _table("Local picture", about, columns, rows)


def _ties(programme: Programme) -> RecordTable:
    labels = {(f.map_id, f.id): f.label for f in programme.all(Factor).values()}
    actions = [
        [
            "Action",
            programme.actions[t.action_id].title,
            labels.get((t.map_id, t.factor_id), ""),
            t.reason,
        ]
        for t in programme.all(ActionFactor).values()
        if t.action_id in programme.actions
    ]
    assets = [
        [
            "Asset",
            programme.assets[t.asset_id].name,
            labels.get((t.map_id, t.factor_id), ""),
            t.reason,
        ]
        for t in programme.all(AssetFactor).values()
        if t.asset_id in programme.assets
    ]
    columns = {"Kind": 10, "Action or asset": 44, "Cause it acts on": 36, "Why": 60}
    about = "Which action and asset acts on which cause, and why, in people's words."
    return _table(
        "Reasons for ties", about, columns, [*sorted(actions), *sorted(assets)]
    )


def _partners(programme: Programme) -> RecordTable:
    rows = [
        [
            s.organisation,
            s.title,
            _label("stakeholder_roles", s.role),
            _label("sectors", s.sector),
        ]
        for s in programme.all(Stakeholder).values()
    ]
    columns = {"Organisation": 40, "Post": 36, "Part in the work": 26, "Sector": 30}
    about = "Organisations and posts; no person is named."
    return _table("Partners", about, columns, sorted(rows))


def _glossary(programme: Programme) -> RecordTable:
    rows: list[list[str]] = [["Words of this work", *word] for word in _WORDS]
    for vocabulary in _VOCABULARIES:
        title = vocabulary.replace("_", " ").capitalize()
        rows += [[title, t.label, t.description] for t in terms(vocabulary).values()]
    local = programme.all(LocalTerm).values()
    rows += [
        [
            t.vocabulary.replace("_", " ").capitalize(),
            t.label,
            t.description or "A word of this programme.",
        ]
        for t in local
    ]
    columns = {"Kind": 24, "Word": 32, "Meaning": 84}
    return _table("Glossary", "What the words mean.", columns, rows)


def _moment(at: object) -> str:
    """Return a moment of the log to the minute, in universal time."""
    try:
        moment = datetime.fromisoformat(str(at))
    except ValueError:
        return ""
    return moment.strftime("%Y-%m-%d %H:%M")


def _changes(project_file: bytes) -> RecordTable:
    try:
        history = read_history(project_file) if project_file else []
    except ReadError:
        history = []
    rows = []
    for change in history:
        label = change.get("label")
        said = label[0] if isinstance(label, list) and label else label
        written = change.get("rows")
        count = len(written) if isinstance(written, list) else 0
        rows.append(
            [
                str(change.get("revision", "")),
                _moment(change.get("at")),
                change.get("actor"),
                said,
                str(count),
            ]
        )
    columns = {
        "No.": 8,
        "When (UTC)": 18,
        "Who": 26,
        "What was done": 70,
        "Records": 10,
    }
    about = "Every change since the beginning, oldest first."
    table = _table("Changes", about, columns, rows)
    return replace(table, none="None came with this folder.")
