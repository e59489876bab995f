"""Pajek's `.net`: vertices, arcs and edges, read by networkx.

A negative weight is an opposite sign; where no weight is negative, weights say
nothing of signs. Vertices of one name are one cause. Not written.
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
    """Look for a line "*Vertices" with a number among the first lines."""
    for line in sighting.lines[:20]:
        words = line.split()
        if words[0].casefold() == "*vertices" and len(words) > 1 and words[1].isdigit():
            return says_so("a line says how many vertices there are, as Pajek's does")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read every vertex, arc and edge."""
    return read_mapped(sighting, NOTHING_SAID)


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read its fields as a person said."""
    import networkx  # only when such a file is read

    text = sighting.decoded().text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [line for line in text.split("\n") if not line.lstrip().startswith("%")]
    check_count(len(lines), LIMITS.factors + LIMITS.links, "lines")
    heads = [line.split() for line in lines if line.lower().startswith("*vertices")]
    try:
        said = int(heads[0][1])
        check_count(said, LIMITS.factors, "vertices")
        graph = networkx.parse_pajek("\n".join(lines))
    except (networkx.NetworkXException, NameError, StopIteration, *DAMAGE) as error:
        # Its parser asks for vertices it has not met, or for lines that are not there.
        msg = f"The Pajek file cannot be read: {_why(error)}. Save it again from the original program."
        raise ReadError(msg) from None
    builder = MapBuilder("pajek", "Pajek network", mapping=mapping)
    builder.name = str(graph.graph.get("name") or sighting.stem)
    take_graph(builder, graph)
    if said > len(graph):
        builder.set_aside(
            said - len(graph),
            f"It says that it holds {said:,} vertices, and {len(graph):,} different names stand in it. Vertices of one name are one cause.",
        )
    return builder.reading()


def _why(error: Exception) -> str:
    if isinstance(error, NameError) or not str(error):
        return "it has no list of vertices, or is cut short"
    return str(error)[:200]


FORMAT = Format(
    key="pajek",
    title="Pajek network",
    holds="map",
    suffixes=(".net", ".paj"),
    loses="Partitions, vectors and drawing settings are left out; it is read only.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
)
