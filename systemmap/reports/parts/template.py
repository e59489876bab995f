"""A council's own Word template, opened safely: nothing in it is run or fetched."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from systemmap.errors import ReadError
from systemmap.formats.fixed_zip import unzipped, zipped
from systemmap.formats.reading.xml_tree import safe_xml
from systemmap.formats.reading.zip_parts import check_zip

_DOCUMENT = b"wordprocessingml.document.main+xml"
_TEMPLATE = b"wordprocessingml.template.main+xml"
_LINKED = re.compile(rb"<w:attachedTemplate\b[^<>]*+(?<=/)>")
_LINK = re.compile(rb'<Relationship\b(?>[^<>]*?/attachedTemplate")[^<>]*+(?<=/)>')
_NOT_WORD = "The template is not a Word document. Save it as .docx or .dotx, without macros, and choose it again."


def opened(data: bytes) -> Any:  # noqa: ANN401 - python-docx is untyped
    """Open a .docx or .dotx to write after what it holds.

    Raises
    ------
    ReadError
        Not Word, with macros or a password, damaged, or far too large.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(
            "The template is an old Word file or has a password. Save it as .docx without a password and choose it again."
        )
    if not data.startswith(b"PK"):
        raise ReadError(_NOT_WORD)
    try:
        check_zip(data)
        document = docx.Document(BytesIO(_disarmed(data)))
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


def _disarmed(data: bytes) -> bytes:
    parts = unzipped(data)
    if any("vbaproject" in name.lower() for name in parts):
        msg = "The template holds macros, which are never run here. Save it as .docx and choose it again."
        raise ReadError(msg)
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            safe_xml(part)  # refuses document types and endless nesting
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(_TEMPLATE, _DOCUMENT)
    links = "word/_rels/settings.xml.rels"
    if links in parts:  # a template of the template would be fetched on opening
        parts[links] = _LINK.sub(b"", parts[links])
        parts["word/settings.xml"] = _LINKED.sub(b"", parts["word/settings.xml"])
    return zipped(parts)


def _set_language(document: Any) -> None:  # noqa: ANN401
    properties = document.styles["Normal"].element.get_or_add_rPr()
    if properties.find(qn("w:lang")) is None:
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-GB")
        properties.append(language)
