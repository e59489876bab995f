"""What sort of thing a cell holds: a date, a rating, a body, a person's details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.model.due import read_due
from systemmap.model.progress import read_rating

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_RATINGS = frozenset(("high", "medium", "low"))
_LEVELS = _RATINGS | frozenset(
    [
        "urgent",
        "important",
        "normal",
        "critical",
        "h",
        "m",
        "l",
        "p1",
        "p2",
        "p3",
        "p4",
        "1",
        "2",
        "3",
        "4",
        "5",
        "must",
        "should",
        "could",
    ]
)
_BODIES = frozenset(
    [
        "team",
        "council",
        "trust",
        "board",
        "service",
        "services",
        "nhs",
        "partnership",
        "health",
        "housing",
        "planning",
        "education",
        "transport",
        "leisure",
        "libraries",
        "sector",
        "officer",
        "manager",
        "director",
        "comms",
        "communications",
        "schools",
        "school",
        "icb",
        "gp",
        "alliance",
        "forum",
        "network",
        "group",
        "university",
        "college",
        "department",
        "office",
        "centre",
        "hospital",
        "surgery",
        "charity",
        "association",
        "chamber",
        "commissioner",
        "coordinator",
        "co-ordinator",
        "adviser",
        "advisor",
        "head",
        "chief",
        "lead",
        "parks",
        "highways",
        "sport",
        "sports",
        "care",
        "hospice",
        "practice",
        "consortium",
        "committee",
        "police",
        "fire",
        "insight",
        "policy",
        "environmental",
        "catering",
    ]
)


def mostly(cells: Sequence[str], test: Callable[[str], bool]) -> bool:
    """Say whether more than half of the cells pass a test."""
    return bool(cells) and 2 * sum(map(test, cells)) > len(cells)


def is_personal(cell: str) -> bool:
    """Say whether a cell is an e-mail address or a telephone number."""
    digits = sum(c.isdigit() for c in cell)
    phone = digits >= 9 and not set(cell) - set("0123456789 +()-")
    before, at, after = cell.strip().partition("@")
    mail = bool(at) and len(cell.split()) <= 4 and "." in after and bool(before)
    return mail or phone


def is_rating(cell: str) -> bool:
    """Say whether a cell is a traffic light, or high, medium or low."""
    return bool(read_rating(cell)) or cell.casefold() in _RATINGS


def is_level(cell: str) -> bool:
    """Say whether a cell says how urgent something is, and nothing else."""
    return cell.strip().casefold() in _LEVELS


def is_reference(cell: str) -> bool:
    """Say whether a cell is a short number such as "1.2"."""
    return (
        len(cell) <= 6
        and any(c.isdigit() for c in cell)
        and " " not in cell
        and "/" not in cell
    )


def is_page_number(words: Sequence[str]) -> bool:
    """Say whether a line is a page's number.

    Examples
    --------
    >>> is_page_number(["Page", "2", "of", "5"]), is_page_number(["-", "3", "-"])
    (True, True)
    """
    plain = [word.strip("-\u2013.").casefold() for word in words]
    named = plain[:1] == ["page"] and len(plain) <= 4
    alone = len(words) == 3 and set(words[0] + words[2]) <= set("-\u2013")
    return (named or alone) and any(word.isdigit() for word in plain)


def is_date(cell: str) -> bool:
    """Say whether a cell is a date."""
    due = read_due(cell) if len(cell) <= 40 and any(c.isdigit() for c in cell) else None
    return bool(due and due.start)


def is_body(cell: str) -> bool:
    """Say whether a cell names an organisation, a team or a role."""
    words = cell.casefold().replace(",", " ").replace("/", " ").split()
    return len(cell) <= 60 and bool(_BODIES & set(words))


def longest_words(columns: Mapping[int, Sequence[str]]) -> int | None:
    """Return the column whose cells are several words, most of them; None = there is none."""
    best, place = 0.0, None
    for n, cells in columns.items():
        words = [cell.split() for cell in cells if cell.strip()]
        if words and mostly(cells, lambda cell: len(cell.split()) > 1):
            size = sum(map(len, words)) / len(words)
            best, place = (size, n) if size > best else (best, place)
    return place
