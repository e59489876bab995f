"""GML, the text of graphs that yEd, Gephi and networkx write: read by networkx.

Signs are read from a field or label that says so; other fields are kept. Not
written: GraphML carries more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading
from systemmap.formats.maps._graph_rows import take_graph
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._map_said import NOTHING_SAID
from systemmap.formats.reading.limits import DAMAGE, LIMITS, check_count
from systemmap.formats.sighting import NO, says_so

if TYPE_CHECKING:
    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.sighting import Recognition, Sighting


def recognise(sighting: Sighting) -> Recognition:
    """Look for a block that begins "graph [" among the first lines."""
    start = " ".join(" ".join(sighting.lines[:40]).split())
    if "graph [" in start and "node [" in f"{start} {' '.join(sighting.lines[40:400])}":
        return says_so("it holds a block 'graph [' with blocks 'node ['")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read every node and edge."""
    return read_mapped(sighting, NOTHING_SAID)


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read its fields as a person said."""
    import networkx  # only when such a file is read

    lines = sighting.decoded().text.replace("\r", "\n").split("\n")
    first = [line.split()[0] for line in lines if line.strip()]
    check_count(first.count("node"), LIMITS.factors, "nodes")
    check_count(first.count("edge"), LIMITS.links, "edges")
    try:
        graph = networkx.parse_gml(_many(lines), label="id")
    except (networkx.NetworkXException, *DAMAGE) as error:
        msg = f"The GML cannot be read: {str(error)[:200]}. Save it again from the original program, as GraphML if it can."
        raise ReadError(msg) from None
    builder = MapBuilder("gml", "GML", mapping=mapping)
    builder.name = str(graph.graph.get("label") or sighting.stem)
    take_graph(builder, graph)
    return builder.reading()


def _many(lines: list[str]) -> list[str]:
    """Let two nodes have several edges, which a file may hold without saying so."""
    if any(line.split()[:1] == ["multigraph"] for line in lines):
        return lines
    found = list(lines)
    for n, line in enumerate(lines):
        words = line.split()
        if words[:1] == ["graph"]:
            opens = n if "[" in line else n + 1
            found[opens : opens + 1] = [*found[opens : opens + 1], "multigraph 1"]
            break
    return found


FORMAT = Format(
    key="gml",
    title="GML (yEd, Gephi, networkx)",
    holds="map",
    suffixes=(".gml",),
    loses="Groups and drawing settings are left out; it is read only.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
)
