"""Documents people read: one file a document, every number computed.

Every document states its denominator, the version and day it stands for, its
source, the licence words of any reference map, and what a map cannot show.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.errors import SystemMapError, UnknownItem
from systemmap.formats.fixed_zip import zipped
from systemmap.language.phrases import listed
from systemmap.registry import discover
from systemmap.reports.parts.document import Order, Report, Since, Written
from systemmap.reports.parts.preview import Preview, preview
from systemmap.reports.parts.template_check import check_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from systemmap.model.programme import Programme

__all__ = [
    "REPORTS",
    "Order",
    "Preview",
    "Report",
    "Since",
    "WholeSet",
    "Written",
    "build",
    "check_apart",
    "file_name",
    "left_to_author",
    "preview",
    "whole_set",
]

_NAMED = 8  # labels of a form; a longer list is counted

REPORTS = discover(sys.modules[__name__], "REPORT", Report)


def build(programme: Programme, key: str, order: Order, suffix: str = "") -> Written:
    """Build one document by its key; see `Report.build`.

    Raises
    ------
    UnknownItem
        There is no such document.
    """
    if key not in REPORTS:
        raise UnknownItem.named("document", key, REPORTS)
    return REPORTS[key].build(programme, order, suffix)


def file_name(programme: Programme, key: str, order: Order, suffix: str) -> str:
    """Return a name for the saved file: which document, of what, which version, which day."""
    stem = f"{programme.id}-{key.replace('_', '-')}-v{programme.revision}"
    return f"{stem}-{order.at.isoformat()}{suffix}"


def left_to_author(programme: Programme, key: str, order: Order) -> str:
    """Say which cells of the Word template's own form stay empty; "" = none, or no template.

    A cell beside “Report title” is filled. One beside “Author” is for the author, and
    so is every other whose label is not ours.
    """
    report = REPORTS[key]
    if not order.template or report.paper is None:
        return ""
    from systemmap.reports.parts.word import empty_cells  # slow to import

    labels = empty_cells(report.paper(programme, order), order.template)
    if not labels:
        return ""
    return (
        f"Left for the author on the template's form: {listed(labels, limit=_NAMED)}."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeSet:
    """Every document as one zip.

    Attributes
    ----------
    on_template : dict[str, tuple[str, ...]]
        Titles of the documents that stand on a council's template, by the file
        it is for: .docx or .pptx.
    """

    data: bytes
    on_template: dict[str, tuple[str, ...]]


def whole_set(
    programme: Programme,
    order: Order,
    *,
    templates: Mapping[str, bytes] | None = None,
    told: Callable[[int, int, str], object] | None = None,
) -> WholeSet:
    """Build every document, in its usual file and as PDF.

    A document that cannot be made, for instance a write-up without a workshop, is
    named with the reason in a file beside the others; one that cannot stand on the
    template is named there too, and made on a plain page.

    Parameters
    ----------
    templates : mapping, optional
        The council's own by the file each is for, .docx or .pptx; `order.template`
        is one for a single document and not used here.
    told : callable, optional
        Is told before each file how many are done, of how many, and which is next.
    """
    files = [
        (key, suffix)
        for key, report in REPORTS.items()
        for suffix in dict.fromkeys(
            (report.suffixes[0], *(s for s in report.suffixes if s == ".pdf"))
        )
    ]
    parts: dict[str, bytes] = {}
    missing: dict[str, str] = {}
    on_template: dict[str, tuple[str, ...]] = {}
    for done, (key, suffix) in enumerate(files):
        report = REPORTS[key]
        if told:
            told(done, len(files), report.title)
        own = (templates or {}).get(suffix, b"") if "template" in report.uses else b""
        failed = ""
        for page in dict.fromkeys((own, b"")):  # a plain one where the own fails
            asked = replace(order, template=page)
            try:
                made = report.build(programme, asked, suffix).data
            except SystemMapError as error:
                failed = failed or str(error)
                missing[report.title] = str(error)
                continue
            if failed:
                del missing[report.title]
                missing[f"{report.title} on the template"] = failed
            elif page:
                on_template[suffix] = (*on_template.get(suffix, ()), report.title)
            parts[file_name(programme, key, order, suffix)] = made
            break
    if missing:
        lines = [f"{title}: {reason}" for title, reason in missing.items()]
        parts["not-made.txt"] = ("\n".join(lines) + "\n").encode()
    return WholeSet(data=zipped(parts), on_template=on_template)
