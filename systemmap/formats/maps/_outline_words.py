"""Parts of a line of outline text: its names, and what it is if it holds no link."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

# Words of a line without an arrow that say what leads to what all the same.
LINKING = frozenset(
    (
        "means",
        "mean",
        "makes",
        "make",
        "because",
        "drives",
        "affects",
        "leading",
        "results",
    )
)


def is_span_of_time(line: str, arrows: re.Pattern[str]) -> bool:
    """Say whether the one arrow of a line stands between two days: "1 May 2026 \u2192 1 June 2026"."""
    before, *after = arrows.split(line.replace('"', " ").replace(",", " "))
    if len(after) != 1:
        return False
    last, first = before.split()[-1:], after[0].split()[:3]
    return any(map(_is_year, last)) and any(map(_is_year, first))


def _is_year(word: str) -> bool:
    return len(word[-4:]) == 4 and word[-4:].isdigit()


def is_rule(line: str) -> bool:
    """Say whether a line only parts a table's heading from its rows: `---|---`."""
    return not line.strip("-|:+= ")


def outside_brackets(text: str) -> list[str]:
    """Cut a part at its commas and semicolons, but for those inside brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth = max(0, depth + (letter == "(") - (letter == ")"))
        if letter in ",;" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts if not depth else text.replace(";", ",").split(",")
