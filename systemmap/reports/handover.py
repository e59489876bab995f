"""Everything for a successor in one zip: what to read first, and what programs read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.formats import write
from systemmap.formats.drawn_maps import interactive_map
from systemmap.formats.fixed_zip import zipped
from systemmap.language.phrases import counted
from systemmap.reports.parts.blocks import Heading, Paper, Table, Words
from systemmap.reports.parts.book import Sheet, workbook
from systemmap.reports.parts.document import Report
from systemmap.reports.parts.facts import Facts
from systemmap.reports.parts.record_tables import record_tables
from systemmap.reports.parts.web_page import FileLink, web_page
from systemmap.reports.parts.words_paper import paper_of
from systemmap.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.model.programme import Programme
    from systemmap.reports.parts.blocks import Block
    from systemmap.reports.parts.document import Order
    from systemmap.reports.parts.record_tables import RecordTable


@dataclass(frozen=True, slots=True)
class _Part:
    """One file of the folder: how its name ends, what it is called, what it holds."""

    ending: str
    name: str
    words: str


_READ = (
    _Part(
        "-record.html",
        "The record, to read in any browser",
        "The plan, phases, updates, events, decisions, the local picture, the reasons for ties, partners, a glossary and every change, on one page.",
    ),
    _Part(
        "-record.xlsx",
        "The record, as a workbook",
        "The same tables, one a sheet, to filter and sort in Excel or LibreOffice.",
    ),
    _Part("-map.html", "The map, to explore", "In any browser, without a network."),
    _Part("-map-in-words.html", "The map, to read", "Every cause and link as words."),
    _Part("-plan.docx", "The plan table", "For Word, to go on with on paper."),
)
_MACHINE = (
    _Part(
        "-workbook.xlsx",
        "The map as a workbook",
        "Causes and links as sheets, for Excel, PRSM and Kumu; it can be brought back in.",
    ),
    _Part(
        ".systemmap",
        "The whole programme",
        "All there is{history}. It opens in systemmap, and it is a zip: unpacked, it is plain text.",
    ),
)
_HISTORY = ", with its history: who changed what, and when"
_GO_ON = "To go on with this work, install systemmap, choose “Import and export” and open {stem}.systemmap. Every other file is for reading and can be made again from it."


def _make(programme: Programme, order: Order, _suffix: str) -> bytes:
    facts = Facts(programme, order)
    stem = f"{programme.id}-v{programme.revision}-{order.at.isoformat()}"
    page = interactive_map(
        programme, order.map_id, at=order.at, analysis=facts.analysis
    )
    tables = record_tables(programme, order.project_file)
    parts = {
        "-record.html": web_page(_record(facts, tables)),
        "-record.xlsx": _record_book(facts, tables),
        "-map.html": page.encode(),
        "-map-in-words.html": web_page(paper_of(facts)),
        "-plan.docx": write(programme, "plan_word", order.map_id).data,
        "-workbook.xlsx": write(programme, "workbook", order.map_id).data,
        ".systemmap": order.project_file or write(programme, "project_file").data,
    }
    named = {f"{stem}/{stem}{end}": data for end, data in parts.items()}
    index = {f"{stem}/index.html": _index(facts, stem)}
    readme = {f"{stem}/README.txt": _readme(facts, stem).encode()}
    return zipped({**readme, **index, **named})


def _record(facts: Facts, tables: Sequence[RecordTable]) -> Paper:
    blocks: list[Block] = []
    for table in tables:
        blocks += [Heading(text=table.name), Words(text=table.sentence)]
        if table.rows:
            blocks.append(
                Table(
                    caption=table.name,
                    headings=table.headings,
                    rows=table.rows,
                    shares=table.widths,
                )
            )
    small = (Words(text=text, kind="small") for text in facts.closing)
    return Paper(
        title=f"{facts.place}: the record",
        running=f"{facts.place}, {facts.day}",
        blocks=(*blocks, *small),
        footer=facts.footer,
        landscape=True,
    )


def _record_book(facts: Facts, tables: Sequence[RecordTable]) -> bytes:
    title = f"{facts.place}: the record"
    first = Sheet(
        name="Read me",
        title=title,
        headings=("Sheet", "What it holds"),
        rows=tuple((table.name, table.sentence) for table in tables),
        widths=(24, 100),
        closing=facts.closing,
    )
    sheets = [
        Sheet(
            name=table.name,
            title=table.name,
            sentences=(table.sentence,),
            headings=table.headings,
            rows=table.rows,
            widths=table.widths,
        )
        for table in tables
    ]
    return workbook(
        (first, *sheets), title=title, footer=facts.footer, at=facts.order.at
    )


def _index(facts: Facts, stem: str) -> bytes:
    paper = Paper(
        title=f"{facts.place}: what was handed over",
        running=f"{facts.place}, {facts.day}",
        blocks=(
            Heading(text="Going on"),
            Words(text=_counts(facts)),
            Words(text=_GO_ON.format(stem=stem)),
            *(Words(text=text, kind="small") for text in facts.closing),
        ),
        footer=facts.footer,
    )
    return web_page(paper, links=_files(facts, stem))


def _files(facts: Facts, stem: str) -> list[FileLink]:
    """Return each file of the folder, its name and what it holds."""
    history = _HISTORY if facts.order.project_file else ""
    return [
        FileLink(
            file=f"{stem}{part.ending}",
            name=part.name,
            words=part.words.format(history=history),
        )
        for part in (*_READ, *_MACHINE)
    ]


def _counts(facts: Facts) -> str:
    counts = (
        counted(len(facts.map.factors), "cause"),
        counted(len(facts.map.links), "link"),
        counted(len(facts.programme.actions), "action"),
        counted(len(facts.programme.assets), "asset"),
    )
    share = facts.report.share.words
    held = f"It holds {', '.join(counts[:-1])} and {counts[-1]}."
    return f"{held} {share}" if share else held


def _readme(facts: Facts, stem: str) -> str:
    files = "\n".join(
        f"{link.file}\n    {link.name}. {link.words}" for link in _files(facts, stem)
    )
    closing = "\n".join(facts.closing)
    return (
        f"{facts.place}\n"
        f"Handed over as {facts.version}, as at {facts.day}, from systemmap {__version__}.\n"
        f"{_counts(facts)}\n\n"
        f"Files (open index.html first)\n-----------------------------\n{files}\n\n"
        f"{_GO_ON.format(stem=stem)}\n\n"
        f"Where the figures come from\n---------------------------\n{closing}\n"
    )


REPORT = Report(
    key="handover",
    title="Handover folder",
    for_whom="A successor",
    suffixes=(".zip",),
    limit="The whole programme as it stands, with its history of changes.",
    make=_make,
    uses=frozenset({"map", "history"}),
)
