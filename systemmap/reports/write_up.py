"""The workshop write-up as a page and as a Word document."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from jinja2 import Environment, StrictUndefined

from systemmap.errors import UnknownItem
from systemmap.model.workshop import Workshop
from systemmap.reports._report import Report
from systemmap.workshops.telling import write_up

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from docx.table import Table, _Row

    from systemmap.model.programme import Programme
    from systemmap.reports._report import Order
    from systemmap.workshops.telling import Part

_PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{ it.title }}: write-up</title>
<style>
body{font:1.0625rem/1.55 "Source Sans 3","Source Sans Pro",system-ui,sans-serif;color:#1b2127;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.9rem;line-height:1.2;margin:0}h2{font-size:1.35rem;margin:2.2rem 0 .4rem}h3{font-size:1.1rem;margin:1.6rem 0 .3rem}
.on{color:#55606b;margin:.25rem 0 1.5rem}table{border-collapse:collapse;width:100%;margin:.6rem 0 1.2rem}
caption{text-align:left;color:#55606b;padding:.25rem 0}th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid #dfe3e4}
th{border-bottom:2px solid #6f777b}td{white-space:pre-line;overflow-wrap:anywhere}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
@media print{h2,h3{break-after:avoid}tr{break-inside:avoid}}
</style>
</head>
<body>
<main>
<h1>{{ it.title }}</h1>
<p class="on">{{ it.place }}{% if it.on %}, {{ it.on }}{% endif %}</p>
{% for part in it.parts %}
<h2>{{ part.heading }}</h2>
{% for sentence in part.sentences %}<p>{{ sentence }}</p>{% endfor %}
{% if part.rows %}
<table><caption>{{ part.caption }}</caption>
<thead><tr>{% for heading in part.headings %}<th scope="col"{% if heading in numeric %} class="number"{% endif %}>{{ heading }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in part.rows %}<tr>{% for cell in row %}<td{% if part.headings[loop.index0] in numeric %} class="number"{% endif %} dir="auto">{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table>
{% endif %}
{% endfor %}
</main>
</body>
</html>
"""
_NUMERIC = ("Notes", "Tables", "Dots", "Times")
_WIDE, _NARROW = Cm(8.5), Cm(2.6)


def write_up_html(programme: Programme, workshop_id: str) -> bytes:
    """Return the write-up as one page that needs nothing else and runs nothing."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    page = environment.from_string(_PAGE)
    it = write_up(programme, workshop_id)
    return page.render(it=it, numeric=_NUMERIC).encode()


def write_up_docx(programme: Programme, workshop_id: str) -> bytes:
    """Return the write-up as a Word document with real headings and table headers."""
    it = write_up(programme, workshop_id)
    document = Document()
    document.core_properties.title = f"{it.title}: write-up"
    document.core_properties.author = it.place
    document.core_properties.language = "en-GB"
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    document.add_heading(it.title, level=0)
    document.add_paragraph(", ".join(filter(None, (it.place, it.on))))
    for part in it.parts:
        document.add_heading(part.heading, level=1)
        for sentence in part.sentences:
            document.add_paragraph(sentence)
        if part.rows:
            _add_table(document, part)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_table(document: DocumentType, part: Part) -> None:
    document.add_paragraph(part.caption, style="Caption")
    table: Table = document.add_table(rows=1, cols=len(part.headings))
    table.style = "Table Grid"
    head: _Row = table.rows[0]
    for cell, heading in zip(head.cells, part.headings, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(heading).bold = True
    _repeat_on_each_page(head)
    for row in part.rows:
        cells = table.add_row().cells  # type: ignore[no-untyped-call]
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    for column, heading in zip(table.columns, part.headings, strict=True):
        width = _NARROW if heading in _NUMERIC else _WIDE
        for cell in column.cells:
            cell.width = width


def _repeat_on_each_page(row: _Row) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx offers no other way
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    properties.append(header)


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    workshop_id = order.workshop_id or _latest(programme)
    made = write_up_html if suffix == ".html" else write_up_docx
    return made(programme, workshop_id)


def _latest(programme: Programme) -> str:
    """Return the workshop held last; one without a date counts as planned last."""
    held = list(programme.all(Workshop).values())
    if not held:
        raise UnknownItem(
            "There is no workshop to write up yet. Plan one under Workshops first."
        )
    return max(held, key=lambda w: (w.on or date.min, held.index(w))).id


REPORT = Report(
    key="write_up",
    title="Workshop write-up",
    for_whom="Everybody who took part",
    suffixes=(".docx", ".html"),
    limit="As long as the notes: every one stands in the appendix; held notes are counted, not shown.",
    make=_make,
    uses=frozenset({"workshop"}),
)
