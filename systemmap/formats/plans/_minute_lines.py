"""The marks in front of a minute's lines: a resolution's letter, an item's number, a task."""

from __future__ import annotations

from dataclasses import dataclass

from systemmap.formats.plans._plan_table.sorts_of_cells import is_body
from systemmap.language.personal_names import may_be_person
from systemmap.model.due import read_due
from systemmap.model.owners import read_owners

_LONGEST_HEADING = 100
_TASKS = ("action", "actions", "task")
_POINTS = "-\u2013\u2022*\u00b7\u25aa\u25cf"
_DASHES = (" \u2013 ", " \u2014 ", " - ")
_INITIALS = 4  # letters
_ROMAN = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"))


def marked(text: str) -> tuple[str, str]:
    """Return the letter or number in front of a point, and what follows: "(ii) That …"."""
    text = text.strip()
    first, _, rest = text.partition(" ")
    bare = first.strip("().")
    known = (
        bare.isdigit() or bare.lower() in _ROMAN or (len(bare) == 1 and bare.isalpha())
    )
    if len(bare) <= 4 and known and first[-1:] in (")", ".") and rest.strip():
        return bare, rest.strip()
    if text.startswith("(") and ")" in text[:6]:  # "(1)That …"
        inner, _, rest = text[1:].partition(")")
        if inner.isalnum() and rest.strip():
            return inner, rest.strip()
    return "", text


def begins_an_item(text: str) -> bool:
    """Say whether a numbered line is the next item of the agenda, not a resolution."""
    number, _, words = text.partition(" ")
    short = bool(words) and len(text) <= _LONGEST_HEADING and text[-1] not in ".;,"
    return (
        short and number.rstrip(".").isdigit() and not words.startswith(("That", "To "))
    )


@dataclass(frozen=True, slots=True)
class Task:
    """A line that says what somebody is to do: the words, and who where it is said."""

    words: str
    who: str = ""
    due: str = ""


def task_in(text: str) -> Task | None:
    """Return the task that a line of a minute names; None = it names none.

    Without words of its own it says only who: the line above says what.

    Examples
    --------
    >>> task_in("ACTION 3.1: Education to audit menus by Jan 2027")
    Task(words='Education to audit menus by Jan 2027', who='Education', due='Jan 2027')
    >>> task_in("Action 3.2 \u2013 Public Health \u2013 write to caterers")
    Task(words='write to caterers', who='Public Health', due='')
    >>> task_in("Action: AK"), task_in("Action plan")
    (Task(words='', who='AK', due=''), None)
    """
    line = text.lstrip(_POINTS).strip()
    label, colon, words = line.partition(":")
    if not colon:
        label, *parts = _parts(line)
        words = " - ".join(parts)
    name, _, rest = label.strip().partition(" ")
    rest = rest.strip()
    number = rest.replace(".", "").isdigit()
    if name.casefold() not in _TASKS or not words.strip():
        return None
    if not colon and rest and not number:
        return None
    who = rest[1:-1] if rest.startswith("(") and rest.endswith(")") else ""
    return _task(words.strip(), who.strip(), dashed=not colon)


def _task(words: str, who: str, *, dashed: bool) -> Task:
    first, *others = _parts(words) if dashed else [words]
    if others and is_body(first):
        who, words = first, " - ".join(others)
        last = read_due(others[-1])
        if len(others) > 1 and last and last.start:
            return Task(" - ".join(others[:-1]), who, others[-1])
    if not who and _only_names(words):
        return Task("", words.rstrip("."))
    before, to, _ = words.partition(" to ")
    if not who and to and len(before.split()) <= 6:
        who = before
    due = words.rpartition(" by ")[2].rstrip(". ") if " by " in words else ""
    return Task(words, who, due if len(due) <= 40 else "")


def _parts(line: str) -> list[str]:
    for dash in _DASHES[1:]:
        line = line.replace(dash, _DASHES[0])
    return [part.strip() for part in line.split(_DASHES[0])]


def is_initials(name: str) -> bool:
    """Say whether a name is only a person's initials."""
    return name.isupper() and len(name.replace(" ", "")) <= _INITIALS


def _only_names(words: str) -> bool:
    """Say whether a task is only initials, people or bodies: who, and not what."""
    names = read_owners(words.rstrip(".")).names
    return bool(names) and all(
        is_initials(name)
        or may_be_person(name)
        or (is_body(name) and len(name.split()) <= 2)
        for name in names
    )
