"""What speaks against a text being a plain list: columns, headings, dates, owners.

A list of causes takes any text, so it is only assumed where nothing else is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.language.phrases import counted
from systemmap.model.due import read_due
from systemmap.model.text import clean, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LONG, _WORDY = 90, 12  # characters, words: longer lines are sentences
_STATUSES = frozenset(
    {
        "on track",
        "off track",
        "complete",
        "completed",
        "done",
        "not started",
        "not begun",
        "ongoing",
        "on going",
        "in progress",
        "delayed",
        "overdue",
        "action required",
        "started",
        "planned",
        "booked",
        "paused",
        "on hold",
        "incomplete",
        "stopped",
        "red",
        "amber",
        "green",
        "blue",
        "high",
        "medium",
        "low",
        "tbc",
        "tbd",
        "n/a",
    }
)
_OWNERS = frozenset(
    {
        "team",
        "teams",
        "council",
        "trust",
        "board",
        "service",
        "services",
        "department",
        "partnership",
        "officer",
        "manager",
        "director",
        "directorate",
        "committee",
        "nhs",
        "icb",
        "forum",
        "alliance",
        "libraries",
        "planning",
        "visiting",
        "network",
        "cic",
        "chamber",
        "commissioner",
        "commissioners",
        "consortium",
        "lead",
    }
)
_VERBS = frozenset(
    {
        "agree",
        "appoint",
        "arrange",
        "ask",
        "audit",
        "bring",
        "build",
        "commission",
        "complete",
        "consult",
        "continue",
        "convene",
        "create",
        "deliver",
        "design",
        "develop",
        "draft",
        "embed",
        "engage",
        "ensure",
        "establish",
        "evaluate",
        "expand",
        "explore",
        "extend",
        "fund",
        "hold",
        "identify",
        "implement",
        "improve",
        "introduce",
        "invite",
        "launch",
        "limit",
        "map",
        "meet",
        "monitor",
        "open",
        "pilot",
        "prepare",
        "produce",
        "promote",
        "provide",
        "publish",
        "recruit",
        "review",
        "roll",
        "run",
        "secure",
        "set",
        "share",
        "support",
        "train",
        "undertake",
        "update",
        "use",
        "work",
        "write",
    }
)
_HEADS = frozenset(
    [
        "action",
        "actions",
        "ref",
        "no",
        "lead",
        "owner",
        "who",
        "responsible",
        "due",
        "date",
        "when",
        "by",
        "timescale",
        "timescales",
        "deadline",
        "progress",
        "status",
        "update",
        "rag",
        "outcome",
        "outcomes",
        "measure",
        "measures",
        "partners",
        "aim",
        "aims",
        "objective",
        "priority",
        "officer",
        "target",
        "comments",
    ]
)
_ARROWS = (
    "->",
    "=>",
    "\u2192",
    "\u2794",
    "-|",
    "\u2013>",
    "\u2014>",
    *"\uf0e0\u27f6\u279b\u279c\u279d\u279e",
)
_BULLETS = "\u2022\u00b7\u25aa\u25cf\u25e6\uf0b7*-\u2013"


def against_a_list(
    lines: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """Return what in a text speaks against one cause on each line, in words.

    Parameters
    ----------
    lines : sequence of str
        The lines that hold something, to the letter.
    rows : sequence of rows
        The same, cut at the text's delimiter.
    """
    found = []
    if columns := _columns(rows):
        found.append(f"it has {columns} columns")
    elif stands := _stands(rows):
        found.append(stands)
    if quoted := sum(line.lstrip().startswith('"') for line in lines):
        found.append(
            counted(
                quoted,
                "line begins with a quotation mark",
                "lines begin with a quotation mark",
            )
        )
    bare = [_bare(line) for line in lines]
    if arrows := sum(any(mark in text for mark in _ARROWS) for text in bare):
        found.append(counted(arrows, "line holds an arrow", "lines hold an arrow"))
    tests: tuple[tuple[Callable[[str], bool], str, str], ...] = (
        (_is_heading, "line looks like a heading", "lines look like headings"),
        (_is_sentence, "line is a sentence", "lines are sentences"),
        (names_frame, "line names a frame of a board", "lines name frames of a board"),
        (_is_figure, "line is a figure", "lines are figures"),
        (_is_date, "line is a date", "lines are dates"),
        (_is_status, "line is a status", "lines are statuses"),
        (_is_owner, "line looks like an owner", "lines look like owners"),
    )
    for test, one, several in tests:
        if number := sum(map(test, bare)):
            found.append(counted(number, one, several))
    if heads := sum(_names_columns(text) for text in bare):
        found.append(
            counted(
                heads,
                "line reads as a plan's headings",
                "lines read as a plan's headings",
            )
        )
    ends = sum(_ends_as_a_row(text) for text in bare)
    if ends > 1:
        found.append(f"{ends} lines end with a status or a date, as rows of a table do")
    begun = sum(_begins_an_action(text) for text in bare)
    if begun and begun * 3 >= len(bare):
        found.append(
            counted(
                begun,
                "line begins as an action does",
                "lines begin as actions do",
            )
        )
    if levels := _levels(lines):
        found.append(levels)
    return tuple(found)


def _columns(rows: Sequence[Sequence[str]]) -> int:
    """Return how many columns most rows have, or 0 where it is no table."""
    several = [row for row in rows if sum(bool(cell.strip()) for cell in row) > 1]
    if len(several) * 2 < len(rows) or not several:
        return 0
    widths = sorted(len(row) for row in several)
    return widths[len(widths) // 2]


def _stands(rows: Sequence[Sequence[str]]) -> str:
    """Say whether the only cell of each row stands further in for some, as in a mind map."""
    first = {next((n for n, cell in enumerate(r) if cell.strip()), 0) for r in rows}
    return f"its cells stand in {len(first)} columns" if len(first) > 1 else ""


def _bare(line: str) -> str:
    return clean(line).strip().lstrip(_BULLETS).strip()


def _is_heading(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    capital = len(letters) > 8 and all(c.isupper() for c in letters)
    return text.endswith((":", "?")) or text.startswith("#") or capital


def _is_sentence(text: str) -> bool:
    words = text.split()
    ends = text.endswith((".", ";", "!")) and len(words) >= 3
    return ends or len(text) > _LONG or len(words) > _WORDY


def names_frame(text: str) -> bool:
    """Say whether a text is the name that a whiteboard gives a frame by itself."""
    word, _, number = text.strip().partition(" ")
    return word.casefold() == "frame" and number.isdigit()


def _is_figure(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return bool(digits) and digits * 2 >= sum(not c.isspace() for c in text)


def _is_date(text: str) -> bool:
    if len(text) > 40 or not any(c.isdigit() for c in text):
        return False
    due = read_due(text)
    return bool(due and due.start)


def _is_status(text: str) -> bool:
    return folded(text).rstrip(".") in _STATUSES


def _is_owner(text: str) -> bool:
    words = folded(text).replace("'", "").split()
    if not words or len(words) > 8:
        return False
    return words[-1] in _OWNERS and len(words) > 1


def _names_columns(text: str) -> bool:
    """Say whether a line is nothing but words that head a plan's columns."""
    words = folded(text).split()
    return 3 <= len(words) <= 12 and 3 * sum(w in _HEADS for w in words) >= 2 * len(
        words
    )


def _ends_as_a_row(text: str) -> bool:
    """Say whether the last words of a longer line are a status or a date."""
    words = text.split()
    if len(words) < 5:
        return False
    last = [" ".join(words[-n:]) for n in (1, 2, 3)]
    return any(_is_status(end) for end in last[:2]) or any(map(_is_date, last))


def _begins_an_action(text: str) -> bool:
    first = text.split(maxsplit=1)
    return len(first) > 1 and first[0].casefold() in _VERBS


def _levels(lines: Sequence[str]) -> str:
    """Say whether lines stand at several depths, or only some of them are marked."""
    depths = {len(line) - len(line.lstrip()) for line in lines}
    if len(depths) > 1 and len(lines) > 2:
        return f"its lines stand at {len(depths)} depths"
    marked = sum(line.lstrip()[:1] in _BULLETS for line in lines)
    if 0 < marked < len(lines) and marked * 4 >= len(lines):
        return (
            f"{marked} of its {len(lines):,} lines are marked as points, the others not"
        )
    return ""
