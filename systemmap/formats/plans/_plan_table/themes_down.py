"""A theme written once, in the first of its rows: the blank ones below it share it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from systemmap.errors import Problem
from systemmap.formats.plans._plan_table.headings import THEME
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.formats.plans._plan_table.plan_rows import PlanRow
    from systemmap.formats.plans._plan_table.streams import Stream


def with_themes(streams: Iterable[Stream]) -> list[Problem]:
    """Give rows below a theme that theme, where each is written only once, and say so.

    Where the same theme stands in two rows running, a blank cell is none.
    """
    count, first = 0, ""
    for stream in streams:
        said = [row.known.get(THEME, "").strip() for row in stream.rows]
        again = any(one and one == other for one, other in pairwise(said))
        if again or not any(said) or all(said):
            continue
        theme = section = ""
        rows: list[PlanRow] = []
        for row, own in zip(stream.rows, said, strict=True):
            theme = own or (theme if row.section == section else "")
            section = row.section
            if theme and not own:
                count, first = count + 1, first or row.where
                rows.append(replace(row, known={**row.known, THEME: theme}))
            else:
                rows.append(row)
        stream.rows = rows
    if not count:
        return []
    what = f"{counted(count, 'row names', 'rows name')} no theme and {'stands' if count == 1 else 'stand'} below one that does. Read as of the theme above."
    return [Problem(first, what, "guessed")]
