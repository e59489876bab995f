"""A programme as pandas frames, and a map from frames of links and factors."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, get_type_hints

from systemmap.data_frames import Column, data_frame
from systemmap.errors import Problem, ReadError
from systemmap.formats.maps._file_table import Table
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._sign_words import number_from
from systemmap.formats.maps.links_csv import take_map
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.kinds import KINDS
from systemmap.model.rows import data_from
from systemmap.model.system_map import SystemMap
from systemmap.model.values import Due, Polarity

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from systemmap.data_frames import Columns
    from systemmap.model.kinds import Kind, Record
    from systemmap.model.programme import Programme

_DTYPES: Mapping[object, str] = {
    str: "string",
    int: "Int64",
    float: "Float64",
    bool: "boolean",
    date: "datetime64[s]",
    datetime: "datetime64[us, UTC]",
    Due: "string",
}


def frames_of(programme: Programme) -> dict[str, pd.DataFrame]:
    """Return everything a programme holds, a frame for each kind of record.

    Parameters
    ----------
    programme : Programme
        It is not changed.

    Returns
    -------
    dict[str, pandas.DataFrame]
        By kind of record in the order of the model (``factor``, ``link``,
        ``action`` …), those without a record included. One row a record, in
        the order in which they were added; one column a field. Dates are
        dates; a due date is the words as typed; several values are a tuple;
        what was not said is missing, never zero.

    Examples
    --------
    >>> from systemmap.testing import map_from, programme_of
    >>> frames = frames_of(programme_of(map_from("stress -> snacking +")))
    >>> frames["link"][["source", "target", "polarity"]].to_dict("records")
    [{'source': 'stress', 'target': 'snacking', 'polarity': '+'}]
    """
    return {
        name: data_frame(
            columns_of(kind),
            (_cells(record) for record in programme.all(kind.record).values()),
        )
        for name, kind in KINDS.items()
    }


def columns_of(kind: Kind) -> Columns:
    """Return the columns of one kind's frame, with their types."""
    hints = get_type_hints(kind.record)
    return tuple(
        Column(field.name, _dtype(hints[field.name]), f"{kind.noun}.{field.name}")
        for field in fields(kind.record)
    )


def _dtype(hint: object) -> str:
    if isinstance(hint, types.UnionType):
        (hint,) = (arg for arg in typing.get_args(hint) if arg is not type(None))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return "string"
    return _DTYPES.get(hint, "object")


def _cells(record: Record) -> tuple[Any, ...]:
    plain = data_from(record)
    return tuple(
        _cell(getattr(record, field.name), plain[field.name])
        for field in fields(record)
    )


def _cell(value: object, plain: Any) -> Any:  # noqa: ANN401 - plain data is Any by nature
    if isinstance(value, Due):
        return value.raw
    if isinstance(value, date):  # a datetime is one too
        return value
    return tuple(plain) if isinstance(plain, list) else plain


def from_frames(
    links: pd.DataFrame | None = None,
    factors: pd.DataFrame | None = None,
    *,
    strict: bool = True,
) -> SystemMap:
    """Make a map of a frame of links, a frame of factors, or both.

    The columns may be called what they are called in files: from and to,
    source and target, cause and effect …; sign, polarity or weight; delay,
    strength, reason; for factors label or name, id, theme, x, y. The index is
    not read.

    Parameters
    ----------
    links : pandas.DataFrame | None
        One row a link. Its ends are ids when all of them are ids of
        `factors`, else labels. A link that stands twice becomes one, and
        opposite signs make it disputed.
    factors : pandas.DataFrame | None
        One row a factor; None = those that the links name.
    strict : bool
        Whether a row that cannot be read, or is only guessed, is refused.
        Otherwise such rows are read as files are: skipped, or guessed.

    Returns
    -------
    SystemMap
        The main map of nothing yet; hand it to any question of the library.

    Raises
    ------
    ReadError
        There is no column for the ends or the names; or, when strict, any row
        was skipped or guessed. Every problem is listed with its row.

    Examples
    --------
    >>> import pandas as pd
    >>> from_frames(pd.DataFrame({"from": ["Stress"], "to": ["Sleep"], "sign": ["-"]}))
    <SystemMap 'main': 2 factors, 1 links>
    """
    builder = MapBuilder("links_csv", "data frames", own_ids=True)
    take_map(
        builder,
        None if factors is None else _table(_ours(factors), "Factors"),
        None if links is None else _table(_ours(links), "Links"),
    )
    return map_of(builder, strict=strict)


def map_of(builder: MapBuilder, *, strict: bool) -> SystemMap:
    """Return the map a builder has gathered, or refuse it with its problems."""
    reading = builder.reading()
    links = [record for record in reading.records if isinstance(record, Link)]
    doubtful = [p for p in reading.problems if p.kind != "note"] + [
        Problem(link.id, f"'{word}' is no sign that is known here.", "guessed", word)
        for link in links
        if (word := str(link.extra.get("sign_raw", "")))
        and link.polarity is Polarity.UNKNOWN
        and number_from(word, decimal_comma=True) is None
    ]
    if strict and doubtful:
        msg = "The map was not made. Mend these rows, or pass strict=False."
        raise ReadError(msg, doubtful)
    (version,) = (r for r in reading.records if isinstance(r, MapVersion))
    return SystemMap(
        replace(version, name="Main map"),
        (r for r in reading.records if isinstance(r, Factor)),
        links,
    )


_NAMES = {
    "influence": "Local influence",
    "unique_to_area": "Special to this place",
    "directed": "direction",
}
_NOT_TEXT = ("map_id", "extra", "wordings", "claims")  # what rows of text cannot hold


def _ours(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame from `frames_of` under the headings of files; others as they are."""
    if "map_id" not in frame.columns:
        return frame
    maps = sorted(frame["map_id"].dropna().unique())
    if len(maps) > 1:
        msg = f"The frame holds {len(maps)} maps: {', '.join(maps)}. Choose one, for example frame[frame['map_id'] == '{maps[0]}']."
        raise ReadError(msg)
    kept = frame.drop(columns=[name for name in _NOT_TEXT if name in frame.columns])
    if "directed" in kept.columns:
        words = kept["directed"].map({True: "directed", False: "undirected"})
        kept = kept.assign(directed=words)
    return kept.rename(columns=_NAMES)


def _table(frame: pd.DataFrame, name: str) -> Table:
    """Return a frame as the rows of text that every reader of tables takes."""
    headings = tuple(str(heading) for heading in frame.columns)
    missing = frame.isna()
    rows = tuple(
        (
            f"{name}, row {at}",
            tuple(
                "" if gone is True else _text(cell)
                for cell, gone in zip(cells, blank, strict=True)
            ),
        )
        for at, (cells, blank) in enumerate(
            zip(
                frame.itertuples(index=False, name=None),
                missing.itertuples(index=False, name=None),
                strict=True,
            ),
            start=1,
        )
    )
    return Table(name, headings, rows)


def _text(cell: object) -> str:
    if isinstance(cell, (tuple, list)):
        return "|".join(map(str, cell))
    if isinstance(cell, bool) or type(cell).__name__ == "bool_":
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
