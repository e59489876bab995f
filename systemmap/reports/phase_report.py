"""The one-page phase report: rating now and before, progress in words, why amber."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.reports.parts.document import Report
from systemmap.reports.parts.facts import Facts
from systemmap.reports.parts.phase_page import (
    RATING,
    below,
    cells,
    closing,
    headings,
    shares,
    under,
)
from systemmap.reports.parts.phase_rows import phase_rows, phases_finding

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.reports.parts.document import Order


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    facts = Facts(programme, order)
    rows = phase_rows(programme, order.since)
    if suffix == ".pptx":
        from systemmap.reports.parts.phase_slide import phase_slide  # slow to import

        return phase_slide(facts, rows)
    from systemmap.reports.parts.pdf import one_page  # slow to import

    return one_page(
        title=phases_finding(rows),
        under=under(facts),
        rows=[headings(order), *(cells(row, order) for row in rows)] if rows else [],
        shares=shares(order),
        colours={
            (n, RATING): row.colours for n, row in enumerate(rows, 1) if row.colours
        },
        notes=below(rows, order),
        closing=closing(facts),
    )


REPORT = Report(
    key="phase_report",
    title="One-page phase report",
    for_whom="The lead, the director of public health, the board",
    suffixes=(".pptx", ".pdf"),
    limit="One page. Words before ratings; no percentage is made up.",
    make=_make,
    uses=frozenset({"since"}),
)
