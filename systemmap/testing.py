"""map_from("a -> b +") and helpers for other people's tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.system_map import SystemMap
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from systemmap.model.kinds import Record

_LINE = re.compile(
    r"(?P<source>[a-z0-9-]+)\s*->\s*(?P<target>[a-z0-9-]+)\s*(?P<sign>[+?-])?(?P<delay>\s*\(delay\))?\Z"
)


def map_from(notation: str, *, outcome: str | None = None) -> SystemMap:
    r"""Draw a small map from lines such as ``stress -> snacking +``.

    A line with one id and no arrow adds a factor without links. The sign may
    be ``+``, ``-`` or ``?``; a missing sign is unknown. ``(delay)`` at the end
    marks a slow link. Labels are the ids with spaces.

    Examples
    --------
    >>> map_from("stress -> snacking +\n sleep")
    <SystemMap 'main': 3 factors, 1 links>
    """
    system_map = SystemMap(MapVersion(id="main", name="Main map", outcome=outcome))
    for line in filter(None, (line.strip() for line in notation.splitlines())):
        match = _LINE.match(line)
        for name in (match["source"], match["target"]) if match else (line,):
            if name not in system_map.factors:
                system_map.add_factor(
                    Factor(id=name, label=name.replace("-", " ").capitalize())
                )
        if match:
            system_map.add_link(
                Link(
                    source=match["source"],
                    target=match["target"],
                    polarity=Polarity(match["sign"] or "?"),
                    delay=True if match["delay"] else None,
                )
            )
        elif "->" in line:
            msg = f"'{line}' is not a link. Write for example 'stress -> snacking +'."
            raise InvalidValue(msg)
    return system_map


def programme_of(system_map: SystemMap | None = None, *records: Record) -> Programme:
    """Return a programme called Testtown that holds one map and some records."""
    programme = Programme(ProgrammeInfo(id="testtown", name="Testtown"))
    programme.put_map(system_map or SystemMap())
    programme.add(*records)
    return programme
