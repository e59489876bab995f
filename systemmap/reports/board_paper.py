"""The board paper section: what changed, what the board is asked, what comes next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from systemmap.language.phrases import counted, day, shortened
from systemmap.language.progress_words import progress_words
from systemmap.model.meetings import Board, Event
from systemmap.model.owners import lead_words
from systemmap.overview.reporting_lines import decision_about
from systemmap.reports.parts.blocks import (
    BLANK,
    ForAuthor,
    Heading,
    Items,
    Paper,
    Table,
    Words,
)
from systemmap.reports.parts.board_facts import BoardFacts, Room
from systemmap.reports.parts.board_omissions import NOT_YET
from systemmap.reports.parts.board_progress import ITEM, PROGRESS
from systemmap.reports.parts.board_requests import ASKED, gap_table_number, is_resolved
from systemmap.reports.parts.board_sentence import ended, printed
from systemmap.reports.parts.board_workstreams import workstream_rows
from systemmap.reports.parts.document import Order, Report
from systemmap.reports.parts.facts import Facts, tidy
from systemmap.reports.parts.fitting import cut_table, sides_of
from systemmap.reports.parts.gap_rows import SUGGESTED
from systemmap.reports.parts.laid_out import PAPER_FILES, laid_out
from systemmap.reports.parts.phase_rows import (
    MOVES,
    phases_finding,
    row_titles,
    why_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.model.plan import Decision
    from systemmap.model.programme import Programme
    from systemmap.model.response import Action
    from systemmap.overview.summary import Coming
    from systemmap.reports.parts.blocks import Block

IMPLICATIONS = ("Financial", "Legal", "Equality", "Risk")
TWO_SIDES = 2
LESS: tuple[dict[str, int], ...] = (  # in turn, until the paper holds on two sides
    {"dates": 4, "actions": 6, "updates": 2},
    {"lines": 4, "phases": 10},
    {"dates": 3, "actions": 5, "decisions": 3},
    {"gaps": 3, "letters": 160, "updates": 1},
    {"actions": 4, "lines": 3},
    {"dates": 2, "events": 3},
    {"actions": 3, "decisions": 2},
    {"workstreams": 10, "phases": 8},
    {"letters": 110, "workstreams": 8},
    {"figures": 2, "actions": 2, "workstreams": 6},
    {"gaps": 2, "lines": 2},
    {"decisions": 1, "phases": 6, "events": 2, "workstreams": 4},
    {"letters": 80, "workstreams": 3},
    {"figures": 1, "events": 1, "dates": 1},
    {"letters": 60, "lines": 1},
    {"phases": 4, "gaps": 1, "actions": 1, "workstreams": 2},
)


def paper_of(programme: Programme, order: Order) -> Paper:
    """Return the board paper's words and tables, every number computed.

    It holds as much of each section as two sides have room for; a section that
    is cut says out of how many.
    """
    board = BoardFacts(Facts(programme, order))
    room = Room()
    paper = _paper(board, room)
    for less in LESS:
        if sides_of(paper) <= TWO_SIDES:
            break
        room = replace(room, **less)
        paper = _paper(board, room)
    return paper


def _paper(board: BoardFacts, room: Room) -> Paper:
    facts = board.facts
    return Paper(
        title=_title(board.order),
        sides=TWO_SIDES,
        running=shortened(_running(facts), room.letters),
        facts=(
            (
                "Report of",
                shortened(tidy(facts.programme.info.lead), room.letters // 2) or BLANK,
            ),
            ("As at", facts.day),
            ("Contact", BLANK),
            ("Wards", BLANK),
        ),
        blocks=(
            Heading(text="The board is asked to"),
            Items(items=ended(printed(ASKED, board, room)), numbered=True),
            *_progress(board, room),
            *_workstreams(board, room),
            *_phase_table(board, room),
            *_action_table(board, room),
            *_figures(board, room),
            *_gap_table(board, room),
            *_decisions(board, room),
            *_next_steps(board, room),
            *_not_yet(board, room),
            Heading(text="Implications"),
            Words(text="Left for the author: nothing is filled in here.", kind="small"),
            ForAuthor(names=IMPLICATIONS),
            *(Words(text=text, kind="small") for text in facts.closing),
        ),
        footer=shortened(facts.footer, 160),
    )


def _running(facts: Facts) -> str:
    board = tidy(facts.programme.info.board) or "Health and Wellbeing Board"
    return board if facts.place in board else f"{facts.place}: {board}"


def _title(order: Order) -> str:
    since = f" since {order.start_words}" if order.start_words else ""
    return f"Whole systems approach to obesity: progress{since}"


def _progress(board: BoardFacts, room: Room) -> Iterator[Block]:
    said = printed(PROGRESS, board, room)
    if not said:
        return
    since = board.order.start_words
    yield Heading(text=f"Progress since {since}" if since else "Where we stand")
    yield Items(items=tuple(shortened(text, room.letters + ITEM) for text in said))


def _phase_table(board: BoardFacts, room: Room) -> Iterator[Block]:
    phases, since = board.phases, board.order.since
    yield Heading(text="The six phases" if len(phases) == 6 else "Phases")
    yield Words(text=phases_finding(phases))
    if not phases:
        return
    shown = phases[: room.phases]
    titles = row_titles(phases)
    was = ("Was",) if since else ()
    key = f" ({MOVES}; was: {since.words})" if since else ""
    first = (
        f"The first {len(shown)} of {len(phases)} phases. "
        if len(shown) < len(phases)
        else ""
    )
    yield _cut(
        room,
        caption=f"Table 1. {first}Progress by phase{key}",
        headings=("Phase", "Progress", "Responsible", "Due", "Rating", *was),
        rows=tuple(
            (
                title,
                row.progress,
                row.owners,
                row.due,
                row.rating_words if since else row.rating_word,
                *((row.was,) if since else ()),
            )
            for title, row in zip(titles, shown, strict=False)
        ),
        shares=(22, 38, 16, 11, 13, *((14,) if since else ())),
        colours={
            (place, 4): row.colours for place, row in enumerate(shown) if row.colours
        },
    )
    for line in why_lines(shown):
        yield Words(text=shortened(line, 170))


def _workstreams(board: BoardFacts, room: Room) -> Iterator[Block]:
    """Set every workstream out in a row; the last row holds those there is no room for."""
    rows = workstream_rows(board, room.workstreams)
    if len(rows) < 2:
        return
    yield _cut(
        room,
        caption=f"{counted(len(board.workstreams), 'workstream')}, with every action listed",
        headings=(
            "Workstream",
            "Phases",
            "Actions",
            "Live",
            "Overdue",
            "No lead",
            "No update",
        ),
        rows=tuple((row.name, *map(str, row.numbers)) for row in rows),
        shares=(40, 10, 10, 10, 10, 10, 10),
        numbers=frozenset(range(1, 7)),
    )


def _action_table(board: BoardFacts, room: Room) -> Iterator[Block]:
    """Set out what is late or has changed, with its progress in people's words."""
    told = dict.fromkeys((action.id for action in board.late), "overdue")
    for action, how in board.changed:
        told[action.id] = f"{told[action.id]}, {how}" if action.id in told else how
    if not told:
        return
    since = board.order.since
    asked = f"overdue or changed since {since.words}" if since else "overdue"
    shown = list(told.items())[: room.actions]
    of = f"The first {len(shown)} of " if len(shown) < len(told) else ""
    yield Heading(text=f"Actions {asked}")
    yield _cut(
        room,
        caption=f"{of}{counted(len(told), 'action')} {asked}, of {len(board.programme.actions)} listed",
        headings=("Action", "Lead", "Due", "Progress", "Here because"),
        rows=tuple(
            _action_row(board.programme.actions[key], how, room) for key, how in shown
        ),
        shares=(30, 17, 12, 27, 14),
    )


