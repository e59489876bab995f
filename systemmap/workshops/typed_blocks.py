"""Paper typed up: a block of lines for each table, in one paste."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.model.text import folded
from systemmap.model.workshop import Contribution
from systemmap.workshops.notes import lines_from, notes_from
from systemmap.workshops.table_cards import cards_follow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.model.programme import Programme
    from systemmap.model.workshop import Workshop

NOTE_KINDS = {
    "cause": "Causes",
    "asset": "What already helps",
    "action": "Actions",
    "insight": "Insights",
    "question": "Questions for later",
}
"""What notes that are typed up may be."""
NOTE_SOURCES = {
    "paper": "Sticky notes and paper",
    "paste": "A list pasted from Miro, Mentimeter or elsewhere",
}
"""What notes may be typed up from."""

Block = tuple["str | None", list[str]]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was kept of typed notes."""

    kept: int
    held: int

    def sentence(self, where: str) -> str:
        """Say it, for instance "5 kept for Table 4, 1 held".

        Examples
        --------
        >>> Typed(5, 1).sentence("Table 4"), Typed(2, 0).sentence("")
        ('5 kept for Table 4, 1 held', '2 kept')
        """
        held = f", {self.held} held" if self.held else ""
        return f"{self.kept} kept{f' for {where}' if where else ''}{held}"


def typed_of(notes: Iterable[Contribution]) -> Typed:
    """Count notes that were kept, and those of them that wait for the facilitator."""
    held = [note.held for note in notes]
    return Typed(kept=len(held), held=sum(held))


def blocks_from(
    text: str, tables: Mapping[str, str], *, first: str | None
) -> list[Block]:
    r"""Part what was typed at each line that is the name of a table.

    Parameters
    ----------
    text : str
        One note a line; bullets and numbers at its start are taken off.
    tables : Mapping[str, str]
        The tables' names by id. A name counts alone on its line, whatever its
        case and with or without a colon.
    first : str | None
        The table of the lines before any name.

    Examples
    --------
    >>> tables = {"t1": "Table 1", "t2": "Table 2"}
    >>> blocks_from("Stress\nTABLE 2:\n- Sleep\n- No buses", tables, first="t1")
    [('t1', ['Stress']), ('t2', ['Sleep', 'No buses'])]
    """
    by_name = {folded(name): key for key, name in tables.items()}
    blocks: list[Block] = [(first, [])]
    for line in lines_from(text):
        named = by_name.get(folded(line.strip().removesuffix(":")))
        if named is None:
            blocks[-1][1].append(line)
        else:
            blocks.append((named, []))
    return [block for block in blocks if block[1]]


def add_blocks(
    draft: Programme,
    workshop: Workshop,
    blocks: Sequence[Block],
    *,
    key: str,
    special: bool = False,
    kind: str = "cause",
    source: str = "paper",
) -> list[Contribution]:
    """Add the notes of every block to a draft; return those that are new.

    The same blocks under the same key once more add nothing.

    Raises
    ------
    InvalidValue
        There is nothing to keep, or a line is too long. Nothing is added.
    """
    if not blocks:
        raise InvalidValue("The note is empty. Write a few words, then send it.")
    made = [
        note
        for place, (table_id, lines) in enumerate(blocks)
        for note in notes_from(
            workshop,
            lines,
            key=f"{key} {place}",
            table_id=table_id,
            special=special,
            kind=kind,
            source=source,
        )
    ]
    known = draft.all(Contribution)
    fresh = [note for note in made if note.id not in known]
    draft.add(*fresh)
    cards_follow(draft, workshop.id)
    return fresh


def said_by_table(notes: Iterable[Contribution], tables: Mapping[str, str]) -> str:
    """Say what was kept for each table: "5 kept for Table 4, 1 held"."""
    by_table: dict[str, list[Contribution]] = {}
    for note in notes:
        name = tables.get(note.table_id or "", "")
        by_table.setdefault(name, []).append(note)
    if not by_table:
        return "Nothing new: these notes were kept before"
    return "; ".join(
        typed_of(kept).sentence(name or "no table") for name, kept in by_table.items()
    )
