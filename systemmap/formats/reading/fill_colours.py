"""The colour of a cell's fill, called by the rating it stands for: red, amber, green, blue."""

from __future__ import annotations

import colorsys
from typing import TYPE_CHECKING

from systemmap.formats.reading.xml_tree import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

OTHER = "other"
_WHITE = ("FFFFFFFF", "00FFFFFF")
_PALE, _DARK = 0.92, 0.12  # lightness beyond which a fill is a ground, not a rating
_GREY = 0.3  # saturation below which it has no colour to speak of
# Hues in degrees as traffic lights are coloured; yellow is taken for amber.
_HUES = (
    (18, "red"),
    (70, "amber"),
    (170, "green"),
    (255, "blue"),
    (330, ""),
    (361, "red"),
)
_NAMED = {
    **dict.fromkeys(("red", "crimson", "firebrick", "tomato"), "red"),
    **dict.fromkeys(("orange", "gold", "yellow", "darkorange"), "amber"),
    **dict.fromkeys(("green", "lime", "limegreen", "lightgreen"), "green"),
    **dict.fromkeys(("blue", "royalblue", "dodgerblue"), "blue"),
}
# Excel's old palette, by its index.
_INDEXED = {
    **dict.fromkeys(("2", "10", "16"), "red"),
    **dict.fromkeys(("5", "13", "51", "52", "53"), "amber"),
    **dict.fromkeys(("3", "11", "17", "50", "57"), "green"),
    **dict.fromkeys(("4", "12", "30", "48"), "blue"),
}


def rating_colour(code: str) -> str:
    """Return the rating that a colour written as RRGGBB stands for; "" = none.

    Examples
    --------
    >>> rating_colour("FFC000"), rating_colour("#00B050"), rating_colour("D9D9D9")
    ('amber', 'green', '')
    """
    code = code.strip().lstrip("#")[-6:]
    if len(code) != 6 or not all(c in "0123456789abcdefABCDEF" for c in code):
        return ""
    red, green, blue = (int(code[n : n + 2], 16) / 255 for n in (0, 2, 4))
    hue, light, deep = colorsys.rgb_to_hls(red, green, blue)
    if not _DARK < light < _PALE or deep < _GREY:
        return ""
    return next(name for end, name in _HUES if hue * 360 < end)


def page_colour(style: str, ground: str) -> str:
    """Return the rating that a page's cell is coloured in, by its style or its ground.

    Examples
    --------
    >>> page_colour("width:9px; background:#FFC000", ""), page_colour("", "green")
    ('amber', 'green')
    """
    said = [ground]
    for rule in style.split(";"):
        name, _, value = rule.partition(":")
        if name.strip().casefold() in ("background", "background-color"):
            said += value.split()
    for value in reversed(said):
        word = value.strip().casefold()
        if found := _NAMED.get(word) or rating_colour(_hex_of(word)):
            return found
    return ""


def _hex_of(word: str) -> str:
    """Return a colour as six figures: "rgb(255,0,0)" and "#f00" too."""
    if word.startswith("rgb(") and word.endswith(")"):
        parts = [part.strip() for part in word[4:-1].split(",")]
        if len(parts) == 3 and all(
            p.isascii() and p.isdigit() and len(p) < 4 for p in parts
        ):
            return "".join(f"{min(int(part), 255):02x}" for part in parts)
    if word.startswith("#") and len(word) == 4:
        return "".join(2 * c for c in word[1:])
    return word


def fill_colour(fill: Element) -> str:
    """Return what a workbook's fill is: a rating's name, "other", or "" = not filled."""
    pattern = next((e for e in fill if local(e.tag) == "patternfill"), None)
    if pattern is None or pattern.get("patternType") != "solid":
        return ""
    colour = next((e for e in pattern if local(e.tag) == "fgcolor"), None)
    if colour is None or colour.get("rgb", "").upper() in _WHITE:
        return ""
    named = _INDEXED.get(colour.get("indexed", ""), "")
    return named or rating_colour(colour.get("rgb", "")) or OTHER