def _action_row(action: Action, how: str, room: Room) -> tuple[str, ...]:
    title = f"{action.ref} {action.title}" if action.ref else action.title
    return (
        tidy(title),
        tidy(lead_words(action)) or "(no named lead)",
        tidy(action.due.raw) if action.due else "",
        tidy(progress_words(action)) or "No update",
        how,
    )


def _figures(board: BoardFacts, room: Room) -> Iterator[Block]:
    shown = board.figures[: room.figures]
    if not shown:
        return
    yield Heading(text="The local picture")
    yield Items(items=tuple(shortened(tidy(figure.sentence), 250) for figure in shown))
    sources = dict.fromkeys(
        filter(None, (tidy(figure.indicator.source) for figure in shown))
    )
    if sources:
        yield Words(
            text=shortened(f"Figures: {'; '.join(sources)}.", 200), kind="small"
        )


def _gap_table(board: BoardFacts, room: Room) -> Iterator[Block]:
    gaps = board.gaps[: room.gaps]
    if not gaps:
        return
    whole = counted(len(board.gap_causes), "cause")
    votes = ("Votes",) if any(gap.votes for gap in gaps) else ()
    yield Heading(text="Gaps, and what could be built on")
    yield _cut(
        room,
        caption=f"Table {gap_table_number(board)}. The first {len(gaps)} of {whole} with an open gap, by importance on this map",
        headings=(
            "Cause",
            *votes,
            "Why it is a gap",
            "Suggested next action",
            "Lead (suggested)",
            "By (to fill)",
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
        shares=(18, *((7,) if votes else ()), 24, 46, 16, 9),
        numbers=frozenset({1}) if votes else frozenset(),
    )
    yield Words(text=SUGGESTED, kind="small")


def _decisions(board: BoardFacts, room: Room) -> Iterator[Block]:
    """Print what boards decided: since the day asked for, or the last few."""
    if not board.decided:
        return
    shown = board.decided[-room.decisions :]
    yield Heading(text="Decided before")
    yield Items(
        items=tuple(_decision_words(board, decision, room) for decision in shown)
    )
    if len(shown) < len(board.decided):
        yield Words(
            text=f"The last {len(shown)} of {counted(len(board.decided), 'decision')}.",
            kind="small",
        )


def _decision_words(board: BoardFacts, decision: Decision, room: Room) -> str:
    who = ", ".join(
        filter(
            None,
            (
                shortened(tidy(decision.body), room.letters // 2),
                day(decision.on) if decision.on else "",
            ),
        )
    )
    told = f" ({who})" if who else ""
    whole = is_resolved(decision)
    verb = f"To {decision.verb}: " if decision.verb and not whole else ""
    text = shortened(tidy(decision.text).rstrip("."), room.letters)
    about = tidy(
        decision_about(
            board.programme, decision, most=2, letters=max(24, room.letters // 4)
        )
    )
    tied = f"; {about}" if about else ""
    return f"{verb}{text}{told}{tied}."


def _next_steps(board: BoardFacts, room: Room) -> Iterator[Block]:
    if not board.coming:
        return
    shown = board.coming[: room.dates]
    yield Heading(text="Next steps")
    yield _cut(
        room,
        caption=f"The next {len(shown)} of {counted(len(board.coming), 'date')} ahead in the plan",
        headings=("What", "Lead", "Date"),
        rows=tuple(
            (tidy(item.what), _led_by(board, item), tidy(item.when)) for item in shown
        ),
        shares=(50, 30, 20),
    )


def _led_by(board: BoardFacts, item: Coming) -> str:
    """Say who leads what is ahead; an event is its board's, where one is named."""
    if isinstance(item.record, Event):
        known = board.programme.all(Board).get(item.record.board_id or "")
        return tidy(known.name) if known else ""
    return tidy(lead_words(item.record)) or "(no named lead)"


def _not_yet(board: BoardFacts, room: Room) -> Iterator[Block]:
    said = printed(NOT_YET, board, room)
    if said:
        yield Heading(text="Left out, because it cannot be said yet")
        yield Items(items=said)


def _cut(room: Room, **table: Any) -> Table:  # noqa: ANN401 - as a Table takes them
    """Return a table whose rows are no higher than the paper has room for."""
    return cut_table(Table(**table), room.lines)


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    return laid_out(paper_of(programme, order), order, suffix)


REPORT = Report(
    key="board_paper",
    title="Board paper section",
    for_whom="The Health and Wellbeing Board",
    suffixes=PAPER_FILES,
    limit="Two sides of A4: long words are cut with “…”, long lists say out of how many. A sentence is printed only when what it stands on is there; what cannot be said yet is named in a line. Contact, wards, dates of suggestions and implications are left for the author.",
    make=_make,
    uses=frozenset({"since", "template", "map", "figures"}),
    paper=paper_of,
)
