"""Generated system maps and programmes for tests that hold for any of them.

`system_maps()` draws small maps of every shape the model allows; `programmes()`
fills every kind of record through its own type hints, so that a new field is
exercised the day it is added.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.kinds import KINDS
from systemmap.model.programme import Programme
from systemmap.model.system_map import SystemMap
from systemmap.model.text import clean, clean_label
from systemmap.model.values import Confidence, Polarity, Strength

if typing.TYPE_CHECKING:
    from systemmap.model.plan import ProgrammeInfo

ids = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
texts = st.text(max_size=12).map(clean)
labels = st.text(min_size=1, max_size=12).map(clean_label).filter(bool)
numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: x + 0.0)
moments = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2099, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | numbers | texts,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2)
    ),
    max_leaves=4,
)

# Fields whose words the model checks, by record and field.
_SPECIAL: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    **{(kind, "rating"): st.sampled_from(["", "green", "blue"]) for kind in KINDS},
    **{(kind, "label"): labels for kind in KINDS},
    **{(kind, "title"): labels for kind in KINDS},
    **{(kind, "name"): labels for kind in KINDS},
    ("contribution", "text"): labels,
    ("point", "text"): labels,
    ("local_term", "vocabulary"): ids,
    ("action", "status"): st.sampled_from(["", "proposed", "ongoing", "complete"]),
}


@st.composite
def system_maps(draw: st.DrawFn, *, max_factors: int = 8) -> SystemMap:
    """Draw a map of up to `max_factors` factors with signs, delays and doubts."""
    names = draw(st.lists(ids, unique=True, max_size=max_factors))
    system_map = SystemMap(MapVersion(id="main", name="Main map"))
    for name in names:
        system_map.add_factor(
            Factor(
                id=name,
                label=draw(labels),
                theme=draw(st.sampled_from(["", "schools", "food_environment"])),
                note=draw(st.just("") | texts),
                mentions=draw(st.integers(0, 9)),
                x=draw(st.none() | numbers),
                y=draw(st.none() | numbers),
            )
        )
    pairs = [(a, b) for a in names for b in names if a != b]
    for source, target in (
        draw(st.lists(st.sampled_from(pairs), unique=True, max_size=12))
        if pairs
        else []
    ):
        disputed = draw(st.booleans())
        system_map.add_link(
            Link(
                source=source,
                target=target,
                polarity=Polarity.UNKNOWN
                if disputed
                else draw(st.sampled_from(Polarity)),
                confidence=Confidence.DISPUTED
                if disputed
                else draw(st.sampled_from([Confidence.STATED, Confidence.AGREED])),
                strength=draw(st.sampled_from(Strength)),
                delay=draw(st.none() | st.booleans()),
                directed=draw(st.sampled_from([True, True, True, False])),
                reason=draw(st.just("") | texts),
                mentions=draw(st.integers(0, 9)),
            )
        )
    return system_map


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    """Draw a programme that may hold records of every kind, all references whole."""
    info = draw(_records("programme", Programme.__new__(Programme), 0))
    programme = Programme(typing.cast("ProgrammeInfo", info))
    programme.put_map(draw(system_maps(max_factors=4)))
    for kind in KINDS:
        if kind in ("programme", "factor", "link"):
            continue
        for n in range(draw(st.sampled_from([0, 1, 1, 2]))):
            record = draw(_records(kind, programme, n))
            if record is not None and KINDS[kind].key_of(record) not in programme.all(
                type(record)
            ):
                programme.add(record)
    return programme


@cache
def _fields(kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return strategies for the fields a kind needs, and for those it may have."""
    record_type: Any = KINDS[kind].record
    hints = get_type_hints(record_type)
    needed: dict[str, Any] = {}
    optional: dict[str, Any] = {}
    for f in fields(record_type):
        strategy = _SPECIAL.get((kind, f.name), _values(hints[f.name]))
        has_default = f.default is not MISSING or f.default_factory is not MISSING
        (optional if has_default else needed)[f.name] = strategy
    return needed, optional


def _records(kind: str, programme: Programme, n: int) -> st.SearchStrategy[Any]:
    """Draw one record of a kind: all it needs, and a few of what it may have."""
    record_type: Any = KINDS[kind].record
    needed, optional = (dict(part) for part in _fields(kind))
    if "id" in needed:
        needed["id"] = st.just(f"{kind.replace('_', '-')}-{n}")
    referred: dict[str, st.SearchStrategy[Any]] = {}
    for reference in KINDS[kind].references:
        keys = list(programme.all(KINDS[reference.kind].record))
        chosen = (
            st.sampled_from(keys).map(lambda key: key.split("/"))
            if keys
            else st.just([None] * len(reference.fields))
        )
        if not keys and any(name in needed for name in reference.fields):
            return st.none()
        names = reference.fields
        for name in names:
            needed.pop(name, None)
            optional.pop(name, None)
        referred[" ".join(names)] = chosen

    return _record(record_type, referred, needed, optional)


@st.composite  # here, not within: hypothesis reads the source of what it makes
def _record(
    draw: st.DrawFn,
    record_type: Any,
    referred: Mapping[str, st.SearchStrategy[Any]],
    needed: Mapping[str, st.SearchStrategy[Any]],
    optional: Mapping[str, st.SearchStrategy[Any]],
) -> Any:
    values: dict[str, Any] = {}
    for names, strategy in referred.items():
        drawn = draw(strategy)
        if values.get("map_id", drawn[0]) == drawn[0]:
            values.update(zip(names.split(), drawn, strict=True))
        else:
            return None
    values |= {name: draw(strategy) for name, strategy in needed.items()}
    if optional:
        some = draw(
            st.lists(st.sampled_from(sorted(optional)), max_size=4, unique=True)
        )
        values |= {name: draw(optional[name]) for name in some}
    if None in values.values():
        values = {k: v for k, v in values.items() if v is not None}
        if not _whole(record_type, values):
            return None
    return record_type(**values)


def _whole(record_type: Any, values: Mapping[str, Any]) -> bool:
    return all(
        f.name in values or f.default is not MISSING or f.default_factory is not MISSING
        for f in fields(record_type)
    )


@cache
def _values(hint: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for one type hint of the model."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, typing.Union):
        (hint,) = (arg for arg in inner if arg is not type(None))
        return st.none() | _values(hint)
    if origin is tuple:
        return st.lists(_values(inner[0]), max_size=2).map(tuple)
    if origin is Mapping:
        values = json_values if inner[1] is object else _values(inner[1])
        return st.dictionaries(texts, values, max_size=2)
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        return st.builds(hint, **{f.name: _values(hints[f.name]) for f in fields(hint)})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: texts,
        int: st.integers(-(2**53), 2**53),
        float: numbers,
        bool: st.booleans(),
        date: st.dates(date(2000, 1, 1), date(2099, 1, 1)),
        datetime: moments,
    }
    return plain[hint]
