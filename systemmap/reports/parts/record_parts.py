"""The programme's record part by part: boards, events, decisions, frameworks, time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.editing.governance import events_in_order
from systemmap.language.menu_words import term_name
from systemmap.language.phrases import as_heading, counted, day, joined, quoted
from systemmap.language.progress_words import progress_words
from systemmap.model.evidence import Indicator, IndicatorTags
from systemmap.model.meetings import Board, Event
from systemmap.model.owners import lead_words
from systemmap.model.people import Place, Population
from systemmap.model.plan import Decision, Phase, Review, Workstream
from systemmap.model.response import ActionLink, Asset
from systemmap.model.text import folded
from systemmap.overview.framework_use import framework_use
from systemmap.overview.reported import reported_since
from systemmap.overview.reporting_lines import (
    decision_about,
    event_words,
    governance_sentence,
    point_words,
    points_by_section,
    reporting_lines,
    sponsor_words,
)
from systemmap.overview.timeline import TimeBar, first_day, timeline_of
from systemmap.reports.parts.blocks import Heading, Items, Table, Words
from systemmap.reports.parts.facts import in_one_line, tidy
from systemmap.reports.parts.fitting import narrowed, without_empty
from systemmap.vocab import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.model.programme import Programme
    from systemmap.model.response import Action
    from systemmap.overview.framework_use import FrameworkUse
    from systemmap.reports.parts.blocks import Block
    from systemmap.reports.parts.facts import Facts

_STORY = (
    ("Purpose", "purpose"),
    ("Destination", "destination"),
    ("Values", "values"),
    ("The story so far", "narrative"),
)


def story(programme: Programme) -> Iterator[Block]:
    """Print the vision and the story as typed; what nobody wrote is left out."""
    told = [(name, getattr(programme.info, field)) for name, field in _STORY]
    written = [(name, words) for name, words in told if words.strip()]
    if not written:
        return
    yield Heading(text="Vision and story")
    for name, words in written:
        yield Words(text=f"{name}: {tidy(words)}")


def governance(programme: Programme) -> Iterator[Block]:
    """Print who decides and who reports to whom, and who sponsors the work."""
    yield Heading(text="Who decides")
    yield Words(text=governance_sentence(programme), kind="lead")
    if programme.all(Board):
        yield Items(
            items=tuple(tidy(line.words) for line in reporting_lines(programme))
        )
    if told := sponsor_words(programme):
        yield Heading(text="Sponsors", level=2)
        yield Items(items=tuple(map(tidy, told)))


def events(facts: Facts) -> Iterator[Block]:
    """Print each event with what was said there; those to come stand apart."""
    found = events_in_order(facts.programme)
    today = facts.order.at
    ahead = [e for e in found if (begins := first_day(e.on)) and begins > today]
    for heading, some in (
        ("What took place", [event for event in found if event not in ahead]),
        ("Still to come", ahead[::-1]),
    ):
        if some:
            yield Heading(text=heading)
            yield from _events(facts.programme, some)


def _events(programme: Programme, found: list[Event]) -> Iterator[Block]:
    for event in found:
        yield Heading(text=tidy(event.title), level=2)
        yield Words(text=tidy(event_words(programme, event, titled=False)))
        if event.note:
            yield Words(text=tidy(event.note))
        for section, points in points_by_section(programme, event.id).items():
            yield Heading(text=f"{section} ({len(points)})", level=3)
            yield Items(items=tuple(tidy(point_words(programme, p)) for p in points))


def decisions(programme: Programme) -> Iterator[Block]:
    """Print every decision with what it is about, and every review."""
    made = programme.all(Decision).values()
    if made:
        yield Heading(text="Decisions")
        told = Table(
            caption=f"{counted(len(made), 'decision')}",
            headings=("No.", "What was decided", "To", "By", "When", "About"),
            rows=tuple(
                (
                    tidy(d.number),
                    tidy(d.text),
                    d.verb,
                    tidy(d.body),
                    day(d.on) if d.on else "",
                    tidy(decision_about(programme, d)),
                )
                for d in made
            ),
            shares=(6, 36, 10, 14, 12, 22),
        )
        yield without_empty(told)
    reviews = sorted(programme.all(Review).values(), key=lambda r: r.on, reverse=True)
    if reviews:
        yield Heading(text="Reviews")
        yield Items(
            items=tuple(
                tidy(f"{day(r.on)}: {r.title or 'Review'}. {r.narrative}".rstrip())
                for r in reviews
            )
        )


def plan(programme: Programme) -> Iterator[Block]:
    """Print the plan by workstream with stages, people, places and what came before."""
    streams = sorted(programme.all(Workstream).values(), key=lambda w: w.position)
    names: list[tuple[str | None, str, str]] = [
        (w.id, w.name, w.purpose) for w in streams
    ]
    for key, name, purpose in (*names, (None, "Outside any workstream", "")):
        phases = [p for p in programme.all(Phase).values() if p.workstream_id == key]
        actions = [a for a in programme.actions.values() if a.workstream_id == key]
        if not phases and not actions:
            continue
        yield Heading(text=as_heading(tidy(name)))
        if purpose:
            yield Words(text=tidy(purpose))
        yield from _rows(programme, phases, actions)


def _rows(
    programme: Programme, phases: list[Phase], actions: list[Action]
) -> Iterator[Block]:
    rows = [_phase_row(p) for p in sorted(phases, key=lambda p: (p.cycle, p.position))]
    rows += [
        _action_row(programme, a) for a in sorted(actions, key=lambda a: a.position)
    ]
    whole = Table(
        caption=f"{counted(len(rows), 'row')} of the plan",
        headings=tuple(_PLAN),
        rows=tuple(rows),
        shares=tuple(_PLAN.values()),
    )
    shown = without_empty(whole, kept=_PLAN.keys() - {"Rating", "More"})
    yield replace(shown, shares=narrowed(shown.shares, shown.rows))


_PLAN = {  # share of the line by heading; beside the plan's six only where there is any
    "Action or phase": 20,
    "Aims": 18,
    "Responsible": 12,
    "Due": 9,
    "Progress": 17,
    "Rating": 8,
    "Outcomes": 14,
    "More": 20,
}


def _phase_row(phase: Phase) -> tuple[str, ...]:
    again = f" (cycle {phase.cycle})" if phase.cycle > 1 else ""
    return (
        f"Phase {phase.number}: {tidy(phase.name)}{again}",
        tidy(in_one_line(phase.aims)),
        tidy(lead_words(phase)),
        tidy(phase.due.raw) if phase.due else "",
        tidy(progress_words(phase)),
        label("ratings", phase.rating) if phase.rating else "",
        tidy(phase.outcomes),
        tidy(phase.goal),
    )


def _action_row(programme: Programme, action: Action) -> tuple[str, ...]:
    return (
        tidy(f"{action.ref} {action.title}" if action.ref else action.title),
        tidy(in_one_line(action.aims)),
        tidy(lead_words(action)),
        tidy(action.due.raw) if action.due else "",
        tidy(progress_words(action)),
        label("ratings", action.rating) if action.rating else "",
        tidy(action.outcomes),
        tidy(" ".join(_more(programme, action))),
    )


def _more(programme: Programme, action: Action) -> Iterator[str]:
    """Say of an action what the six columns have no room for."""
    people, places = programme.all(Population), programme.all(Place)
    if action.stage:
        yield f"Stage: {term_name(programme, 'stages', action.stage).lower()}."
    if action.frameworks:
        tags = [term_name(programme, "frameworks", tag) for tag in action.frameworks]
        yield f"Counts for {joined(tags)}."
    if action.populations:
        yield f"For {joined([people[p].name if p in people else p for p in action.populations])}."
    if action.places:
        yield f"In {joined([places[p].name if p in places else p for p in action.places])}."
    if action.settings:
        yield f"Settings: {joined([term_name(programme, 'settings', s) for s in action.settings])}."
    if action.partners:
        yield f"With {joined(action.partners)}."
    if action.evidence:
        yield f"Evidence: {action.evidence.rstrip('.')}."
    if action.carried_from in programme.actions:
        yield f"Carried forward from {_named(programme.actions[action.carried_from])}."
    for link in programme.all(ActionLink).values():
        if link.action_id == action.id:
            words = term_name(programme, "action_links", link.kind)
            yield f"{words} {_named(programme.actions[link.other_id])}."
    if action.note:
        yield action.note


def _named(action: Action) -> str:
    return quoted(action.title.rstrip("."))  # the sentence has a full stop of its own


def time_table(facts: Facts) -> Iterator[Block]:
    """Print the timeline as its table: what has a date, what has none."""
    found = timeline_of(facts.programme, facts.order.at)
    if not found.bars and not found.milestones:
        return
    yield Heading(text="Timeline")
    yield Words(text=found.sentence)
    states = {"done": "done", "late": "past its date", "ahead": "ahead"}
    rows = [
        (
            row.kind,
            tidy(row.name),
            tidy(row.when),
            states[row.state]
            if isinstance(row, TimeBar)
            else "ahead"
            if row.on > found.today
            else "",
        )
        for row in found.rows
    ]
    yield Table(
        caption=f"As at {facts.day}",
        headings=("What", "Name", "When", "State"),
        rows=tuple(rows),
        shares=(16, 48, 20, 16),
    )


def updates(facts: Facts) -> Iterator[Block]:
    """Print the dated updates since the day asked for, or all of them."""
    order = facts.order
    found = reported_since(facts.programme, order.start, order.at)
    if not found.lines:
        return
    yield Heading(
        text=f"Reported since {order.start_words}"
        if order.start
        else "Reported, latest first"
    )
    yield Items(
        items=tuple(
            tidy(f"{line.when or day(line.on)}: {line.about}. {line.text}")
            for line in found.lines
            if line.on
        )
    )
    if found.undated:
        yield Words(
            text=f"{counted(found.undated, 'more update')} without a date.",
            kind="small",
        )


def frameworks(programme: Programme) -> Iterator[Block]:
    """Print both grids of the frameworks: by status and by population."""
    use = framework_use(programme)
    if not use.rows:
        return
    yield Heading(text="Frameworks")
    yield Words(text=use.sentence)
    yield _framework_table(use, "status", use.statuses)
    yield _framework_table(use, "population", use.populations)
    tagged = {
        programme.find(Indicator, key).name: tags.frameworks
        for key, tags in programme.all(IndicatorTags).items()
        if tags.frameworks
    }
    if tagged:
        yield Items(
            items=tuple(
                f"{tidy(name)} counts for {joined([term_name(programme, 'frameworks', t) for t in tags])}."
                for name, tags in tagged.items()
            )
        )


def _framework_table(use: FrameworkUse, what: str, headings: tuple[str, ...]) -> Table:
    return Table(
        caption=f"Actions by framework and {what}; an item counts for its framework too",
        headings=("Framework", "Actions", *headings, "Events", "Indicators"),
        rows=tuple(
            (
                tidy(row.name),
                str(len(row.actions)),
                *(
                    str(
                        (row.by_status if what == "status" else row.by_population)[name]
                    )
                    for name in headings
                ),
                str(row.events),
                str(row.indicators),
            )
            for row in use.rows
        ),
        shares=(30, *(10 for _ in range(len(headings) + 3))),
        numbers=frozenset(range(1, len(headings) + 4)),
    )


def assets(programme: Programme) -> Iterator[Block]:
    """Print what already helps: assets with organisation, place and capacity."""
    found = programme.all(Asset).values()
    if not found:
        return
    yield Heading(text="What already helps")
    yield Items(items=tuple(tidy(_asset_words(programme, a)) for a in found))


def _asset_words(programme: Programme, asset: Asset) -> str:
    """Say who holds an asset and where it is; what is named after either says so once."""
    places = programme.all(Place)
    where = places[asset.place].name if asset.place in places else asset.place
    known = (asset.name, asset.organisation, where, asset.capacity)
    said = {folded(words): words.rstrip(".") for words in known if words}
    return f"{', '.join(said.values())}."
