"""Which column of a table of notes holds what, by the headings people and forms use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.reading.csv_stream import heading_key
from systemmap.formats.sighting import NO, certain, likely, possible
from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.formats.sighting import Recognition

_ALSO_ELSEWHERE = ("note", "text", "factor", "answer", "response", "idea", "ideas")
_WORDS = {
    "cause": ("cause", "causes", "whatcausesobesity", *_ALSO_ELSEWHERE),
    "theme": ("theme", "group", "category", "cluster"),
    "table": ("table", "tablename", "group no", "team"),
    "mentions": ("mentions", "count", "votes", "times"),
    "who": (
        "who",
        "name",
        "author",
        "participant",
        "user",
        "email",
        "emailaddress",
        "id",
        "timestamp",
        "starttime",
        "completiontime",
        "date",
        "time",
        "session",
        "voter",
        "phone",
    ),
}
_SEVERAL = ("responses", "answers")
_WEAK = (*_ALSO_ELSEWHERE, *_SEVERAL, "question")  # head other tables too


def recognise_headings(cells: Sequence[str]) -> Recognition:
    """Say whether a row is the heading of a table with a column of causes."""
    found = list_columns(cells)
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    if "cause" not in found or {"from", "to"} & {folded(cell) for cell in filled}:
        return NO
    heading = " ".join(cells[found["cause"]].split())
    words = f"a column is headed '{heading}'"
    plain = heading_key(heading) not in _WEAK
    if len(found) == len(filled) and (plain or len(filled) > 1):
        return certain(f"{words}, and nothing in the headings speaks against a list")
    if plain and 2 * len(found) > len(filled):
        return likely(words)
    return possible(words)


def list_columns(cells: Sequence[str]) -> dict[str, int]:
    """Return which column holds what, by the headings people use."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        key = heading_key(cell)
        for meaning, words in _WORDS.items():
            if key in words and meaning not in found:
                found[meaning] = place
    keys = [heading_key(cell) for cell in cells]
    several = next((keys.index(word) for word in _SEVERAL if word in keys), None)
    if several is not None and not {"mentions", "who"}.isdisjoint(found):
        found.setdefault("cause", several)  # else it is how many have answered
    if "question" in keys and "who" in found:
        found.setdefault("cause", keys.index("question"))
    if "cause" not in found and "who" in found:  # the questions of a form
        asked = [n for n, cell in enumerate(cells) if _asks_for_causes(cell)]
        others = [n for n, cell in enumerate(cells) if _is_question(cell)]
        if len(asked) == 1 or (others and not asked):
            found["cause"] = (asked or others)[0]
    return found


def _is_question(heading: str) -> bool:
    return heading.strip().endswith("?") and len(heading.split()) > 2


def _asks_for_causes(heading: str) -> bool:
    words = folded(heading).rstrip("?").split()
    return heading.strip().endswith("?") and not {"cause", "causes"}.isdisjoint(words)
