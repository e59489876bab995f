"""The tree that a screen reader follows in a PDF, read with pdfium, which did not write it."""

from __future__ import annotations

import ctypes
import re
import zlib

import pypdfium2
import pypdfium2.raw as pdfium


def tree_of(data: bytes) -> list[tuple[str, str]]:
    """Return (kind, alt text) of every element, page by page in reading order."""
    document = pypdfium2.PdfDocument(data)
    found: list[tuple[str, str]] = []
    for page in document:
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        for n in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            _walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, n), found)
        pdfium.FPDF_StructTree_Close(tree)
    return found


def _walk(element, found) -> None:
    if not element:
        return
    found.append(
        (
            _words(pdfium.FPDF_StructElement_GetType, element),
            _words(pdfium.FPDF_StructElement_GetAltText, element),
        )
    )
    for n in range(pdfium.FPDF_StructElement_CountChildren(element)):
        _walk(pdfium.FPDF_StructElement_GetChildAtIndex(element, n), found)


def rows_of(data: bytes) -> list[list[tuple[str, str]]]:
    """Return (kind, scope) of the cells of every row of every table, page by page."""
    found: list[list[tuple[str, str]]] = []
    for page in pypdfium2.PdfDocument(data):
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        for n in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            _rows(pdfium.FPDF_StructTree_GetChildAtIndex(tree, n), found)
        pdfium.FPDF_StructTree_Close(tree)
    return found


def _rows(element, found) -> None:
    if not element:
        return
    count = pdfium.FPDF_StructElement_CountChildren(element)
    kids = [pdfium.FPDF_StructElement_GetChildAtIndex(element, n) for n in range(count)]
    if _words(pdfium.FPDF_StructElement_GetType, element) == "TR":
        cells = [
            (_words(pdfium.FPDF_StructElement_GetType, kid), _scope(kid))
            for kid in kids
            if kid
        ]
        found.append(cells)
    for kid in kids:
        _rows(kid, found)


def _scope(element) -> str:
    """Return what a cell says it heads; "" = nothing."""
    for n in range(pdfium.FPDF_StructElement_GetAttributeCount(element)):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, n)
        value = pdfium.FPDF_StructElement_Attr_GetValue(attributes, b"Scope")
        if value:
            size = ctypes.c_ulong()
            ask = pdfium.FPDF_StructElement_Attr_GetStringValue
            ask(value, None, 0, ctypes.byref(size))
            room = ctypes.create_string_buffer(size.value)
            ask(value, room, size.value, ctypes.byref(size))
            return room.raw.decode("utf-16-le").rstrip("\0")
    return ""


def _words(ask, element) -> str:
    size = ask(element, None, 0)
    if not size:
        return ""
    room = ctypes.create_string_buffer(size)
    ask(element, room, size)
    return room.raw.decode("utf-16-le").rstrip("\0")


def unmarked(data: bytes) -> list[bytes]:
    """Return what is shown on a page outside of every mark: nothing may be."""
    found = []
    for stream in _streams(data):
        depth = 0
        for line in (
            stream.replace(b" BDC", b" BDC\n").replace(b"EMC", b"EMC\n").split(b"\n")
        ):
            if line.rstrip().endswith((b"BDC", b"BMC")):
                depth += 1
            elif line.rstrip().endswith(b"EMC"):
                depth -= 1
            elif depth == 0 and re.search(rb"(?:Tj|TJ| f| S| B|f\*|re)\s*$", line):
                found.append(line)
        assert depth == 0
    return found


def _streams(data: bytes):
    """Yield the pages' own streams of a file by reportlab."""
    import base64

    for packed in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        raw = packed.strip()
        if raw.endswith(b"~>"):
            raw = base64.a85decode(b"<~" + raw, adobe=True)
        try:
            opened = zlib.decompress(raw)
        except zlib.error:
            opened = raw
        if b" cm" in opened[:40]:
            yield opened
