"""Every error a user can meet, in words fit to show to a facilitator.

SystemMapError
├── UnknownItem        no such thing; names the nearest that exists
├── DuplicateItem      an id or a pair is already taken
├── InvalidValue       a value that cannot be kept; says what would do
├── StillNeeded        other things depend on what was to be removed
├── ReadError          a file was refused; carries every Problem(where, what)
│   └── Undecided      it may be several things; carries every Choice
└── StoreError
    ├── ProgrammeNotFound   no programme of that name in this store
    ├── StaleRevision       somebody saved first; carries theirs and yours
    ├── UndoRefused         changed since, or other things now depend on it
    ├── NotAllowed          this actor's role may not do that
    ├── StoreInUse          another program holds the file
    ├── NewerStore          the file was written by a newer program
    └── DamagedStore        what is stored does not match its own log
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class SystemMapError(Exception):
    """The root of all errors whose message is fit to show to a facilitator."""


_NEAREST_AMONG = 1_000
_NEAREST_LENGTH = 100  # comparing two words takes the product of their lengths


def nearest(wanted: str, known: Iterable[str]) -> list[str]:
    """Return the known name nearest to a misspelt one, or nothing.

    Looked for among the first thousand names of up to 100 characters, since it
    serves a message alone.

    Examples
    --------
    >>> nearest("snaking", ["snacking", "stress"])
    ['snacking']
    """
    if len(wanted) > _NEAREST_LENGTH:
        return []
    among = [
        name for name in islice(known, _NEAREST_AMONG) if len(name) <= _NEAREST_LENGTH
    ]
    return get_close_matches(wanted, among, n=1)


class UnknownItem(SystemMapError):
    """There is no such item."""

    @classmethod
    def named(cls, noun: str, wanted: str, known: Iterable[str]) -> UnknownItem:
        """Say what was not found, and the nearest name that exists.

        Examples
        --------
        >>> print(UnknownItem.named("factor", "snaking", ["snacking", "stress"]))
        No factor with id 'snaking'. Did you mean 'snacking'?
        """
        close = nearest(wanted, known)
        hint = f" Did you mean '{close[0]}'?" if close else ""
        return cls(f"No {noun} with id '{wanted}'.{hint}")


class DuplicateItem(SystemMapError):
    """The id, or the pair of factors, is already taken."""


class InvalidValue(SystemMapError):
    """A value cannot be kept as it stands."""


class StillNeeded(SystemMapError):
    """Other things depend on the item that was to be removed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a reader could not take as it stood: where, and what."""

    where: str
    what: str
    kind: str = "skipped"
    raw: str = ""
    count: int = 1  # how many items of the file it is about

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class ReadError(SystemMapError):
    """A file was refused. Nothing was changed; `problems` lists every reason."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        self.problems = tuple(problems)
        lines = [message, *(f"  - {problem}" for problem in self.problems)]
        if self.problems:
            lines.append("Nothing was changed.")
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a file may be: the format, how sure its reader is, and why."""

    key: str
    title: str
    certainty: str
    evidence: str

    def __str__(self) -> str:
        return f"{self.title} ({self.certainty}: {self.evidence})"


class Undecided(ReadError):
    """A file may be several things, and a person has to say which.

    Attributes
    ----------
    question : str
        The question alone, in one sentence.
    choices : tuple[Choice, ...]
        What it may be, the surest first.
    """

    def __init__(self, question: str, choices: Sequence[Choice], how: str = "") -> None:
        self.question = question
        self.choices = tuple(choices)
        lines = [question]
        lines += [f"  {how.format(c.key)}{c}" for c in self.choices]
        super().__init__("\n".join([*lines, "Nothing was changed."]))


class StoreError(SystemMapError):
    """The store could not do what was asked."""


class ProgrammeNotFound(StoreError):
    """The store holds no programme of that name."""


class StaleRevision(StoreError):
    """Somebody else saved first, so this change was not saved.

    Attributes
    ----------
    theirs, yours : str
        The two texts in conflict, when one row is the cause; otherwise empty.
    """

    def __init__(self, message: str, *, theirs: str = "", yours: str = "") -> None:
        super().__init__(message)
        self.theirs = theirs
        self.yours = yours


class UndoRefused(StoreError):
    """A change cannot be undone as things stand."""


class NotAllowed(StoreError):
    """The actor's role may not do this."""


class StoreInUse(StoreError):
    """Another program holds the data file, so nothing was done."""


class NewerStore(StoreError):
    """The data was written by a newer program and was left untouched."""


class DamagedStore(StoreError):
    """What is stored does not match its own log."""
