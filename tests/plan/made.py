"""Word and Excel files made by hand, to the letter of their XML."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from openpyxl import Workbook

HEADINGS = (
    "Action/Phase",
    "Aims (and actions)",
    "Responsible",
    "Due date",
    "Progress",
    "Outcomes",
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PAGE = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_WORD}"><w:body>{{}}</w:body></w:document>'


def docx(*blocks: str, **more: str) -> bytes:
    """Return a Word file with these blocks in its body."""
    parts = {"word/document.xml": _PAGE.format("".join(blocks))}
    parts |= {f"word/{name}.xml": text for name, text in more.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{inner if inner.startswith('<') else run(inner)}</w:p>"


def cell(inner: str = "", span: int = 1, merge: str = "") -> str:
    """Return a table cell; `merge` = "restart" or "on" for one merged downwards."""
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    tall = {"": "", "restart": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[
        merge
    ]
    content = (
        inner if inner.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else paragraph(inner)
    )
    return f"<w:tc><w:tcPr>{wide}{tall}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    inner = "".join(c if c.startswith("<w:tc>") else cell(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str, headings: tuple[str, ...] = HEADINGS) -> str:
    head = (row(*headings),) if headings else ()
    return f"<w:tbl>{''.join(head + rows)}</w:tbl>"


@dataclass
class Dated:
    """A value with the number format its cell shows it in."""

    value: object
    number_format: str


def xlsx(
    *rows: tuple,
    sheet: str = "Plan",
    headings: tuple[str, ...] = HEADINGS,
    change=lambda sheet: None,
) -> bytes:
    """Return a workbook of one sheet: headings, then these rows, then a change to it."""
    book = Workbook()
    book.active.title = sheet
    for line in (headings, *rows):
        book.active.append([v.value if isinstance(v, Dated) else v for v in line])
        for column, value in enumerate(line, 1):
            if isinstance(value, Dated):
                book.active.cell(
                    book.active.max_row, column
                ).number_format = value.number_format
    change(book.active)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
