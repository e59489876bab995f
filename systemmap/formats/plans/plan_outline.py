"""A plan as lines of text: headings, points, and who does what by when below them.

What is pasted from a web page or a report without its table. Each theme becomes
a workstream; a point below it an action; outcomes and measures stay with their
theme. Every line is counted. Not written.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from systemmap.errors import Problem
from systemmap.formats.format import Format, Reading
from systemmap.formats.plans._line_labels import (
    DATE,
    OWNER,
    STATUS,
    inline,
    is_greeting,
    labelled,
)
from systemmap.formats.plans._outline import (
    ACTION,
    AS_FOUND,
    DECISION,
    DETAIL,
    HEADING,
    LEFT_OUT,
    MEASURE,
    NOTE,
    OUTCOME,
    OWNERS,
    ROLES,
    THEME,
    LineMapping,
    TextLine,
    text_lines,
)
from systemmap.formats.plans._plan_table.headings import ACTION as COLUMN_ACTION
from systemmap.formats.plans._plan_table.headings import (
    AIMS,
    DUE,
    PROGRESS,
    RESPONSIBLE,
)
from systemmap.formats.plans._plan_table.line_details import text_without_details
from systemmap.formats.reading.limits import LIMITS, check_count
from systemmap.formats.sighting import NO, certain, likely, possible
from systemmap.language.phrases import counted, joined
from systemmap.model.due import read_due
from systemmap.model.owners import read_owners
from systemmap.model.plan import Decision, Workstream
from systemmap.model.progress import read_progress
from systemmap.model.response import Action
from systemmap.model.text import clean_label, folded, slug

if TYPE_CHECKING:
    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.kinds import Record

_NO_ACTION = (
    "No line was taken for an action or a decision. Say which lines are actions."
)
_WAY = "Mark each action with a bullet or a number, or sort the lines on the screen “Import and export”"
_POINTS = "\u2022\u00b7\u25aa\u25cf\u25e6\uf0b7*-\u2013"
_MAIL = ("from", "sent", "to", "cc", "date", "subject")
_SAID = {OWNER: "owner", STATUS: "status", DATE: "date"}


def recognise(sighting: Sighting) -> Recognition:
    """Count the points, and what stands below them, of a text without a table."""
    if sighting.kind != "text" or not sighting.lines:
        return NO
    columns = sum(map(_has_columns, sighting.lines))
    several = sum(len(row) > 1 for row in sighting.rows)
    marked = any(line.lstrip()[:1] in "\u2022\u00b7*-" for line in sighting.lines)
    if columns * 3 >= len(sighting.lines) or (
        not marked and several * 2 > len(sighting.rows)
    ):
        return NO
    lines = text_lines(sighting.head or "")
    roles = [line.role for line in lines]
    actions, headings = (
        roles.count(ACTION),
        sum(roles.count(role) for role in (HEADING, THEME, OWNERS)),
    )
    below = [f"{counted(roles.count(r), w)}" for r, w in _SAID.items() if r in roles]
    if not actions or not (headings or below):
        return possible("every line could be an action") if len(lines) > 1 else NO
    words = f"{counted(actions, 'point')} below {counted(headings, 'heading')}"
    if below:
        words += f", with {joined([f'{one}' for one in below])}"
    if any(line.count("\t") > 1 for line in sighting.lines):
        return possible(f"{words}, but a line of it holds columns")
    if actions >= 2 and (roles.count(STATUS) >= 2 or _says_actions(lines)):
        return certain(words)
    return likely(words)


def _has_columns(line: str) -> bool:
    """Say whether a line holds cells: parted by tabs, bars or runs of spaces."""
    words = line.strip().lstrip(_POINTS).strip()  # a point's own tab parts no cells
    words = words.removeprefix("o\t")
    return "\t" in words or words.count("|") > 1 or "   " in words


def _says_actions(lines: list[TextLine]) -> bool:
    """Say whether a heading calls the points below it actions."""
    return any(
        line.role == HEADING
        and after.role == ACTION
        and "action" in line.text.casefold()
        for line, after in itertools.pairwise(lines)
    )


def read(sighting: Sighting) -> Reading:
    """Read every line as what it seems to be."""
    return read_lines(sighting, AS_FOUND)


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read every line as a person said it is."""
    return read_lines(sighting, LineMapping(shapes=mapping.alike, texts=mapping.lines))


