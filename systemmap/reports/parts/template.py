"""A council's own Word template, opened safely: nothing in it is run or fetched."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from systemmap.drawing.styles import LIGHT, tint
from systemmap.errors import ReadError
from systemmap.formats.reading.xml_tree import safe_xml
from systemmap.reports.parts.disarmed import disarmed
from systemmap.reports.parts.template_places import too_long

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_NOT_WORD = "The template is not a Word document. Save it as .docx or .dotx, without macros, and choose it again."


def opened(data: bytes) -> Any:  # noqa: ANN401 - python-docx is untyped
    """Open a .docx or .dotx to write after what it holds.

    Raises
    ------
    ReadError
        Not Word, with macros or a password, damaged, or far too large.
    """
    try:
        document = docx.Document(BytesIO(disarmed(data, "Word")))
    except (ValueError, KeyError, BadZipFile, PackageNotFoundError) as error:
        raise ReadError(_NOT_WORD) from error
    if reason := too_long(document):
        raise ReadError(reason)
    _set_language(document)
    return document


def check_template(data: bytes) -> None:
    """Refuse a template that could not be used, before anything is made with it.

    Raises
    ------
    ReadError
        As `opened` does; the message says what to do.
    """
    opened(data)


def accent(document: Any) -> str:  # noqa: ANN401
    """Return the template's first accent as a pale ground; "" = it names none."""
    for part in document.part.package.iter_parts():
        if str(part.partname).startswith("/word/theme/"):
            colours = safe_xml(part.blob).iter(f"{_DRAWN}accent1")
            for found in colours:
                for colour in found.iter(f"{_DRAWN}srgbClr"):
                    return tint(f"#{colour.get('val')}", LIGHT.paper, 0.16).lstrip("#")
    return ""


def _set_language(document: Any) -> None:  # noqa: ANN401
    properties = document.styles["Normal"].element.get_or_add_rPr()
    if properties.find(qn("w:lang")) is None:
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-GB")
        properties.append(language)
