"""What screens keep: answers by revision, files read, pictures.

What a map itself says is kept in `analyses.py`.

What is returned is shared between visitors and must not be changed: edits go
through a draft of the store's.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar, cast

import streamlit as st

from app.kept_answers import KeptAnswers
from systemmap.errors import Undecided
from systemmap.store import whole_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.formats import Reading
    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.model.programme import Programme
    from systemmap.store.protocol import ProgrammeStore

T = TypeVar("T")


_ANSWERS: KeptAnswers[object] = KeptAnswers(most=128)


def answer(
    store: ProgrammeStore,
    programme: Programme,
    question: tuple[object, ...],
    ask: Callable[[], T],
) -> T:
    """Return what `ask` answers about a programme, asked once for each revision.

    `question` names what is asked, with every setting that changes the answer.
    """
    about = (whole_store(store), programme.id)
    return cast("T", _ANSWERS.answer(about, programme.revision, question, ask))


def reading(
    data: bytes,
    file_name: str,
    as_: str | None,
    mapping: ImportMapping | None = None,
) -> Reading:
    """Return what is in a file; a question what it is is kept as an answer is."""
    said = json.dumps(mapping.parameters(), sort_keys=True) if mapping else ""
    found = _read(data, file_name, as_, said)
    if isinstance(found, Undecided):
        raise Undecided(found.question, found.choices)
    return found


@st.cache_resource(max_entries=4, show_spinner="Reading the file …")
def _read(
    data: bytes, file_name: str, as_: str | None, said: str
) -> Reading | Undecided:
    from systemmap.formats import read_within
    from systemmap.formats.import_mapping import ImportMapping

    mapping = ImportMapping.from_parameters(json.loads(said)) if said else None
    try:
        return read_within(data, file_name, as_, mapping=mapping, again=True)
    except Undecided as asked:
        return asked


@st.cache_resource(max_entries=64, show_spinner=False)
def pixels(svg: str, width: int) -> bytes:
    """Return a drawing as PNG, with our own font."""
    from systemmap.drawing.picture import png_from

    return png_from(svg, width=width)