def read_lines(sighting: Sighting, mapping: LineMapping) -> Reading:
    """Read every line as what it seems to be, or as what a person said it is.

    Raises
    ------
    ReadError
        Not text, or too long.
    """
    text = sighting.decoded().text
    check_count(text.count("\n"), LIMITS.lines, "lines")
    lines = text_lines(text, mapping)
    reader = _Reader()
    for line in lines:
        reader.take(line)
    seen = {
        "kind": "lines",
        "shape": " ".join(sorted({line.likeness for line in lines})),
        "roles": list(ROLES),
        "lines": [
            [n.number, n.text, n.depth, n.mark, n.role, n.likeness] for n in lines
        ],
    }
    if not reader.decisions and not any(theme.actions for theme in reader.themes):
        return Reading(
            format=FORMAT.key,
            dialect="lines of text",
            problems=tuple(reader.problems),
            items=sum(reader.counts.values()),
            seen={**seen, "asks": [_NO_ACTION], "ways": [_WAY]},
        )
    return replace(reader.reading(sighting.stem), seen=seen)


@dataclass(slots=True)
class _Below:
    """A theme in the making: its actions, and what stands with it."""

    name: str
    heading: str = ""
    actions: list[dict[str, list[str]]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)  # lines of each action
    kept: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Reader:
    title: str = ""
    themes: list[_Below] = field(default_factory=list)
    section: str = ""
    leads: str = ""  # who leads the actions below
    above: str = ""  # "Cohort: Early years": holds for the themes below it
    decisions: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    introduction: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    is_mail: bool = False
    signed: bool = False  # what follows a greeting is about who wrote
    personal: int = 0

    def take(self, line: TextLine) -> None:
        """Take one line."""
        role = line.role
        self.counts[role] = self.counts.get(role, 0) + 1
        if role == LEFT_OUT:
            self._say(line, "This line was left out, as you said.", "skipped")
        elif role == THEME:
            name = line.text.partition(":")[2].strip() or line.text.rstrip(":")
            self.themes.append(_Below(name, line.text))
            if self.above:
                self.themes[-1].kept["above"] = [self.above]
            self.section = self.leads = ""
        elif role == OWNERS:
            called = labelled(line.text)
            self.leads = (called[1] if called else line.text).rstrip(":")
        elif role == HEADING:
            self.section, self.leads = line.text.rstrip(":"), ""
            if ":" in line.text.rstrip(":"):
                self.above = line.text
        elif role == DECISION:
            self.decisions.append(line.text)
        elif role == ACTION:
            self._act(line)
        elif role in (OWNER, STATUS, DATE, DETAIL) and self._theme().actions:
            called = labelled(line.text)
            text = called[1] if called and called[0] == role else line.text
            self._theme().actions[-1].setdefault(role, []).append(text)
            self._theme().sizes[-1] += 1
        elif role in (OUTCOME, MEASURE):
            self._theme().kept.setdefault(role, []).append(line.text)
        else:
            self._note(line)

    def _act(self, line: TextLine) -> None:
        """Begin an action; what its own line says of lead, date and status is told apart."""
        title, said = inline(line.text)
        one = {ACTION: [title], "section": [self.section], "ref": [line.ref]}
        for role, words in said:
            one.setdefault(role, []).append(words)
        if self.leads:
            one.setdefault(OWNER, [self.leads])
        self._theme().actions.append(one)
        self._theme().sizes.append(1)

    def _theme(self) -> _Below:
        if not self.themes:
            self.themes.append(_Below(""))
        return self.themes[-1]

    def _note(self, line: TextLine) -> None:
        text = self._without_people(line.text)
        if not text:
            return
        if not self.title and not self.themes and len(text) <= 120:
            self.title = text
        elif self.themes:
            self.themes[-1].kept.setdefault(NOTE, []).append(text)
        else:
            self.introduction.append(text)

    def _without_people(self, text: str) -> str:
        """Return a line without addresses and numbers; "" = it is only about who wrote."""
        name, colon, rest = text.partition(":")
        head = folded(name) if colon else ""
        first = sum(self.counts.values()) == 1
        self.is_mail = self.is_mail or (first and head == "from")
        self.signed = self.signed or is_greeting(text)
        if self.is_mail and head in _MAIL and not (self.title or self.themes):
            kept = rest.strip() if head == "subject" else ""
        else:
            kept = "" if self.signed else text_without_details(text)
        self.personal += not kept
        return kept

    def _say(self, line: TextLine, what: str, kind: str) -> None:
        self.problems.append(
            Problem(f"line {line.number}", what, kind, line.text[:200])
        )

    def reading(self, stem: str) -> Reading:
        """Return workstreams, actions and decisions; each line is an item."""
        if self.personal:
            what = f"{counted(self.personal, 'line')} about who wrote it, to whom and when {'was' if self.personal == 1 else 'were'} left out."
            self.problems.append(Problem("", what, "skipped", "", self.personal))
        streams: list[Record] = []
        actions: dict[str, Action] = {}
        names: set[str] = set()
        for place, theme in enumerate(self.themes):
            stream = self._stream(theme, place, names, stem)
            streams.append(stream)
            for n, said in enumerate(theme.actions):
                if said in theme.actions[:n]:
                    what = f"“{said[ACTION][0][:60]}” stands twice, word for word. It was read once."
                    size = theme.sizes[n]
                    self.problems.append(Problem("", what, "skipped", "", size))
                    continue
                action = _action(said, stream.id, n, actions)
                actions[action.id] = action
        decided: dict[str, Decision] = {}
        for n, text in enumerate(self.decisions, 1):
            key = slug(f"decision {text}", decided, fallback="decision")
            decided[key] = Decision(id=key, number=str(n), text=text)
        self.problems.append(
            Problem(
                "",
                "Lines were sorted by their place, marks and words. Check each below.",
                "guessed",
            )
        )
        return Reading(
            format=FORMAT.key,
            dialect="lines of text",
            records=(*streams, *actions.values(), *decided.values()),
            problems=tuple(self.problems),
            items=sum(self.counts.values()),
            summary={
                "lines": sum(self.counts.values()),
                **dict(sorted(self.counts.items())),
            },
        )

    def _stream(
        self, theme: _Below, place: int, names: set[str], stem: str
    ) -> Workstream:
        name = clean_label(theme.name or self.title or stem) or "Plan"
        key = slug(name, names, fallback="workstream")
        names.add(key)
        extra: dict[str, object] = {"heading": theme.heading}
        if place == 0:
            extra |= {"title": self.title, "introduction": "\n".join(self.introduction)}
        extra |= {
            role if role == "above" else f"{role}s": words
            for role, words in theme.kept.items()
            if role != NOTE
        }
        return Workstream(
            id=key,
            name=name,
            position=place,
            note="\n".join(theme.kept.get(NOTE, ())),
            extra={key: value for key, value in extra.items() if value},
        )


