"""A map as PRSM keeps it: every style whole, since PRSM's own show through a gap.

PRSM lays a style of the file over one of its fifteen, some with thick or dotted
borders and white words, and draws a box by what stands beside the box itself.
So border, font and margin are said of each (PRSM 3.2.4, looked at).
"""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

from systemmap.bundled.attribution import notices_of
from systemmap.drawing.layout.boxes import text_width
from systemmap.drawing.styles import (
    LIGHT,
    LINK_STYLES,
    UNSORTED,
    WIDTHS,
    theme_styles,
    tint,
)
from systemmap.formats.maps._links_out import links_out
from systemmap.formats.maps._sign_words import DELAY_MARK
from systemmap.formats.maps._spacing import spread
from systemmap.formats.maps._themes import theme_labels
from systemmap.model.text import clean
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.drawing.styles import ThemeStyle
    from systemmap.formats.maps._links_out import LinkOut
    from systemmap.formats.maps._spacing import Place, Size, Spacing
    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap

OURS = "systemmap"  # the key under which a file of ours says how it was spread
MOST_THEMES = 14  # the fifteenth style is for causes of no theme
_SIGNS = {
    Polarity.SAME: ("edge0", "more", "Positive (+)"),
    Polarity.OPPOSITE: ("edge1", "less", "Negative (−)"),
    Polarity.UNKNOWN: ("edge2", "unknown", "Sign not agreed"),
}
_FONT = {"face": "Oxygen", "color": LIGHT.ink, "size": 14}
_MARGIN, _GAP, _LINE = 10, 12.0, 14.0
_OWN_MARGIN = 20.0  # round the words of PRSM's own styles
_WIDER = 1.3  # its font at 14 points, by ours: measured on the names of both maps
_BREAKS_AT = (
    10  # letters of a line after which PRSM begins another; fewer in long names
)


def document_of(programme: Programme, map_id: str) -> dict[str, object]:
    """Return the map as the plain data of a `.prsm` file."""
    system_map = programme.system_map(map_id)
    styles = _theme_styles(programme, map_id)
    sizes = {f.id: prsm_box(f.label) for f in system_map.factors.values()}
    places, spacing = spread(system_map, sizes, gap=_GAP)
    nodes = []
    for key, factor in sorted(system_map.factors.items()):
        group, look = styles.get(factor.theme, styles[UNSORTED])
        node = {"id": key, "label": factor.label, "grp": group, **_box(look)}
        node |= dict(zip(("x", "y"), places[key], strict=True))
        nodes.append(node | ({"note": _note(factor.note)} if factor.note else {}))
    document: dict[str, object] = {
        "saved": "systemmap",
        "version": "3.2.4",
        "mapTitle": system_map.version.name,
        "lastNodeSample": "group0",
        "lastLinkSample": "edge0",
        "buttons": {
            "snapToGrid": False,
            "curve": "Curved",
            "background": LIGHT.paper,
            "legend": True,
            "sizing": "Off",
        },
        "attributeTitles": {},
        "nodes": nodes,
        "edges": [_edge(out) for out in links_out(system_map)],
        "styles": {
            "nodes": {
                group: {"groupLabel": look.name if key else "Sample", **_box(look)}
                for key, (group, look) in styles.items()
            },
            "edges": {group: _sample(p) for p, (group, _, _) in _SIGNS.items()},
        },
    }
    version = system_map.version
    said = [*filter(None, [clean(version.note)]), *notices_of(system_map)]
    ours = spacing.noted() | ({"notice": version.notice} if version.notice else {})
    document["description"] = {"text": _note("\n\n".join(said)), OURS: ours}
    return document


def themes_beyond(programme: Programme, map_id: str) -> int:
    """Return how many themes have no style of their own in PRSM."""
    used = {f.theme for f in programme.system_map(map_id).factors.values() if f.theme}
    return max(len(used) - MOST_THEMES, 0)


def _theme_styles(
    programme: Programme, map_id: str
) -> dict[str, tuple[str, ThemeStyle]]:
    """Return each theme's style name there and its look here; "" = of no theme."""
    used = {f.theme for f in programme.system_map(map_id).factors.values()}
    looks = theme_styles(used | {UNSORTED}, theme_labels(programme))
    named = [key for key in looks if key != UNSORTED][:MOST_THEMES]
    found = {UNSORTED: ("group0", looks[UNSORTED])}
    return found | {key: (f"group{n}", looks[key]) for n, key in enumerate(named, 1)}


def _box(look: ThemeStyle) -> dict[str, object]:
    colours = {"border": look.light, "background": tint(look.light, LIGHT.paper)}
    return {
        "color": {**colours, "highlight": colours, "hover": colours},
        "font": _FONT,
        "borderWidth": 2,
        "shape": "box",
        "shapeProperties": {"borderDashes": False},
        "margin": _MARGIN,
    }


def spread_for_prsm(
    system_map: SystemMap, labels: Mapping[str, str]
) -> tuple[dict[str, Place], Spacing]:
    """Return where boxes stand apart at the sizes of PRSM's own styles."""
    sizes = {key: prsm_box(label, _OWN_MARGIN) for key, label in labels.items()}
    return spread(system_map, sizes, gap=_GAP)


def prsm_box(label: str, margin: float = _MARGIN) -> Size:
    """Return how large PRSM draws a box: after enough letters it begins a line."""
    enough = _BREAKS_AT if len(label) <= 2 * _BREAKS_AT else isqrt(len(label))
    lines, letters = [""], 0
    for word in label.split():
        if letters > enough:
            lines.append("")
            letters = 0
        lines[-1] = f"{lines[-1]} {word}".strip()
        letters += len(word)
    wide = max(map(text_width, lines)) * _WIDER
    return wide + 2 * margin, len(lines) * _LINE + 2 * margin


def _edge(out: LinkOut) -> dict[str, object]:
    group, style, _ = _SIGNS[out.polarity]
    sign = "" if out.polarity is Polarity.UNKNOWN else LINK_STYLES[style].sign
    words = [word for word in (sign, DELAY_MARK if out.link.delay else "") if word]
    edge = {
        "id": out.id,
        "from": out.link.source,
        "to": out.link.target,
        "grp": group,
        "label": " ".join(words),
        **_line(out.polarity, out.direction),
        "width": max(1, round(WIDTHS[out.link.strength])),
    }
    return edge | ({"note": _note(out.link.note)} if out.link.note else {})


def _line(polarity: Polarity, direction: str = "directed") -> dict[str, object]:
    style = LINK_STYLES[_SIGNS[polarity][1]]
    heads = {
        "to": direction != "undirected",
        "middle": False,
        "from": direction == "mutual",
    }
    ink = dict.fromkeys(("color", "highlight", "hover"), style.light)
    return {
        "arrows": {end: {"enabled": on, "type": "vee"} for end, on in heads.items()},
        "color": {**ink, "inherit": False, "opacity": 1},
        "dashes": list(style.dash) or False,
        "font": {"color": style.light, "size": 14, "align": "top"},
    }


def _sample(polarity: Polarity) -> dict[str, object]:
    return {"groupLabel": _SIGNS[polarity][2], **_line(polarity), "width": 1}


def _note(text: str) -> dict[str, object]:
    return {"ops": [{"insert": f"{text}\n"}]}
