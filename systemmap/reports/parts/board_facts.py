"""What the board paper asks of a programme, worked out once and asked in plain terms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from systemmap.coverage.cover import Block
from systemmap.model.evidence import Indicator
from systemmap.model.plan import Decision, Workstream
from systemmap.model.response import ActionFactor
from systemmap.overview.figures import figures
from systemmap.overview.summary import coming_up, is_done, overdue
from systemmap.reports.parts.gap_rows import gap_rows, ranked
from systemmap.reports.parts.phase_rows import phase_rows

if TYPE_CHECKING:
    from systemmap.gaps import FactorRow
    from systemmap.model.programme import Programme
    from systemmap.model.response import Action
    from systemmap.overview.figures import Figure
    from systemmap.overview.summary import Coming
    from systemmap.reports.parts.document import Order
    from systemmap.reports.parts.facts import Facts
    from systemmap.reports.parts.gap_rows import GapRow
    from systemmap.reports.parts.phase_rows import PhaseRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much of each section a paper has room for.

    Attributes
    ----------
    gaps, actions, dates, decisions, figures, phases, workstreams, events, updates : int
        Rows or items at most; a section says out of how many.
    lines : int
        Lines of a table's row.
    letters : int
        Characters of a sentence in people's own words.
    """

    gaps: int = 4
    actions: int = 8
    dates: int = 5
    decisions: int = 5
    figures: int = 3
    phases: int = 12
    workstreams: int = 12
    events: int = 5
    updates: int = 4
    lines: int = 6
    letters: int = 240


@dataclass(frozen=True)
class BoardFacts:
    """A programme as a board meets it; every list most pressing first."""

    facts: Facts

    @property
    def programme(self) -> Programme:
        """The programme on the paper's day."""
        return self.facts.programme

    @property
    def order(self) -> Order:
        """What was asked for."""
        return self.facts.order

    @cached_property
    def phases(self) -> tuple[PhaseRow, ...]:
        """The phases of every workstream."""
        return phase_rows(self.programme, self.order.since)

    @cached_property
    def workstreams(self) -> tuple[Workstream, ...]:
        """The strands of the programme, as the plan orders them."""
        every = self.programme.all(Workstream).values()
        return tuple(sorted(every, key=lambda w: (w.position, w.name, w.id)))

    @cached_property
    def late(self) -> tuple[Action, ...]:
        """Actions past their date and not done, longest ago first."""
        return overdue(self.programme, self.order.at)

    @cached_property
    def changed(self) -> tuple[tuple[Action, str], ...]:
        """Actions added, finished, started or told of anew since the earlier day."""
        if self.order.since is None:
            return ()
        then = self.order.since.programme.actions
        told = [
            (action, how_changed(then.get(action.id), action))
            for action in self.programme.actions.values()
        ]
        return tuple((action, how) for action, how in told if how)

    @cached_property
    def coming(self) -> tuple[Coming, ...]:
        """The dates ahead, soonest first."""
        return coming_up(self.programme, self.order.at)

    @cached_property
    def decided(self) -> tuple[Decision, ...]:
        """What was resolved up to the day, and since the earlier one, oldest first.

        A decision without a date was made at some time and comes first.
        """
        start = self.order.start
        made = [
            decision
            for decision in self.programme.all(Decision).values()
            if decision.on is None
            or (start or decision.on) <= decision.on <= self.order.at
        ]
        return tuple(sorted(made, key=lambda d: (d.on is not None, d.on, d.id)))

    @cached_property
    def asked_for(self) -> tuple[Decision, ...]:
        """Decisions dated after the paper's day: those it asks for."""
        ahead = [
            decision
            for decision in self.programme.all(Decision).values()
            if decision.on is not None and decision.on > self.order.at
        ]
        return tuple(sorted(ahead, key=lambda d: (d.on, d.id)))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The published figures chosen for the paper, in the order chosen."""
        known = {figure.indicator.id: figure for figure in figures(self.programme)}
        return tuple(known[key] for key in self.order.figures if key in known)

    @property
    def has_figures(self) -> bool:
        """Whether the local picture holds any figure to choose from."""
        return bool(self.programme.all(Indicator))

    # what a sentence may stand on

    @property
    def causes(self) -> int:
        """How many causes stand on the map."""
        return len(self.facts.map.factors)

    @cached_property
    def tied(self) -> int:
        """How many actions are tied to a cause of this map."""
        mine = {
            tie.action_id
            for tie in self.programme.all(ActionFactor).values()
            if tie.map_id == self.order.map_id
        }
        return len(mine & self.programme.actions.keys())

    @property
    def outcome_chosen(self) -> bool:
        """Whether the map's outcome is chosen, so that importance can be told."""
        return self.facts.report.has_importance

    @cached_property
    def unsorted(self) -> int:
        """How many causes nobody has sorted by who could change them."""
        return len(self.facts.report.coverage.block(Block.UNSORTED))

    @cached_property
    def gap_causes(self) -> tuple[FactorRow, ...]:
        """Sorted causes with an open gap in their cover, most important first.

        Empty unless the outcome is chosen and some action is tied to the map:
        without the first nobody can say what matters, without the second
        every cause would look like a gap.
        """
        if not (self.tied and self.outcome_chosen):
            return ()
        return tuple(
            row for row in ranked(self.facts) if row.cover.block is Block.ACTIONABLE
        )

    @cached_property
    def gaps(self) -> tuple[GapRow, ...]:
        """The first of `gap_causes` as rows: as many as any paper has room for."""
        return gap_rows(self.facts, self.gap_causes[: Room().gaps])


def how_changed(before: Action | None, now: Action) -> str:
    """Say in a word or two how an action differs from before; "" when it does not.

    Examples
    --------
    >>> from systemmap.model.response import Action
    >>> walks = Action(id="a", title="Walks", status="booked")
    >>> how_changed(walks, Action(id="a", title="Walks", status="ongoing"))
    'started'
    """
    if before is None:
        return "added"
    if is_done(now) and not is_done(before):
        return _ENDINGS[now.status]
    if now.group is not before.group and now.status == "ongoing":
        return "started"
    if now.status != before.status:
        return "status changed"
    said = (now.progress_raw, now.status_note)
    return "progress noted" if said != (before.progress_raw, before.status_note) else ""


_ENDINGS = {
    "complete": "finished",
    "stopped": "stopped",
    "carried_forward": "carried forward",
}
