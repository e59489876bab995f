"""The canvas's scripts as one module."""

import pytest

from systemmap.drawing import script_bundle as module
from systemmap.drawing.script_bundle import script_bundle
from systemmap.drawing.web_files import web_text


def bundle_of(texts, entry, monkeypatch):
    monkeypatch.setattr(module, "web_text", texts.__getitem__)
    return script_bundle.__wrapped__(entry)


@pytest.mark.parametrize("entry", ["map_screen.js", "draw_room.js"])
def test_a_bundle_asks_for_no_further_script_and_loses_no_line(entry):
    bundle = script_bundle(entry)
    lines = bundle.splitlines()
    assert not [line for line in lines if line.startswith("import ")]
    assert [line for line in lines if line.startswith("export ")] == [
        f'export default modules["{entry}"].own;'
    ]
    kept = [
        line.removeprefix("export ")
        for line in web_text("map/map.js").splitlines()
        if line and not line.startswith("import ")
    ]
    assert set(kept) <= set(lines)


def test_a_module_stands_once_after_those_it_needs(monkeypatch):
    texts = {
        "a.js": 'import { two as b } from "./m/b.js";\nimport {\n  c,\n  d,\n} from "./m/c.js";\nexport default function show() {}\n',
        "m/b.js": 'import { c } from "./c.js";\nexport const two = c(1);\nexport {};\n',
        "m/c.js": "export async function c() {}\nexport class d extends Error {}\n",
    }
    text = bundle_of(texts, "a.js", monkeypatch)
    places = [
        text.index(f'modules["{name}"] = ') for name in ("m/c.js", "m/b.js", "a.js")
    ]
    assert places == sorted(places)
    assert text.count("class d extends Error") == 1
    assert 'const { two: b } = modules["m/b.js"];' in text
    assert "return { c, d };" in text
    assert "return { own: show };" in text


def test_scripts_that_need_each_other_are_named(monkeypatch):
    texts = {
        "a.js": 'import { b } from "./b.js";\n',
        "b.js": 'import { a } from "./a.js";\n',
    }
    with pytest.raises(ValueError, match=r"in a circle: a\.js b\.js a\.js"):
        bundle_of(texts, "a.js", monkeypatch)
