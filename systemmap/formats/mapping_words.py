"""What a person says of a file in words, such as "Champion=lead", put into a mapping."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from systemmap.errors import InvalidValue
from systemmap.formats.import_mapping import heading_words
from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.formats.format import Reading
    from systemmap.formats.import_mapping import ImportMapping

_SIGNS = {
    "same": "same",
    "+": "same",
    "positive": "same",
    "opposite": "opposite",
    "-": "opposite",
    "negative": "opposite",
    "no sign yet": "no sign yet",
    "unknown": "no sign yet",
    "?": "no sign yet",
    "no link": "no link",
    "none": "no link",
}
_TABLES = {
    "links": "links",
    "causes": "causes",
    "factors": "causes",
    "nodes": "causes",
    "square": "square",
    "matrix": "square",
    "square, columns act": "square, columns act",
    "leave out": "leave out",
    "figures": "figures",
}
_ENDS = {"id": "id", "ids": "id", "name": "name", "names": "name"}
_ORDERS = {
    "day": "day first",
    "day first": "day first",
    "month": "month first",
    "month first": "month first",
    "as typed": "as typed",
}
_HEADING = "heading"  # of a table: its row is pointed at, whatever its kind
_COLUMNS = {
    "action": "Action/Phase",
    "aim": "Aims (and actions)",
    "aims": "Aims (and actions)",
    "lead": "Responsible",
    "owner": "Responsible",
    "due": "Due date",
    "outcome": "Outcomes",
    "measure": "Measures",
    "ref": "Reference",
    "status": "Progress",
    "leave out": "Leave out",
    "cause": "name",
    "label": "name",
    "type": "theme",
    "source": "from",
    "target": "to",
    "polarity": "sign",
    "area": "area name",
    "code": "area code",
    "year": "period",
    "suppressed": "note",
}


def with_column(said: ImportMapping, words: str, reading: Reading) -> ImportMapping:
    """Return the mapping with what "Champion=lead" says of a column.

    A heading that stands in several tables is meant wherever it can mean that.

    Raises
    ------
    InvalidValue
        The file has no such heading, or no column can mean that.
    """
    heading, meaning = _cut(words, "--column", "Champion=lead")
    tables = reading.seen.get("tables", ())
    headings = list(dict.fromkeys(h for table in tables for h in table["headings"]))
    found = {h for h in headings if folded(h) == folded(heading)}
    if not found:
        msg = (
            f"No column is headed '{heading}'. The headings are: {', '.join(headings)}."
        )
        raise InvalidValue(msg)
    matched = False
    for table in tables:
        match = _meant(meaning, _menu(reading, table))
        for place, own in enumerate(table["headings"]):
            if own in found and match:
                keys = table.get("keys")
                key = keys[place] if keys else heading_words(own)
                said = _only_one(said, table, match).said("columns", key, match)
                matched = True
    if not matched:
        offered = [m for table in tables for m in _menu(reading, table)]
        known = [w for w, m in _COLUMNS.items() if m in offered]
        words_ = [*known, *(m.lower() for m in offered)]
        msg = f"'{meaning}' is not what a column can hold. Use one of: {', '.join(dict.fromkeys(words_))}."
        raise InvalidValue(msg)
    return said


def _only_one(
    said: ImportMapping, table: dict[str, Any], meaning: str
) -> ImportMapping:
    """Take a meaning that one column alone can have off any other of the table."""
    if meaning not in table.get("single", ()):
        return said
    own = set(table.get("keys", ()))
    kept = {k: m for k, m in said.columns.items() if k not in own or m != meaning}
    return replace(said, columns=kept)


def _menu(reading: Reading, table: dict[str, Any]) -> list[str]:
    return [str(word) for word in table.get("menu") or reading.seen.get("meanings", ())]


def _meant(meaning: str, menu: Iterable[str]) -> str:
    """Return the word of a menu that was meant, or ""."""
    by_word = {folded(word): word for word in menu}
    other = _COLUMNS.get(folded(meaning), "")
    return by_word.get(folded(meaning)) or by_word.get(folded(other), "")


def with_order(said: ImportMapping, words: str, reading: Reading) -> ImportMapping:
    """Return the mapping with which figure of a date is first: "day", or "Start=month".

    Raises
    ------
    InvalidValue
        There is no such order, or no column of dates with that heading.
    """
    heading, equals, order = words.rpartition("=")
    found = _one_of(order.strip(), _ORDERS, "an order of dates can be")
    if not equals:
        return replace(said, dates=found)
    columns = {
        folded(heading): key
        for table in reading.seen.get("tables", ())
        for heading, key in zip(table["headings"], table.get("keys", ()), strict=False)
    }
    if folded(heading) not in columns:
        known = [h for t in reading.seen.get("tables", ()) for h in t["headings"]]
        raise _not_there("column", heading.strip(), known)
    return said.said("orders", columns[folded(heading)], found)


def with_sign(said: ImportMapping, words: str, reading: Reading) -> ImportMapping:
    """Return the mapping with what "boosts=same" says of a sign of the file."""
    word, meaning = _cut(words, "--sign", "boosts=same")
    known = {str(key): raw for key, raw, *_ in reading.seen.get("signs", ())}
    if folded(word) not in known:
        raise _not_there("sign", word, list(known.values()))
    return said.said("signs", folded(word), _one_of(meaning, _SIGNS, "a sign can mean"))


def with_theme(said: ImportMapping, words: str, reading: Reading) -> ImportMapping:
    """Return the mapping with what "Env=Food environment" says of a type of the file."""
    word, theme = _cut(words, "--theme", "Env=Food environment")
    known = {str(key): raw for key, raw, *_ in reading.seen.get("types", ())}
    if folded(word) not in known:
        raise _not_there("type", word, list(known.values()))
    return said.said("themes", folded(word), theme)


def with_table(said: ImportMapping, words: str, reading: Reading) -> ImportMapping:
    """Return the mapping with what "Sheet2=links" says of a sheet or list."""
    name, kind = _cut(words, "--table", "Sheet2=links")
    names = [str(table["name"]) for table in reading.seen.get("tables", ())]
    found = next((n for n in names if folded(n) == folded(name)), None)
    if found is None:
        raise _not_there("sheet or list", name, names)
    return said.said("tables", found, _one_of(kind, _TABLES, "a table can hold"))


def with_parts(
    said: ImportMapping, parts: Iterable[str], reading: Reading
) -> ImportMapping:
    """Return the mapping with the views, pages, maps or areas that are wanted."""
    known = [str(name) for name, *_ in reading.seen.get("parts", ())]
    wanted = []
    for part in parts:
        found = [n for n in known if folded(part) in (folded(n), "all")]
        if not found:
            raise _not_there(reading.seen.get("part word") or "part", part, known)
        wanted += found
    return replace(said, parts=tuple(dict.fromkeys(wanted)))


def with_ends(said: ImportMapping, ends: str) -> ImportMapping:
    """Return the mapping with how links name their ends."""
    return replace(said, ends=_one_of(ends, _ENDS, "links name their ends by"))


def with_fixed(said: ImportMapping, words: str, reading: Reading) -> ImportMapping:
    """Return the mapping with what "period=2024/25" says of every row."""
    what, value = _cut(words, "--fixed", "period=2024/25")
    known = {str(name): str(name) for name in reading.seen.get("fixed", ())}
    return said.said("fixed", _one_of(what, known, "every row can share"), value)


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row or line stands, what it was taken for, and its words.

    Attributes
    ----------
    place, role, words : str
        For instance ``"sheet Plan, row 4"``, ``"section"`` and ``"1. Food"``.
    likeness : str
        What it has in common with those that look alike; "" = it stands alone.
    cells : tuple[str, ...]
        The row's cells; a line has none.
    """

    place: str
    role: str
    words: str
    likeness: str
    cells: tuple[str, ...] = ()


