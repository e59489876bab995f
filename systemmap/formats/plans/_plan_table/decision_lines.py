"""Decisions that stand below a plan's table, under a heading of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.formats.plans._plan_table.headings import is_header
from systemmap.formats.plans._plan_table.plan_lines import Line, Row
from systemmap.model.due import read_due
from systemmap.model.text import clean, folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.formats.plans._plan_table.plan_lines import Block

_HEADINGS = frozenset(
    {
        "decision",
        "decisions",
        "decisions made",
        "decisions taken",
        "decision log",
        "decisions log",
        "decision register",
        "resolutions",
        "agreed decisions",
    }
)
_MARKS = "\u2022\u00b7\u25aa\u25cf*-\u2013 \t"


@dataclass(frozen=True, slots=True)
class Parted:
    """A document's blocks without its decisions, and the day it names above its table."""

    blocks: tuple[Block, ...]
    decisions: tuple[Line, ...] = ()
    day: str = ""


def part(blocks: Iterable[Block]) -> Parted:
    """Take the decisions out of a document."""
    kept: list[Block] = []
    decisions: list[Line] = []
    deciding = seen_table = False
    day = ""
    for block in blocks:
        if isinstance(block, Row) and not _is_single(block):
            deciding = False
            seen_table = seen_table or is_header(block.cells)
        text = block.text if isinstance(block, Line) else (*block.cells, "")[0]
        if not seen_table and not day:
            texts = block.cells if isinstance(block, Row) else (block.text,)
            day = next(filter(None, map(_day, texts)), "")
        plain = clean(text).strip().rstrip(":")
        if folded(plain) in _HEADINGS and _is_single(block):
            deciding = True
        elif deciding and plain:
            decisions.append(Line(plain.lstrip(_MARKS), block.where))
        else:
            kept.append(block)
    return Parted(tuple(kept), tuple(decisions), day)


def _is_single(block: Block) -> bool:
    return isinstance(block, Line) or block.only_first


def _day(text: str) -> str:
    """Return the day a short line names, in ISO; "" = none."""
    if len(text) > 60 or not any(map(str.isdigit, text)):
        return ""
    due = read_due(text)
    return due.start if due and due.start and due.precision == "day" else ""
