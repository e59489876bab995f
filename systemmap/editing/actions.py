"""The register of actions: what a person typed becomes an action, and ties to factors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.editing.owner_names import owners_of
from systemmap.errors import InvalidValue
from systemmap.model.due import read_due
from systemmap.model.meetings import DecisionTie, EventPoint
from systemmap.model.owners import read_owners
from systemmap.model.response import (
    Action,
    ActionFactor,
    ActionLink,
    GapDecision,
    Update,
)
from systemmap.model.text import clean, clean_label, slug
from systemmap.model.workshop import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from systemmap.model.programme import Programme
    from systemmap.model.values import Due


def new_action(
    programme: Programme,
    title: str,
    *,
    owner: str = "",
    due: str = "",
    status: str = "",
    origin: str = "existing",
) -> Action:
    """Add an action as typed; blank stays blank, and no date is invented.

    Raises
    ------
    InvalidValue
        The title is blank.
    """
    title = clean_label(title)
    if not title:
        raise InvalidValue(
            "Say in a few words what is done, for example 'Free swimming for under-16s'."
        )
    action = Action(
        id=slug(title, programme.actions, fallback="action"),
        title=title,
        owners=owners_of(programme, owner).names,
        owners_raw=clean(owner).strip(),
        due=due_from(due),
        status=status,
        origin=origin,
    )
    programme.add(action)
    return action


def revise_action(
    action: Action,
    *,
    title: str,
    owner: str,
    due: str,
    status: str,
    status_note: str,
    outcomes: str,
    evidence: str = "",
    action_scale: str = "",
    layer: str = "",
    stage: str = "",
    in_force: bool = False,
    verified_on: date | None = None,
    known: Iterable[str] = (),
) -> Action:
    """Return an action as the form says; `as_typed` keeps what the plan once said.

    `known` are the names that this programme knows to be one.
    """
    title = clean_label(title)
    if not title:
        raise InvalidValue("The action needs a title. Say in a few words what is done.")
    same_owner = clean(owner).strip() == action.owners_raw.strip()
    read = read_owners(owner, known)
    beside = () if same_owner else read.supporting
    return replace(
        action,
        title=title,
        owners_raw=action.owners_raw if same_owner else clean(owner).strip(),
        owners=action.owners if same_owner else read.names,
        partners=tuple(dict.fromkeys((*action.partners, *beside))),
        due=due_from(due, action.due),
        status=status,
        status_note=clean(status_note).strip(),
        outcomes=clean(outcomes).strip(),
        evidence=clean(evidence).strip(),
        action_scale=action_scale,
        layer=layer,
        stage=stage,
        in_force=in_force,
        verified_on=verified_on,
    )


def remove_action(programme: Programme, action_id: str) -> None:
    """Remove an action with its ties and updates; decisions and proposals stay.

    Those no longer name an action: what was decided, what was said at an event
    and what people proposed is not undone by it.
    """
    for key, made in list(programme.all(ActionFactor).items()):
        if made.action_id == action_id:
            programme.remove(ActionFactor, key)
    for key, update in list(programme.all(Update).items()):
        if update.action_id == action_id:
            programme.remove(Update, key)
    for decision in list(programme.all(GapDecision).values()):
        if decision.action_id == action_id:
            programme.replace(replace(decision, action_id=None))
    for proposal in list(programme.all(Proposal).values()):
        if proposal.action_id == action_id:
            programme.replace(replace(proposal, action_id=None))
    for key, link in list(programme.all(ActionLink).items()):
        if action_id in (link.action_id, link.other_id):
            programme.remove(ActionLink, key)
    about: list[EventPoint | DecisionTie] = [
        *programme.all(EventPoint).values(),
        *programme.all(DecisionTie).values(),
    ]
    for said in about:
        if action_id in said.actions:
            kept = tuple(name for name in said.actions if name != action_id)
            programme.replace(replace(said, actions=kept))
    for later in list(programme.actions.values()):
        if later.carried_from == action_id:
            programme.replace(replace(later, carried_from=""))
    programme.remove(Action, action_id)


def due_from(raw: str, before: Due | None = None) -> Due | None:
    """Read a due date as typed; the same words keep the reading they had."""
    raw = clean(raw).strip()
    if before is not None and before.raw == raw:
        return before
    return read_due(raw)


def tie(
    programme: Programme,
    action_id: str,
    factor_id: str,
    *,
    map_id: str = "main",
    reason: str = "",
) -> ActionFactor:
    """Say that an action acts on a factor, and why: the one function for tying.

    Returns
    -------
    ActionFactor
        The tie as it now stands: one that was there gets the new reason and
        keeps its direction and whatever else it carries.

    Raises
    ------
    UnknownItem
        There is no such action, or no such factor on this map.
    """
    made = ActionFactor(
        action_id=action_id,
        map_id=map_id,
        factor_id=factor_id,
        reason=clean_label(reason),
    )
    before = programme.all(ActionFactor).get(f"{action_id}/{map_id}/{factor_id}")
    if before:
        made = replace(before, reason=made.reason)
    programme.put(made)
    return made


def tie_reason(text: str) -> str:
    """Return why an action acts on a cause, as a person says it.

    Raises
    ------
    InvalidValue
        Nothing was said: a tie that a person makes has its reason.
    """
    reason = clean_label(text)
    if not reason:
        raise InvalidValue(
            "Say in one line why it acts on this cause: whoever reads the map next year will ask."
        )
    return reason


def untie(
    programme: Programme,
    action_id: str,
    factor_ids: Iterable[str],
    *,
    map_id: str = "main",
) -> None:
    """Take back ties of one action."""
    for factor_id in factor_ids:
        programme.remove(ActionFactor, f"{action_id}/{map_id}/{factor_id}")


def ties_of(programme: Programme, action_id: str) -> tuple[ActionFactor, ...]:
    """Return the ties of one action, in the order they were made."""
    return tuple(
        t for t in programme.all(ActionFactor).values() if t.action_id == action_id
    )


def causes_by_action(programme: Programme) -> dict[str, list[str]]:
    """Return the names of the main map's factors that each action acts on."""
    factors = programme.system_map().factors
    found: dict[str, list[str]] = {}
    for made in programme.all(ActionFactor).values():
        if made.map_id == "main":
            found.setdefault(made.action_id, []).append(factors[made.factor_id].label)
    return found
