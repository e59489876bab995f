"""Everything for a successor in one zip: data, workbook, plan, map, words, and a README."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.drawing.interactive import interactive_map
from systemmap.formats import write
from systemmap.formats.fixed_zip import zipped
from systemmap.language.phrases import counted
from systemmap.reports.parts.document import Report
from systemmap.reports.parts.facts import Facts
from systemmap.reports.parts.web_page import web_page
from systemmap.reports.parts.words_paper import paper_of
from systemmap.version import __version__

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.reports.parts.document import Order

_WHAT = {
    ".systemmap": "the whole programme{history}; opens in systemmap, or unpack it as a zip",
    "-workbook.xlsx": "causes, links, actions and assets as sheets, for Excel",
    "-plan.docx": "the plan table, for Word",
    "-map.html": "the map to explore in any browser, offline",
    "-map-in-words.html": "the same map to read",
}


def _make(programme: Programme, order: Order, _suffix: str) -> bytes:
    facts = Facts(programme, order)
    stem = f"{programme.id}-v{programme.revision}-{order.at.isoformat()}"
    page = interactive_map(
        programme, order.map_id, at=order.at, analysis=facts.analysis
    )
    parts = {
        ".systemmap": order.project_file or write(programme, "project_file").data,
        "-workbook.xlsx": write(programme, "workbook", order.map_id).data,
        "-plan.docx": write(programme, "plan_word", order.map_id).data,
        "-map.html": page.encode(),
        "-map-in-words.html": web_page(paper_of(facts)),
    }
    named = {f"{stem}/{stem}{end}": data for end, data in parts.items()}
    readme = _readme(facts, stem, with_history=bool(order.project_file))
    return zipped({f"{stem}/README.txt": readme.encode(), **named})


def _readme(facts: Facts, stem: str, *, with_history: bool) -> str:
    counts = (
        counted(len(facts.map.factors), "cause"),
        counted(len(facts.map.links), "link"),
        counted(len(facts.programme.actions), "action"),
        counted(len(facts.programme.assets), "asset"),
    )
    history = " with its history: who changed what, and when" if with_history else ""
    files = "\n".join(
        f"{stem}{end}\n    {what.format(history=history)}"
        for end, what in _WHAT.items()
    )
    closing = "\n".join(facts.closing)
    return (
        f"{facts.place}\n"
        f"Handed over as {facts.version}, as at {facts.day}, from systemmap {__version__}.\n"
        f"It holds {', '.join(counts[:-1])} and {counts[-1]}.\n\n"
        f"Files\n-----\n{files}\n\n"
        "To go on with this work, install systemmap, choose “Import and export” and open\n"
        f"{stem}.systemmap. Every other file is for reading and can be made again from it.\n\n"
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
