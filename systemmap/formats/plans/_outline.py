"""Lines of a plan without a table: what each line is, by its place, marks and words."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from systemmap.formats.plans._line_labels import (
    DATE,
    OWNER,
    STATUS,
    is_greeting,
    labelled,
)
from systemmap.formats.plans._plan_table.sorts_of_cells import is_body
from systemmap.model.due import read_due
from systemmap.model.progress import read_progress
from systemmap.model.text import clean, folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ACTION = "action"
THEME, HEADING, OUTCOME, MEASURE = "theme", "heading", "outcome", "measure"
DECISION, NOTE, DETAIL, LEFT_OUT = "decision", "note", "detail", "leave out"
OWNERS = "owner of those below"
ROLES = (
    ACTION,
    DETAIL,
    OWNER,
    STATUS,
    DATE,
    THEME,
    HEADING,
    OWNERS,
    OUTCOME,
    MEASURE,
    DECISION,
    NOTE,
    LEFT_OUT,
)

_MARKS = "\u2022\u00b7\u25aa\u25cf\u25e6\uf0b7*-\u2013\u2014"
_THEMES = (
    "domain",
    "theme",
    "priority",
    "pillar",
    "workstream",
    "aim",
    "ambition",
    "strand",
    "objective",
)
_GROUPS = ("cohort", "life stage", "life course", "age group", "population", "setting")
# What the lines below a heading are, by a word in it; the first that is met counts.
_BELOW: tuple[tuple[str, tuple[str, ...]], ...] = (
    (DECISION, ("decision", "decisions", "resolved")),
    (MEASURE, ("indicator", "indicators", "targets", "measure", "measures", "kpis")),
    (OUTCOME, ("outcome", "outcomes", "success", "know", "impact", "achieve")),
    (ACTION, ("action", "actions", "do", "commitments", "activities", "steps")),
    (NOTE, ("priorities", "vision", "background", "introduction", "context", "why")),
)
_STATUS_WORDS = (
    "action required",
    "not begun",
    "at risk",
    "off track",
    "red",
    "amber",
    "green",
    "blue",
)
_LONG = 90
_SURE_BODIES = frozenset(
    (
        "team",
        "teams",
        "council",
        "trust",
        "board",
        "service",
        "services",
        "nhs",
        "partnership",
        "department",
        "directorate",
        "officer",
        "officers",
        "manager",
        "managers",
        "group",
        "forum",
        "icb",
        "alliance",
        "network",
        "committee",
        "university",
        "college",
        "director",
        "lead",
        "leads",
    )
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line that holds something: its words, its depth, its mark, and its role."""

    number: int
    text: str
    depth: int
    mark: str  # "point", "number" or ""
    after_blank: bool
    ref: str = ""  # "1.2" in front of it
    role: str = NOTE
    likeness: str = ""  # what lines like this one have in common


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMapping:
    """What a person said of lines: of single ones, and of all that look alike."""

    shapes: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


AS_FOUND = LineMapping()


def text_lines(text: str, mapping: LineMapping = AS_FOUND) -> list[TextLine]:
    """Return the lines that hold something, each with what it is.

    Parameters
    ----------
    text : str
        The text, with any line ends.
    mapping : LineMapping
        What a person said; by default nothing.
    """
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = []
    blank = True
    for number, row in enumerate(rows, 1):
        line = clean(row.replace("\t", "    ").replace("\xa0", " "))
        if line.strip():
            found.append(_cut(number, line, after_blank=blank))
        blank = not line.strip()
    return _with_roles(_with_heading_numbers(found), mapping)


def _cut(number: int, line: str, *, after_blank: bool) -> TextLine:
    depth = len(line) - len(line.lstrip())
    text = line.strip()
    text = text.lstrip("#").strip() or text  # a heading of Markdown
    first, _, rest = text.partition(" ")
    if text.startswith("o  "):  # a point within a point, as Outlook and Word paste it
        return TextLine(number, text[1:].strip(), depth + 1, "point", after_blank)
    if text[0] in _MARKS and text[1:].strip():
        return TextLine(number, text[1:].strip(), depth, "point", after_blank)
    bare = first.rstrip(".):")
    parts = bare.split(".")
    if rest.strip() and all(p.isdigit() and len(p) <= 2 for p in parts):
        begins = rest.strip()[0].isupper()
        if len(parts) == 1 and first != bare:
            return TextLine(number, rest.strip(), depth, "number", after_blank, bare)
        if 1 < len(parts) <= 4 and (begins or first != bare):
            return TextLine(number, rest.strip(), depth, "number", after_blank, bare)
    return TextLine(number, text, depth, "", after_blank)


def _with_heading_numbers(lines: Sequence[TextLine]) -> list[TextLine]:
    """Part "1 Food" into number and words where "1.1" is the next number below it."""
    found: list[TextLine] = []
    following = ""
    for line in reversed(lines):
        first, _, rest = line.text.partition(" ")
        if not line.mark and first.isdigit() and following.startswith(f"{first}."):
            line = replace(line, text=rest.strip(), mark="number", ref=first)  # noqa: PLW2901
        following = line.ref or following
        found.append(line)
    return found[::-1]


