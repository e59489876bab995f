"""Named mappings of a programme: kept with it, offered for a file of the same shape."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue, UnknownItem
from systemmap.formats.import_mapping import ImportMapping
from systemmap.model.plan import SavedView
from systemmap.model.text import clean_label, folded, slug

if TYPE_CHECKING:
    from systemmap.formats.format import Reading
    from systemmap.model.programme import Programme

KIND = "mapping"  # of a saved view


def named_mappings(programme: Programme) -> dict[str, ImportMapping]:
    """Return the programme's mappings by name, in the order of their names."""
    views = [v for v in programme.all(SavedView).values() if v.kind == KIND]
    return {
        view.name: ImportMapping.from_parameters(view.parameters)
        for view in sorted(views, key=lambda v: v.name.casefold())
    }


def mapping_named(programme: Programme, name: str) -> ImportMapping:
    """Return one mapping of a programme by its name.

    Raises
    ------
    UnknownItem
        The programme keeps no mapping of that name.
    """
    known = named_mappings(programme)
    for own, mapping in known.items():
        if folded(own) == folded(name):
            return mapping
    raise UnknownItem.named("mapping", name, known)


def fitting_mappings(programme: Programme, reading: Reading) -> list[str]:
    """Return the names of the mappings made for files of this shape."""
    shape = reading.seen.get("shape")
    return [
        name
        for name, mapping in named_mappings(programme).items()
        if mapping.format == reading.format and mapping.shape == shape
    ]


def keep_mapping(draft: Programme, name: str, mapping: ImportMapping) -> None:
    """Keep a mapping under a name; one of that name is replaced.

    Raises
    ------
    InvalidValue
        It has no name.
    """
    label = clean_label(name)
    if not label:
        msg = "The mapping has no name. Write one, for example 'Quarterly plan'."
        raise InvalidValue(msg)
    held = draft.all(SavedView)
    for view in list(held.values()):
        if view.kind == KIND and folded(view.name) == folded(label):
            draft.replace(replace(view, parameters=mapping.parameters()))
            return
    draft.add(
        SavedView(
            id=slug(label, held, fallback="mapping"),
            name=label,
            kind=KIND,
            parameters=mapping.parameters(),
        )
    )
