"""The board paper section: what changed, what the board is asked, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.drawing.caption import day
from systemmap.gaps import find_gaps
from systemmap.model.values import StatusGroup
from systemmap.model.workshop import Workshop
from systemmap.phrases import counted
from systemmap.reports._blocks import ForAuthor, Heading, Items, Paper, Table, Words
from systemmap.reports._facts import Facts, tidy
from systemmap.reports._gap_rows import SUGGESTED, ranked, top_gaps
from systemmap.reports._phase_rows import MOVES, phase_rows, phases_finding, why_lines
from systemmap.reports._report import Order, Report
from systemmap.reports._web import web_page
from systemmap.reports._word import word_document
from systemmap.standing import coming_up, overdue, standing
from systemmap.version_changes import compare_versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from systemmap.model.programme import Programme
    from systemmap.model.response import Action
    from systemmap.reports._blocks import Block
    from systemmap.reports._gap_rows import GapRow
    from systemmap.reports._phase_rows import PhaseRow
    from systemmap.reports._report import Since

WIDEST = 4
COMING = 5
IMPLICATIONS = ("Financial", "Legal", "Equality", "Risk")
BLANK = "…"


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
            Items(items=_ended(_asked(facts, phases, gaps)), numbered=True),
            Heading(text=_progress_heading(order)),
            Items(items=tuple(_progress(facts)) or ("Nothing is listed yet.",)),
            *_phase_table(phases, order),
            *_gap_table(facts, gaps),
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


def _ended(items: Iterable[str]) -> tuple[str, ...]:
    """Return the parts of one long sentence: semicolons between, a full stop at the end."""
    every = list(items)
    return (*(f"{item};" for item in every[:-1]), *(f"{item}." for item in every[-1:]))


def _asked(
    facts: Facts, phases: tuple[PhaseRow, ...], gaps: tuple[GapRow, ...]
) -> Iterator[str]:
    """Say what the board is asked to note or endorse; only what the tables hold."""
    if phases:
        yield f"note progress across the {counted(len(phases), 'phase')} (table 1)"
    if gaps:
        which = "the first gap" if len(gaps) == 1 else f"the first {len(gaps)} gaps"
        yield f"endorse work on the suggested next actions for {which} (table {2 if phases else 1})"
    late = overdue(facts.programme, facts.order.at)
    led = [action for action in late if action.owners]
    if led:
        theirs = "an overdue action" if len(led) == 1 else f"{len(led)} overdue actions"
        yield f"ask {_leads(led)} to report on {theirs}"
    if unled := len(late) - len(led):
        yield f"name a lead for {counted(unled, 'overdue action')} without one"
    if not phases and not gaps and not late:
        yield _nothing_to_ask(facts)


def _nothing_to_ask(facts: Facts) -> str:
    causes = len(facts.map.factors)
    if causes:
        return f"note the map of {counted(causes, 'cause')}; no action is listed yet"
    return "note that the programme has begun and nothing is listed yet"


def _leads(actions: Iterable[Action]) -> str:
    names = list(dict.fromkeys(tidy(a.owners[0]) for a in actions if a.owners))
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} other leads"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _progress(facts: Facts) -> Iterator[str]:
    programme, order = facts.programme, facts.order
    yield from _workshops(programme, order)
    if sentence := standing(programme, facts.report).of_the_map:
        yield sentence
    rows = facts.report.rows
    if programme.actions and rows:
        working = sum(row.cover.covered for row in rows)
        yield f"{working} of {counted(len(rows), 'cause')} {_have(working)} live or planned work{_before(facts)}."
    yield from _actions(programme, order)
    if order.since and order.map_id in order.since.programme.maps:
        earlier = order.since.programme.system_map(order.map_id)
        changes = compare_versions(earlier, facts.map, since=order.since.words)
        if changes.changed:
            said = ", ".join(section.count for section in changes.changed)
            yield f"On the map since {order.since.words}: {said}."


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _before(facts: Facts) -> str:
    """Say how many had work before, out of how many then."""
    order = facts.order
    if order.since is None or order.map_id not in order.since.programme.maps:
        return ""
    day_then = order.since.on or order.at
    then = find_gaps(order.since.programme, order.map_id, today=day_then).rows
    if not then:
        return ""
    return f"; in {order.since.words} it was {sum(r.cover.covered for r in then)} of {len(then)}"


def _workshops(programme: Programme, order: Order) -> Iterator[str]:
    start = order.since.on if order.since else None
    for workshop in programme.all(Workshop).values():
        on = workshop.on
        if on is None or on > order.at or (start is not None and on < start):
            continue
        people = workshop.attendance
        who = (
            counted(people, "person", "people")
            if people is not None
            else "People (not counted)"
        )
        named = len(workshop.organisations)
        whence = f" from {counted(named, 'organisation')}" if named else ""
        yield f"{who}{whence} took part in “{tidy(workshop.title)}” on {day(on)}."


def _actions(programme: Programme, order: Order) -> Iterator[str]:
    if not programme.actions:
        return
    actions = programme.actions.values()
    if order.since:
        yield _moved(programme, order.since)
    counts = (
        (len(overdue(programme, order.at)), "overdue"),
        (sum(not a.owners for a in actions), "without a named lead"),
        (sum(not a.status for a in actions), "without an update"),
    )
    said = ", ".join(f"{number} {words}" for number, words in counts if number)
    listed = counted(len(programme.actions), "action")
    yield f"{listed} listed: {said or 'none overdue, each with a lead and an update'}."


def _moved(programme: Programme, since: Since) -> str:
    then = since.programme.actions
    new = sum(key not in then for key in programme.actions)
    kept = [(then[key], a) for key, a in programme.actions.items() if key in then]
    ended = sum(a.status != "complete" == b.status for a, b in kept)
    live = StatusGroup.LIVE
    begun = sum(
        a.group is not live and b.group is live and b.status != "complete"
        for a, b in kept
    )
    counts = ((ended, "finished"), (begun, "started"), (new, "added"))
    said = [f"{number} {words}" for number, words in counts if number]
    if not said:
        return f"No action was started, finished or added since {since.words}."
    return f"Of {counted(len(programme.actions), 'action')}, since {since.words}: {', '.join(said)}."


def _phase_table(phases: tuple[PhaseRow, ...], order: Order) -> Iterator[Block]:
    yield Heading(text="The six phases" if len(phases) == 6 else "Phases")
    yield Words(text=phases_finding(phases))
    if not phases:
        return
    was = (f"Was, {order.since.words}",) if order.since else ()
    key = f" ({MOVES})" if order.since else ""
    yield Table(
        caption=f"Table 1. Progress by phase{key}",
        headings=("Phase", "Progress", "Responsible", "Due", "Rating", *was),
        rows=tuple(
            (
                row.title,
                row.progress,
                row.owners,
                row.due,
                row.rating_words if order.since else row.rating_words.rstrip("▲▼● "),
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
        yield Words(text=line)


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
    yield Heading(text="Gaps, and what could be built on")
    yield Table(
        caption=f"Table {number}. The first {len(gaps)} of {counted(whole, 'cause')} with an open gap, {order}",
        headings=(
            "Cause",
            "Votes",
            "Why it is a gap (rule)",
            "Suggested next action",
            "Lead (suggested)",
            "By",
        ),
        rows=tuple(
            (
                gap.cause,
                gap.votes,
                gap.reason,
                gap.step,
                gap.lead,
                "",
            )
            for gap in gaps
        ),
        shares=(20, 8, 30, 36, 17, 8),
        numbers=frozenset({1}),
    )
    yield Words(text=SUGGESTED, kind="small")


def _next_steps(facts: Facts) -> Iterator[Block]:
    coming = coming_up(facts.programme, facts.order.at)
    if not coming:
        return
    shown = coming[:COMING]
    leads = _lead_by_title(facts.programme)
    yield Heading(text="Next steps")
    yield Table(
        caption=f"The next {len(shown)} of {counted(len(coming), 'date')} ahead in the plan",
        headings=("Action or phase", "Lead", "Date"),
        rows=tuple(
            (
                tidy(item.what),
                leads.get(item.what, "(no named lead)"),
                tidy(item.when),
            )
            for item in shown
        ),
        shares=(50, 30, 20),
    )


def _lead_by_title(programme: Programme) -> dict[str, str]:
    actions = {
        a.title: tidy(a.owners_raw or ", ".join(a.owners))
        for a in programme.actions.values()
    }
    phases = {
        f"Phase {row.number}, {row.name}": row.owners
        for row in phase_rows(programme, None)
    }
    return {k: v for k, v in (actions | phases).items() if v}


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
    limit="Two sides of A4. Contact, wards and implications are left for the author.",
    make=_make,
    uses=frozenset({"since", "template", "map"}),
)