def _typed(said: dict[str, list[str]]) -> dict[str, str]:
    """Return the lines as the cells of a row, so that a plan is known again."""
    columns = {
        COLUMN_ACTION: ACTION,
        AIMS: DETAIL,
        RESPONSIBLE: OWNER,
        DUE: DATE,
        PROGRESS: STATUS,
    }
    return {column: "\n".join(said.get(role, ())) for column, role in columns.items()}


def _action(
    said: dict[str, list[str]], stream: str, place: int, taken: dict[str, Action]
) -> Action:
    title = said[ACTION][0]
    owners_raw = "\n".join(said.get(OWNER, ()))
    progress_raw = "\n".join(said.get(STATUS, ()))
    progress = read_progress(progress_raw)
    owners = read_owners(owners_raw)
    section = said["section"][0]
    return Action(
        id=slug(title, taken, fallback="action"),
        title=clean_label(title),
        ref=said["ref"][0],
        workstream_id=stream,
        position=place,
        aims=tuple(said.get(DETAIL, ())),
        owners=owners.names,
        owners_raw=owners_raw,
        partners=owners.supporting,
        due=read_due(" ".join(said.get(DATE, ()))),
        status=progress.status,
        status_note=progress.note,
        progress_raw=progress_raw,
        origin="imported",
        as_typed=_typed(said),
        extra={"section": section} if section else {},
    )


FORMAT = Format(
    key="plan_outline",
    title="Plan as lines of text",
    holds="plan",
    suffixes=(".txt",),
    loses="Outcomes and measures stay with their theme, as words. It is read only.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
)
