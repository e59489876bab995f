"""XML that is not trusted: no document type, bounded in depth and size."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from systemmap.errors import ReadError
from systemmap.formats.reading.limits import LIMITS, check_count, check_size


def safe_xml(data: bytes, *, limit: int = LIMITS.file_bytes) -> Element:
    """Return the root of an XML file: no document type, bounded depth and size.

    Raises
    ------
    ReadError
        Broken XML (with its line), a document type definition, or above a limit.
    """
    check_size(data, limit)
    parser = XMLParser(target=_Counting(), forbid_dtd=True)
    try:
        parser.feed(data)
        root = parser.close()
    except DefusedXmlException:
        raise ReadError(
            "This file contains an XML document type definition, which systemmap does "
            "not open. Save it again from the original program without one."
        ) from None
    except ParseError as error:
        raise ReadError(_broken_xml(data, error)) from None
    except (LookupError, ValueError):
        raise ReadError(
            "The XML names an encoding that is not known. Save it again as UTF-8."
        ) from None
    if not isinstance(root, Element):
        raise ReadError("The XML holds no element. The file may have been cut short.")
    return root


def local(tag: object) -> str:
    """Return an element's name without its namespace, in lower case."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def xml_root(data: bytes) -> str:
    """Return the local name of the first element, or "": for recognising."""
    head = data[:4096]
    for encoding in ("utf-16", "utf-8-sig"):
        if encoding == "utf-16" and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        text = head.decode(encoding, "ignore").lstrip()
        if not text.startswith("<"):
            return ""
        text = re.sub(
            r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(\[.*?\])?>",
            "",
            text,
            flags=re.DOTALL,
        )
        match = re.match(r"\s*<(?:[\w.-]+:)?([\w.-]+)", text)
        return match[1].lower() if match else ""
    return ""


class _Counting(TreeBuilder):
    """Builds the tree and stops at the first element too many or too deep."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.elements = 0

    def start(self, tag: str, attrs: dict[Any, Any], /) -> Element:
        """Count one more element, one level deeper."""
        self.depth += 1
        self.elements += 1
        if self.depth > LIMITS.depth:
            msg = f"The file is nested more than {LIMITS.depth} levels deep. It is damaged or not made for this."
            raise ReadError(msg)
        check_count(self.elements, LIMITS.xml_elements, "XML elements")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """Count one level up."""
        self.depth -= 1
        return super().end(tag)


def _broken_xml(data: bytes, error: ParseError) -> str:
    line, column = error.position
    lines = data.decode("utf-8", "replace").splitlines()
    near = (
        lines[line - 1][max(0, column - 10) : column + 20] if line <= len(lines) else ""
    )
    return f"Not valid XML at line {line}, near '{near.strip()}'. The file may have been cut short."
