"""A paper as the file somebody asked for: Word, a page, or a tagged PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.reports.parts.web_page import web_page
from systemmap.reports.parts.word import word_document

if TYPE_CHECKING:
    from systemmap.reports.parts.blocks import Paper
    from systemmap.reports.parts.document import Order

PAPER_FILES = (".docx", ".pdf", ".html")


def laid_out(paper: Paper, order: Order, suffix: str) -> bytes:
    """Lay a paper out as one of `PAPER_FILES`."""
    if suffix == ".html":
        return web_page(paper)
    if suffix == ".pdf":
        from systemmap.reports.parts.pdf import pdf_of  # slow to import

        return pdf_of(paper)
    return word_document(paper, at=order.at, template=order.template)
