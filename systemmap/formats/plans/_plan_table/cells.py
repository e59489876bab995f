"""One cell's text: tags typed as text taken out, aims told apart."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from systemmap.errors import Problem
from systemmap.formats.reading.emphasis import without_marks
from systemmap.model.text import NOTE_LIMIT, clean

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMES = (
    "ul|ol|li|p|br|div|span|b|strong|i|em|u|table|tbody|thead|tr|td|th|h[1-6]|font|a"
)
# An attribute part without "<", so that the search stays linear in the text.
_TAG = re.compile(rf"<(/?)({_NAMES})(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,31}\d?);", re.IGNORECASE)
_MAY_BE_MARKED = re.compile("[<&*_`]")
_INLINE = {"span", "b", "strong", "i", "em", "u", "font", "a"}

_MARKS = "\u2022\u00b7\u25aa\u25cf\u25e6\uf0b7"  # the last is Word's symbol font
_BULLET_ANYWHERE = re.compile(f"[{_MARKS}]")
_BULLET_AT_START = re.compile(
    rf"\s*(?:[{_MARKS}]|[-\u2013*](?=\s)|o\t|\d{{1,2}}[.)]\s|\(?[a-z]\)\s|\((?:i|ii|iii|iv|v|vi|vii|viii|ix|x)\)\s)\s*"
)
# A full stop ends a sentence when a capital follows, unless it is a short form.
_SENTENCE_END = re.compile(
    r"(?<=[.?!])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bSt\.)(?<!\bDr\.)(?<!\bNo\.)(?<!\bvs\.)(?<!\betc\.)\s+(?=[\"'\u2018\u201c(]?[A-Z0-9])"
)


@dataclass(frozen=True, slots=True)
class Aims:
    """A cell's aims. `proposed` = nothing marked them; they were split at full stops."""

    lines: tuple[str, ...]
    proposed: bool = False


@lru_cache(maxsize=16_384)  # a person who corrects a plan has it read again and again
def plain(raw: str) -> str:
    r"""Return a cell as plain text: tags become lines, marks of Markdown go, all else stays.

    A web address in angle brackets is no tag and survives.

    Examples
    --------
    >>> plain('<ul style="x"> One.<li>Two &amp; three</li> see <https://a.org/b>')
    'One.\n• Two & three\n see <https://a.org/b>'
    """
    if not raw:
        return raw
    if raw.isascii() and raw.isprintable() and not _MAY_BE_MARKED.search(raw):
        return raw[:NOTE_LIMIT].strip()  # most cells: nothing to be done
    text = without_marks(_HIDDEN.sub("", raw))
    text = _TAG.sub(_line_for, text)
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    lines = (line.rstrip() for line in clean(text.replace("\xa0", " ")).split("\n"))
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip()


def as_shown(cell: str) -> str:
    """Return a cell to the letter, unless it holds tags: then what they come to.

    Examples
    --------
    >>> as_shown("<b>Walks</b> & talks"), as_shown("R&D  <5 people")
    ('Walks & talks', 'R&D  <5 people')
    """
    if "<" not in cell or not (_TAG.search(cell) or _HIDDEN.search(cell)):
        return cell
    return plain(cell)


def cleaned_cells(
    cells: Iterable[str], where: str
) -> tuple[tuple[str, ...], list[Problem]]:
    """Return a row's cells without control characters; say which were cut short."""
    cells = tuple(cells)
    problems = [
        Problem(
            where,
            f"A cell holds {len(cell):,} characters; the first {NOTE_LIMIT:,} were kept.",
            "note",
        )
        for cell in cells
        if len(cell) > NOTE_LIMIT
    ]
    return tuple(map(clean, cells)), problems


def bullet_count(text: str) -> int:
    """Return how many bullet signs a plain text holds."""
    return len(_BULLET_ANYWHERE.findall(text))


def joined(above: str, below: str) -> str:
    """Join a cell with its continuation: on one line when it breaks in mid-sentence."""
    above, below = above.rstrip(), below.lstrip()
    if not above or not below:
        return above + below
    mid_sentence = above[-1] not in ".?!:;" and not _BULLET_AT_START.match(below)
    return (
        f"{above} {below}"
        if mid_sentence and not below[0].isupper()
        else f"{above}\n{below}"
    )


@lru_cache(maxsize=8_192)
def split_aims(text: str) -> Aims:
    r"""Tell the aims of a plain cell text apart.

    Marked lines are one aim each, and unmarked lines after a mark continue it.
    Without any mark each line is an aim; a single run of sentences gets a
    proposed split at its full stops, for a person to confirm.

    Examples
    --------
    >>> split_aims("• Plan it.• Do it").lines
    ('Plan it.', 'Do it')
    >>> split_aims("Understand the need. Find gaps.")
    Aims(lines=('Understand the need.', 'Find gaps.'), proposed=True)
    """
    text = _BULLET_ANYWHERE.sub(lambda match: f"\n{match[0]}", text)
    lines = [line for line in text.split("\n") if line.strip()]
    marks = [_BULLET_AT_START.match(line) for line in lines]
    if not any(marks):
        aims = [" ".join(line.split()) for line in lines]
        return _sentences(aims[0]) if len(aims) == 1 else Aims(tuple(aims))
    first = next(n for n, mark in enumerate(marks) if mark)
    lead = _sentences(" ".join(" ".join(lines[:first]).split()))
    found: list[list[str]] = []
    for line, mark in zip(lines[first:], marks[first:], strict=True):
        if mark:
            found.append([])
        found[-1] += line[mark.end() if mark else 0 :].split()
    marked = (" ".join(words) for words in found if words)
    return Aims((*lead.lines, *marked), lead.proposed)


def _sentences(text: str) -> Aims:
    parts = tuple(filter(None, (part.strip() for part in _SENTENCE_END.split(text))))
    return Aims(parts, proposed=len(parts) > 1)


def _line_for(match: re.Match[str]) -> str:
    closing, name = match[1], match[2].lower()
    if name in _INLINE:
        return ""
    return "\n\u2022 " if name == "li" and not closing else "\n"
