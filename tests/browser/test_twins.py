"""The list, the table and the words say what the map says: on generated maps, in one page."""

import json
from collections import Counter
from datetime import date
from itertools import product
from random import Random

import pytest
from hypothesis import HealthCheck, given, seed, settings

from app.canvas.packed_graphs import graph_data
from systemmap.drawing.layout.boxes import box_of
from systemmap.drawing.scene import line_data, programme_scene
from systemmap.drawing.web_files import joined
from systemmap.drawing.words import (
    factor_table,
    link_sentence,
    link_table,
    map_in_words,
)
from systemmap.editing.canvas_acts import ACTS
from systemmap.formats.drawn_maps import interactive_map
from systemmap.model.elements import Link
from systemmap.model.values import Confidence, Polarity, Strength
from systemmap.testing import map_from, programme_of
from tests.browser.conftest import until
from tests.sizes import WHOLE
from tests.strategies import system_maps

DAY = date(2026, 11, 21)
MAP = "document.getElementById('map')"
READ = """(scene) => {
    const map = document.getElementById('map').systemMap;
    map.update(JSON.parse(scene));
    const said = {};
    for (const key of map.state.lines.keys()) {
        map.selectLine(key);
        said[key] = map.parts.status.textContent;
    }
    return {
        options: [...map.parts.list.children].map((item) => [item.dataset.id, item.textContent]),
        said,
        drawn: [map.network.body.data.nodes.getIds().sort(), map.network.body.data.edges.getIds().sort()],
    };
}"""


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    path = tmp_path_factory.mktemp("twins") / "map.html"
    html = interactive_map(programme_of(map_from("stress -> sleep -")), at=DAY)
    path.write_text(html, encoding="utf-8", newline="\n")
    page = browser.new_page()
    page.goto(path.as_uri())
    until(page, f"{MAP}.dataset.ready === 'true'")
    yield page
    page.close()


@seed(26)
@settings(
    max_examples=40 if WHOLE else 15,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(system_map=system_maps(max_factors=12))
def test_the_list_the_table_and_the_words_equal_the_graph(page, system_map):
    programme = programme_of(system_map)
    data = graph_data(programme, "main", today=DAY)
    shown = page.evaluate(READ, json.dumps(data))
    into, out = Counter(), Counter()
    for source, target in system_map.links:
        out[source] += 1
        into[target] += 1

    def told(count, way):
        return f"{count} {'link' if count == 1 else 'links'} {way}"

    assert dict(shown["options"]) == {
        f.id: f"{f.label}: {told(into[f.id], 'in')}, {told(out[f.id], 'out')}"
        for f in system_map.factors.values()
    }
    assert shown["drawn"] == [
        sorted(system_map.factors),
        sorted(f"{s}/{t}" for s, t in system_map.links),
    ]

    scene = programme_scene(programme, "main")
    names = {box.id: box.label for box in scene.boxes}
    assert shown["said"] == {
        f"{line.source}/{line.target}": link_sentence(line, names)
        for line in scene.lines
    }
    rows = Counter((row[0], row[2], row[3]) for row in factor_table(scene).rows)
    assert rows == Counter(
        (f.label, str(into[f.id]), str(out[f.id])) for f in system_map.factors.values()
    )
    ends = Counter((row[0], row[2]) for row in link_table(scene).rows)
    assert ends == Counter((names[s], names[t]) for s, t in system_map.links)
    words = {
        f.id: " ".join(f.sentences) for t in map_in_words(scene) for f in t.factors
    }
    assert words.keys() == system_map.factors.keys()
    for source, target in system_map.links:
        assert names[target] in words[source]
        assert names[source] in words[target]
    for factor in system_map.factors:
        alone = not into[factor] and not out[factor]
        assert ("Nothing is linked to this yet." in words[factor]) == alone


SIGNS = "aeimw lrt- AEIMW -/(&) éß運\N{GRINNING FACE}"
LABELS = [
    "Stress",
    "Cost of healthy food",
    "Availability of unhealthy-food-advertisements nearby",
    "Pneumonoultramicroscopicsilicovolcanoconiosis and its prevention",
    "x" * 300,
    "  NHS  GP referrals (10%)  of Ælfred's wards ",
    "ÀÉÎ öäü naïve",
    "運動する時間",
    "F2F & e-mail: who's in/out?",
    "a",
]


def test_the_browser_measures_a_box_as_python_does(page):
    script = joined("map/box_size")
    measure = f"(labels) => {{ {script}\n return labels.map(sized); }}"
    chance = Random(7)  # noqa: S311 - the same names each time
    made = [
        "".join(chance.choice(SIGNS) for _ in range(chance.randint(1, 60)))
        for _ in range(2000)
    ]
    labels = [*LABELS, *(label for label in made if label.strip())]
    for label, there in zip(labels, page.evaluate(measure, labels), strict=True):
        here = box_of(label)
        assert tuple(there["lines"]) == here.lines, label
        assert there["width"] == pytest.approx(here.width, abs=0.001), label
        assert there["height"] == here.height


ENDS = {"source": "stress", "target": "sleep"}
SAID = [
    {"op": op, **ENDS, **dict(zip(asked, values, strict=True))}
    for asked, *choices in (
        (("polarity",), "+-?"),
        (("strength",), tuple(Strength)),
        (("delay",), (True, False)),
        (("reason",), ("Nights.",)),
        (("polarity", "confidence"), "+-?", tuple(Confidence)),
    )
    for values in product(*choices)
    for op in ("add_link", "edit_link")
]
DRAWN = """({scene, ops}) => {
    SCRIPT
    return ops.map((op) => withOp(scene, op).lines[0]);
}"""


@pytest.mark.parametrize("confidence", Confidence)
@pytest.mark.parametrize("polarity", Polarity)
def test_a_link_is_drawn_at_once_as_python_will_draw_it(page, polarity, confidence):
    before = map_from("stress\n sleep")
    link = Link(**ENDS, polarity=polarity, confidence=confidence, mentions=1)
    before.add_link(link)
    script = joined("map/box_size", "editing/scene_changes")
    there = page.evaluate(
        DRAWN.replace("SCRIPT", script),
        {"scene": graph_data(programme_of(before), "main", today=DAY), "ops": SAID},
    )
    for op, drawn in zip(SAID, there, strict=True):
        adds = op["op"] == "add_link"
        if adds and "confidence" in op:
            continue  # a new link is stated: nobody can have agreed on it yet
        draft = programme_of(map_from("stress\n sleep") if adds else before)
        ACTS[op["op"]](draft, "main", op)
        (now,) = draft.system_map().links.values()
        plain = {name: drawn[name] for name in drawn.keys() - {"route", "sign"}}
        assert plain == line_data(now), op  # routes come with the server's answer
