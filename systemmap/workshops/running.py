"""Plan a workshop from a kit, open its room, close it: verbs on a programme's draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.model.elements import MapVersion
from systemmap.model.text import clean_label, slug
from systemmap.model.values import MapKind, now
from systemmap.model.workshop import VoteRound, Workshop, WorkshopTable
from systemmap.workshops.agenda import plan_start
from systemmap.workshops.join_words import new_join_words
from systemmap.workshops.votes import close_round

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.model.programme import Programme
    from systemmap.workshops.kits import Kit

RETENTION_DAYS = 365
"""How long raw notes are kept unless the council decides otherwise: a year."""


def plan_workshop(
    programme: Programme,
    kit: Kit,
    *,
    title: str = "",
    on: date | None = None,
    place: str = "",
    tables: Sequence[str] = (),
    hold_all: bool = False,
    begins: time | None = None,
) -> Workshop:
    """Add a workshop with its tables, each with a map of its own, to a draft.

    The agenda, prompts and table names come from the kit unless said
    otherwise; all of them can be edited afterwards.

    Raises
    ------
    InvalidValue
        Two tables have the same name.
    """
    names = [clean_label(name) for name in tables if name.strip()] or list(kit.tables)
    if len({name.casefold() for name in names}) != len(names):
        raise InvalidValue("Two tables have the same name. Give each its own.")
    title = clean_label(title) or kit.title
    workshop = Workshop(
        id=slug(title, programme.all(Workshop), fallback="workshop"),
        title=title,
        type=kit.type,
        on=on,
        place=clean_label(place),
        agenda=kit.agenda,
        prompts=kit.prompts,
        rooms=(),
        purge_on=(on or date.today()) + timedelta(days=RETENTION_DAYS),  # noqa: DTZ011 - a local calendar day
        extra={"kit": kit.key, **({"hold": "all"} if hold_all else {})},
    )
    workshop = plan_start(workshop, begins)
    programme.add(workshop)
    for position, name in enumerate(names):
        add_table(programme, workshop.id, name, position)
    return workshop


def add_table(
    programme: Programme, workshop_id: str, name: str, position: int | None = None
) -> WorkshopTable:
    """Add a table with an empty map of its own to a draft."""
    tables = tables_of(programme, workshop_id)
    if name.casefold() in {table.name.casefold() for table in tables}:
        msg = f"There already is a table called '{name}'. Give this one another name."
        raise InvalidValue(msg)
    table_id = slug(f"{workshop_id} {name}", programme.all(WorkshopTable))
    map_id = slug(f"{workshop_id} {name} map", programme.maps)
    programme.add(
        MapVersion(
            id=map_id,
            name=f"{name}, {programme.find(Workshop, workshop_id).title}",
            kind=MapKind.WORKSHOP_TABLE,
            workshop_id=workshop_id,
        )
    )
    table = WorkshopTable(
        id=table_id,
        workshop_id=workshop_id,
        name=name,
        map_id=map_id,
        position=len(tables) if position is None else position,
    )
    programme.add(table)
    return table


def tables_of(programme: Programme, workshop_id: str) -> list[WorkshopTable]:
    """Return a workshop's tables in their order."""
    found = (
        t for t in programme.all(WorkshopTable).values() if t.workshop_id == workshop_id
    )
    return sorted(found, key=lambda table: (table.position, table.name))


def open_room(programme: Programme, workshop_id: str, *, address: str = "") -> Workshop:
    """Open a workshop's room in a draft; phones can join with its three words.

    Words made earlier are kept, so that printed table cards stay true;
    `change_words` makes new ones. `address` is where phones find this server.
    """
    workshop = programme.find(Workshop, workshop_id)
    opened = replace(
        workshop,
        open=True,
        join_words=workshop.join_words or _fresh_words(programme),
        rooms=workshop.rooms or _at_the_door(workshop),
        screen=workshop.screen or "welcome",
        extra={**workshop.extra, **({"address": address} if address else {})},
    )
    programme.replace(opened)
    return opened


def _at_the_door(workshop: Workshop) -> tuple[str, ...]:
    """Return what phones may do before the first step: say causes, where the day asks for them."""
    parts = {part for item in workshop.agenda for part in item.parts}
    return ("capture",) if "capture" in parts or not parts else ()


def prepare_cards(programme: Programme, workshop_id: str, *, address: str) -> Workshop:
    """Give a planned workshop its words and address, so that cards can be printed.

    The room stays closed: the words let nobody in until it is opened.
    """
    workshop = programme.find(Workshop, workshop_id)
    prepared = replace(
        workshop,
        join_words=workshop.join_words or _fresh_words(programme),
        extra={**workshop.extra, "address": address},
    )
    programme.replace(prepared)
    return prepared


def change_words(programme: Programme, workshop_id: str) -> Workshop:
    """Give a workshop new join words in a draft; phones already in stay in."""
    workshop = programme.find(Workshop, workshop_id)
    changed = replace(workshop, join_words=_fresh_words(programme))
    programme.replace(changed)
    return changed


def close_room(programme: Programme, workshop_id: str) -> Workshop:
    """Close a workshop's room in a draft: no more notes, open votes are counted."""
    for vote_round in list(programme.all(VoteRound).values()):
        if vote_round.workshop_id == workshop_id and vote_round.state == "open":
            close_round(programme, vote_round.id, now())
    workshop = programme.find(Workshop, workshop_id)
    closed = replace(
        workshop, open=False, join_words="", screen="thanks", paused_at=None
    )
    programme.replace(closed)
    return closed


def _fresh_words(programme: Programme) -> str:
    taken = {workshop.join_words for workshop in programme.all(Workshop).values()}
    while (words := new_join_words()) in taken:
        pass
    return words
