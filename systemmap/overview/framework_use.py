"""Which actions, events and indicators carry which framework: by status, by population."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.language.menu_words import words_of
from systemmap.language.phrases import counted
from systemmap.model.evidence import IndicatorTags
from systemmap.model.meetings import Event, EventPoint
from systemmap.model.people import Population
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.model.programme import Programme
    from systemmap.model.response import Action

NO_STATUS = "No status"
NOBODY = "No group named"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkRow:
    """One framework, or one item of it.

    `by_status` and `by_population` count actions by the words of the heading;
    an action for two populations counts under both.
    """

    key: str
    name: str
    actions: tuple[Action, ...]
    by_status: Mapping[str, int]
    by_population: Mapping[str, int]
    events: int
    indicators: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkUse:
    """Frameworks that are used or are the programme's own, and the headings of both grids."""

    rows: tuple[FrameworkRow, ...]
    statuses: tuple[str, ...]
    populations: tuple[str, ...]
    tagged: int
    actions: int

    @property
    def sentence(self) -> str:
        """How many actions carry a framework, of how many."""
        if not self.actions:
            return "No action is listed yet, so none carries a framework."
        verb = "carries" if self.tagged == 1 else "carry"
        return f"{self.tagged} of {counted(self.actions, 'action')} {verb} a framework."


def framework_use(programme: Programme) -> FrameworkUse:
    """Return the grids of frameworks: a framework counts what carries it or one of its items."""
    words = words_of(programme, "frameworks")
    actions = list(programme.actions.values())
    used = {tag for action in actions for tag in action.frameworks}
    others = [
        *(e.frameworks for e in programme.all(Event).values()),
        *(p.frameworks for p in programme.all(EventPoint).values()),
        *(i.frameworks for i in programme.all(IndicatorTags).values()),
    ]
    used.update(tag for tags in others for tag in tags)
    own = [key for key in words if key not in terms("frameworks")]
    wanted = [key for key in words if key in own or _carried(key, used)]
    wanted += sorted(tag for tag in used if tag not in words)  # free tags, as typed
    rows = tuple(_row(programme, key, words.get(key, key)) for key in wanted)
    statuses = {key: term.label for key, term in terms("statuses").items()}
    found = {name for row in rows for name in row.by_status}
    groups = [p.name for p in programme.all(Population).values()]
    named = {name for row in rows for name in row.by_population}
    return FrameworkUse(
        rows=rows,
        statuses=tuple(n for n in (*statuses.values(), NO_STATUS) if n in found),
        populations=tuple(n for n in (*groups, NOBODY) if n in named),
        tagged=sum(bool(action.frameworks) for action in actions),
        actions=len(actions),
    )


def _carried(key: str, tags: set[str] | tuple[str, ...]) -> bool:
    return key in tags or any(tag.startswith(f"{key}.") for tag in tags)


def _row(programme: Programme, key: str, name: str) -> FrameworkRow:
    actions = tuple(
        a for a in programme.actions.values() if _carried(key, a.frameworks)
    )
    statuses = {k: term.label for k, term in terms("statuses").items()}
    people = {p.id: p.name for p in programme.all(Population).values()}
    events = programme.all(Event).values()
    by_event = {
        p.event_id
        for p in programme.all(EventPoint).values()
        if _carried(key, p.frameworks)
    }
    return FrameworkRow(
        key=key,
        name=name,
        actions=actions,
        by_status=Counter(statuses.get(a.status, NO_STATUS) for a in actions),
        by_population=Counter(
            people.get(one, one)
            for a in actions
            for one in (a.populations or (NOBODY,))
        ),
        events=sum(_carried(key, e.frameworks) or e.id in by_event for e in events),
        indicators=sum(
            _carried(key, tags.frameworks)
            for tags in programme.all(IndicatorTags).values()
        ),
    )
