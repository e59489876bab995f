"""Layouts of other programs for the same boxes; a missing program is said in words."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from systemmap.drawing.layout.boxes import box_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.model.system_map import SystemMap

    Positions = dict[str, tuple[float, float]]

GAP, INCH = 12.0, 72.0

_ELK = """
const ELK = require('elkjs');
const read = require('fs').readFileSync(0, 'utf8');
new ELK().layout(JSON.parse(read)).then((made) =>
  console.log(JSON.stringify(made.children.map(({id, x, y, width, height}) =>
    [id, x + width / 2, y + height / 2]))));
"""


_AVOID = """
import { AvoidLib } from 'libavoid-js';
import { readFileSync } from 'fs';
await AvoidLib.load();
const Avoid = AvoidLib.getInstance();
const { boxes, links } = JSON.parse(readFileSync(0, 'utf8'));
const router = new Avoid.Router(Avoid.PolyLineRouting);
const at = (x, y) => new Avoid.Point(x, y);
for (const [x, y, w, h] of boxes)
  new Avoid.ShapeRef(router, new Avoid.Rectangle(at(x - w, y - h), at(x + w, y + h)));
const end = (n) => new Avoid.ConnEnd(at(boxes[n][0], boxes[n][1]));
const lines = links.map(([a, b]) => new Avoid.ConnRef(router, end(a), end(b)));
router.processTransaction();
console.log(JSON.stringify(lines.map((line) => {
  const route = line.displayRoute();
  return Array.from({ length: route.size() }, (_, n) =>
    [route.get_ps(n).x, route.get_ps(n).y]);
})));
"""


def libavoid(
    boxes: Sequence[Sequence[float]], links: Sequence[tuple[int, int]]
) -> list[list[tuple[float, float]]] | None:
    """Return libavoid's ways round boxes (middle, half width, half height), corner by corner.

    LIBAVOID_HOME is the folder where npm installed libavoid-js (LGPL, no dependency).
    """
    home = os.environ.get("LIBAVOID_HOME", "")
    if not home or not shutil.which("node"):
        print("  libavoid: not asked; set LIBAVOID_HOME to where npm put libavoid-js")
        return None
    done = subprocess.run(
        ["node", "--input-type=module", "-e", _AVOID],
        input=json.dumps({"boxes": boxes, "links": links}),
        capture_output=True,
        text=True,
        cwd=home,
        check=True,
    )
    found = json.loads(done.stdout)
    return [[(x, y) for x, y in corners] for corners in found]


def graphviz(system_map: SystemMap, program: str) -> Positions | None:
    """Return where neato or sfdp puts the boxes, moved apart by its own means."""
    if not shutil.which(program):
        print(f"  {program}: not on this machine; its package is graphviz")
        return None
    ids = {key: f"n{at}" for at, key in enumerate(sorted(system_map.factors))}
    lines = [
        "digraph g {",
        "overlap=prism; start=1;",
        'node [fixedsize=true,label=""];',
    ]
    for key, name in ids.items():
        box = box_of(system_map.factors[key].label)
        wide, high = (box.width + GAP) / INCH, (box.height + GAP) / INCH
        lines.append(f"{name} [shape=box,width={wide:.3f},height={high:.3f}];")
    lines += [f"{ids[a]} -> {ids[b]};" for a, b in system_map.links]
    done = subprocess.run(
        [program, "-Tplain"],
        input="\n".join([*lines, "}"]),
        capture_output=True,
        text=True,
        check=True,
    )
    back = {name: key for key, name in ids.items()}
    rows = (line.split() for line in done.stdout.splitlines())
    return {
        back[row[1]]: (float(row[2]) * INCH, -float(row[3]) * INCH)
        for row in rows
        if row and row[0] == "node"
    }


def elk(system_map: SystemMap, algorithm: str) -> Positions | None:
    """Return where ELK puts the boxes; ELK_HOME is the folder where npm installed elkjs."""
    home = os.environ.get("ELK_HOME", "")
    if not home or not shutil.which("node"):
        print(f"  ELK {algorithm}: not asked; set ELK_HOME to where npm put elkjs")
        return None
    boxes = {key: box_of(f.label) for key, f in system_map.factors.items()}
    graph = {
        "id": "root",
        "layoutOptions": {
            "elk.algorithm": algorithm,
            "elk.spacing.nodeNode": str(GAP),
            "elk.randomSeed": "1",
        },
        "children": [
            {"id": key, "width": box.width, "height": box.height}
            for key, box in sorted(boxes.items())
        ],
        "edges": [
            {"id": f"{a}/{b}", "sources": [a], "targets": [b]}
            for a, b in system_map.links
        ],
    }
    done = subprocess.run(
        ["node", "-e", _ELK],
        input=json.dumps(graph),
        capture_output=True,
        text=True,
        cwd=home,
        check=True,
    )
    return {key: (x, y) for key, x, y in json.loads(done.stdout)}
