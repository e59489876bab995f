"""The map as one interactive page: offline, safe to e-mail, readable without sight.

The only module that imports pyvis, and only its Network, as a bag of nodes and
edges. Its templates are never used: they run people's text and call a CDN.
"""

from __future__ import annotations

from dataclasses import asdict
from dataclasses import fields as fields_of
from functools import cache
from itertools import repeat
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from systemmap.coverage.cover import RUNG_WORDS
from systemmap.drawing.engine import engine_script
from systemmap.drawing.framed import MANY, shown_on_screen
from systemmap.drawing.key import sample
from systemmap.drawing.placed import TRAY_WORDS, placed_on
from systemmap.drawing.scene import (
    KEY_WORDS,
    Scene,
    SceneBox,
    SceneLine,
    scene_from,
)
from systemmap.drawing.styles import DARK, LIGHT, LINK_STYLES, looks
from systemmap.drawing.told_loops import told_loops
from systemmap.drawing.web_files import PAGE_SCRIPTS, bundled, island, policy, web_text
from systemmap.drawing.words import (
    STYLE_WORDS,
    factor_table,
    link_sentence,
    link_table,
    map_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Template
    from pyvis.network import Network

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.drawing.caption import Caption
    from systemmap.drawing.factor_card import Card
    from systemmap.drawing.story import StoryStep
    from systemmap.model.system_map import SystemMap

_NODE = (
    "id",
    "label",
    "lines",
    "x",
    "y",
    "width",
    "height",
    "theme",
    "rung",
    "actions",
    "assets",
    "priority",
    "pinned",
    "layer",
)
_EDGE = (
    "style",
    "width",
    "ink",
    "slow",
    "strength",
    "confidence",
    "either_way",
    "reason",
)


def page(
    scene: Scene,
    caption: Caption,
    *,
    analysis: MapAnalysis,
    embed: bool = False,
    story: Sequence[StoryStep] = (),
    cards: Mapping[str, Card] = MappingProxyType({}),
) -> str:
    """Return a scene as a single HTML page, with its story, loops, cards and its text twin."""
    engine, script = engine_script(), bundled(*PAGE_SCRIPTS)
    told = told_loops(analysis)
    return _template().render(
        caption=caption,
        embed=embed,
        policy=policy(engine, script),
        styles=web_text("map.css") + web_text("page.css"),
        engine=engine,
        script=script,
        data=island(
            canvas_data(scene)
            | {
                "loops": list(told.loops),
                "looks": looks(),
                "story": [step.data() for step in story],
                "notes": notes(caption),
                "cards": {about: asdict(card) for about, card in cards.items()},
            }
        ),
        story=story,
        legend=[
            (entry, *(Markup(sample(entry, scene, look)) for look in (LIGHT, DARK)))  # noqa: S704 - built by svg.element, which escapes
            for entry in scene.legend()
        ],
        colours=(("light", LIGHT), ("dark", DARK)),
        themes=scene.themes,
        link_words={line.style: STYLE_WORDS[line.style] for line in scene.lines},
        rung_words={int(rung): words for rung, words in RUNG_WORDS.items()},
        covered=scene.covered,
        in_words=map_in_words(scene),
        loops=told.loops,
        loop_count=told.sentence,
        tables=(factor_table(scene), link_table(scene)),
    )


def canvas_data(scene: Scene, shape: str = "") -> dict[str, Any]:
    """Return what a canvas of a shape needs: nodes and edges as pyvis holds them, cut to a whitelist."""
    from pyvis.network import Network  # loads IPython: only when a page is made

    shown = shown_on_screen(scene, shape)
    # a canvas draws plain curves itself; beyond, routes for paper would be no better
    routed = len(scene.boxes) <= MANY
    placed = placed_on(shown, routed=routed)
    ways = zip(*placed.line_data(), strict=True) if routed else repeat((None, None))
    network = Network(directed=True)
    names = {box.id: box.label for box in scene.boxes}
    for box in scene.boxes:
        fields = _flat(box)
        network.add_node(
            fields.pop("id"), label=fields.pop("label"), shape="custom", **fields
        )
    for line in scene.lines:
        fields = _flat(line)
        # "source" and "directed" are names of pyvis's own
        ends = fields.pop("source"), fields.pop("target")
        fields["either_way"] = not fields.pop("directed")
        network.add_edge(*ends, title=link_sentence(line, names), **fields)
    return {
        "map_id": scene.map_id,
        "boxes": [{key: node[key] for key in _NODE} for node in network.nodes],
        "lines": [
            {"source": edge["from"], "target": edge["to"]}
            | {key: edge[key] for key in _EDGE}
            | {"route": route, "sign": sign}
            for edge, (route, sign) in zip(network.edges, ways, strict=False)
        ],
        "at": {box.id: (box.x, box.y) for box in shown.boxes},
        "together": None
        if shown is scene
        else {box.id: (box.x, box.y) for box in shown.boxes},
        **placed.data(),
        "tray_words": TRAY_WORDS,
        "themes": [asdict(theme) for theme in scene.themes],
        "bounds": list(scene.bounds),
        "cover_words": {int(r): words for r, words in RUNG_WORDS.items()},
        "key_words": KEY_WORDS,
    }


def _flat(part: SceneBox | SceneLine) -> dict[str, Any]:
    """Return its fields by name; what they hold is not copied, as `asdict` would."""
    return {field.name: getattr(part, field.name) for field in fields_of(part)}


def to_pyvis(system_map: SystemMap, *, height: str = "720px") -> Network:
    """Return a map as a pyvis Network, for those who want to go on in pyvis.

    Parameters
    ----------
    system_map : SystemMap
        The map. It is not changed.
    height : str
        Of the network's frame, as CSS.

    Returns
    -------
    pyvis.network.Network
        Directed, at our places and with physics off, so that it stands still.
        Nodes have ``label``, ``theme`` and ``title``; edges ``sign`` (+, − or
        ?), ``dashes`` and ``title``. Titles are escaped: pyvis shows them as
        markup. Its own pages ask other hosts for scripts; `show` and `write`
        do not.

    Examples
    --------
    >>> from systemmap.testing import map_from
    >>> network = to_pyvis(map_from("stress -> snacking +"))
    >>> network.num_nodes(), network.num_edges()
    (2, 1)
    """
    from pyvis.network import Network

    scene = scene_from(system_map)
    network = Network(height=height, width="100%", directed=True)
    colours = {theme.key: theme.colour(LIGHT) for theme in scene.themes}
    names = {box.id: box.label for box in scene.boxes}
    for box in scene.boxes:
        network.add_node(
            box.id,
            label="\n".join(box.lines),
            title=str(escape(box.label)),
            shape="box",
            x=round(box.x + box.width / 2, 1),
            y=round(box.y + box.height / 2, 1),
            color={"border": colours[box.theme], "background": LIGHT.paper},
            theme=box.theme,
        )
    for line in scene.lines:
        style = LINK_STYLES[line.style]
        network.add_edge(
            line.source,
            line.target,
            title=str(escape(link_sentence(line, names))),
            label=style.sign,
            sign=style.sign,
            color=style.colour(LIGHT),
            dashes=list(style.dash) or False,
            arrows="to" if line.directed else "",
        )
    network.toggle_physics(status=False)
    return network


def notes(caption: Caption) -> list[str]:
    """Return the lines that travel with a picture copied from the canvas."""
    return [caption.subtitle, *caption.footer]


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("systemmap.drawing", "web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2")
