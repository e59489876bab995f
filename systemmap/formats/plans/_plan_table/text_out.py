"""A plan as text with tabs, quoted as Excel quotes, so that it pastes as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from systemmap.formats.plans._plan_table.table_layout import PlanPages, Sheet


def text_from(pages: PlanPages) -> str:
    """Return the plan as text, each table under its workstream's heading."""
    lines = [pages.title, "", *_paragraphs(pages.introduction)]
    for sheet in pages.sheets:
        lines.extend(_sheet_lines(sheet))
    return "\n".join([*lines, f"# systemmap: {pages.stamp}", ""])


def _sheet_lines(sheet: Sheet) -> Iterator[str]:
    if sheet.heading:
        yield from (sheet.heading, "")
    if sheet.purpose:
        yield from ("Purpose", "", *_paragraphs(sheet.purpose))
    if sheet.title:
        yield _row((sheet.title, *[""] * (len(sheet.headings) - 1)))
    yield _row(sheet.headings)
    yield from map(_row, sheet.rows)
    yield ""
    yield from _paragraphs(sheet.note)
    for words, phases in sheet.put_off:
        yield from _paragraphs((words, *phases))


def _paragraphs(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in (text, "")]


def _row(cells: Iterable[str]) -> str:
    return "\t".join(map(_quoted, cells))


def _quoted(cell: str) -> str:
    if "\n" in cell or "\t" in cell or cell.startswith('"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
