"""A document looked at before it is saved: its pages as pictures, without other programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.language.phrases import counted
from systemmap.reports.parts.laid_out import PAPER_FILES

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.reports.parts.document import Order, Report

MOST = 12  # pages shown
_SHOWN_WIDE = 1_400.0  # pixels of a sheet, however large it is on the wall
_NOTES = {
    ".docx": "Set as pages of ours: in Word the same words may break at other places.",
    ".html": "Set as pages: in a browser it is one long page.",
    ".xlsx": "The words and rows as pages: in Excel each part is a sheet to filter.",
    ".pptx": "Drawn from the slides themselves, in our own font.",
}
_TEMPLATE = "Your template's look is not shown here."


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Pages as PNG, and what to know about them; no pages = there is nothing to show."""

    pages: tuple[bytes, ...]
    note: str
    of: int = 0  # pages in all


def preview(report: Report, programme: Programme, order: Order, suffix: str) -> Preview:
    """Show a document's first pages as it would be saved; errors as `Report.build`."""
    note = [_NOTES[suffix]] if suffix in _NOTES else []
    if order.template and suffix in (".docx", ".pptx"):
        note.append(_TEMPLATE)
    if suffix == ".zip":
        return Preview(
            pages=(), note="A folder: its index.html says what each file is."
        )
    if report.paper and suffix in (*PAPER_FILES, ".xlsx"):
        pages, count = _of_paper(report, programme, order)
    else:
        pages, count = _of_file(report, programme, order, suffix)
    if count > len(pages):
        what = "slide" if suffix == ".pptx" else "page"
        note.append(f"The first {len(pages)} of {counted(count, what)}.")
    return Preview(pages=pages, note=" ".join(note), of=count)


def _of_paper(
    report: Report, programme: Programme, order: Order
) -> tuple[tuple[bytes, ...], int]:
    from systemmap.reports.parts.page_pictures import page_count, pictures_of
    from systemmap.reports.parts.pdf import pdf_of  # slow to import

    assert report.paper is not None  # noqa: S101 - asked by the caller
    pdf = pdf_of(report.paper(programme, order))
    return pictures_of(pdf, most=MOST), page_count(pdf)


def _of_file(
    report: Report, programme: Programme, order: Order, suffix: str
) -> tuple[tuple[bytes, ...], int]:
    data = report.build(programme, order, suffix).data
    if suffix == ".pdf":
        from systemmap.reports.parts.page_pictures import page_count, pictures_of

        return pictures_of(data, most=MOST, wide=_SHOWN_WIDE), page_count(data)
    if suffix == ".pptx":
        from systemmap.reports.parts.deck_pictures import slide_pictures

        return slide_pictures(data, most=MOST)
    if suffix == ".svg":
        from systemmap.drawing.picture import png_from

        return (png_from(data.decode(), width=int(_SHOWN_WIDE)),), 1
    return ((data,), 1) if suffix == ".png" else ((), 0)
