"""The board paper section: what changed, what the board is asked, what comes next."""

from __future__ import annotations

import textwrap
from datetime import date
from typing import TYPE_CHECKING

from systemmap.language.phrases import counted, day
from systemmap.model.owners import lead_words
from systemmap.model.plan import Decision
from systemmap.overview.reporting_lines import decision_about
from systemmap.overview.summary import coming_up
from systemmap.reports.parts.blocks import (
    ForAuthor,
    Heading,
    Items,
    Paper,
    Table,
    Words,
)
from systemmap.reports.parts.board_words import asked, ended, progress
from systemmap.reports.parts.document import Order, Report
from systemmap.reports.parts.facts import Facts, tidy
from systemmap.reports.parts.gap_rows import SUGGESTED, ranked, top_gaps
from systemmap.reports.parts.phase_rows import (
    MOVES,
    phase_rows,
    phases_finding,
    why_lines,
)
from systemmap.reports.parts.web_page import web_page
from systemmap.reports.parts.word import word_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.model.programme import Programme
    from systemmap.reports.parts.blocks import Block
    from systemmap.reports.parts.gap_rows import GapRow
    from systemmap.reports.parts.phase_rows import PhaseRow

WIDEST = 4
COMING = 5
IMPLICATIONS = ("Financial", "Legal", "Equality", "Risk")
BLANK = "…"
_LONGEST = 170  # characters of progress for one phase


def paper_of(programme: Programme, order: Order) -> Paper:
    """Return the board paper's words and tables, every number computed."""
    facts = Facts(programme, order)
    phases = phase_rows(programme, order.since)
    gaps = top_gaps(facts, WIDEST)
    return Paper(
        title=_title(order),
        running=_running(facts),
        facts=(
            ("Report of", tidy(programme.info.lead) or BLANK),
            ("As at", facts.day),
            ("Contact", BLANK),
            ("Wards", BLANK),
        ),
        blocks=(
            Heading(text="The board is asked to"),
            Items(items=ended(asked(facts, phases, gaps)), numbered=True),
            Heading(text=_progress_heading(order)),
            Items(items=tuple(progress(facts)) or ("Nothing is listed yet.",)),
            *_phase_table(phases, order),
            *_gap_table(facts, gaps),
            *_decisions(facts),
            *_next_steps(facts),
            Heading(text="Implications"),
            Words(text="Left for the author: nothing is filled in here.", kind="small"),
            ForAuthor(names=IMPLICATIONS),
            *(Words(text=text, kind="small") for text in facts.closing),
        ),
        footer=facts.footer,
    )


def _running(facts: Facts) -> str:
    board = tidy(facts.programme.info.board) or "Health and Wellbeing Board"
    return board if facts.place in board else f"{facts.place}: {board}"


def _title(order: Order) -> str:
    since = f": progress since {order.since.words}" if order.since else ": progress"
    return f"Whole systems approach to obesity{since}"


def _progress_heading(order: Order) -> str:
    return f"Progress since {order.since.words}" if order.since else "Where we stand"


def _phase_table(phases: tuple[PhaseRow, ...], order: Order) -> Iterator[Block]:
    yield Heading(text="The six phases" if len(phases) == 6 else "Phases")
    yield Words(text=phases_finding(phases))
    if not phases:
        return
    was = ("Was",) if order.since else ()
    key = f" ({MOVES}; was: {order.since.words})" if order.since else ""
    yield Table(
        caption=f"Table 1. Progress by phase{key}",
        headings=("Phase", "Progress", "Responsible", "Due", "Rating", *was),
        rows=tuple(
            (
                row.title,
                _short(row.progress),
                row.owners,
                row.due,
                row.rating_words if order.since else row.rating_word,
                *((row.was,) if order.since else ()),
            )
            for row in phases
        ),
        shares=(22, 38, 16, 11, 13, *((14,) if order.since else ())),
        colours={
            (place, 4): row.colours for place, row in enumerate(phases) if row.colours
        },
    )
    for line in why_lines(phases):
        yield Words(text=_short(line))


def _short(text: str) -> str:
    """Return words cut to what two sides can hold; the phase report gives them whole."""
    return textwrap.shorten(text, _LONGEST, placeholder=" …")


def _gap_table(facts: Facts, gaps: tuple[GapRow, ...]) -> Iterator[Block]:
    if not gaps:
        return
    whole = len(ranked(facts))
    number = 2 if phase_rows(facts.programme, None) else 1
    order = (
        "by importance on this map"
        if facts.report.has_importance
        else "by cover only: the map's outcome is not chosen yet"
    )
    votes = ("Votes",) if any(gap.votes for gap in gaps) else ()
    yield Heading(text="Gaps, and what could be built on")
    yield Table(
        caption=f"Table {number}. The first {len(gaps)} of {counted(whole, 'cause')} with an open gap, {order}",
        headings=(
            "Cause",
            *votes,
            "Why it is a gap",
            "Suggested next action",
            "Lead (suggested)",
            "By",
        ),
        rows=tuple(
            (
                gap.cause,
                *((gap.votes,) if votes else ()),
                gap.reason,
                gap.step,
                gap.lead,
                "",
            )
            for gap in gaps
        ),
        shares=(20, *((8,) if votes else ()), 30, 36, 17, 8),
        numbers=frozenset({1}) if votes else frozenset(),
    )
    yield Words(text=SUGGESTED, kind="small")


def _decisions(facts: Facts) -> Iterator[Block]:
    """Print what boards decided: since the day asked for, or the last few."""
    order = facts.order
    since = order.since.on if order.since else None
    made = [
        decision
        for decision in facts.programme.all(Decision).values()
        if decision.on is None or since is None or since <= decision.on <= order.at
    ]
    if not made:
        return
    shown = sorted(made, key=lambda d: d.on or date.min)[-COMING:]
    yield Heading(text="Decided before")
    yield Items(items=tuple(_decision_words(facts.programme, d) for d in shown))
    if len(shown) < len(made):
        yield Words(
            text=f"The last {len(shown)} of {counted(len(made), 'decision')}.",
            kind="small",
        )


def _decision_words(programme: Programme, decision: Decision) -> str:
    who = ", ".join(
        filter(None, (tidy(decision.body), day(decision.on) if decision.on else ""))
    )
    told = f" ({who})" if who else ""
    verb = f"To {decision.verb}: " if decision.verb else ""
    about = _short(tidy(decision_about(programme, decision)))
    tied = f"; {about}" if about else ""
    return f"{verb}{_short(tidy(decision.text).rstrip('.'))}{told}{tied}."


def _next_steps(facts: Facts) -> Iterator[Block]:
    coming = coming_up(facts.programme, facts.order.at)
    if not coming:
        return
    shown = coming[:COMING]
    yield Heading(text="Next steps")
    yield Table(
        caption=f"The next {len(shown)} of {counted(len(coming), 'date')} ahead in the plan",
        headings=("Action or phase", "Lead", "Date"),
        rows=tuple(
            (
                tidy(item.what),
                tidy(lead_words(item.record)) or "(no named lead)",
                tidy(item.when),
            )
            for item in shown
        ),
        shares=(50, 30, 20),
    )


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    paper = paper_of(programme, order)
    if suffix == ".html":
        return web_page(paper)
    return word_document(paper, at=order.at, template=order.template)


REPORT = Report(
    key="board_paper",
    title="Board paper section",
    for_whom="The Health and Wellbeing Board",
    suffixes=(".docx", ".html"),
    limit="Two sides of A4: long progress notes are cut with “…”. Contact, wards and implications are left for the author.",
    make=_make,
    uses=frozenset({"since", "template", "map"}),
)
