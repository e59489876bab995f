"""A board minute as text: sections of dashed lines, and what was resolved.

The minute becomes an event, and each of its lines a point of it under its
section, which a person can sort anew. Lines under "Action plan" and "Next
steps" become actions too, without a status; what is reported as progress does
not: it waits to be taken as an update of the action it is about. Resolutions
become decisions of the event. A minute's dates are never guessed. Lines on who
spoke are left out. Not written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from systemmap.errors import Problem, ReadError
from systemmap.formats.format import Format, Reading
from systemmap.formats.plans._minute_days import day_of, due_in, is_on_who_spoke
from systemmap.formats.plans._minute_lines import (
    begins_an_item,
    is_initials,
    marked,
    task_in,
)
from systemmap.formats.plans._plan_table.text_in import plan_heading
from systemmap.formats.plans._wrapped_lines import Unwrapped, unwrapped
from systemmap.formats.reading.limits import LIMITS, check_count
from systemmap.formats.sighting import NO, likely, says_so
from systemmap.language.personal_names import may_be_person
from systemmap.language.phrases import counted, joined
from systemmap.model.due import read_due
from systemmap.model.meetings import DecisionTie, Event, EventPoint
from systemmap.model.owners import read_owners
from systemmap.model.plan import Decision, Workstream
from systemmap.model.response import Action
from systemmap.model.text import clean, clean_label, slug

if TYPE_CHECKING:
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.kinds import Record
    from systemmap.model.values import Due

_ITEM = re.compile("\\s*+[-\u2013\u2022*\u00b7\u25aa\u25cf]\\s++(.+)")
_RESOLVED = re.compile(
    "(?:resolved|recommended|agreed)\\s*:?\\s*[-\u2013]*\\s*(.*)", re.IGNORECASE
)
_VERBS = (
    ("note", re.compile(r"\bbe noted\b|\bnoted?\b", re.IGNORECASE)),
    ("endorse", re.compile(r"\bbe endorsed\b|\bendorsed?\b", re.IGNORECASE)),
    (
        "approve",
        re.compile(
            r"\bbe (?:approved|agreed)\b|\b(?:approved?|agreed?)\b", re.IGNORECASE
        ),
    ),
)
_SECTIONS = (
    ("action plan", re.compile(r"action plan\Z|actions\Z", re.IGNORECASE)),
    ("progress", re.compile(r"progress\b|updates?\b", re.IGNORECASE)),
    ("next steps", re.compile(r"next steps?\b", re.IGNORECASE)),
    ("key messages", re.compile(r"key messages?\b", re.IGNORECASE)),
)
_ACTED_ON = ("action plan", "next steps")
_POINT_SECTIONS = {
    "background": "background",
    "key messages": "message",
    "action plan": "action",
    "progress": "progress",
    "next steps": "next_step",
}
_ELSEWHERE = "the chair reported"
_SPEAKERS = re.compile(
    r"\bto present\b|\bpresentation\b|\bthanked\b|\bapologies\b|\bin attendance\b|\bpresent:",
    re.IGNORECASE,
)
_POINTS = "-\u2013\u2022*\u00b7\u25aa\u25cf"
_BOILERPLATE = ("agenda item", "minutes", "supporting documents:")
_LONGEST_HEADING = 100
_DECIDED = ("NOTED", "AGREED", "RESOLVED", "APPROVED", "ENDORSED", "RECOMMENDED")


def recognise(sighting: Sighting) -> Recognition:
    """Say whether a text has a resolution and dashed lines under headings."""
    lines = sighting.lines
    if any("\t" in line for line in lines[:50]):
        return NO
    dashed = sum(bool(_ITEM.match(line)) for line in lines)
    numbered = any(marked(line)[0] for line in lines)
    resolved = sum(line.lstrip().casefold().startswith("resolved") for line in lines)
    tasks = sum(task_in(line) is not None for line in lines)
    if tasks and any("minutes" in line.casefold() for line in lines[:10]):
        counts = [counted(tasks, "action")] + ["what was resolved"] * bool(resolved)
        seen = f"it calls itself minutes, and says {joined(counts)}"
        if plan_heading("\n".join(lines)):
            return likely(f"{seen}, but a table of actions stands in it too")
        return says_so(seen)
    if resolved and (dashed >= 3 or numbered):
        return says_so("it says what was resolved, and lists points")
    return likely("a line begins with 'Resolved'") if resolved else NO


def read(sighting: Sighting) -> Reading:
    """Read a minute's sections and resolutions.

    Raises
    ------
    ReadError
        Not text, too long, or neither section nor resolution in it.
    """
    text = sighting.decoded().text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    check_count(len(lines), LIMITS.lines, "lines")
    reader = _Reader()
    whole = unwrapped([clean(line) for line in lines])
    for number, line in whole.lines:
        reader.take(number, line)
    reading = reader.reading(whole)
    if heading := [cell.strip() for cell in plan_heading(text)]:
        what = f"A table stands in this minute, headed “{' | '.join(heading)[:80]}”. Its rows were kept as words and not read as actions: bring the file in once more as a plan to read them."
        remark = Problem("", what, "guessed")
        reading = replace(reading, problems=(*reading.problems, remark))
    return reading


@dataclass(slots=True)
class _Reader:
    title: str = ""
    section: str = "background"
    heading: str = ""
    sections: dict[str, list[str]] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    other: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    resolving: bool = False
    on: date | None = None
    held: Due | None = None
    points: dict[str, EventPoint] = field(default_factory=dict)
    item: str = ""  # the number of the agenda item
    found_items: int = 0
    speakers: int = 0
    tasks: int = 0

    def take(self, number: int, line: str) -> None:
        """Take one line."""
        text = line.replace("\xa0", " ").strip()
        text = text.lstrip("#").strip() or text  # a heading of Markdown
        if not text:
            return
        if self._take_day(text):
            return
        resolved = text.lower().startswith("resolved")
        mark, words = marked(text)
        if self._take_task(number, text):
            return
        if self.resolving and begins_an_item(text):
            self._take_heading(text)
        elif resolved and (match := _RESOLVED.fullmatch(text)):
            self.resolving = True
            self._decide(match[1])
        elif mark and (self.resolving or words.startswith("That ")):
            self._decide(text)
        elif text[0] in _POINTS and text[1:].lstrip().startswith(_DECIDED):
            self._decide(text[1:].lstrip())
        elif match := _ITEM.fullmatch(line):
            self._take_item(number, " ".join(match[1].split()))
        elif len(text) <= _LONGEST_HEADING and text[-1] not in ".;,":
            self._take_heading(text)
        else:
            self._take_other(text)

    def _take_task(self, number: int, text: str) -> bool:
        """Take "ACTION: Planning to bring a draft by December" as an action."""
        task = task_in(text)
        if task is None:
            return False
        self.resolving = False
        words = task.words
        if not words:
            if not self.other:
                return False
            words = self.other[-1]
            what = f"“{text[:60]}” says who, so the line above it was taken for what is to be done."
            self.problems.append(Problem(f"line {number}", what, "guessed", text))
        named = read_owners(task.who).names
        leads = tuple(n for n in named if not (may_be_person(n) or is_initials(n)))
        found = read_due(task.due) if task.due else None
        key = slug(words, self.actions, fallback="action")
        self.tasks += 1
        self.actions[key] = Action(
            id=key,
            title=clean_label(words),
            workstream_id=None,
            position=len(self.actions),
            owners=leads,
            owners_raw=", ".join(leads),
            due=found if found and found.start else None,
            origin="imported",
            extra={"section": f"Item {self.item}" if self.item else "", "line": number},
        )
        return True

    def _take_other(self, text: str) -> None:
        """Keep a line outside the sections, unless it is on who spoke."""
        if _SPEAKERS.search(text) or is_on_who_spoke(text):
            self.speakers += 1
        else:
            self.other.append(text)

    def _take_day(self, text: str) -> bool:
        """Take the day of the meeting from the line that says it."""
        due = None if self.on else day_of(text)
        if due is None or not due.start:
            return False
        self.on, self.held = date.fromisoformat(due.start), due
        return True

    def _take_heading(self, text: str) -> None:
        self.resolving = False
        number = text.split(maxsplit=1)[0].rstrip(".")
        if number.isdigit() and len(number) <= 3:
            self.item = number
            self.found_items += 1
        if text.casefold() in _BOILERPLATE:
            return
        for name, pattern in _SECTIONS:
            if pattern.match(text):
                self.section, self.heading = name, text
                self.headings[name] = text
                return
        if self.sections:
            self.section = self.heading = text
        elif not self.title:
            self.title = text
        else:
            self._take_other(text)

    def _take_item(self, number: int, text: str) -> None:
        self.sections.setdefault(self.section, []).append(text)
        if self.section not in _ACTED_ON:
            self._point(text, _POINT_SECTIONS.get(self.section, ""))
            return
        key = slug(text, self.actions, fallback="action")
        self._point(text, _POINT_SECTIONS[self.section], (key,))
        self.actions[key] = Action(
            id=key,
            title=clean_label(text),
            workstream_id=None,
            position=len(self.actions),
            due=due_in(text),
            origin="imported",
            extra={"section": self.heading, "line": number},
        )

    def _point(self, text: str, section: str, actions: tuple[str, ...] = ()) -> None:
        key = slug(text, self.points, fallback="point")
        self.points[key] = EventPoint(
            id=key,
            event_id="",
            text=clean_label(text),
            section=section,
            position=len(self.points),
            actions=actions,
            extra={} if section else {"heading": self.heading},
        )

    def _decide(self, text: str) -> None:
        mark, words = marked(text)
        if words.startswith("That ("):  # "Resolved - That (a) the update be noted; and"
            mark, rest = marked(words.removeprefix("That "))
            words = f"That {rest}" if mark else words
        words = words.strip().removesuffix("; and").rstrip(";").strip()
        if not words:
            return
        verb = next(
            (verb for verb, pattern in _VERBS if pattern.search(words)),
            "",
        )
        number = mark or str(len(self.decisions) + 1)
        if self.item:
            number = f"{self.item}({mark})" if mark else self.item
        key = slug(f"resolution {number} {words}", self.decisions)
        self.decisions[key] = Decision(
            id=key, number=number, text=words, verb=verb, on=self.on
        )

    def reading(self, whole: Unwrapped) -> Reading:
        """Return what was read; the minute's sections stay with their workstream."""
        if whole.joined:
            what = f"{counted(whole.joined, 'line')} went on from the one above, as in text from a PDF, and {'was' if whole.joined == 1 else 'were'} put together with it. Check what was read."
            self.problems.append(Problem("", what, "guessed"))
        if whole.pages:
            what = f"{counted(whole.pages, 'line with a page number was', 'lines with page numbers were')} left out."
            self.problems.append(Problem("", what, "note"))
        count = sum(map(len, self.sections.values()))
        if not (count or self.decisions or self.tasks):
            raise ReadError(
                "No section with dashed lines and no resolution was found. A minute has lines that begin with '-', or 'Resolved: (1) …'."
            )
        records: list[Record] = []
        if count or self.tasks:
            name = self.title or "Minute"
            stream = Workstream(
                id=slug(name),
                name=clean_label(name),
                note="\n".join(self.other),
                extra={"sections": self.sections, "headings": self.headings},
            )
            records.append(stream)
            records += [_within(action, stream.id) for action in self.actions.values()]
            event = self._event(stream)
            records += [event]
            records += [replace(p, event_id=event.id) for p in self.points.values()]
        if self.speakers:
            self.problems.append(
                Problem(
                    "",
                    f"{counted(self.speakers, 'line')} on who spoke or attended {'was' if self.speakers == 1 else 'were'} left out.",
                    "note",
                )
            )
        if self.other and not (count or self.tasks):
            what = f"{counted(len(self.other), 'line')} beside the resolutions were not kept, for instance '{self.other[0][:60]}'."
            self.problems.append(Problem("", what, "note", self.other[0]))
        if self.decisions and not self.on:
            self.problems.append(
                Problem(
                    "",
                    "The minute names no date, so none was set for its resolutions.",
                    "note",
                )
            )
        return Reading(
            format=FORMAT.key,
            dialect="board minute",
            records=(*records, *self.decisions.values(), *self._ties(records)),
            problems=tuple(self.problems),
            items=count + self.tasks + len(self.decisions),
            summary={
                "title": self.title,
                **({"date": self.on.isoformat()} if self.on else {}),
                **{name: len(items) for name, items in self.sections.items()},
                **({"actions": self.tasks} if self.tasks else {}),
                "resolutions": len(self.decisions),
            },
        )

    def _event(self, stream: Workstream) -> Event:
        """Return the event that the minute is of, and add what was said outside its lists."""
        for text in self.other:
            elsewhere = text.casefold().startswith(_ELSEWHERE)
            self._point(text, "outside" if elsewhere else "")
        return Event(
            id=slug(stream.name, fallback="event"),
            title=stream.name,
            kind="meeting",
            on=self.held,
            workstream_id=stream.id,
        )

    def _ties(self, records: list[Record]) -> list[DecisionTie]:
        """Tie the resolutions to the event, and those on next steps to these."""
        events = [r for r in records if isinstance(r, Event)]
        steps = [p for p in self.points.values() if p.section == "next_step"]
        return [
            DecisionTie(
                decision_id=key,
                event_id=event.id,
                points=tuple(step.id for step in steps)
                if "next steps" in made.text.casefold()
                else (),
            )
            for event in events
            for key, made in self.decisions.items()
        ]


def _within(action: Action, workstream: str) -> Action:
    return replace(action, workstream_id=workstream)


FORMAT = Format(
    key="minute_text",
    title="Board minute as text",
    holds="actions",
    suffixes=(".txt",),
    loses="Only sections of dashed lines and resolutions are read; who spoke is left out. It is read only.",
    recognise=recognise,
    read=read,
)
