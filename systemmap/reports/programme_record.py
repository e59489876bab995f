"""The whole programme as a record to read: nothing of it flattened, nothing cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.reports.parts.blocks import Heading, Paper, Words
from systemmap.reports.parts.document import Order, Report
from systemmap.reports.parts.facts import Facts, tidy
from systemmap.reports.parts.laid_out import PAPER_FILES, laid_out
from systemmap.reports.parts.record_parts import (
    assets,
    decisions,
    events,
    frameworks,
    governance,
    plan,
    story,
    time_table,
    updates,
)

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


def paper_of(programme: Programme, order: Order) -> Paper:
    """Return the record's words and tables."""
    facts = Facts(programme, order)
    return Paper(
        title=f"{facts.place}: programme record",
        running=f"As at {facts.day}",
        facts=(("Lead", tidy(programme.info.lead)),) if programme.info.lead else (),
        blocks=(
            *story(programme),
            *governance(programme),
            *plan(programme),
            *time_table(facts),
            *updates(facts),
            *events(facts),
            *decisions(programme),
            *frameworks(programme),
            *assets(programme),
            Heading(text="Sources"),
            *(Words(text=text, kind="small") for text in facts.closing),
        ),
        footer=facts.footer,
        landscape=True,
    )


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    return laid_out(paper_of(programme, order), order, suffix)


REPORT = Report(
    key="programme_record",
    title="Programme record",
    for_whom="The core working team, a new lead, an auditor",
    suffixes=PAPER_FILES,
    limit="As long as the programme: plan, boards, events, decisions, frameworks and dates, each in full; causes and links are in the map in words.",
    make=_make,
    uses=frozenset({"since", "template", "map"}),
    paper=paper_of,
)
