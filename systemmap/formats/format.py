"""What a file format is here: bytes in, a reading out; a programme in, bytes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from systemmap.errors import Problem
    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.kinds import Record
    from systemmap.model.programme import Programme


REFERENCE_HEADING = "Ref (keep)"  # of the hidden column of our own sheets


def reference(programme_id: str, kind: str, key: str) -> str:
    """Return what a row of ours carries: which record of which programme it is.

    Examples
    --------
    >>> reference("sampleshire", "action", "a001")
    'sampleshire action a001'
    """
    return f"{programme_id} {kind} {key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader made of a file. Nothing has been saved.

    Attributes
    ----------
    format, dialect : str
        The format's key, and which of its dialects was recognised.
    records : tuple[Record, ...]
        What was read, each after those it refers to. Factors and links of a
        map carry the map id "main" until the reading is accepted into a map.
    problems : tuple[Problem, ...]
        Every item skipped, guessed, in conflict or worth a note, with where.
    items, blank : int
        Items found in the file, and empty ones; items = read + skipped + blank.
    aside : int
        Items left out many at a time, such as a page that was not asked for; each
        such group is one problem of kind "note".
    summary : Mapping[str, object]
        Counts and facts to show before saving, in the order to show them.
    notice : str
        Licence words that must travel with what was read.
    own_ids : bool
        Whether ids in the file are ours (or stable keys), so that the same id
        means the same thing even when its label has changed.
    references : frozenset[str]
        The records whose ids rows of ours carry, as `reference` says them.
    made_of, made_at : str, int
        Which programme a file of ours was made of, and at which revision; "" and
        0 = the file does not say.
    seen : Mapping[str, Any]
        The file as it is, for a person to correct the reading by: plain data of
        rows or lines and what each was taken for; empty = there is nothing to ask.
    """

    format: str
    dialect: str = ""
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    items: int = 0
    blank: int = 0
    aside: int = 0
    summary: Mapping[str, object] = field(default_factory=dict)
    notice: str = ""
    own_ids: bool = False
    references: frozenset[str] = frozenset()
    made_of: str = ""
    made_at: int = 0
    seen: Mapping[str, Any] = field(default_factory=dict)

    def revision_of(self, programme: Programme) -> int | None:
        """Return the revision of a programme that a file of ours was made of, if it was."""
        known = self.made_of == programme.id and 0 < self.made_at <= programme.revision
        return self.made_at if known else None

    @property
    def skipped(self) -> int:
        """How many items were left out."""
        return self.aside + sum(p.count for p in self.problems if p.kind == "skipped")

    @property
    def asks(self) -> tuple[str, ...]:
        """What a person has to say before this can be brought in."""
        return tuple(map(str, self.seen.get("asks", ())))

    @property
    def guessed(self) -> int:
        """How many values rest on a guess a person should confirm."""
        return sum(problem.kind == "guessed" for problem in self.problems)

    @property
    def read(self) -> int:
        """How many items were taken."""
        return self.items - self.skipped - self.blank

    @property
    def sums(self) -> str:
        """Say how what the file holds adds up.

        Examples
        --------
        >>> Reading(format="arrows", items=4, blank=1).sums
        '3 of 4 items read, nothing left out, 1 blank'
        >>> Reading(format="deprivation", seen={"asks": ["Which are yours?"]}).sums
        'nothing is read before its question is answered'
        """
        if self.asks and not self.items:
            return "nothing is read before its question is answered"
        parts = [f"{self.read:,} of {counted(self.items, 'item')} read"]
        parts.append(
            f"{self.skipped:,} left out" if self.skipped else "nothing left out"
        )
        if self.blank:
            parts.append(f"{self.blank:,} blank")
        if self.guessed:
            parts.append(f"{self.guessed:,} guessed")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file made from a programme: its bytes and what it could not hold."""

    data: bytes
    suffix: str
    losses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One file format: how to know it, read it, write it, and what it loses.

    Attributes
    ----------
    key, title : str
        The name in code and on the command line; the name on screens.
    holds : str
        "programme", "map", "plan", "actions", "assets", "notes" or "data".
    suffixes : tuple[str, ...]
        File endings, the usual one first, each with its dot.
    loses : str
        One sentence: what the format cannot hold.
    recognise : callable or None
        ``recognise(sighting) -> Recognition``: how sure the reader is that the
        file is its own, and why. It knows nothing of other formats.
    read, write : callable or None
        ``read(sighting) -> Reading``; ``write(programme, map_id) -> Written``.
    read_mapped : callable or None
        ``read_mapped(sighting, mapping) -> Reading``: the same, as a person said.
    lossless : bool
        Whether a round trip gives an equal programme (or map).
    """

    key: str
    title: str
    holds: str
    suffixes: tuple[str, ...]
    loses: str
    recognise: Callable[[Sighting], Recognition] | None = None
    read: Callable[[Sighting], Reading] | None = None
    write: Callable[[Programme, str], Written] | None = None
    lossless: bool = False
    read_mapped: Callable[[Sighting, ImportMapping], Reading] | None = None

    def __post_init__(self) -> None:
        if not (self.key and self.title and self.suffixes and self.loses):
            msg = f"Format '{self.key}' needs a title, a suffix and a sentence on what it loses."
            raise ValueError(msg)
        if bool(self.read) != bool(self.recognise):
            msg = f"Format '{self.key}' needs both a reader and its recogniser, or neither."
            raise ValueError(msg)
