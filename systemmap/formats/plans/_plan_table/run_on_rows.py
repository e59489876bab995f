"""A table pasted from a PDF: each row is a line, and single spaces part its cells.

The headings are found by their words; in a row, dates, statuses and references are
told by what they are, and who leads by its capitals. Nothing says where a cell ends,
so a person has to check every row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import Problem
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    DUE,
    PROGRESS,
    RATING,
    REFERENCE,
    RESPONSIBLE,
    START,
    is_header,
    meanings_of,
)
from systemmap.formats.plans._plan_table.plan_lines import Block, Document, Line, Row
from systemmap.formats.plans._plan_table.sorts_of_cells import (
    is_body,
    is_page_number,
    is_rating,
    is_reference,
)
from systemmap.language.phrases import counted
from systemmap.model.due import read_due
from systemmap.model.progress import read_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FEWEST, _LONGEST = 3, 140  # headings; characters of the line that holds them
_WORDS = 24  # in a line of headings
_NOTHING = ("",)
_DELIMITED = frozenset(",;\t|")
_WORDS_OF_A_HEADING, _WORDS_OF_A_CELL = 5, 6
_JOINERS = frozenset(("and", "&", "of", "the", "for"))


def _date_in(cell: str) -> object:
    due = read_due(cell)
    return (due.start, due.end, due.precision) if due and due.start else None


def _status_in(cell: str) -> object:
    return read_progress(cell).status or None


def _rating_in(cell: str) -> object:
    return cell.casefold() if is_rating(cell) else None


_KINDS: dict[str, Callable[[str], object]] = {
    DUE: _date_in,
    START: _date_in,
    PROGRESS: _status_in,
    RATING: _rating_in,
}


def run_on_heading(text: str) -> tuple[str, ...]:
    """Return the headings of the first line that holds nothing but a plan's headings."""
    return _heading(text.split("\n"))[1]


def document_from_run_on(text: str) -> Document:
    """Lay the rows open."""
    lines = text.split("\n")
    start, headings = _heading(lines)
    meant = [meanings_of((heading,)).get(0, "") for heading in headings]
    blocks: list[Block] = [
        Line(line.strip(), f"line {number}")
        for number, line in enumerate(lines[:start], 1)
        if line.strip()
    ]
    blocks.append(Row(headings, f"line {start + 1}"))
    numbered = _are_numbered(lines[start + 1 :])
    if numbered and meant[0] != REFERENCE:
        meant, headings = [REFERENCE, *meant], ("Ref", *headings)
        blocks[-1] = Row(headings, f"line {start + 1}")
    table = blocks.pop()
    parts, left_out = _parts_of(lines[start:], start, meant)
    for name, part in parts:
        blocks += [Line(*name, heading=True)] if name else []
        blocks.append(table)
        for number, words in _rows(part, meant, numbered=numbered):
            blocks.append(Row(tuple(_cells(words, meant)), f"line {number}"))
    note = Problem(
        "",
        "The columns of this table were lost on the way, as from a PDF, so they were rebuilt. Please check every row.",
        "guessed",
    )
    return Document(tuple(blocks), "rows of a PDF", (note, *left_out))


_Part = tuple[tuple[str, str] | None, list[tuple[int, str]]]


def _parts_of(
    lines: Sequence[str], start: int, meant: Sequence[str]
) -> tuple[list[_Part], list[Problem]]:
    """Part a table at its repeated headings; what a page adds is left out and said.

    A line that stands between a full row and the headings again is the name of
    the part below it.
    """
    head = lines[0].split()
    found: list[_Part] = [(None, [])]
    pages = repeats = 0
    for number, line in enumerate(lines[1:], start + 2):
        words = line.split()
        if is_page_number(words):
            pages += 1
        elif words == head:
            rows = found[-1][1]
            row = [word for _, said in rows[:-1] for word in said.split()]
            if rows and row and _is_full(row, meant):
                last, said = rows.pop()
                found.append(((said.strip(), f"line {last}"), []))
            repeats += 1
        elif words:
            found[-1][1].append((number, line))
    left_out = (
        (pages, "line with a page number was", "lines with page numbers were"),
        (
            repeats,
            "line that repeats the headings was",
            "lines that repeat the headings were",
        ),
    )
    return found, [
        Problem("", f"{counted(count, one, many)} left out.", "note")
        for count, one, many in left_out
        if count
    ]


