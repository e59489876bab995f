"""The map in words: everything the drawing says, for reading aloud and for minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.reports.parts.document import Report
from systemmap.reports.parts.facts import Facts
from systemmap.reports.parts.web_page import web_page
from systemmap.reports.parts.word import word_document
from systemmap.reports.parts.words_paper import paper_of

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.reports.parts.document import Order


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    paper = paper_of(Facts(programme, order))
    if suffix == ".html":
        return web_page(paper)
    return word_document(paper, at=order.at, template=order.template)


REPORT = Report(
    key="map_in_words",
    title="Map in words",
    for_whom="Everyone who reads rather than looks; minutes",
    suffixes=(".docx", ".html"),
    limit="Complete for causes and links; loops of up to four causes, the first 60.",
    make=_make,
    uses=frozenset({"map", "template"}),
)
