"""Documents people read: one file a document, every number computed.

Every document states its denominator, the version and day it stands for, its
source, the licence words of any reference map, and what a map cannot show.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from systemmap.errors import UnknownItem
from systemmap.registry import discover
from systemmap.reports.parts.document import Order, Report, Since, Written
from systemmap.reports.parts.preview import Preview, preview
from systemmap.reports.parts.template_check import check_apart

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

__all__ = [
    "REPORTS",
    "Order",
    "Preview",
    "Report",
    "Since",
    "Written",
    "build",
    "check_apart",
    "file_name",
    "preview",
]

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
