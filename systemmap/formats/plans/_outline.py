"""Lines of a plan without a table: what each line is, by its place, marks and words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from systemmap.model.due import read_due
from systemmap.model.progress import read_progress
from systemmap.model.text import clean, folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ACTION, OWNER, STATUS, DATE = "action", "owner", "status", "date"
THEME, HEADING, OUTCOME, MEASURE = "theme", "heading", "outcome", "measure"
DECISION, NOTE, DETAIL, LEFT_OUT = "decision", "note", "detail", "leave out"
ROLES = (
    ACTION,
    DETAIL,
    OWNER,
    STATUS,
    DATE,
    THEME,
    HEADING,
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
_LABELS: dict[str, str] = {
    **dict.fromkeys(
        (
            "lead",
            "owner",
            "responsible",
            "led by",
            "who",
            "champion",
            "by whom",
            "lead officer",
        ),
        OWNER,
    ),
    **dict.fromkeys(
        (
            "by",
            "by when",
            "due",
            "due date",
            "when",
            "deadline",
            "timescale",
            "date",
            "target date",
        ),
        DATE,
    ),
    **dict.fromkeys(
        ("status", "progress", "rag", "update", "where are we now"), STATUS
    ),
}
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


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line that holds something: its words, its depth, its mark, and its role."""

    number: int
    text: str
    depth: int
    mark: str  # "point", "number" or ""
    after_blank: bool
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
    return _with_roles(found, mapping)


def _cut(number: int, line: str, *, after_blank: bool) -> TextLine:
    depth = len(line) - len(line.lstrip())
    text = line.strip()
    first, _, rest = text.partition(" ")
    if text[0] in _MARKS and text[1:].strip():
        return TextLine(number, text[1:].strip(), depth, "point", after_blank)
    bare = first.rstrip(".)")
    if rest.strip() and first != bare and bare.isdigit() and len(bare) <= 2:
        return TextLine(number, rest.strip(), depth, "number", after_blank)
    return TextLine(number, text, depth, "", after_blank)


def _with_roles(lines: Sequence[TextLine], mapping: LineMapping) -> list[TextLine]:
    found: list[TextLine] = []
    below, level = "", 0  # what points are here, and how deep the last action stands
    owner = status = False
    for place, line in enumerate(lines):
        follower = lines[place + 1] if place + 1 < len(lines) else None
        role = _role(line, follower, below, level, owner=owner, status=status)
        ends = line.text[-1] if line.text[-1] in ":?." else ""
        likeness = f"{role}/{line.depth}/{line.mark}/{ends}"
        role = (
            mapping.texts.get(folded(line.text)) or mapping.shapes.get(likeness) or role
        )
        found.append(replace(line, role=role, likeness=likeness))
        if role in (THEME, HEADING):
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
    if level >= 0 and line.depth > level and not line.after_blank:
        return _beside_an_action(line.text, owner=owner, status=status)
    name = folded(line.text.partition(":")[0]).rstrip("0123456789 .")
    if ":" in line.text and name in _THEMES and line.text.partition(":")[2].strip():
        return THEME
    if ":" in line.text and name in _GROUPS:
        return HEADING
    if line.text.endswith((":", "?")) or _stands_over(line, follower):
        return HEADING
    if below in (OUTCOME, MEASURE, DECISION):
        return below
    return NOTE


def _stands_over(line: TextLine, follower: TextLine | None) -> bool:
    """Say whether a short line stands over points, so that it is their heading."""
    if follower is None or len(line.text) > _LONG or line.text.endswith("."):
        return False
    return bool(follower.mark) and follower.after_blank


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


def labelled(text: str) -> tuple[str, str] | None:
    """Return what a line calls itself, and what it says: "Lead: Public Health"."""
    name, colon, rest = text.partition(":")
    role = _LABELS.get(folded(name)) if colon and rest.strip() else None
    return (role, rest.strip()) if role else None


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
