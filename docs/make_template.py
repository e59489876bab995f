"""Make the sample template of docs/templates.md: ``uv run python docs/make_template.py``.

A council's report page as councils have them: a letterhead, a title, set headings
and places for the document, so that anyone can see what goes where.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from systemmap.formats.fixed_zip import without_times  # noqa: E402 - found above

NAME = "sample-council-template.docx"
_PURPLE = RGBColor(0x5B, 0x2A, 0x86)


def sample_template() -> bytes:
    """Return the sample as bytes, the same each time."""
    document = docx.Document()
    for name, size in (("Title", 20), ("Heading 1", 14), ("Normal", 11)):
        style = document.styles[name]
        style.font.name, style.font.size = "Georgia", Pt(size)
    document.styles["Heading 1"].font.color.rgb = _PURPLE
    section = document.sections[0]
    section.header.paragraphs[0].text = "Sampleshire Council · Report to a board"
    section.footer.paragraphs[0].text = "Template HWB-3"
    _control(document, "Title", "Title of the report", style="Title")
    line = document.add_paragraph("As at: ")
    _inline(line, "As at", "the day")
    document.add_heading("1. Purpose", level=1)
    document.add_paragraph("This report is for information and decision.")
    document.add_heading("The board is asked to", level=1)
    document.add_heading("2. Progress", level=1)
    _bookmark(document.add_paragraph(), "Where_we_stand")
    document.add_heading("3. Everything else", level=1)
    _control(document, "systemmap", "The rest of the document comes here.")
    document.add_heading("4. Background papers", level=1)
    document.add_paragraph("None.")
    stream = BytesIO()
    document.save(stream)
    return without_times(stream.getvalue())


def _named(name: str) -> Any:
    control, properties = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
    for kind in ("w:alias", "w:tag"):
        mark = OxmlElement(kind)
        mark.set(qn("w:val"), name)
        properties.append(mark)
    properties.append(OxmlElement("w:showingPlcHdr"))
    control.append(properties)
    return control


def _control(document: Any, name: str, words: str, *, style: str = "") -> None:
    paragraph = document.add_paragraph(words, style=style or None)
    control, content = _named(name), OxmlElement("w:sdtContent")
    paragraph._p.addprevious(control)
    content.append(paragraph._p)
    control.append(content)


def _inline(paragraph: Any, name: str, words: str) -> None:
    run = paragraph.add_run(words)
    control, content = _named(name), OxmlElement("w:sdtContent")
    run._r.addprevious(control)
    content.append(run._r)
    control.append(content)


def _bookmark(paragraph: Any, name: str) -> None:
    for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(kind)
        mark.set(qn("w:id"), "7")
        if kind == "w:bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


if __name__ == "__main__":
    (HERE / NAME).write_bytes(sample_template())
