"""Plain data to a table's columns and back."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from systemmap.store.log.images import canonical
from systemmap.store.sql.tables import RECORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_UNKNOWN = "unknown_fields"  # what a newer program added waits inside `extra`


@cache
def fields_of(kind: str) -> dict[str, bool]:
    """Return a kind's field names, each with whether it is kept as JSON text."""
    return {
        column.name: column.info["json"]
        for column in RECORDS[kind].columns
        if "json" in column.info
    }


def columns_from(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's column values."""
    fields = fields_of(kind)
    unknown = {name: value for name, value in data.items() if name not in fields}
    if unknown:
        data = {**data, "extra": {**data["extra"], _UNKNOWN: unknown}}
    return {
        name: canonical(data[name])
        if is_json and data[name] is not None
        else data[name]
        for name, is_json in fields.items()
    }


def data_from_columns(kind: str, values: Sequence[Any]) -> dict[str, Any]:
    """Return plain data from a row's column values, in the order of its fields."""
    data = {
        name: _parsed(value) if is_json else value
        for (name, is_json), value in zip(fields_of(kind).items(), values, strict=True)
    }
    extra = data.get("extra")
    if extra and _UNKNOWN in extra:
        data |= extra.pop(_UNKNOWN)
    return data


def _parsed(text: str | None) -> Any:  # noqa: ANN401 - plain data is Any by nature
    if text == "[]":
        return []
    if text == "{}":
        return {}
    return None if text is None else json.loads(text)
