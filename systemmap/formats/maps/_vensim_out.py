"""A map as Vensim keeps it: equations that only list causes, and one view.

The names stand in boxes of our sizes. How far the map was moved is noted in the
comment of the settings, which holds any text.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from systemmap.drawing.layout.boxes import box_of
from systemmap.formats.maps._links_out import links_out
from systemmap.formats.maps._spacing import Spacing, noted_in, spread
from systemmap.formats.maps._unique import unique_labels
from systemmap.formats.maps._vensim_equations import joined_name
from systemmap.model.text import clean, clean_label
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.formats.maps._links_out import LinkOut
    from systemmap.model.system_map import SystemMap

SKETCH = "\\\\\\---///"
SKETCH_END = "///---\\\\\\"
_CODES = {Polarity.SAME: 43, Polarity.OPPOSITE: 45, Polarity.UNKNOWN: 0}
_NOTED = "Written by systemmap, which spread the map so: "
_LARGER, _GAP, _CORNER = 1.25, 10.0, 20.0  # its 10 point letters, by ours
_STARS = "*" * 56


def model_lines(system_map: SystemMap) -> tuple[list[str], dict[str, str]]:
    """Return the lines of a model, and the name that each factor has in it."""
    labels = unique_labels(system_map, _tidy)
    boxes = {key: box_of(label) for key, label in labels.items()}
    sizes = {k: (b.width * _LARGER, b.height * _LARGER) for k, b in boxes.items()}
    places, spacing = spread(system_map, sizes, gap=_GAP, from_corner=_CORNER)
    outs = [
        o
        for o in links_out(system_map, mutual=False, parallel=False)
        if o.link.directed
    ]
    lines = ["{UTF-8}"]
    for key, factor in sorted(system_map.factors.items()):
        causes = [_cause(o, labels) for o in outs if o.link.target == key]
        right = f"A FUNCTION OF( {','.join(causes)} )" if causes else "A FUNCTION OF( )"
        plain = clean(factor.note).replace("|", "/").replace("~", "-")
        comment = " ".join(plain.split())
        lines += [
            f"{_quoted(labels[key])} = {right}",
            "\t~\t",
            f"\t~\t{comment}",
            "\t|",
            "",
        ]
    names = {key: joined_name(label) for key, label in labels.items()}
    noted = json.dumps(spacing.noted(names))
    noted = noted.replace("|", "\\u007c").replace("~", "\\u007e")  # they end a comment
    lines += _control(_NOTED + noted)
    numbers = {key: n for n, key in enumerate(sorted(system_map.factors), 1)}
    lines += [
        f"{SKETCH} Sketch information - do not modify anything except names",
        "V300  Do not put anything below this section - it will be ignored",
        "*View 1",
        "$192-192-192,0,Arial|10||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0",
    ]
    for key, n in numbers.items():
        x, y, wide, high = map(round, (*places[key], *(s / 2 for s in sizes[key])))
        lines.append(
            f"10,{n},{_quoted(labels[key])},{x},{y},{wide},{high},8,3,0,0,0,0,0,0"
        )
    for n, out in enumerate(outs, len(numbers) + 1):
        ends = f"{numbers[out.link.source]},{numbers[out.link.target]}"
        kind = 129 if out.link.delay else 128
        lines.append(
            f"1,{n},{ends},0,0,{_CODES[out.polarity]},0,0,{kind},0,-1--1--1,,1|(0,0)|"
        )
    return [*lines, SKETCH_END], labels


def spacing_in(equations: str) -> Spacing:
    """Return how a model of ours was spread; others stand as they are."""
    return noted_in(equations.partition(_NOTED)[2].partition("\n")[0])


def _control(comment: str) -> list[str]:
    lines = [_STARS, "\t.Control", f"{_STARS}~", f"\t\t{comment}", "\t|", ""]
    for name, value, said in (
        ("FINAL TIME", "100", "The final time."),
        ("INITIAL TIME", "0", "The initial time."),
        ("SAVEPER", "TIME STEP", "The saving interval."),
        ("TIME STEP", "1", "The time step."),
    ):
        lines += [f"{name} = {value}", "\t~\tMonth", f"\t~\t{said}", "\t|", ""]
    return lines


def _cause(out: LinkOut, labels: Mapping[str, str]) -> str:
    mark = "-" if out.polarity is Polarity.OPPOSITE else ""
    return f"{mark}{_quoted(labels[out.link.source])}"


def _quoted(label: str) -> str:
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9 ]*", label):
        return label
    escaped = label.replace('"', '\\"')
    return f'"{escaped}"'


def _tidy(label: str) -> str:
    """Take out what would end a quoted name, and tell `_` from a space no more."""
    return clean_label(
        label.replace("\\", "/").replace("_", " ").replace("\ue000", " ")
    )
