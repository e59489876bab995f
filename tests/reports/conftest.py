"""Helpers of the document tests: programmes to report on, and the words in a file."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import docx
import openpyxl
import pptx
import pytest

from systemmap.bundled.bundled_files import foresight_map, foresight_terms
from systemmap.bundled.examples import earlier, example, from_template
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.reports import Order, Since
from tests.drawing.coarse import _maps_are_coarse_and_painted_once  # noqa: F401

DAY = date(2026, 11, 21)
NOTICE = "Open Government Licence v3.0. Foresight Obesity System Map"


def foresight() -> Programme:
    programme = Programme(ProgrammeInfo(id="foresight-town", name="Foresight town"))
    programme.add(*foresight_terms())
    programme.put_map(foresight_map())
    return programme


@pytest.fixture(scope="session")
def sampleshire() -> Programme:
    return example()


@pytest.fixture(scope="session")
def before(sampleshire) -> Since:
    return Since(
        programme=earlier(sampleshire), words="September 2026", on=date(2026, 9, 30)
    )


@pytest.fixture
def order(before) -> Order:
    return Order(at=DAY, since=before)


CASES = {
    "empty": lambda: (Programme(ProgrammeInfo(id="empty", name="Nowhere")), "main"),
    "template": lambda: (from_template("starter", "Newtown"), "main"),
    "sampleshire": lambda: (example(), "main"),
    "foresight": lambda: (foresight(), "foresight"),
}


def words_of(data: bytes, suffix: str) -> str:
    """Return the words a reader of the file would find."""
    return _READERS[suffix](data)


def _docx(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        found += [cell.text for row in table.rows for cell in row.cells]
    for section in document.sections:
        found += [paragraph.text for paragraph in section.footer.paragraphs]
    return "\n".join(found)


def _xlsx(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )


def _pptx(data: bytes) -> str:
    found = []
    for page in pptx.Presentation(io.BytesIO(data)).slides:
        for shape in page.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [c.text for r in shape.table.rows for c in r.cells]
    return "\n".join(found)


def _markup(data: bytes) -> str:
    return re.sub(r"<[^>]+>", " ", data.decode())


def _pdf(data: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(text.split())


def _zip(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith("README.txt")]
        return archive.read(name).decode()


_READERS = {
    ".docx": _docx,
    ".xlsx": _xlsx,
    ".pptx": _pptx,
    ".html": _markup,
    ".svg": _markup,
    ".pdf": _pdf,
    ".zip": _zip,
}
