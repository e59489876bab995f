"""Records to plain data and back: the one codec of store, log and native file.

Dates become ISO text, enumerations their value, tuples lists, nested records
objects. A field that equals its default is still written, so that a row says
everything. Fields a newer program added are kept under ``extra`` and come out
again where they were.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from systemmap.errors import InvalidValue
from systemmap.model.kinds import KIND_OF, KINDS, Record

_UNKNOWN = "unknown_fields"


def data_from(record: Record) -> dict[str, Any]:
    """Return a record as plain data (text, numbers, booleans, lists, dicts, None).

    Examples
    --------
    >>> from systemmap.model.elements import Link
    >>> data_from(Link(source="stress", target="snacking"))["polarity"]
    '?'
    """
    data = _plain(record)
    unknown: dict[str, Any] = (data.get("extra") or {}).pop(_UNKNOWN, {})
    return {**data, **{k: v for k, v in unknown.items() if k not in data}}


def record_from(kind: str, data: Mapping[str, Any]) -> Record:
    """Make a record of one kind from plain data.

    Raises
    ------
    InvalidValue
        A value is missing or cannot be what the field needs.
    """
    cls: Any = KINDS[kind].record
    known: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    for name, value in data.items():
        (known if name in _types(cls) else unknown)[name] = value
    if unknown and "extra" in _types(cls):
        known["extra"] = {**known.get("extra", {}), _UNKNOWN: unknown}
    return typing.cast("Record", _built(cls, known, KINDS[kind].noun))


def same(one: Record, other: Record) -> bool:
    """Say whether two records of one kind hold the same data."""
    return KIND_OF[type(one)] is KIND_OF[type(other)] and data_from(one) == data_from(
        other
    )


@cache
def _types(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, include_extras=False)


@cache
def _fields(cls: type) -> tuple[Any, ...]:
    return fields(cls)


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    return value


def _built(cls: Any, data: Mapping[str, Any], noun: str) -> Any:
    hints = _types(cls)
    values = {}
    for f in _fields(cls):
        if f.name in data:
            value, hint = data[f.name], hints[f.name]
            if type(value) is not hint:  # most are: plain text needs no look
                value = _value(hint, value, f"{noun}.{f.name}")
            values[f.name] = value
        elif f.default is MISSING and f.default_factory is MISSING:
            msg = f"The {noun} has no '{f.name}'."
            raise InvalidValue(msg)
    return cls(**values)


def _value(hint: Any, value: Any, where: str) -> Any:
    origin = get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        if value is None:
            return None
        (hint,) = (arg for arg in get_args(hint) if arg is not type(None))
        return _value(hint, value, where)
    if origin is tuple:
        if not isinstance(value, (list, tuple)):
            raise _refused(where, value, "a list")
        return tuple(_value(get_args(hint)[0], item, where) for item in value)
    if origin is Mapping:
        if not isinstance(value, Mapping):
            raise _refused(where, value, "an object")
        return dict(value)
    if is_dataclass(hint) and isinstance(hint, type):
        if not isinstance(value, Mapping):
            raise _refused(where, value, "an object")
        known = {k: v for k, v in value.items() if k in _types(hint)}
        return _built(hint, known, where)
    return _scalar(hint, value, where)


def _scalar(hint: Any, value: Any, where: str) -> Any:
    if hint is object:
        return value
    try:
        if hint in (datetime, date) or issubclass(hint, StrEnum):
            return (
                hint.fromisoformat(value) if hint in (datetime, date) else hint(value)
            )
    except (ValueError, TypeError):
        raise _refused(where, value, _expected(hint)) from None
    if hint is float and type(value) in (int, float):
        return float(value)
    if type(value) is not hint:
        raise _refused(where, value, _expected(hint))
    return value


def _expected(hint: Any) -> str:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return "one of " + ", ".join(hint)
    names = {
        str: "text",
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        date: "a date",
        datetime: "a moment",
    }
    return names.get(hint, str(hint))


def _refused(where: str, value: Any, expected: str) -> InvalidValue:
    shown = repr(value)
    return InvalidValue(f"{where} is {shown[:60]}, which is not {expected}.")
