"""Text out of a PDF: its lines end where the paper did, in mid-sentence and mid-word."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from systemmap.formats.plans._minute_lines import marked, task_in
from systemmap.formats.plans._plan_table.sorts_of_cells import is_page_number

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENDS = ".:;?!"
_BULLETS = "-\u2013\u2022*\u00b7\u25aa\u25cf"
_LONG = 40  # letters of a line that may have been cut
_FEWEST = 2  # cut lines that show a width


class Unwrapped(NamedTuple):
    """The lines as they were written, each with the number of its first.

    `joined` counts the lines that went on from the one above, `pages` those that
    only number a page.
    """

    lines: tuple[tuple[int, str], ...]
    joined: int
    pages: int


def unwrapped(lines: Sequence[str]) -> Unwrapped:
    """Put together what was cut at the right edge of a page.

    A line goes on in the next where it ends with a hyphen in a word, where the next
    begins in lower case, or where the next word had no room; never over an empty line.

    Examples
    --------
    >>> unwrapped(["the needs assess-", "ment be published", "", "Next"]).lines
    ((1, 'the needs assessment be published'), (3, ''), (4, 'Next'))
    """
    width = _width_of(lines)
    found: list[tuple[int, list[str]]] = []
    joined = pages = 0
    last = ""  # the line above as it stood on paper
    for number, line in enumerate(lines, 1):
        if is_page_number(line.split()):
            pages += 1
            continue
        if _goes_on(last, line, width):
            parts, words = found[-1][1], line.strip()
            parts[-1] = parts[-1].rstrip()
            if _is_cut(last, words):
                parts[-1] = parts[-1][:-1]
            else:
                parts.append(" ")
            parts.append(words)
            joined += 1
        else:
            found.append((number, [line]))
        last = line
    whole = tuple((number, "".join(parts)) for number, parts in found)
    return Unwrapped(whole, joined, pages)


def _width_of(lines: Sequence[str]) -> int:
    """Return how wide the paper was, by lines that surely go on; 0 = too few show it."""
    sure = [
        len(line.rstrip())
        for line, after in pairwise(lines)
        if _surely_goes_on(line, after)
    ]
    return max(sure) if len(sure) >= _FEWEST else 0


def _goes_on(above: str, line: str, width: int) -> bool:
    if _surely_goes_on(above, line):
        return True
    said, words = above.strip(), line.strip()
    if not width or not said or said[-1] in _ENDS or _begins(words):
        return False
    return width < len(above.rstrip()) + 1 + len(words.split()[0])


def _surely_goes_on(above: str, line: str) -> bool:
    said, words = above.strip(), line.strip()
    if not said or _begins(words):
        return False
    if _is_cut(said, words):
        return True
    return words[0].islower() and len(said) >= _LONG and said[-1] not in _ENDS


def _begins(words: str) -> bool:
    """Say whether a line is empty, or begins something of its own."""
    if not words or words[0] in _BULLETS or marked(words)[0]:
        return True
    return task_in(words) is not None


def _is_cut(said: str, words: str) -> bool:
    """Say whether a word goes on in the next line."""
    ends = said.rstrip()
    return ends[-1:] == "-" and ends[-2:-1].isalpha() and words[:1].islower()
