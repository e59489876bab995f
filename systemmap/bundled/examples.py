"""Examples and templates: folders of CSV files, one a kind, that a person can edit.

A column is a field of the record. In a cell, ` | ` parts the items of a list,
`text @ table` names who said a wording or a claim, `title=minutes=room` is a
step of an agenda, `name=value;name=value` is a set of parameters. A due date
is read as typed. An empty cell means the field's default.
"""

from __future__ import annotations

import csv
import io
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from systemmap.bundled.bundled_files import data_text, packaged_files
from systemmap.errors import InvalidValue, UnknownItem
from systemmap.model.due import read_due
from systemmap.model.kinds import KINDS
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.rows import data_from, record_from
from systemmap.model.text import slug
from systemmap.model.values import AgendaItem, Claim, Due, Wording
from systemmap.model.workshop import WorkshopTable

if TYPE_CHECKING:
    from systemmap.model.kinds import Kind, Record

FOLDERS = {"sampleshire": "data/examples/sampleshire"}
TEMPLATES = {"starter": "data/templates/starter", "empty": "data/templates/empty"}


def example(name: str = "sampleshire") -> Programme:
    """Return an example programme; Sampleshire is invented from start to end."""
    return _programme(FOLDERS, "example", name)


def earlier(programme: Programme) -> Programme:
    """Return Sampleshire as it was in September 2026, before the mapping workshop.

    A copy; the differences are rows of ``sampleshire_earlier.csv``: a field
    that had another value, or a record that was not there yet.
    """
    before = programme.copy()
    table = csv.DictReader(
        io.StringIO(data_text("data/examples/sampleshire_earlier.csv"))
    )
    for row in table:
        kind = KINDS[row["kind"]]
        for key in [k for k in before.all(kind.record) if row["key"] in ("*", k)]:
            if row["field"]:
                data = data_from(before.find(kind.record, key))
                before.replace(
                    record_from(kind.name, data | {row["field"]: row["value"]})
                )
            else:
                _take_out(before, kind, key)
    return before


def _take_out(programme: Programme, kind: Kind, key: str) -> None:
    if kind.name == "factor":
        programme.remove_factor(*key.split("/"))
    elif kind.name == "map":
        for record in list(programme.all(WorkshopTable).values()):
            if record.map_id == key:
                programme.replace(replace(record, map_id=None))
        for factor_id in list(programme.system_map(key).factors):
            programme.remove_factor(key, factor_id)
        programme.remove(kind.record, key)
    else:
        programme.remove(kind.record, key)


def from_template(template: str, name: str, *, programme_id: str = "") -> Programme:
    """Return a new programme of that name, made from a template.

    Parameters
    ----------
    template : str
        ``starter`` (phases, steps and locally modifiable factors with links)
        or ``empty``.
    name : str
        The place's name.
    programme_id : str
        Its id in the store; made from the name when empty.

    Raises
    ------
    UnknownItem
        There is no such template.
    """
    programme = _programme(TEMPLATES, "template", template)
    info = ProgrammeInfo(id=programme_id or slug(name, fallback="programme"), name=name)
    records = [
        record for kind, record in programme.records() if kind.name != "programme"
    ]
    return Programme(info, records)


def _programme(folders: Mapping[str, str], noun: str, name: str) -> Programme:
    if name not in folders:
        raise UnknownItem.named(noun, name, folders)
    return _packaged(folders[name]).copy()  # records never change: a copy shares them


@cache
def _packaged(folder: str) -> Programme:
    names = packaged_files(f"{folder}/")
    return read_tables({path.rpartition("/")[2]: data_text(path) for path in names})


def read_tables(tables: Mapping[str, str]) -> Programme:
    """Read CSV texts by file name, each named after its kind, as a programme.

    Raises
    ------
    InvalidValue
        A table is not named after a kind, or a cell cannot be read; the
        message says which.
    """
    strange = {name.removesuffix(".csv") for name in tables} - set(KINDS)
    if strange:
        msg = f"'{', '.join(sorted(strange))}' is not a kind of record."
        raise InvalidValue(msg)
    info, *records = [
        record
        for kind in KINDS
        for record in _records(kind, tables.get(f"{kind}.csv", ""))
    ]
    return Programme(typing.cast("ProgrammeInfo", info), records)


def _records(kind: str, text: str) -> list[Record]:
    hints = get_type_hints(KINDS[kind].record)
    found = []
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        where = f"{kind}.csv line {line}"
        data = {
            name: _cell(hints.get(name), cell, where)
            for name, cell in row.items()
            if cell
        }
        found.append(record_from(kind, data))
    return found


def _cell(hint: Any, text: str, where: str) -> Any:  # noqa: ANN401 - plain data
    if hint is None:  # a column of the example's own, such as the source of a factor
        return text
    if get_origin(hint) in (types.UnionType, typing.Union):
        (hint,) = (arg for arg in get_args(hint) if arg is not type(None))
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return [_cell(item, part.strip(), where) for part in text.split(" | ")]
    if get_origin(hint) is Mapping:
        if text.startswith("{"):  # the shape of a place
            return json.loads(text)
        return dict(part.split("=", 1) for part in text.split(";"))
    if hint in _NESTED:
        return _NESTED[hint](text)
    return _plain(hint, text, where)


def _plain(hint: Any, text: str, where: str) -> Any:  # noqa: ANN401 - plain data
    try:
        if hint is bool:
            return {"true": True, "false": False}[text]
        if hint in (int, float):
            return hint(text)
        if hint is date:
            return date.fromisoformat(text).isoformat()
    except (ValueError, KeyError):
        msg = f"{where}: '{text}' is not {hint.__name__}."
        raise InvalidValue(msg) from None
    return text


def _said(text: str) -> tuple[str, str]:
    words, _, table = text.rpartition(" @ ")
    return (words, table) if words else (text, "")


def _wording(text: str) -> dict[str, Any]:
    words, table = _said(text)
    return data_of(Wording(text=words, table=table))


def _claim(text: str) -> dict[str, Any]:
    sign, table = _said(text)
    return {"polarity": sign, "table": table}


def _agenda_item(text: str) -> dict[str, Any]:
    title, minutes, room = (*text.split("="), "")[:3]
    return data_of(AgendaItem(title=title, minutes=int(minutes), room=room))


def _due(text: str) -> dict[str, Any]:
    return data_of(read_due(text) or Due(raw=text))


def data_of(value: Wording | Claim | AgendaItem | Due) -> dict[str, Any]:
    """Return a nested value as plain data."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


_NESTED: Mapping[Any, Any] = {
    Wording: _wording,
    Claim: _claim,
    AgendaItem: _agenda_item,
    Due: _due,
}


def renamed(programme: Programme, *, programme_id: str, name: str = "") -> Programme:
    """Return the programme under another id, and perhaps another name, as a copy."""
    name = name or programme.info.name
    info = replace(programme.info, id=programme_id, name=name)
    records = [
        record for kind, record in programme.records() if kind.name != "programme"
    ]
    return Programme(info, records)
