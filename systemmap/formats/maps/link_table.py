"""A map's links as one CSV table that opens in Excel. Written only.

The two tables of factors and links, which come back whole, are the format
"CSV tables of factors and links"; this one is for a look, or for other programs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.format import Format, Written
from systemmap.formats.maps._losses import losses_of
from systemmap.formats.maps._map_columns import LINK_HEADINGS, link_rows
from systemmap.formats.maps._table_csv import table_csv
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

_CARRIED = frozenset(
    {
        "links with no agreed sign",
        "disputed marks",
        "agreed marks",
        "delays",
        "strengths",
        "reasons",
        "notes on links",
        "links without an arrowhead",
        "two-headed links",
        "mention counts of links",
    }
)


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write one row for each link."""
    system_map = programme.system_map(map_id)
    rows = [row for _, row in link_rows(programme, map_id)]
    linked = {
        end for link in system_map.links.values() for end in (link.source, link.target)
    }
    alone = len(system_map.factors) - len(linked)
    left = (f"{counted(alone, 'cause')} that nothing links",) if alone else ()
    return Written(
        data=table_csv(("From", "To", *LINK_HEADINGS[2:]), rows),
        suffix=".csv",
        losses=(*left, *losses_of(programme, map_id, carried=_CARRIED)),
    )


FORMAT = Format(
    key="link_table",
    title="Links as one CSV table",
    holds="map",
    suffixes=(".csv",),
    loses="Loses causes that nothing links, and everything about causes but their names. It is written only.",
    write=write,
)
