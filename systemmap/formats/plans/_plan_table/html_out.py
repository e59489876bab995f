"""A plan as one HTML page: no script, no outside request, prints on A4 landscape."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    AIMS,
    DUE,
    OUTCOMES,
    PROGRESS,
    RESPONSIBLE,
)
from systemmap.formats.reading.word_lists import BULLET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.formats.plans._plan_table.table_layout import PlanPages, Sheet

_SHARES = {ACTION: 22, AIMS: 29, RESPONSIBLE: 13, DUE: 9, PROGRESS: 15, OUTCOMES: 16}
# HTML folds such space into one; `pre` keeps it.
_ODD_SPACE = re.compile(r"(?:\A|\n)[ \t\n]|[ \t\n](?:\Z|\n)|[ \t]{2}|\t|\0")
_STYLE = """
@page { size: A4 landscape; margin: 15mm }
body { font: 15px/1.45 "Source Sans 3", "Source Sans Pro", Arial, sans-serif; color: #1B2127; margin: 2rem auto; max-width: 80rem; padding: 0 1rem }
h1, h2 { color: #0B5C6B; line-height: 1.2 } h2 { margin-top: 2.5rem }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100%; min-width: 50rem }
caption { text-align: left; font-weight: 600; padding: .25rem 0 }
th, td { border: 1px solid #B9C2C6; padding: .4rem .55rem; text-align: left; vertical-align: top }
thead th { background: #0B5C6B; color: #fff } thead { display: table-header-group } tr { break-inside: avoid }
tbody th { font-weight: 600 } tr.section th { background: #E8F1F2 }
td ul, th ul { margin: 0; padding-left: 1.1rem } td p, th p, td pre, th pre { margin: 0 }
pre { font: inherit; white-space: pre-wrap } footer { margin-top: 2rem; color: #55606B; font-size: .9em }
""".strip()


def page_from(pages: PlanPages) -> str:
    """Return the whole page."""
    body = [f"<h1>{escape(pages.title)}</h1>", *_paragraphs(pages.introduction)]
    for sheet in pages.sheets:
        body.extend(_sheet(sheet))
    body.append(f"<footer><p>{escape(pages.stamp)}</p></footer>")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(pages.title)}</title><style>{_STYLE}</style>'
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head>{head}</head><body>\n'
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _sheet(sheet: Sheet) -> Iterator[str]:
    if sheet.heading:
        yield f"<h2>{escape(sheet.heading)}</h2>"
    if sheet.purpose:
        yield "<p>Purpose</p>"
        yield from _paragraphs(sheet.purpose)
    yield '<div class="wide"><table>'
    if sheet.title:
        yield f"<caption>{escape(sheet.title)}</caption>"
    shares = [_SHARES.get(kind, 10) for kind in sheet.kinds]
    heads = (
        f'<th scope="col" style="width:{100 * share / sum(shares):.1f}%">{escape(heading)}</th>'
        for heading, share in zip(sheet.headings, shares, strict=True)
    )
    yield f"<thead><tr>{''.join(heads)}</tr></thead><tbody>"
    for place, cells in enumerate(sheet.rows):
        yield _row(cells, len(sheet.headings), is_section=place in sheet.sections)
    yield "</tbody></table></div>"
    yield from _paragraphs(sheet.note)
    for words, phases in sheet.put_off:
        yield from _paragraphs((words, *phases))


def _row(cells: tuple[str, ...], width: int, *, is_section: bool) -> str:
    if is_section:
        return f'<tr class="section"><th scope="rowgroup" colspan="{width}">{_cell(cells[0])}</th></tr>'
    first, *others = (_cell(cell) for cell in cells)
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>'


def _cell(text: str) -> str:
    """Return a cell whose text our reader gives back to the letter."""
    if not text:
        return ""
    if _ODD_SPACE.search(text):
        gap = (
            "\n" if text.startswith("\n") else ""
        )  # HTML drops the first line end in pre
        return f"<pre>{gap}{escape(text)}</pre>"
    found: list[str] = []
    items: list[str] = []
    for line in [*text.split("\n"), None]:
        if line is not None and line.startswith(BULLET) and len(line) > len(BULLET):
            items.append(f"<li>{escape(line.removeprefix(BULLET))}</li>")
            continue
        if items:
            found.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if line is not None:
            found.append(f"<p>{escape(line)}</p>")
    return "".join(found)


def _paragraphs(texts: tuple[str, ...]) -> Iterator[str]:
    return (f"<p>{escape(text)}</p>" for text in texts)
