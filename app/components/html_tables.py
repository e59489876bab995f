"""Tables that everybody can read: real HTML, people's text shown as typed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from app.wording import safe_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.drawing.words import Table

_NARROW = 3  # columns that fit a phone
STYLE = """<style>
.sm-rows { overflow-x: auto; }
.sm-rows table { border-collapse: collapse; font-size: 0.9375rem; font-variant-numeric: tabular-nums; width: 100%; }
.sm-rows caption { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px; }
.sm-rows th, .sm-rows td { border-bottom: 1px solid #8B949E66; max-width: 75ch; overflow-wrap: break-word;
  padding: 0.5rem 1.5rem 0.5rem 0; text-align: left; vertical-align: top; white-space: pre-line; }
.sm-rows thead th { border-bottom-color: currentColor; font-size: 0.875rem; font-weight: 600; vertical-align: bottom; }
.sm-rows tbody th { font-weight: 400; }
.sm-rows { container-type: inline-size; }
@container (max-width: 38rem) {
  .sm-rows table:has(th:nth-child(4)), .sm-rows table:has(th:nth-child(4)) :is(tbody, tr, th, td) { display: block; }
  .sm-rows table:has(th:nth-child(4)) thead { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px; }
  .sm-rows table:has(th:nth-child(4)) tr { border-bottom: 1px solid #8B949E66; padding: 0.5rem 0; }
  .sm-rows table:has(th:nth-child(4)) tbody :is(th, td) { border: 0; padding: 0.125rem 0; }
  .sm-rows table:has(th:nth-child(4)) tbody th { font-weight: 600; }
  .sm-rows table:has(th:nth-child(4)) td:empty { display: none; }
  .sm-rows table:has(th:nth-child(4)) td::before { content: attr(data-head) ": " / ""; opacity: 0.75; }
}
</style>"""  # where a table of many columns has no room, each row is read downwards
"""How every table looks; the frame puts it on the page once."""


def table(rows: Iterable[Mapping[str, object]], *, alt: str) -> None:
    """Show rows as a table with headings; an empty cell stays empty.

    The first cell of a row is its heading. All of it is one element of the
    page, whatever the number of rows.

    Parameters
    ----------
    rows : iterable of mapping
        Column heading to cell, in the order to show; every row has the same
        columns.
    alt : str
        What the table holds: its caption, for people who hear it.
    """
    listed = list(rows)
    if not listed:
        st.write("Nothing to list.")
        return
    headings = tuple(str(heading) for heading in listed[0])
    cells = [[_cell(row[heading]) for heading in listed[0]] for row in listed]
    _show(alt, headings, cells)


def plain_table(found: Table) -> None:
    """Show a table the library made, under its caption."""
    st.subheader(safe_text(found.caption), anchor=False)
    if found.rows:
        _show(found.caption, found.headings, found.rows)
    else:
        st.write("Nothing to list.")


def _show(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    st.html(_html(caption, headings, rows))


def _html(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(
        f'<th scope="col" role="columnheader">{escape(text)}</th>' for text in headings
    )
    body = "".join(f'<tr role="row">{_row(headings, cells)}</tr>' for cells in rows)
    # a table that may scroll sideways can be reached and scrolled by keyboard
    wide = len(headings) > _NARROW
    focus = f' role="group" aria-label="{escape(caption)}" tabindex="0"' if wide else ""
    return (
        f'<div class="sm-rows"{focus}><table role="table">'
        f'<caption>{escape(caption)}</caption><thead role="rowgroup"><tr role="row">'
        f'{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _row(headings: Sequence[str], cells: Sequence[str]) -> str:
    """Return a row's cells; their roles are said, for a narrow page shows no table."""
    first, *others = cells
    return f'<th scope="row" role="rowheader">{escape(first)}</th>' + "".join(
        f'<td role="cell" data-head="{escape(heading)}">{escape(text)}</td>'
        for heading, text in zip(headings[1:], others, strict=True)
    )


def _cell(value: object) -> str:
    return "" if value is None else str(value)
