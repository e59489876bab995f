"""An action tied to no factor, or only to factors with no route to the outcome."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import networkx as nx

from systemmap.gaps.gap import Found, GapRule, told
from systemmap.language.phrases import counted, listed, quoted
from systemmap.model.response import ActionFactor
from systemmap.model.values import StatusGroup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import GapContext
    from systemmap.language.phrases import Subject


def find(context: GapContext) -> Iterator[Found]:
    """Yield every action, unless it has ended, that nothing ties to the outcome."""
    actions = [
        action
        for action in context.programme.actions.values()
        if action.group is not StatusGroup.ENDED
    ]
    routes = _with_route(context)
    factors = _factors_by_action(context)
    for action in sorted(actions, key=lambda a: (a.title.casefold(), a.id)):
        tied = factors.get(action.id, [])
        if routes.isdisjoint(tied):
            yield Found(
                subject=f"action:{action.id}",
                name=action.title,
                **told(action.title, partial(_sentence, context, tied)),
                factors=tuple(tied),
                denominator=f"{counted(len(actions), 'action')} that have not ended.",
            )


def _with_route(context: GapContext) -> set[str]:
    outcome = context.system_map.outcome
    if outcome is None:  # without an outcome every factor may lead to it
        return set(context.system_map.factors)
    leading: set[str] = nx.ancestors(context.graph, outcome)
    return {outcome} | leading


def _factors_by_action(context: GapContext) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tie in context.programme.all(ActionFactor).values():
        if tie.map_id == context.map_id:
            found.setdefault(tie.action_id, []).append(tie.factor_id)
    return {action_id: sorted(factors) for action_id, factors in found.items()}


def _sentence(context: GapContext, tied: list[str], it: Subject) -> str:
    if not tied:
        return f"{it.first} is tied to no cause of this map."
    outcome = quoted(context.system_map.factor(context.system_map.outcome or "").label)
    names = listed(context.labels(tied))
    return f"{it.first} is tied only to {names}, from where no route leads to {outcome} on this map."


GAP_RULE = GapRule(
    key="orphan_action",
    title="An action without a place on the map",
    question="Which actions are tied to no cause, or only to causes with no route to the outcome?",
    caution="The map may lack the cause or the link; the action may still be worth doing.",
    filters="Actions that have not ended",
    next_step="Tie it to a cause with a reason, or add what the map lacks.",
    find=find,
)
