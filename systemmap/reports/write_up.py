"""The workshop write-up as Word and as a page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from systemmap.errors import UnknownItem
from systemmap.model.values import now
from systemmap.model.workshop import Workshop
from systemmap.reports.parts.blocks import Drawing, Heading, Paper, Table, Words
from systemmap.reports.parts.document import Order, Report
from systemmap.reports.parts.facts import Facts
from systemmap.reports.parts.fitting import with_closing
from systemmap.reports.parts.laid_out import PAPER_FILES, laid_out
from systemmap.reports.parts.web_page import web_page
from systemmap.reports.parts.word import word_document
from systemmap.workshops.write_up import write_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.model.programme import Programme
    from systemmap.reports.parts.blocks import Block
    from systemmap.workshops.write_up import Part

_NUMBERS = ("Notes", "Tables", "Dots", "Times", "Causes", "Links", "Not agreed")
_SHARES = {**dict.fromkeys(_NUMBERS, 1), "Special to here": 2}


def write_up_html(
    programme: Programme, workshop_id: str, *, at: date | None = None
) -> bytes:
    """Return the write-up as one page that needs nothing else and runs nothing.

    It says it is as at a day, today without one.
    """
    return web_page(_paper(_facts(programme, at), workshop_id))


def write_up_docx(
    programme: Programme, workshop_id: str, *, at: date | None = None
) -> bytes:
    """Return the write-up as Word, as at a day, today without one."""
    facts = _facts(programme, at)
    return word_document(_paper(facts, workshop_id), at=facts.order.at)


def _facts(programme: Programme, at: date | None) -> Facts:
    return Facts(programme, Order(at=at or now().astimezone().date()))


def _paper(facts: Facts, workshop_id: str) -> Paper:
    told = write_up(facts.programme, workshop_id)
    said = (block for part in told.parts for block in _blocks(part))
    return Paper(
        title=f"{told.title}: write-up",
        blocks=with_closing(said, (facts.source, *facts.notices)),
        running=", ".join(filter(None, (told.place, told.on))),
        footer=facts.footer,
    )


def _blocks(part: Part) -> Iterator[Block]:
    yield Heading(text=part.heading, level=part.level)
    for sentence in part.sentences:
        yield Words(text=sentence)
    if part.svg:
        yield Drawing(svg=part.svg, words=part.svg_words)
    if part.rows:
        yield Table(
            caption=part.caption,
            headings=part.headings,
            rows=part.rows,
            shares=tuple(_SHARES.get(name, 5) for name in part.headings),
            numbers=frozenset(
                n for n, name in enumerate(part.headings) if name in _NUMBERS
            ),
        )


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    return laid_out(paper_of(programme, order), order, suffix)


def paper_of(programme: Programme, order: Order) -> Paper:
    """Return the write-up of the workshop asked for, or of the latest one held."""
    workshop_id = order.workshop_id or _latest(programme, order.at)
    return _paper(Facts(programme, order), workshop_id)


def _latest(programme: Programme, at: date) -> str:
    """Return the workshop held last by a day; without one held, the one planned last."""
    planned = list(programme.all(Workshop).values())
    if not planned:
        raise UnknownItem(
            "There is no workshop to write up yet. Plan one under Workshops first."
        )
    held = [w for w in planned if w.on is None or w.on <= at] or planned
    return max(held, key=lambda w: (w.on or date.min, planned.index(w))).id


REPORT = Report(
    key="write_up",
    title="Workshop write-up",
    for_whom="Everybody who took part",
    suffixes=PAPER_FILES,
    limit="As long as the notes: every one stands in the appendix; held notes are counted, not shown.",
    make=_make,
    uses=frozenset({"workshop", "template"}),
    paper=paper_of,
)
