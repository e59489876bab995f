"""Beginning a programme in a store: from a template, or the example with its past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.bundled.examples import (
    FOLDERS,
    TEMPLATES,
    earlier,
    example,
    from_template,
    renamed,
)
from systemmap.errors import DuplicateItem, UnknownItem
from systemmap.model.changes import changes_between
from systemmap.model.text import slug

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.store import Actor, ProgrammeStore

EARLIER = "Review of 14 September 2026"


def start_example(store: ProgrammeStore, actor: Actor) -> str:
    """Store Sampleshire as it was in September, then as it is; return its id.

    A store that has it already is left alone.
    """
    programme = example()
    if programme.id not in {summary.id for summary in store.programmes()}:
        _with_its_past(
            store, actor, earlier(programme), programme, "Open the Sampleshire example"
        )
    return programme.id


def start_programme(
    store: ProgrammeStore, actor: Actor, name: str, *, template: str
) -> str:
    """Store a new programme of that name; return its id, made from the name.

    Parameters
    ----------
    store : ProgrammeStore
        Where to keep it.
    actor : Actor
        Who begins it.
    name : str
        The place's name.
    template : str
        A template of :func:`from_template`, or the name of an example. From
        the example, the programme has its earlier version too; what people
        wrote in it still speaks of the example's own place.

    Raises
    ------
    UnknownItem
        There is no such template.
    DuplicateItem
        The store has a programme of that name.
    """
    programme_id = slug(name, fallback="programme")
    if template not in (*TEMPLATES, *FOLDERS):
        raise UnknownItem.named("template", template, (*TEMPLATES, *FOLDERS))
    if programme_id in {summary.id for summary in store.programmes()}:
        msg = f"There already is a programme called '{name}'. Give the new one another name."
        raise DuplicateItem(msg)
    label = f"Begin {name}"
    if template in TEMPLATES:
        made = from_template(template, name, programme_id=programme_id)
        store.create(made, actor=actor, label=label)
    else:
        before, now = (
            renamed(each, programme_id=programme_id, name=name)
            for each in (earlier(example(template)), example(template))
        )
        _with_its_past(store, actor, before, now, label)
    return programme_id


def _with_its_past(
    store: ProgrammeStore,
    actor: Actor,
    before: Programme,
    programme: Programme,
    label: str,
) -> None:
    store.create(before, actor=actor, label=label)
    store.name_version(
        programme.id, EARLIER, actor=actor, note="Before the mapping workshop."
    )
    store.apply(
        programme.id,
        changes_between(before, programme),
        actor=actor,
        label="Take in the mapping workshop of 3 November 2026",
    )
