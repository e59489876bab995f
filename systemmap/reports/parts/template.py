"""A council's own Word template, opened safely: nothing in it is run or fetched."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from systemmap.errors import ReadError
from systemmap.reports.parts.disarmed import disarmed

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


def _set_language(document: Any) -> None:  # noqa: ANN401
    properties = document.styles["Normal"].element.get_or_add_rPr()
    if properties.find(qn("w:lang")) is None:
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-GB")
        properties.append(language)
