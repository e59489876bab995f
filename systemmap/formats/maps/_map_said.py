"""What a person said of a map's tables, and the tables as they are, to say it by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from systemmap.formats.import_mapping import ImportMapping, column_keys
from systemmap.formats.maps._map_headings import heading_key, meanings
from systemmap.formats.maps._sign_words import (
    SIGN_HEADINGS,
    Sign,
    number_from,
    read_signs,
)
from systemmap.language.phrases import counted
from systemmap.model.text import folded
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.formats.maps._file_table import Table

NOTHING_SAID = ImportMapping(format="")
LINKS, CAUSES, SQUARE, TURNED = "links", "causes", "square", "square, columns act"
LEAVE_OUT = "leave out"
SAME, OPPOSITE, OPEN, NO_LINK = "same", "opposite", "no sign yet", "no link"
NO_THEME = "no theme"
# What a meaning is called where a person chooses it; the others by their own name.
WORDS = {"from_id": "from, by id", "to_id": "to, by id"}
_SIGNS = {
    SAME: Sign(Polarity.SAME),
    OPPOSITE: Sign(Polarity.OPPOSITE),
    OPEN: Sign(),
    NO_LINK: Sign(no_effect=True),
}
_MOST_SEEN = 300  # rows of a table that a person is shown
_MOST_WORDS = 60  # different signs, or types, that a person is asked about
_LONGEST = 200  # letters of a cell that are shown


class MapSaid:
    """What was said of one file, and what it holds.

    Parameters
    ----------
    mapping : ImportMapping
        What a person said; `NOTHING_SAID` where nobody did.
    """

    def __init__(self, mapping: ImportMapping = NOTHING_SAID) -> None:
        self.mapping = mapping
        self.asks: list[str] = []
        self.ways: list[str] = []  # options that answer them
        self.parts: list[list[Any]] = []  # name, what it holds, whether it is wanted
        self.part_word = ""
        self.parts_asked = False
        self.ends = ""  # how links name their ends, where that can be chosen
        self._tables: list[dict[str, Any]] = []
        self._signs: dict[str, list[Any]] = {}
        self._types: dict[str, list[Any]] = {}

    # -- columns ---------------------------------------------------------------

    def where_is(
        self,
        kind: str,
        table: Table,
        names: Mapping[str, tuple[str, ...]],
    ) -> dict[str, int]:
        """Return the column of each meaning, and keep the table to be shown."""
        found = self.columns_of(kind, table, names)
        self.show(kind, table, found, tuple(_word(one, kind) for one in names))
        return found

    def columns_of(
        self, kind: str, table: Table, names: Mapping[str, tuple[str, ...]]
    ) -> dict[str, int]:
        """Return the column of each meaning: as said, else by heading, else by cells.

        A column somebody left out stands under a name of its own, so that it is
        known and not kept beside the row.
        """
        keys = [f"{kind}.{key}" for key in column_keys(table.headings)]
        found = {**table.proposed, **meanings(table.headings, names)}
        named = {_word(meaning, kind): meaning for meaning in names}
        for place, key in enumerate(keys):
            word = self.mapping.columns.get(key)
            if word is None:
                continue
            found = {meaning: at for meaning, at in found.items() if at != place}
            if word in named:
                found[named[word]] = place
            elif word == LEAVE_OUT:
                found[f"{LEAVE_OUT} {place}"] = place
        return found

    def show(
        self,
        kind: str,
        table: Table,
        where_is: Mapping[str, int] | None = None,
        menu: Sequence[str] = (),
        is_: str = "",
    ) -> None:
        """Keep a table as it is, with what its columns were taken for."""
        meant = {place: meaning for meaning, place in (where_is or {}).items()}
        words = [
            LEAVE_OUT
            if meant.get(n, "").startswith(LEAVE_OUT)
            else _word(meant[n], kind)
            if n in meant
            else ""
            for n in range(len(table.headings))
        ]
        keys = [f"{kind}.{key}" for key in column_keys(table.headings)]
        rows = [
            [
                where,
                [cell[:_LONGEST] for cell in cells],
                self.mapping.rows.get(where, "row"),
            ]
            for where, cells in table.rows[:_MOST_SEEN]
        ]
        self._tables.append(
            {
                "name": table.name,
                "is": is_ or kind,
                "headings": list(table.headings),
                "keys": keys,
                "meanings": words,
                "menu": [*menu, LEAVE_OUT] if menu else [],
                "single": list(menu),
                "rows": rows,
                "count": len(table.rows),
            }
        )

    def leaves_out(self, where: str) -> bool:
        """Say whether a person left this row out."""
        return self.mapping.rows.get(where) == LEAVE_OUT

    def kind_of(self, name: str, found: str) -> str:
        """Return what a table holds: as a person said, else as it was found."""
        return self.mapping.tables.get(name, found)

    def wants(self, part: str) -> bool:
        """Say whether a view, page or map of the file is wanted."""
        return not self.mapping.parts or part in self.mapping.parts

    # -- signs and themes ------------------------------------------------------

    def signs(
        self, raws: Sequence[str], heading: str, *, pairs: bool, chosen: bool = False
    ) -> list[Sign]:
        """Return what each sign of a column means, and keep the different ones.

        A word that is no known sign is asked about where the column speaks of
        signs: by its heading, by other cells, or because a person chose it.
        """
        signs = read_signs(raws, heading, pairs=pairs)
        of_signs = (
            chosen
            or heading_key(heading) in SIGN_HEADINGS
            or any(sign.polarity is not Polarity.UNKNOWN for sign in signs)
        )
        for n, raw in enumerate(raws):
            key = folded(raw)
            said = self.mapping.signs.get(key)
            if said in _SIGNS:
                signs[n] = replace(
                    _SIGNS[said], strength=signs[n].strength, word=raw.strip()
                )
            sign = signs[n]
            known = bool(said) or not _is_unknown(sign)
            kept = self._signs.setdefault(key, [raw.strip(), 0, _meaning(sign), False])
            kept[1] += 1
            kept[3] = kept[3] or (of_signs and not known)
        return signs

    def no_signs(
        self, raws: Sequence[str], signs: Sequence[Sign], *, chosen: bool
    ) -> list[str]:
        """Return the words of a column, not of signs by its name, that say none."""
        found = {
            folded(raw): raw.strip()
            for raw, sign in zip(raws, signs, strict=True)
            if _is_unknown(sign) and folded(raw) not in self.mapping.signs
        }
        asked = chosen or any(self._signs[key][3] for key in found)
        return [] if asked else list(found.values())

    def theme(self, label: str) -> str:
        """Return the theme for a type of the file, and count it."""
        key = folded(label)
        if not key:
            return ""
        said = self.mapping.themes.get(key)
        kept = self._types.setdefault(key, [label.strip(), 0, said or label.strip()])
        kept[1] += 1
        return "" if said == NO_THEME else said or label

    # -- what is shown ---------------------------------------------------------

    def plain(self) -> dict[str, Any]:
        """Return what a person is shown, as plain data; empty = nothing to correct."""
        if not self._tables and len(self.parts) < 2:
            return {}
        shape = "; ".join(
            f"{found['is']}: {' | '.join(' '.join(h.casefold().split()) for h in found['headings'])}"
            for found in self._tables
            if found["is"] != LEAVE_OUT
        )
        signs = [] if set(self._signs) <= {""} else _most(self._signs)
        asked = [
            f"'{raw}' stands as the sign of {counted(number, 'link')}, and is no sign known here. Is it the same direction, the opposite, no sign yet, or no link?"
            for raw, number, _, asks in self._signs.values()
            if asks
        ]
        return {
            "kind": "map",
            "shape": shape,
            "tables": self._tables,
            "signs": signs,
            "types": _most(self._types),
            "parts": self.parts,
            "part word": self.part_word,
            "parts asked": self.parts_asked,
            "ends": self.ends,
            "asks": [*self.asks, *asked],
            "ways": self.ways,
        }


def _most(kept: Mapping[str, list[Any]]) -> list[list[Any]]:
    """Return the words that stand most often, each after its key."""
    found: Iterable[tuple[str, list[Any]]] = kept.items()
    by_count = sorted(found, key=lambda one: -one[1][1])[:_MOST_WORDS]
    return [[key, *words] for key, words in by_count]


def _word(meaning: str, kind: str) -> str:
    if meaning == "label" and kind == CAUSES:
        return "name"
    return WORDS.get(meaning, meaning.replace("_", " "))


def _is_unknown(sign: Sign) -> bool:
    """Say whether a sign is a word nobody knows here; a number or "both" is known."""
    if sign.polarity is not Polarity.UNKNOWN or sign.doubtful or sign.no_effect:
        return False
    return bool(sign.word) and number_from(sign.word, decimal_comma=True) is None


def _meaning(sign: Sign) -> str:
    if sign.no_effect:
        return NO_LINK
    return {Polarity.SAME: SAME, Polarity.OPPOSITE: OPPOSITE}.get(sign.polarity, OPEN)
