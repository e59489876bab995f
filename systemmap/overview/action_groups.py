"""Actions put together for a look at all of them: by status, by who leads, by when."""

from __future__ import annotations

import calendar
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.language.progress_words import is_blank
from systemmap.model.deadlines import is_dated, last_day
from systemmap.model.owners import named_leads
from systemmap.overview.summary import is_done, is_past
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from systemmap.model.response import Action

NO_LEAD = "No named lead"
NO_UPDATE = "No update"
IN_WORDS = "Said in words only"


_TOLD = "in words"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionGroup:
    """Some actions under one heading."""

    title: str
    actions: tuple[Action, ...]


def by_status(actions: Iterable[Action]) -> tuple[ActionGroup, ...]:
    """Return actions by status in the order of the menu, without an update last.

    Progress in words that name no status is an update all the same.
    """
    found: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        told = not action.status and not is_blank(action)
        found[_TOLD if told else action.status].append(action)
    titles = {key: term.label for key, term in terms("statuses").items()}
    titles |= {_TOLD: IN_WORDS, "": NO_UPDATE}
    known = [*titles, *sorted(found.keys() - titles.keys())]
    return tuple(
        ActionGroup(title=titles.get(key, key), actions=tuple(found[key]))
        for key in known
        if key in found
    )


def by_lead(actions: Iterable[Action]) -> tuple[ActionGroup, ...]:
    """Return actions by who leads, alphabetically; one with two leads stands under both.

    Those that name nobody come last.
    """
    found: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        for name in named_leads(action) or (NO_LEAD,):
            found[name].append(action)
    order = sorted(found, key=lambda name: (name == NO_LEAD, name.casefold()))
    return tuple(ActionGroup(title=name, actions=tuple(found[name])) for name in order)


def by_due(actions: Iterable[Action], today: date) -> tuple[ActionGroup, ...]:
    """Return actions by when they are due: what is overdue, then month by month.

    A date counts by the last day it could mean. What has no end, no date that
    could be read, or nothing left to do follows the months.
    """
    found: dict[tuple[int, int, int], list[Action]] = defaultdict(list)
    for action in actions:
        found[_when(action, today)].append(action)
    return tuple(
        ActionGroup(
            title=_month(when, today),
            actions=tuple(
                sorted(found[when], key=lambda a: (last_day(a.due) or today, a.title))
            ),
        )
        for when in sorted(found)
    )


_OVERDUE, _MONTH, _OPEN_ENDED, _NO_DATE, _DONE = range(5)
_TITLES = {
    _OVERDUE: "Overdue",
    _OPEN_ENDED: "No end named",
    _NO_DATE: "No date given, or none that could be read",
    _DONE: "Nothing left to do",
}


def _when(action: Action, today: date) -> tuple[int, int, int]:
    end = last_day(action.due)
    if is_done(action):
        return _DONE, 0, 0
    if is_past(action, today):
        return _OVERDUE, 0, 0
    if end is not None:
        return _MONTH, end.year, end.month
    return (_OPEN_ENDED if is_dated(action.due) else _NO_DATE), 0, 0


def _month(when: tuple[int, int, int], today: date) -> str:
    kind, year, month = when
    if kind != _MONTH:
        return _TITLES[kind]
    now = " (this month)" if (year, month) == (today.year, today.month) else ""
    return f"{calendar.month_name[month]} {year}{now}"
