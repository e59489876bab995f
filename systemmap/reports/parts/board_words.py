"""The board paper's sentences: what the board is asked, and what moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.comparing.versions import compare_versions
from systemmap.coverage.cover import find_coverage
from systemmap.editing.governance import events_in_order
from systemmap.language.phrases import counted, day, joined
from systemmap.language.progress_words import is_blank
from systemmap.model.deadlines import last_day
from systemmap.model.values import StatusGroup
from systemmap.model.workshop import Workshop
from systemmap.overview.reported import reported_since
from systemmap.overview.reporting_lines import event_words
from systemmap.overview.summary import overdue, summary_of
from systemmap.reports.parts.facts import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from systemmap.model.programme import Programme
    from systemmap.model.response import Action
    from systemmap.reports.parts.document import Order, Since
    from systemmap.reports.parts.facts import Facts
    from systemmap.reports.parts.gap_rows import GapRow
    from systemmap.reports.parts.phase_rows import PhaseRow


REPORTED = 4
"""So many events and dated updates fit a paper of two sides."""


def ended(items: Iterable[str]) -> tuple[str, ...]:
    """Return the parts of one long sentence: semicolons between, a full stop at the end."""
    every = list(items)
    return (*(f"{item};" for item in every[:-1]), *(f"{item}." for item in every[-1:]))


def asked(
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
    return joined(names)


def progress(facts: Facts) -> Iterator[str]:
    """Say what was done and what moved, each number with its whole."""
    programme, order = facts.programme, facts.order
    yield from _workshops(programme, order)
    yield from _events(programme, order)
    if sentence := summary_of(programme, facts.report).of_the_map:
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
    yield from _reported(programme, order)


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _before(facts: Facts) -> str:
    """Say how many had work before, out of how many then."""
    order = facts.order
    if order.since is None or order.map_id not in order.since.programme.maps:
        return ""
    day_then = order.since.on or order.at
    then = find_coverage(order.since.programme, order.map_id, today=day_then).in_grid
    if not then:
        return ""
    covered = sum(cover.covered for cover in then)
    return f"; in {order.since.words} it was {covered} of {len(then)}"


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


def _events(programme: Programme, order: Order) -> Iterator[str]:
    """Say what else took place, the latest few; a date counts by its last day."""
    start = order.since.on if order.since else None
    dated = [(last_day(e.on), e) for e in events_in_order(programme)]
    held = [
        event
        for on, event in dated
        if on and on <= order.at and (start is None or on >= start)
    ]
    for event in held[:REPORTED]:
        yield tidy(event_words(programme, event)).rstrip(".") + "."


def _reported(programme: Programme, order: Order) -> Iterator[str]:
    """Print dated updates since the day asked for, also from before the log began."""
    start = order.since.on if order.since else None
    if start is None:
        return
    found = reported_since(programme, start, order.at).lines
    for line in found[:REPORTED]:
        when = line.when or (day(line.on) if line.on else "")
        yield f"{tidy(line.about)} ({when}): {tidy(line.text).rstrip('.')}."
    if len(found) > REPORTED:
        yield f"{counted(len(found), 'dated update')} in all; the programme record has them."


def _actions(programme: Programme, order: Order) -> Iterator[str]:
    if not programme.actions:
        return
    actions = programme.actions.values()
    if order.since:
        yield _moved(programme, order.since)
    counts = (
        (len(overdue(programme, order.at)), "overdue"),
        (sum(not a.owners for a in actions), "without a named lead"),
        (sum(map(is_blank, actions)), "without an update"),
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
