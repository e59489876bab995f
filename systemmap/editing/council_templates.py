"""A council's own templates: kept with the programme, so that they travel with it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue, UnknownItem
from systemmap.model.plan import SavedView
from systemmap.model.text import clean_label, folded, slug

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

KIND = "template"  # of a saved view
WORD, SLIDES = ".docx", ".pptx"
_FILES = {".docx": WORD, ".dotx": WORD, ".pptx": SLIDES, ".potx": SLIDES}


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilTemplate:
    """A kept template: its name, what it is for (.docx or .pptx), its bytes."""

    name: str
    suffix: str
    data: bytes


def made_for(file_name: str) -> str:
    """Return which documents a template is for, by its file's ending: .docx or .pptx.

    Raises
    ------
    InvalidValue
        It has another ending.

    Examples
    --------
    >>> made_for("Board report.dotx")
    '.docx'
    """
    ending = f".{file_name.rpartition('.')[2].casefold()}"
    if ending not in _FILES:
        msg = f"'{file_name}' is no template. Choose a file that ends in {', '.join(_FILES)}."
        raise InvalidValue(msg)
    return _FILES[ending]


def kept_templates(programme: Programme, suffix: str = "") -> list[CouncilTemplate]:
    """Return the templates kept with a programme, by name; with `suffix` only those for it."""
    views = [v for v in programme.all(SavedView).values() if v.kind == KIND]
    found = [
        CouncilTemplate(
            name=view.name,
            suffix=str(view.parameters.get("suffix", "")),
            data=base64.b64decode(str(view.parameters.get("content", ""))),
        )
        for view in sorted(views, key=lambda view: view.name.casefold())
    ]
    return [each for each in found if suffix in ("", each.suffix)]


def template_named(programme: Programme, name: str) -> CouncilTemplate:
    """Return one kept template by its name.

    Raises
    ------
    UnknownItem
        None of that name is kept.
    """
    known = {each.name: each for each in kept_templates(programme)}
    for own, found in known.items():
        if folded(own) == folded(name):
            return found
    raise UnknownItem.named("template", name, known)


def keep_template(draft: Programme, name: str, suffix: str, data: bytes) -> None:
    """Keep a template that was checked; one of the same name and kind is replaced.

    Raises
    ------
    InvalidValue
        It has no name.
    """
    label = clean_label(name)
    if not label:
        raise InvalidValue("The template has no name. Write one, for example 'Board'.")
    content = base64.b64encode(data).decode("ascii")
    parameters = {"suffix": suffix, "content": content}
    held = draft.all(SavedView)
    for view in list(held.values()):
        if view.kind == KIND and folded(view.name) == folded(label):
            draft.replace(replace(view, name=label, parameters=parameters))
            return
    draft.add(
        SavedView(
            id=slug(label, held, fallback="template"),
            name=label,
            kind=KIND,
            parameters=parameters,
        )
    )


def drop_template(draft: Programme, name: str) -> None:
    """Take a kept template away; `UnknownItem` when none of that name is kept."""
    found = template_named(draft, name)
    for view in list(draft.all(SavedView).values()):
        if view.kind == KIND and view.name == found.name:
            draft.remove(SavedView, view.id)
