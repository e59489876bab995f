"""Tables that everybody can read: real HTML, people's text shown as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.wording import safe_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.drawing.words import Table


def table(rows: Iterable[Mapping[str, object]], *, alt: str) -> None:
    """Show rows as a table with headings; an empty cell stays empty.

    Parameters
    ----------
    rows : iterable of mapping
        Column heading to cell, in the order to show; every row has the same
        columns.
    alt : str
        What the table holds, for people who hear it.
    """
    cells = [
        {safe_text(str(h)): safe_text(_cell(v)) for h, v in row.items()} for row in rows
    ]
    if not cells:
        st.write("Nothing to list.")
        return
    columns = {heading: [row[heading] for row in cells] for heading in cells[0]}
    st.table(columns, hide_index=True, border="horizontal", alt=alt)


def plain_table(found: Table) -> None:
    """Show a table the library made, under its caption."""
    st.subheader(safe_text(found.caption), anchor=False)
    table(
        (dict(zip(found.headings, row, strict=True)) for row in found.rows),
        alt=found.caption,
    )


def _cell(value: object) -> str:
    return "" if value is None else str(value)
