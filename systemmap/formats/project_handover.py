"""A programme handed over whole: into a project file with its history, and in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats import programme_from, read_within
from systemmap.formats.whole.project_file import read_history, write_with_history

if TYPE_CHECKING:
    from systemmap.formats import Written
    from systemmap.store import Actor, ProgrammeStore, Receipt


def project_file(store: ProgrammeStore, programme_id: str) -> Written:
    """Write a programme with every change ever made to it.

    The same programme gives the same bytes. Words that were removed on request
    are not in it.

    Raises
    ------
    ProgrammeNotFound
        The store has no such programme.
    """
    whole = store.carried(programme_id)
    return write_with_history(whole.programme, whole.log, chain_head=whole.head)


def take_over(
    store: ProgrammeStore, data: bytes, file_name: str, *, actor: Actor
) -> Receipt:
    """Bring a project file in as the programme it was, with its history.

    Parameters
    ----------
    data : bytes
        A project file that `project_file` wrote.
    file_name : str
        Told in the history, in the one change that is added.

    Raises
    ------
    ReadError
        The file is damaged, or carries no history.
    DuplicateItem
        The store has a programme with this id.
    DamagedStore
        The history is not true; nothing is changed.
    """
    programme = programme_from(read_within(data, file_name, "project_file"))
    log = read_history(data)
    if not log:
        msg = f"{file_name} carries no history. Bring it in as a programme of its own."
        raise ReadError(msg)
    told = f"Bring in {file_name} with its history"
    return store.adopt(programme, log, actor=actor, label=told)
