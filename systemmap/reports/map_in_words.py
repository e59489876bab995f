"""The map in words: everything the drawing says, for reading aloud and for minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.reports.parts.document import Report
from systemmap.reports.parts.facts import Facts
from systemmap.reports.parts.laid_out import PAPER_FILES, laid_out
from systemmap.reports.parts.words_paper import paper_of

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.reports.parts.blocks import Paper
    from systemmap.reports.parts.document import Order


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    return laid_out(_paper(programme, order), order, suffix)


def _paper(programme: Programme, order: Order) -> Paper:
    return paper_of(Facts(programme, order))


REPORT = Report(
    key="map_in_words",
    title="Map in words",
    for_whom="Everyone who reads rather than looks; minutes",
    suffixes=PAPER_FILES,
    limit="Complete for causes and links; loops of up to four causes, the first 60.",
    make=_make,
    uses=frozenset({"map", "template"}),
    paper=_paper,
)
