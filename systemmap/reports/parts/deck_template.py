"""A council's own PowerPoint template: its layouts, colours and fonts, none of its pages."""

from __future__ import annotations

from io import BytesIO
from typing import Any, TypeAlias
from zipfile import BadZipFile

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.oxml.ns import qn

from systemmap.errors import ReadError
from systemmap.reports.parts.disarmed import disarmed

Part: TypeAlias = Any  # python-pptx is untyped

_NAMES = ("systemmap", "title only", "titel only")
_FURNITURE = {
    PP_PLACEHOLDER.DATE,
    PP_PLACEHOLDER.FOOTER,
    PP_PLACEHOLDER.SLIDE_NUMBER,
}
_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
_NOT_SLIDES = "The template is not a PowerPoint file. Save it as .pptx or .potx, without macros, and choose it again."
_NO_TITLE = "No layout of this PowerPoint template has a title. Add a layout named “systemmap” or “Title Only” with a title to it, and choose it again."


def opened_deck(data: bytes) -> Part:
    """Open a .pptx or .potx without the pages it holds.

    Raises
    ------
    ReadError
        Not PowerPoint, with macros or a password, damaged, or far too large.
    """
    try:
        deck = Presentation(BytesIO(disarmed(data, "PowerPoint")))
    except (ValueError, KeyError, BadZipFile, PackageNotFoundError) as error:
        raise ReadError(_NOT_SLIDES) from error
    pages = deck.slides._sldIdLst  # noqa: SLF001 - no call to take a page out
    for page in list(pages):
        deck.part.drop_rel(page.get(qn("r:id")))
        pages.remove(page)
    title_layout(deck)
    return deck


def title_layout(deck: Part) -> Part:
    """Return the layout to write on: named for us, "Title Only", else the barest with a title.

    Raises
    ------
    ReadError
        No layout has a title.
    """
    titled = [layout for layout in deck.slide_layouts if _title(layout)]
    if not titled:
        raise ReadError(_NO_TITLE)
    for name in _NAMES:
        for layout in titled:
            if layout.name.strip().casefold() == name:
                return layout
    return min(titled, key=_places)


def title_size(layout: Part) -> float:
    """Return the points of a layout's title; a master that says none has 44."""
    (own, *_) = (p for p in layout.placeholders if p.placeholder_format.type in _TITLES)
    above = layout.slide_master
    for element, path in (
        (own._element, ".//a:lstStyle/a:lvl1pPr/a:defRPr"),  # noqa: SLF001
        *(
            (p._element, ".//a:lstStyle/a:lvl1pPr/a:defRPr")  # noqa: SLF001
            for p in above.placeholders
            if p.placeholder_format.type in _TITLES
        ),
        (above._element, ".//p:titleStyle/a:lvl1pPr/a:defRPr"),  # noqa: SLF001
    ):
        for found in element.xpath(path):
            if found.get("sz"):
                return int(found.get("sz")) / 100
    return 44


def _title(layout: Part) -> bool:
    return any(p.placeholder_format.type in _TITLES for p in layout.placeholders)


def _places(layout: Part) -> int:
    kinds = [p.placeholder_format.type for p in layout.placeholders]
    return sum(kind not in _FURNITURE for kind in kinds)
