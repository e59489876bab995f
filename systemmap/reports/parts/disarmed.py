"""An Office file from outside made harmless: nothing in it is run, fetched or unfolded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from systemmap.errors import ReadError
from systemmap.formats.fixed_zip import unzipped, zipped
from systemmap.formats.reading.xml_tree import safe_xml
from systemmap.formats.reading.zip_parts import check_zip

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_BYTES = 4 * 1024 * 1024  # of a template; it travels with the programme
_ENDINGS = {"Word": ".docx or .dotx", "PowerPoint": ".pptx or .potx"}
_MAIN = {
    "Word": (
        b"wordprocessingml.template.main+xml",
        b"wordprocessingml.document.main+xml",
    ),
    "PowerPoint": (
        b"presentationml.template.main+xml",
        b"presentationml.presentation.main+xml",
    ),
}
_LINKED = re.compile(rb"<w:attachedTemplate\b[^<>]*+(?<=/)>")
_LINK = re.compile(rb'<Relationship\b(?>[^<>]*?/attachedTemplate")[^<>]*+(?<=/)>')
_FETCHES = "The template fetches a picture or data from elsewhere when it is opened. Break its links (in Office under File, Info, Edit Links to Files) and choose it again."
_PRINTER = "printerSettings"  # a Mac writes a document type into them
_ACTIVE = ("vbaproject", "activex")


def disarmed(data: bytes, kind: str) -> bytes:
    """Return a template's bytes, safe to open.

    Parameters
    ----------
    kind : str
        "Word" or "PowerPoint".

    Raises
    ------
    ReadError
        Not such a file, with macros or a password, damaged,
        or larger than `MOST_BYTES`.
    """
    wanted = _ENDINGS[kind]
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        msg = f"The template is an old {kind} file or has a password. Save it as {wanted} without a password and choose it again."
        raise ReadError(msg)
    if len(data) > MOST_BYTES:
        msg = f"The template has {len(data) / 1024**2:.1f} MB; up to {MOST_BYTES // 1024**2} MB are kept with a programme. Take large pictures out of it and choose it again."
        raise ReadError(msg)
    not_one = f"The template is not a {kind} {_NOUN[kind]}. Save it as {wanted}, without macros, and choose it again."
    if not data.startswith(b"PK"):
        raise ReadError(not_one)
    try:
        check_zip(data, unread=_PRINTER)
        parts = unzipped(data)
        for name in parts:
            if f"/{_PRINTER}/" in name:
                parts[name] = b""
        _check(parts)
        types = "[Content_Types].xml"
        as_template, as_document = _MAIN[kind]
        parts[types] = as_document.join(parts[types].split(as_template))
        if as_document not in parts[types]:
            raise ReadError(not_one)
    except (ValueError, KeyError, BadZipFile) as error:
        raise ReadError(not_one) from error
    return zipped(_without_outside(parts))


_NOUN = {"Word": "document", "PowerPoint": "file"}


def _check(parts: dict[str, bytes]) -> None:
    for name, part in parts.items():
        if any(word in name.lower() for word in _ACTIVE):
            msg = "The template holds macros, which are never run here. Save it without macros and choose it again."
            raise ReadError(msg)
        if name.endswith((".xml", ".rels")):
            safe_xml(part)  # refuses document types and endless nesting


def _without_outside(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Take out the template of the template; refuse what else would be fetched."""
    settings, links = "word/settings.xml", "word/_rels/settings.xml.rels"
    if links in parts:
        parts[links] = _LINK.sub(b"", parts[links])
        parts[settings] = _LINKED.sub(b"", parts[settings])
    for name, part in parts.items():
        if name.endswith(".rels") and any(map(_is_fetched, safe_xml(part))):
            raise ReadError(_FETCHES)
    return parts


def _is_fetched(relation: Element) -> bool:
    """Whether opening the file would ask elsewhere; a link to press asks nobody."""
    outside = relation.get("TargetMode") == "External"
    return outside and not relation.get("Type", "").endswith("/hyperlink")