def _heading(lines: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    for place, line in enumerate(lines):
        if len(line) > _LONGEST or _DELIMITED & set(line):
            continue
        if found := _cut_headings(line.split()):
            return place, found
    return 0, ()


def _cut_headings(words: Sequence[str]) -> tuple[str, ...]:
    """Return a line's words as known headings; () = it is something else."""
    if not _FEWEST <= len(words) <= _WORDS:
        return ()
    whole: list[tuple[str, ...]] = [()] + [_NOTHING] * len(
        words
    )  # the best cut of the first so many words
    for end in range(1, len(words) + 1):
        for begins in range(max(0, end - _WORDS_OF_A_HEADING), end):
            phrase = " ".join(words[begins:end])
            fits = phrase[:1].isupper() and whole[begins] is not _NOTHING
            if fits and meanings_of((phrase,)) and not _is_two(words[begins:end]):
                whole[end] = (*whole[begins], phrase)
                break  # the longest last heading
    found = whole[-1]
    meanings = meanings_of(found)
    if len(found) < _FEWEST or len(meanings) < len(found):
        return ()
    return found if ACTION in meanings.values() and is_header(found) else ()


def _is_two(words: Sequence[str]) -> bool:
    """Say whether a phrase is rather two headings, one after the other."""
    return any(
        meanings_of((" ".join(words[:cut]),)) and meanings_of((" ".join(words[cut:]),))
        for cut in range(1, len(words))
        if words[cut][:1].isupper()
    )


def _are_numbered(lines: Sequence[str]) -> bool:
    firsts = [line.split()[0] for line in lines if line.strip()]
    return bool(firsts) and is_reference(firsts[0].strip(".)"))


def _rows(
    lines: Sequence[tuple[int, str]], meant: Sequence[str], *, numbered: bool
) -> list[tuple[int, list[str]]]:
    """Return where each row begins and its words; a line that begins none goes on."""
    found: list[tuple[int, list[str]]] = []
    for number, line in lines:
        words = line.split()
        begins = is_reference(words[0].strip(".)")) if numbered else True
        ended = not found or numbered or _is_full(found[-1][1], meant)
        if not found or (begins and ended):
            found.append((number, words))
        else:
            found[-1][1].extend(words)
    return found


def _is_full(words: Sequence[str], meant: Sequence[str]) -> bool:
    value = _KINDS.get(meant[-1])
    return value is None or bool(_from_the_end(words, value))


def _cells(words: list[str], meant: Sequence[str]) -> list[str]:
    """Give each column its words: from the end what is told by its kind, then the rest."""
    cells = [""] * len(meant)
    first, last = 0, len(meant)
    if meant[0] == REFERENCE and words and is_reference(words[0].strip(".)")):
        cells[0], words, first = words[0].rstrip(".)"), words[1:], 1
    while last > first and (value := _KINDS.get(meant[last - 1])):
        last -= 1
        size = _from_the_end(words, value)
        cells[last] = " ".join(words[len(words) - size :])
        words = words[: len(words) - size]
    while last - first > 1:
        last -= 1
        size = _capitals(words, body=meant[last] == RESPONSIBLE)
        cells[last] = " ".join(words[len(words) - size :])
        words = words[: len(words) - size]
    if last > first:
        cells[first] = " ".join(words)
    return cells


def _from_the_end(words: Sequence[str], value: Callable[[str], object]) -> int:
    """Return how many words at the end say something of a kind: as long as each adds to it."""
    found, size = None, 0
    for more in range(1, min(len(words), _WORDS_OF_A_CELL) + 1):
        said = value(" ".join(words[-more:]))
        if said is not None and said != found:
            found, size = said, more
        elif found is not None and more > size + 1:
            break
    return size


def _capitals(words: Sequence[str], *, body: bool) -> int:
    """Return how many words at the end begin with a capital, as a body's name does."""
    size = 0
    while size < len(words) - 1:
        word = words[-size - 1]
        last = body and not size and is_body(word)  # "NHS trust"
        if not (word[:1].isupper() or word in _JOINERS or last):
            break
        size += 1
    while size and words[-size] in _JOINERS:
        size -= 1
    named = " ".join(words[len(words) - size :])
    return size if size and (not body or is_body(named) or size < len(words)) else 0
