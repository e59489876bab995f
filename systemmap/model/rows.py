"""Records to plain data and back: the one codec of store, log and native file.

Dates become ISO text, enumerations their value, tuples lists, nested records
objects. A field that equals its default is still written, so that a row says
everything. Fields a newer program added are kept under ``extra`` and come out
again where they were, and what an older program wrote is read as it is now.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias, get_args, get_origin, get_type_hints

from systemmap.errors import InvalidValue
from systemmap.model.kinds import KIND_OF, KINDS, Record

_UNKNOWN = "unknown_fields"
Reader: TypeAlias = Callable[[Any, str], Any]  # (value, where it stands) -> value


class _Field(NamedTuple):
    """What `_built` needs to know of a field, worked out once per class."""

    hint: Any
    read: Reader


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


def brief_data_from(record: Record) -> dict[str, Any]:
    """Return what `data_from` does without the fields that say their default.

    That is for messages between two processes of one version, never for keeping:
    `record_from` makes the same record of it, and `records_from` of many.

    Examples
    --------
    >>> from systemmap.model.elements import Link
    >>> brief_data_from(Link(source="stress", target="snacking"))
    {'source': 'stress', 'target': 'snacking'}
    """
    kind: Any = type(record)
    defaults, values_of = _defaults(kind)
    data = {
        name: value if type(value) in _AS_IT_IS else _plain(value)
        for (name, default), value in zip(defaults, values_of(record), strict=True)
        if value is not default and value != default
    }
    unknown: dict[str, Any] = (data.get("extra") or {}).pop(_UNKNOWN, {})
    if not unknown:
        return data
    return {**data, **{k: v for k, v in unknown.items() if k not in data}}


def record_from(kind: str, data: Mapping[str, Any]) -> Record:
    """Make a record of one kind from plain data.

    Raises
    ------
    InvalidValue
        A value is missing or cannot be what the field needs.
    """
    cls: Any = KINDS[kind].record
    names = _types(cls)
    known = data = _moved(kind, data)
    if not data.keys() <= names.keys():  # a newer program wrote it
        known, unknown = dict[str, Any](), dict[str, Any]()
        for name, value in data.items():
            (known if name in names else unknown)[name] = value
        if "extra" in names:
            known["extra"] = {**known.get("extra", {}), _UNKNOWN: unknown}
    return typing.cast("Record", _built(cls, known, KINDS[kind].noun))


def records_from(kind: str, names: Sequence[str]) -> Callable[[Sequence[Any]], Record]:
    """Return what makes a record of one kind from its values, in the order of `names`.

    Each value is checked as `record_from` does; what is the same for all of them is
    looked up once.

    Examples
    --------
    >>> made = records_from("link", ["source", "target"])
    >>> made(["stress", "snacking"]).target
    'snacking'

    Raises
    ------
    InvalidValue
        A field that is needed is not among the names.
    """
    cls, noun = typing.cast("Any", KINDS[kind].record), KINDS[kind].noun
    known, required = _fields(cls)
    if not set(names) <= known.keys():  # fields that a newer program wrote
        return lambda values: record_from(kind, dict(zip(names, values, strict=True)))
    if missing := [name for name in required if name not in names]:
        raise _lacks(noun, missing[0])
    readers = [(name, *known[name], f"{noun}.{name}") for name in names]

    def made(values: Sequence[Any]) -> Record:
        pairs = zip(readers, values, strict=True)
        found = {
            name: value if type(value) is hint else read(value, where)
            for (name, hint, read, where), value in pairs
        }
        return typing.cast("Record", cls(**found))

    return made


def up_to_date(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record's plain data as this program writes it, whoever wrote it."""
    cls: Any = KINDS[kind].record
    if _types(cls).keys() <= data.keys():
        return dict(data)
    return data_from(record_from(kind, data))