def row_places(reading: Reading) -> list[RowPlace]:
    """Return every row or line that was sorted into a kind, in the file's order."""
    return [
        *(
            RowPlace(where, role, " | ".join(filter(None, cells)), like, tuple(cells))
            for where, cells, role, like in reading.seen.get("rows", ())
        ),
        *(
            RowPlace(f"line {number}", role, text, like)
            for number, text, _, _, role, like in reading.seen.get("lines", ())
        ),
    ]


def row_roles(reading: Reading) -> list[str]:
    """Return what a row or line of the file can be; a table's also its heading."""
    roles = [str(role) for role in reading.seen.get("roles", ())]
    return [*roles, *[_HEADING] * bool(reading.seen.get("rows"))]


def with_row(said: ImportMapping, words: str, reading: Reading) -> ImportMapping:
    """Return the mapping with what "4=section" says of a row or line.

    Raises
    ------
    InvalidValue
        Nothing stands there, more than one row does, or no row can be that.
    """
    row, role = _row_and_role(words, "--row", reading)
    if row.cells and role == _HEADING:
        return replace(said, headings=tuple(map(heading_words, row.cells)))
    what, key = ("rows", row.place) if row.cells else ("lines", folded(row.words))
    return said.said(what, key, role)


def with_rows_like(said: ImportMapping, words: str, reading: Reading) -> ImportMapping:
    """Return the mapping with what "4=section" says of a row, and all that look like it.

    Raises
    ------
    InvalidValue
        As for `with_row`; or nothing looks like that row.
    """
    row, role = _row_and_role(words, "--rows-like", reading)
    if not row.likeness or (row.cells and role == _HEADING):
        msg = f"'{row.place}' can only be said by itself: --row '{words}'."
        raise InvalidValue(msg)
    return said.said("alike", row.likeness, role)


def _row_and_role(words: str, option: str, reading: Reading) -> tuple[RowPlace, str]:
    place, role = _cut(words, option, "4=section")
    rows = row_places(reading)
    named = [row for row in rows if folded(row.place) == folded(place)]
    named = named or [row for row in rows if row.place.split()[-1] == place]
    if len(named) != 1:
        raise _not_there("one row or line", place, [row.place for row in named or rows])
    known = {folded(known): known for known in row_roles(reading)}
    return named[0], _one_of(role, known, "a row or line can be")


def _cut(words: str, option: str, example: str) -> tuple[str, str]:
    first, equals, last = words.rpartition("=")
    if not equals:
        msg = f"'{words}' says nothing after '='. Write it as {option} '{example}'."
        raise InvalidValue(msg)
    return first.strip(), last.strip()


def _one_of(word: str, known: dict[str, str], what: str) -> str:
    if folded(word) not in known:
        offered = ", ".join(dict.fromkeys(known.values()))
        msg = f"'{word}' is not what {what}. Use one of: {offered}."
        raise InvalidValue(msg)
    return known[folded(word)]


def _not_there(noun: str, word: str, known: list[str]) -> InvalidValue:
    shown = ", ".join(f"'{one}'" for one in known[:20]) or "none that can be chosen"
    return InvalidValue(f"The file has no {noun} '{word}'. It has: {shown}.")
