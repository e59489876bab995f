"""Tables for analysts: columns that say what they hold, and the frame made of them.

pandas is loaded when a frame is made, never before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

Columns: TypeAlias = "tuple[Column, ...]"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a frame: its name, its pandas type, and what it holds.

    Attributes
    ----------
    name : str
        The column's name in the frame.
    dtype : str
        A pandas type that can hold "missing": ``string``, ``Int64``,
        ``Float64``, ``boolean``, ``datetime64[s]``; or ``object`` for a tuple.
    words : str
        What it holds, in which unit, and what a missing value means.
    """

    name: str
    dtype: str
    words: str


def data_frame(columns: Columns, rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """Return rows as a frame whose columns keep their types, rows or none.

    Parameters
    ----------
    columns : tuple[Column, ...]
        What each column holds, in order.
    rows : iterable of sequences
        One value for each column; None = missing.

    Returns
    -------
    pandas.DataFrame
        In the order of the rows. A missing value is ``pandas.NA``, never zero
        and never an empty text.

    Examples
    --------
    >>> found = data_frame((Column("links", "Int64", "How many."),), [[3], [None]])
    >>> found["links"].tolist()
    [3, <NA>]
    """
    import pandas as pd

    made = list(rows)
    return pd.DataFrame(
        {
            column.name: pd.Series([row[at] for row in made], dtype=column.dtype)
            for at, column in enumerate(columns)
        }
    )
