"""The gap table: the first ten causes with what could be built on, the rest behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.gaps import GAP_RULES, NOT_SET, STATE_WORDS, GapState
from systemmap.language.phrases import counted
from systemmap.reports.parts.blocks import Heading, Paper, Table, Words
from systemmap.reports.parts.book import Sheet, workbook
from systemmap.reports.parts.document import Report
from systemmap.reports.parts.facts import Facts, tidy
from systemmap.reports.parts.gap_rows import (
    SUGGESTED,
    TOP,
    ranked,
    rule_words,
    top_gaps,
)
from systemmap.reports.parts.laid_out import PAPER_FILES, laid_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from systemmap.gaps import Gap
    from systemmap.model.programme import Programme
    from systemmap.reports.parts.blocks import Block
    from systemmap.reports.parts.document import Order

HEADINGS = (
    "Cause",
    "Theme",
    "Causes / effects",
    "Votes",
    "Actions",
    "Why it is a gap",
    "Rule",
    "Recommended next action (suggested)",
    "Lead (suggested)",
    "By",
)
_WIDTHS = (20, 16, 9, 7, 8, 32, 13, 36, 16, 9)
_REST = ("About", "Importance", "Rule", "Why", "Suggested next step", "Where it stands")
_REST_WIDTHS = (22, 11, 20, 48, 38, 18)
NO_CAUSE = "No cause that can be changed here is on the map yet, so no gap among causes can be named."
NOTHING = "No action is listed in this programme yet, so nothing can be called a gap. Bring in the plan first."


def _title(facts: Facts) -> str:
    """Return the finding, with its denominator."""
    if not (facts.programme.actions and facts.report.rows):
        return f"{facts.place}: no gaps can be shown yet"
    rows, found = len(facts.report.rows), len(ranked(facts))
    return f"{facts.place}: {found} of {counted(rows, 'cause')} {'has' if found == 1 else 'have'} an open gap"


def _top_rows(facts: Facts) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            row.cause,
            row.theme,
            row.links,
            row.votes,
            row.actions,
            row.why,
            row.rule,
            row.step,
            row.lead,
            "",
        )
        for row in top_gaps(facts)
    )


def _notes(facts: Facts) -> tuple[str, ...]:
    if not facts.programme.actions:
        return (NOTHING,)
    if not facts.report.rows:
        waiting = counted(len(facts.programme.actions), "action")
        waits = "waits" if waiting.startswith("1 ") else "wait"
        return (NO_CAUSE, f"{waiting} {waits} for a map to stand on.")
    shown, whole = min(TOP, len(ranked(facts))), len(ranked(facts))
    return (
        f"The first {shown} of {whole}: by importance on this map, then how little is listed, then name.",
        facts.report.headline,
        SUGGESTED,
    )


def _gaps(facts: Facts, *states: GapState) -> list[Gap]:
    if not facts.programme.actions or not facts.map.factors:
        return []  # without a map each action would be one without a place on it
    return list(facts.report.in_state(*states))


def _stands(gap: Gap) -> str:
    words = STATE_WORDS[gap.state]
    return tidy(gap.state_sentence) or words


def _rest_row(gap: Gap) -> tuple[str, ...]:
    return (
        tidy(gap.name),
        gap.importance or NOT_SET,
        rule_words(gap),
        tidy(" ".join(gap.here)),
        tidy(gap.next_step),
        _stands(gap),
    )


def _rules(gaps: Sequence[Gap]) -> tuple[str, ...]:
    """Say what each rule asks that found something."""
    found = {gap.rule for gap in gaps}
    return tuple(
        f"{rule.title}: {rule.question}"
        for key, rule in GAP_RULES.items()
        if key in found
    )


def _workbook(facts: Facts) -> bytes:
    found = _gaps(facts, GapState.OPEN)
    decided = [g for g in _gaps(facts, *GapState) if g.state is not GapState.OPEN]
    top = tuple(tuple(_number(c) for c in row) for row in _top_rows(facts))
    sheets = [
        Sheet(
            name="First gaps",
            title=_title(facts),
            sentences=_notes(facts),
            headings=HEADINGS,
            rows=top,
            widths=_WIDTHS,
            closing=facts.closing,
        ),
        Sheet(
            name="All findings",
            title=f"Every open finding: {len(found)}",
            headings=_REST,
            rows=tuple(map(_rest_row, found)),
            widths=_REST_WIDTHS,
            closing=facts.closing,
        ),
        Sheet(
            name="Decided",
            title=f"{counted(len(decided), 'finding')} people have decided on",
            headings=_REST,
            rows=tuple(map(_rest_row, decided)),
            widths=_REST_WIDTHS,
            closing=facts.closing,
        ),
    ]
    rules = Sheet(
        name="Rules",
        title="What each rule asks",
        sentences=(*_rules([*found, *decided]), *facts.report.not_run),
        closing=facts.closing,
    )
    first, *others = sheets
    shown = [first, *(sheet for sheet in others if sheet.rows)]
    if len(shown) > 1:  # rules explain findings
        shown.append(rules)
    return workbook(shown, title=_title(facts), footer=facts.footer, at=facts.order.at)


def _number(cell: str) -> str | int:
    return int(cell) if cell.isdecimal() and cell.isascii() else cell


def _paper(facts: Facts) -> Paper:
    return Paper(
        title=_title(facts),
        running=f"{facts.place}, {facts.day}",
        blocks=tuple(_blocks(facts)),
        footer=facts.footer,
        landscape=True,
    )


def _blocks(facts: Facts) -> Iterator[Block]:
    for note in _notes(facts):
        yield Words(text=note)
    rows = _top_rows(facts)
    if rows:
        yield Table(
            caption=f"The first {len(rows)} gaps with a recommended next action",
            headings=HEADINGS,
            rows=rows,
            shares=(24, 19, 12, 9, 11, 31, 19, 36, 20, 8),
            numbers=frozenset({3, 4}),
        )
    for sentence in facts.closing:
        yield Words(text=sentence, kind="small")
    found = _gaps(facts, GapState.OPEN)
    if rest := _by_subject(found):
        yield Heading(text="Appendix: every open finding", new_page=True)
        yield Table(
            caption=f"{counted(sum(len(r[1]) for r in rest), 'open finding')} about {counted(len(rest), 'thing')}",
            headings=("About", "Rules", "Why"),
            rows=tuple(
                (name, "; ".join(rules), " ".join(why)) for name, rules, why in rest
            ),
            shares=(26, 22, 90),
        )
    decided = [g for g in _gaps(facts, *GapState) if g.state is not GapState.OPEN]
    if decided:
        yield Heading(text="Decided by people")
        yield Table(
            caption=counted(len(decided), "finding"),
            headings=("About", "Rule", "Where it stands"),
            rows=tuple((tidy(g.name), rule_words(g), _stands(g)) for g in decided),
            shares=(30, 40, 70),
        )
    if not (rest or decided):
        return  # rules explain findings
    yield Heading(text="What each rule asks")
    for sentence in (*_rules([*found, *decided]), *facts.report.not_run):
        yield Words(text=sentence, kind="small")


def _by_subject(gaps: list[Gap]) -> list[tuple[str, list[str], list[str]]]:
    found: dict[str, tuple[str, list[str], list[str]]] = {}
    for gap in gaps:
        about = gap.subject.partition("/")[0]  # a factor, whichever group it misses
        _, rules, why = found.setdefault(about, (tidy(gap.name), [], []))
        rules.append(rule_words(gap))
        why.append(tidy(" ".join(gap.here)))
    return list(found.values())


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    facts = Facts(programme, order)
    if suffix == ".xlsx":
        return _workbook(facts)
    return laid_out(_paper(facts), order, suffix)


def paper_of(programme: Programme, order: Order) -> Paper:
    """Return the gap table and its appendix as pages."""
    return _paper(Facts(programme, order))


REPORT = Report(
    key="gap_table",
    title="Gap table with next actions",
    for_whom="The partnership",
    suffixes=(".xlsx", *PAPER_FILES),
    limit="The first ten causes, every other finding in an appendix. Leads and dates are suggestions or stay empty.",
    make=_make,
    uses=frozenset({"map", "template"}),
    paper=paper_of,
)