def _moved(kind: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take the rating of an action from where it stood before it had a field."""
    if kind != "action" or "rating" in data or "rating" not in data.get("extra", ()):
        return data
    extra = dict(data["extra"])
    found = {
        name: extra.pop(name)
        for name in ("rating", "rating_reason")
        if isinstance(extra.get(name), str)
    }
    return {**data, "extra": extra, **found}


def same(one: Record, other: Record) -> bool:
    """Say whether two records of one kind hold the same data."""
    return KIND_OF[type(one)] is KIND_OF[type(other)] and data_from(one) == data_from(
        other
    )


@cache
def _types(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, include_extras=False)


@cache
def _fields(cls: type) -> tuple[dict[str, _Field], tuple[str, ...]]:
    """Return the fields by name, and the names of those that must be given."""
    known = {name: _Field(hint, _reader(hint)) for name, hint in _types(cls).items()}
    return known, tuple(f.name for f in fields(cls) if _required(f))


def _required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


@cache
def _defaults(cls: type) -> tuple[tuple[tuple[str, Any], ...], Callable[[Any], Any]]:
    """Return the fields with what each says by default, and what gets all their values.

    MISSING = it says nothing by default.
    """
    defaults = tuple(
        (
            f.name,
            f.default if f.default_factory is MISSING else f.default_factory(),
        )
        for f in fields(cls)
    )
    return defaults, attrgetter(*(name for name, _ in defaults))


_AS_IT_IS = frozenset((str, int, float, bool, type(None)))  # nearly every value


@cache
def _names(cls: type) -> tuple[str, ...]:
    """Return the fields of a record, or of a value inside one; () = it is neither."""
    return tuple(f.name for f in fields(cls)) if is_dataclass(cls) else ()


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is tuple or kind is list:  # these first: most of what is not plain
        return [v if type(v) in _AS_IT_IS else _plain(v) for v in value]
    if kind is dict:
        return {
            str(k): v if type(v) in _AS_IT_IS else _plain(v) for k, v in value.items()
        }
    if isinstance(value, StrEnum):
        return value.value
    names = _names(kind)
    if names:
        found = {name: getattr(value, name) for name in names}
        return {n: v if type(v) in _AS_IT_IS else _plain(v) for n, v in found.items()}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    return value


def _built(cls: Any, data: Mapping[str, Any], noun: str) -> Any:
    known, required = _fields(cls)
    values = {}
    for name, value in data.items():
        hint, read = known[name]
        as_it_is = type(value) is hint  # most are: plain text needs no look
        values[name] = value if as_it_is else read(value, f"{noun}.{name}")
    for name in required:
        if name not in values:
            raise _lacks(noun, name)
    return cls(**values)


def _lacks(noun: str, name: str) -> InvalidValue:
    return InvalidValue(f"The {noun} has no '{name}'.")


@cache
def _reader(hint: Any) -> Reader:
    """Return what reads a value for a type hint: looked up once, called for each row."""
    origin = get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        return _optional(_reader(inner))
    if origin is tuple:
        return _list(_reader(get_args(hint)[0]))
    if origin is Mapping:
        return _mapping
    if is_dataclass(hint) and isinstance(hint, type):
        return _nested(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _word(hint)
    return _moment(hint) if hint in (datetime, date) else _plain_value(hint)


def _optional(read: Reader) -> Reader:
    return lambda value, where: None if value is None else read(value, where)


def _list(read: Reader) -> Reader:
    def items(value: Any, where: str) -> Any:
        if not isinstance(value, (list, tuple)):
            raise _refused(where, value, "a list")
        return tuple([read(item, where) for item in value])

    return items


def _mapping(value: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise _refused(where, value, "an object")
    return dict(value)


def _nested(cls: type) -> Reader:
    names = _types(cls)

    def record(value: Any, where: str) -> Any:
        known = _mapping(value, where)
        if not known.keys() <= names.keys():
            known = {k: v for k, v in known.items() if k in names}
        return _built(cls, known, where)

    return record


def _word(vocabulary: type[StrEnum]) -> Reader:
    words = {word.value: word for word in vocabulary}

    def word(value: Any, where: str) -> Any:
        found = words.get(value) if isinstance(value, str) else None
        if found is None:
            raise _refused(where, value, _expected(vocabulary))
        return found

    return word


def _moment(hint: Any) -> Reader:
    def moment(value: Any, where: str) -> Any:
        try:
            return hint.fromisoformat(value)
        except (ValueError, TypeError):
            raise _refused(where, value, _expected(hint)) from None

    return moment


def _plain_value(hint: Any) -> Reader:
    def scalar(value: Any, where: str) -> Any:
        if hint is object:
            return value
        if hint is float and type(value) in (int, float):
            return float(value) + 0.0  # -0.0 becomes 0.0: SQLite keeps no sign of it
        if type(value) is not hint:
            raise _refused(where, value, _expected(hint))
        return value

    return scalar


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