def _with_roles(lines: Sequence[TextLine], mapping: LineMapping) -> list[TextLine]:
    found: list[TextLine] = []
    below, level = "", 0  # what points are here, and how deep the last action stands
    owner = status = signed = False
    leads, following = _leads(lines), _next_numbers(lines)
    for place, line in enumerate(lines):
        follower = lines[place + 1] if place + 1 < len(lines) else None
        role = _role(line, follower, below, level, owner=owner, status=status)
        if line.ref and following[place].startswith(f"{line.ref}."):
            role = HEADING if "." in line.ref else THEME
        elif role == HEADING and line.text in leads:
            role = OWNERS
        ends = line.text[-1] if line.text[-1] in ":?." else ""
        signed = signed or is_greeting(line.text)
        role = NOTE if signed else role
        likeness = f"{role}/{line.depth}/{line.mark}/{ends}"
        role = (
            mapping.texts.get(folded(line.text)) or mapping.shapes.get(likeness) or role
        )
        found.append(replace(line, role=role, likeness=likeness))
        if role in (THEME, HEADING, OWNERS):
            below, level = _below(line.text, below, theme=role == THEME), -1
        if role == ACTION:
            level, owner, status = line.depth, False, False
        owner, status = owner or role == OWNER, status or role == STATUS
    return found


def _role(
    line: TextLine,
    follower: TextLine | None,
    below: str,
    level: int,
    *,
    owner: bool,
    status: bool,
) -> str:
    if line.mark:
        if level >= 0 and line.depth > level and below in ("", ACTION):
            return DETAIL
        return below or ACTION
    if level >= 0 and not line.after_blank and (said := labelled(line.text)):
        return said[0]
    if level >= 0 and line.depth > level and not line.after_blank:
        return _beside_an_action(line.text, owner=owner, status=status)
    name = folded(line.text.partition(":")[0]).rstrip("0123456789 .")
    if ":" in line.text and name in _THEMES and line.text.partition(":")[2].strip():
        return THEME
    if ":" in line.text and name in _GROUPS:
        return HEADING
    if line.text.endswith((":", "?")) or _stands_over(line, follower):
        return HEADING
    if _stands_over_lead_in(line, follower):
        return THEME
    if below in (OUTCOME, MEASURE, DECISION):
        return below
    return NOTE


def _next_numbers(lines: Sequence[TextLine]) -> list[str]:
    """Return for each line the number of the next line that has one."""
    found: list[str] = []
    following = ""
    for line in reversed(lines):
        found.append(following)
        following = line.ref or following
    return found[::-1]


def _leads(lines: Sequence[TextLine]) -> frozenset[str]:
    """Return the headings that name who leads the points below them.

    A board, a team or a service does so by its name; words that may as well be a
    theme, such as "Planning", only where most of the headings name a body.
    """
    over = [
        line.text
        for line, after in itertools.pairwise(lines)
        if not line.mark and after.mark and _stands_over(line, after)
    ]
    sure = [text for text in over if _is_body(text) or _labels_owner(text)]
    if len(sure) * 2 > len(over) and len(over) > 1:
        return frozenset(text for text in over if is_body(text) or text in sure)
    return frozenset(sure)


def _labels_owner(text: str) -> bool:
    said = labelled(text)
    return bool(said) and said is not None and said[0] == OWNER


def _is_body(text: str) -> bool:
    """Say whether a heading can be nothing but a body: its last word says so."""
    words = folded(text.rstrip(":")).split()
    return bool(words) and (words[-1] in _SURE_BODIES or words == ["public", "health"])


def _stands_over(line: TextLine, follower: TextLine | None) -> bool:
    """Say whether a short line stands over points, so that it is their heading."""
    if follower is None or len(line.text) > _LONG or line.text.endswith("."):
        return False
    names_them = line.after_blank and bool(_below(line.text, "", theme=False))
    return bool(follower.mark) and (follower.after_blank or names_them)


def _stands_over_lead_in(line: TextLine, follower: TextLine | None) -> bool:
    """Say whether a line of its own names what "We will:" and its points are about."""
    if follower is None or follower.mark or not follower.text.endswith(":"):
        return False
    short = len(line.text) <= _LONG and line.text[-1] not in ".;,"
    return line.after_blank and short and not follower.after_blank


def _beside_an_action(text: str, *, owner: bool, status: bool) -> str:
    """Return what a line below an action says of it."""
    if (said := labelled(text)) and said[0] != DETAIL:
        return said[0]
    if not status and is_status(text):
        return STATUS
    due = read_due(text) if len(text) <= 40 else None
    if due and due.start:
        return DATE
    if not owner and len(text) <= _LONG and not text.endswith("."):
        return OWNER
    return DETAIL


def is_status(text: str) -> bool:
    """Say whether a line says how an action stands, and nothing else."""
    plain = folded(text).rstrip(".")
    if plain in _STATUS_WORDS:
        return True
    progress = read_progress(text)
    return bool(progress.status or progress.rating) and len(text.split()) <= 4


def _below(text: str, before: str, *, theme: bool) -> str:
    if theme:
        return ""
    words = "".join(c if c.isalpha() else " " for c in text.casefold()).split()
    for role, names in _BELOW:
        if any(name in words for name in names):
            return role
    return "" if before in (OUTCOME, MEASURE, DECISION, NOTE) else before
