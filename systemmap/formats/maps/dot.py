"""DOT for Graphviz: written only.

Carries labels, signs, themes as clusters of colour names and delays as a word.
Loses everything else; it is a way to a picture, not to another map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.format import Format, Written
from systemmap.formats.maps._links_out import links_out
from systemmap.formats.maps._losses import losses_of
from systemmap.formats.maps._themes import theme_labels
from systemmap.model.text import clean
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from systemmap.formats.maps._links_out import LinkOut
    from systemmap.model.programme import Programme

_CARRIED = frozenset(
    {
        "themes",
        "links with no agreed sign",
        "disputed marks",
        "delays",
        "links without an arrowhead",
        "two-headed links",
    }
)
_HEADS = {"directed": "forward", "mutual": "both", "undirected": "none"}


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write a digraph; opposite links are dashed as well as signed."""
    system_map = programme.system_map(map_id)
    themes = theme_labels(programme)
    lines = [
        "digraph systemmap {",
        '  charset="UTF-8";\n  node [shape=box, style=rounded];',
    ]
    for _, factor in sorted(system_map.factors.items()):
        theme = (
            f", tooltip={_quoted(themes.get(factor.theme, factor.theme))}"
            if factor.theme
            else ""
        )
        lines.append(f"  {_quoted(factor.id)} [label={_quoted(factor.label)}{theme}];")
    lines += [_line(out) for out in links_out(system_map)]
    text = "\n".join([*lines, "}"]) + "\n"
    return Written(
        data=text.encode("utf-8", "replace"),
        suffix=".dot",
        losses=losses_of(programme, map_id, carried=_CARRIED),
    )


def _line(out: LinkOut) -> str:
    sign = {"+": "+", "-": "−", "?": "?"}[out.polarity.value]
    label = f"{sign} (delay)" if out.link.delay else sign
    style = "dashed" if out.polarity is Polarity.OPPOSITE else "solid"
    ends = f"{_quoted(out.link.source)} -> {_quoted(out.link.target)}"
    return f"  {ends} [label={_quoted(label)}, style={style}, dir={_HEADS[out.direction]}];"


def _quoted(text: str) -> str:
    plain = clean(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{plain}"'


FORMAT = Format(
    key="dot",
    title="DOT (Graphviz)",
    holds="map",
    suffixes=(".dot",),
    loses="Written only; holds labels, signs, delays and themes, nothing else.",
    write=write,
)
