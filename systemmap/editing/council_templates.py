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


def first_templates(programme: Programme) -> dict[str, CouncilTemplate]:
    """Return what a document stands on where nobody chose: of each kind the first by name."""
    kept = reversed(kept_templates(programme))
    return {each.suffix: each for each in kept}


def templates_named(programme: Programme, name: str) -> list[CouncilTemplate]:
    """Return what is kept under a name: a Word template, one of slides, or both.

    Raises
    ------
    UnknownItem
        None of that name is kept.
    """
    known = kept_templates(programme)
    found = [each for each in known if folded(each.name) == folded(name)]
    if not found:
        raise UnknownItem.named("template", name, [each.name for each in known])
    return found


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
    if same := _view_of(draft, label, suffix):
        draft.replace(replace(same, name=label, parameters=parameters))
        return
    draft.add(
        SavedView(
            id=slug(label, held, fallback="template"),
            name=label,
            kind=KIND,
            parameters=parameters,
        )
    )


def drop_template(draft: Programme, name: str, suffix: str) -> None:
    """Take a kept template of one kind away.

    Raises
    ------
    UnknownItem
        None of that name and kind is kept.
    """
    view = _view_of(draft, name, suffix)
    if view is None:
        known = [each.name for each in kept_templates(draft, suffix)]
        raise UnknownItem.named("template", name, known)
    draft.remove(SavedView, view.id)


def _view_of(programme: Programme, name: str, suffix: str) -> SavedView | None:
    for view in programme.all(SavedView).values():
        same = view.kind == KIND and folded(view.name) == folded(name)
        if same and view.parameters.get("suffix") == suffix:
            return view
    return None
