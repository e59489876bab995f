"""A programme with a record of every kind and a value in every field."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from systemmap.model.kinds import KINDS
from systemmap.model.programme import Programme

TOWN = "everytown"
_CHOSEN = {"status": "ongoing", "rating": "amber", "kind": None}


def programme() -> Programme:
    """Return the programme; new kinds and fields of the model join by themselves."""
    records = [_record(kind.record) for kind in KINDS.values()]
    second = _record(KINDS["factor"].record, id="two")
    info, *others = records
    place = next(n for n, r in enumerate(others) if type(r) is KINDS["link"].record)
    return Programme(info, [*others[:place], second, *others[place:]])


def _record(cls, **given):
    hints = typing.get_type_hints(cls)
    values = {
        f.name: given.get(f.name, _value(hints[f.name], f.name)) for f in fields(cls)
    }
    return cls(**values)


def _value(hint, name):
    if name.endswith("_id") or name in ("id", "source", "target"):
        return _reference(name)
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        (hint,) = (arg for arg in typing.get_args(hint) if arg is not type(None))
        return _value(hint, name)
    if origin is tuple:
        return (_value(typing.get_args(hint)[0], ""),) * 2
    if origin is Mapping:
        text = typing.get_args(hint)[1] is str
        return {"é": "x"} if text else {"a": [1, 2.5, None, True, {"b": "ü"}]}
    if is_dataclass(hint):
        return _record(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return list(hint)[-1]
    plain = {
        int: 7,
        float: 0.1,
        bool: True,
        date: date(2026, 2, 3),
        datetime: datetime(2026, 2, 3, 4, 5, 6, 789000, tzinfo=UTC),
    }
    return plain.get(hint, _CHOSEN.get(name) or f"{name}: it's “odd” 🍎\nand long")


def _reference(name):
    return {"id": TOWN, "source": TOWN, "target": "two", "contribution_id": "n"}.get(
        name, TOWN
    )
