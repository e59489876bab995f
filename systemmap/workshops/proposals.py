"""Workshop 2: an idea on a phone becomes a proposed action, tied to what it is about."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.language.personal_details import why_held
from systemmap.model.changes import put
from systemmap.model.due import read_due
from systemmap.model.owners import read_owners
from systemmap.model.response import Action, ActionFactor
from systemmap.model.text import clean, clean_label, folded, slug
from systemmap.model.values import now
from systemmap.model.workshop import Proposal, WorkshopTable
from systemmap.vocab import terms
from systemmap.workshops.hidden_words import note_joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from systemmap.model.changes import Change
    from systemmap.model.programme import Programme
    from systemmap.model.workshop import Workshop


def proposal_from(
    workshop: Workshop,
    fields: Mapping[str, str],
    *,
    key: str,
    table_id: str | None = None,
    participant: str = "",
    at: datetime | None = None,
) -> Proposal:
    """Make the record of one idea from a form's fields.

    Known fields: title, subject, owner, due, partners, action_scale, benefits
    and reason; only the title is needed. By when is kept as it was typed.

    Raises
    ------
    InvalidValue
        There is no title, or a field holds a personal detail.
    """
    said = {
        name: clean(fields.get(name, "")).strip()
        for name in ("owner", "partners", "benefits", "reason")
    }
    due = clean_label(fields.get("due", ""))
    title = clean_label(fields.get("title", ""))
    if not title:
        raise InvalidValue("Say in a few words what could be done.")
    held = why_held("\n".join((title, due, *said.values())))
    if held:
        msg = f"This was not sent. {held} Name an organisation or a role instead."
        raise InvalidValue(msg)
    scale = fields.get("action_scale", "")
    told = "\x1f".join((workshop.id, key, title, due, *said.values()))
    digest = hashlib.sha256(told.encode()).hexdigest()[:20]
    return Proposal(
        id=f"p-{digest}",
        workshop_id=workshop.id,
        table_id=table_id,
        subject=clean_label(fields.get("subject", "") or workshop.focus),
        title=title,
        action_scale=scale if scale in terms("action_scales") else "",
        at=at or now(),
        participant=participant,
        due_raw=due,
        **said,
    )


def edited(idea: Proposal, fields: Mapping[str, str]) -> Proposal:
    """Return an idea as a facilitator put it right: the same idea, other words.

    Raises
    ------
    InvalidValue
        It is among the actions already, or what `proposal_from` refuses.
    """
    if idea.action_id:
        msg = f"“{idea.title}” is among the actions already. Change it there."
        raise InvalidValue(msg)
    title = clean_label(fields.get("title", ""))
    if not title:
        raise InvalidValue("Say in a few words what could be done.")
    scale = fields.get("action_scale", "")
    said = {
        name: clean(fields.get(name, "")).strip()
        for name in ("owner", "partners", "benefits")
    }
    due = clean_label(fields.get("due", ""))
    held = why_held("\n".join((title, due, *said.values())))
    if held:
        msg = f"This was not kept. {held} Name an organisation or a role instead."
        raise InvalidValue(msg)
    return replace(
        idea,
        subject=clean_label(fields.get("subject", idea.subject)),
        title=title,
        due_raw=due,
        action_scale=scale if scale in terms("action_scales") else "",
        owner=said["owner"],
        partners=said["partners"],
        benefits=said["benefits"],
    )


def join_ideas(draft: Programme, workshop_id: str, ids: Sequence[str]) -> Proposal:
    """Make one of several ideas that say the same, in a draft: the first one stands.

    What it leaves open comes from the others, and where they differ both are kept.
    The others stay as they were sent and are not shown beside it.

    Raises
    ------
    UnknownItem, InvalidValue
        One is gone; one is among the actions already.
    """
    first, *others = (draft.find(Proposal, key) for key in dict.fromkeys(ids))
    for idea in (first, *others):
        if idea.action_id:
            msg = f"“{idea.title}” is among the actions already. Put the others together without it."
            raise InvalidValue(msg)
    titles = [
        idea.title for idea in others if folded(idea.title) != folded(first.title)
    ]
    also = f"Also said as: {', '.join(titles)}" if titles else ""
    whole = (first, *others)
    kept = replace(
        first,
        owner=_joined(idea.owner for idea in whole),
        partners=_joined(idea.partners for idea in whole),
        benefits=_joined(idea.benefits for idea in whole),
        due_raw=_joined(idea.due_raw for idea in whole),
        reason=_joined((*(idea.reason for idea in whole), also)),
        action_scale=next((i.action_scale for i in whole if i.action_scale), ""),
        subject=next((i.subject for i in whole if i.subject), ""),
    )
    draft.replace(kept)
    note_joined(draft, workshop_id, [idea.id for idea in others], kept.id)
    return kept


def _joined(said: Iterable[str]) -> str:
    each = {folded(text): text for text in said if text.strip()}
    return "; ".join(each.values())


def action_changes(programme: Programme, proposal: Proposal) -> list[Change]:
    """Return the changes that put an idea into the action register as proposed.

    The tie to its factor carries the idea's reason. An idea that is in the
    register already makes no changes.
    """
    if proposal.action_id:
        return []
    action = _action(programme, proposal)
    changes = [put(action), put(replace(proposal, action_id=action.id))]
    for factor_id in factors_of(programme, proposal.subject):
        tie = ActionFactor(
            action_id=action.id, factor_id=factor_id, reason=proposal.reason
        )
        changes.append(put(tie))
    return changes


def factors_of(programme: Programme, subject: str) -> list[str]:
    """Return the factors a subject names: ``factor:x``, ``theme:y`` or ``loop:a,b,c``.

    A theme names none by itself: an idea for a theme is tied to its factors by
    a person who knows which.
    """
    kind, _, name = subject.partition(":")
    wanted = name.split(",") if kind in ("factor", "loop") else []
    known = programme.system_map().factors
    return [factor_id for factor_id in wanted if factor_id in known]


def _action(programme: Programme, proposal: Proposal) -> Action:
    tables = programme.all(WorkshopTable)
    seat = tables.get(proposal.table_id) if proposal.table_id else None
    table = seat.name if seat else ""
    owners = read_owners(proposal.owner)
    return Action(
        id=slug(proposal.title, programme.actions, fallback="action"),
        title=proposal.title,
        owners=owners.names,
        owners_raw=proposal.owner,
        partners=(*owners.supporting, *read_owners(proposal.partners).names),
        due=read_due(proposal.due_raw),
        status="proposed",
        action_scale=proposal.action_scale,
        origin="workshop" if "workshop" in terms("origins") else "existing",
        workshop_id=proposal.workshop_id,
        note="\n".join(
            filter(
                None,
                (
                    f"Who benefits: {proposal.benefits}" if proposal.benefits else "",
                    f"Proposed by {table}." if table else "",
                ),
            )
        ),
    )
