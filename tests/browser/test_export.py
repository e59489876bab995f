"""The exported page, opened from disk in a real browser."""

import json
import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from jinja2 import Environment, PackageLoader

from systemmap.bundled.examples import example
from systemmap.drawing import interactive
from systemmap.drawing.layout.readability import links_behind_boxes
from systemmap.drawing.placed import placed_on
from systemmap.drawing.scene import programme_scene
from systemmap.formats.drawn_maps import interactive_map
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.plan import LocalTerm, ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.response import Action, ActionFactor, Asset, AssetFactor
from systemmap.model.system_map import SystemMap
from systemmap.model.values import Polarity
from systemmap.testing import map_from, programme_of
from tests import sizes
from tests.browser.conftest import until
from tests.browser.hostile import listening, payloads
from tests.drawing.foresight import foresight
from tests.sizes import WHOLE, spread

DAY = date(2026, 11, 21)
MAP = "document.getElementById('map')"
API = f"{MAP}.systemMap"
FACTORS, THEMES, PAGES = 60, 6, 14
FIELDS_EACH = FACTORS * 5 + THEMES + 3
USUAL = 4  # pages, of more than a thousand fields: the first has every seed as it is


def opened(browser, tmp_path, html, **context):
    path = tmp_path / "map.html"
    path.write_text(html, encoding="utf-8", newline="\n")
    page = browser.new_context(offline=True, **context).new_page()
    page.said, page.asked = [], []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(path.as_uri())
    until(page, f"{MAP}.dataset.drawn !== undefined && {MAP}.dataset.ready === 'true'")
    return page


@pytest.fixture(scope="module")
def whole(browser, tmp_path_factory):
    """The Foresight map, opened once for the tests that only read."""
    html = interactive_map(foresight(), at=DAY)
    page = opened(
        browser,
        tmp_path_factory.mktemp("page"),
        html,
        viewport={"width": 1280, "height": 800},
    )
    yield page
    page.context.close()


def test_it_is_drawn_within_a_second_asks_nobody_and_complains_of_nothing(whole):
    assert whole.evaluate(f"{MAP}.dataset.drawn") == "108"
    assert [url for url in whole.asked if not url.startswith("file:")] == []
    assert whole.said == []


def test_nothing_moves_once_it_is_drawn(whole):
    still = whole.evaluate(
        """async () => {
            const canvas = document.querySelector('#map canvas');
            const frames = (n) => new Promise((done) => {
                const next = () => (n-- ? requestAnimationFrame(next) : done());
                next();
            });
            const before = canvas.toDataURL();
            await frames(40);
            return before === canvas.toDataURL();
        }"""
    )
    assert still


def test_no_two_boxes_overlap_and_positions_are_those_from_python(whole):
    boxes = whole.evaluate(f"[...{API}.state.boxes.values()]")
    factors = foresight().system_map().factors
    for at, one in enumerate(boxes):
        place = factors[one["id"]]
        assert (one["x"], one["y"]) == pytest.approx(
            (place.x, place.y), abs=1
        )  # the engine keeps whole units
        for other in boxes[at + 1 :]:
            apart = abs(one["x"] - other["x"]) >= (
                one["width"] + other["width"]
            ) / 2 or (
                abs(one["y"] - other["y"]) >= (one["height"] + other["height"]) / 2
            )
            assert apart, (one["label"], other["label"])


OTHERWISE = sizes.whole("each width and each scheme is asked once in test_export.py")


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (320, "light"),
        (1280, "dark"),
        pytest.param(320, "dark", marks=OTHERWISE),
        pytest.param(1280, "light", marks=OTHERWISE),
    ],
)
def test_axe_finds_nothing(browser, tmp_path, scheme, width):
    html = interactive_map(with_actions(), at=DAY)
    page = opened(
        browser,
        tmp_path,
        html,
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
    )
    page.get_by_label("Find a cause").fill("stress")
    page.get_by_role("button", name="Stress", exact=True).first.click()
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:2]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


def test_the_map_is_walked_and_read_by_keyboard_alone(browser, tmp_path):
    page = opened(browser, tmp_path, interactive_map(with_actions(), at=DAY))
    page.evaluate("document.querySelector('.sm-list').focus()")
    page.keyboard.press("Home")
    options = page.locator(".sm-list [role=option]")
    assert options.count() == 4
    assert page.evaluate(f"{API}.state.active") == "activity"
    page.keyboard.type("str")
    page.keyboard.press("Enter")
    assert page.get_by_role("heading", name="Stress", level=2).is_visible()
    said = page.locator(".sm-status").inner_text()
    assert (
        said
        == "Stress, Not sorted, 2 links in, 1 link out, live or planned work, but thin. Chosen."
    )
    page.keyboard.press("Escape")
    assert page.evaluate(f"{API}.state.selected") is None
    inside = page.evaluate(
        "document.querySelectorAll('.sm-canvas [tabindex=\"0\"]').length"
    )
    assert inside == 0  # one Tab stop: the list; the canvas itself has none
    page.context.close()


def test_arrow_keys_walk_along_links_before_anything_nearer(browser, tmp_path):
    drawn = map_from("mid -> west +\n mid -> east +\n north -> mid -\n mid -> south ?")
    places = {"mid": (0, 0), "west": (-400, 0), "east": (400, 20), "north": (9, -300)}
    places |= {"south": (-30, 300), "near": (90, 10)}
    drawn.add_factor(Factor(id="near", label="Near"))
    for key, (x, y) in places.items():
        drawn.replace_factor(replace(drawn.factor(key), x=x, y=y))
    page = opened(browser, tmp_path, interactive_map(programme_of(drawn), at=DAY))
    page.evaluate("document.querySelector('.sm-list').focus()")
    ways = {"Right": "east", "Left": "west", "Up": "north", "Down": "south"}
    for way, there in ways.items():
        page.evaluate(f"{API}.activate('mid')")
        page.keyboard.press(f"Arrow{way}")
        assert page.evaluate(f"{API}.state.active") == there
    page.context.close()


def test_focus_says_how_many_effects_lie_within_two_steps(browser, tmp_path):
    page = opened(browser, tmp_path, interactive_map(foresight(), at=DAY))
    page.evaluate(f"{API}.select('stress')")
    page.get_by_label("Show", exact=True).select_option("effects")
    assert (
        page.locator("#said").inner_text() == "27 effects within 2 steps of “Stress”."
    )
    page.evaluate(f"{API}.select('media-consumption')")
    assert "25 effects within 2 steps" in page.locator("#said").inner_text()
    page.get_by_role("button", name="Show everything").click()
    until(page, f"{API}.state.faded.size === 0")
    page.context.close()


def test_filters_and_search_answer_in_place(browser, tmp_path):
    page = opened(browser, tmp_path, interactive_map(foresight(), at=DAY))
    page.get_by_label("Links", exact=True).select_option("less")
    page.get_by_label("Hide the rest").check()
    shown = f"[...{API}.state.lines.keys()].filter((k) => !{API}.state.hidden.has(k)).length"
    assert page.evaluate(shown) == 98
    page.get_by_label("Theme", exact=True).select_option(label="Physiology")
    boxes = f"[...{API}.state.boxes.keys()].filter((k) => !{API}.state.hidden.has(k)).length"
    assert page.evaluate(boxes) == 19
    page.get_by_label("Find a cause").fill("zebra")
    assert "No cause on this map has “zebra”" in page.locator("#said").inner_text()
    page.context.close()


def test_a_loop_is_told_on_the_map(browser, tmp_path):
    notation = (
        "stress -> snacking +\n snacking -> weight +\n weight -> stress +\n sleep"
    )
    page = opened(
        browser, tmp_path, interactive_map(programme_of(map_from(notation)), at=DAY)
    )
    page.get_by_role("button", name=re.compile("loop 1$")).click()
    told = page.get_by_role("region", name="The loop being told").inner_text()
    assert "It feeds itself (reinforcing)." in told
    assert page.evaluate(f"[...{API}.state.faded]") == ["sleep"]
    page.context.close()


def test_without_scripts_everything_is_still_there_in_words(browser, tmp_path):
    path = tmp_path / "map.html"
    html = interactive_map(with_actions(), at=DAY)
    path.write_text(html, encoding="utf-8", newline="\n")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(path.as_uri())
    words = page.locator("#words").inner_text()
    assert "More of this leads to more Snacking." in words
    assert page.locator("table").count() == 2
    page.context.close()


def with_actions():
    return programme_of(
        map_from("stress -> snacking +\n activity -> stress -\n sleep -> stress ?"),
        Action(id="walks", title="Health walks", status="ongoing"),
        ActionFactor(action_id="walks", factor_id="stress"),
        Asset(id="park", name="The park"),
        AssetFactor(asset_id="park", factor_id="stress"),
    )


# Hostile text


@pytest.fixture
def spied():
    with listening() as found:
        yield found


def hostile_programme(texts):
    """Return a map with hostile text in every field that a page shows."""
    take = iter(texts)
    version = MapVersion(id="main", name=next(take), notice=next(take))
    terms = [
        LocalTerm(vocabulary="themes", key=f"t{n}", label=next(take))
        for n in range(THEMES)
    ]
    system_map = SystemMap(version)
    for n in range(FACTORS):
        system_map.add_factor(
            Factor(
                id=f"f{n}",
                label=next(take),
                theme=f"t{n % THEMES}",
                x=(n % 10) * 240.0,
                y=(n // 10) * 160.0,
            )
        )
    for n in range(FACTORS):
        system_map.add_link(
            Link(
                source=f"f{n}",
                target=f"f{(n * 7 + 1) % FACTORS}"
                if n * 7 % FACTORS != n - 1
                else "f0",
                polarity=list(Polarity)[n % 3],
                reason=next(take),
            )
        ) if (n * 7 + 1) % FACTORS != n else next(take)
    programme = Programme(ProgrammeInfo(id="town", name=next(take)))
    programme.put_map(system_map)
    programme.add(*terms)
    for n in range(FACTORS):
        programme.add(
            Action(id=f"a{n}", title=next(take), status="ongoing"),
            ActionFactor(action_id=f"a{n}", factor_id=f"f{n}"),
            Asset(id=f"s{n}", name=next(take)),
            AssetFactor(asset_id=f"s{n}", factor_id=f"f{n}", reason=next(take)),
        )
    assert next(take, None) is None  # every text found a field
    return programme


def hostile_pages(spy):
    texts = payloads(FIELDS_EACH * PAGES, spy)
    for at in spread(range(PAGES), USUAL):
        yield hostile_programme(texts[at * FIELDS_EACH : (at + 1) * FIELDS_EACH])


def visit(browser, path, *, hover):
    """Open a page with the network there; return what it said, asked for and drew."""
    page = browser.new_context().new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: (
            asked.append(request.url)
            if not request.url.startswith(("file:", "data:", "blob:"))
            else None
        ),
    )
    page.goto(path.as_uri(), wait_until="load")
    drawn = 0
    if hover:
        until(page, f"{MAP}.dataset.ready === 'true'")
        drawn = int(page.evaluate(f"{MAP}.dataset.drawn"))
        for factor in ("f0", "f13", "f27", "f44", "f59"):
            spot = page.evaluate(f"{API}.spot('{factor}')")
            page.mouse.move(spot["x"], spot["y"])
            page.mouse.click(spot["x"], spot["y"])
        until(page, "document.querySelector('#panel h2') !== null")
    else:
        page.wait_for_timeout(300)  # a control: give it every chance to misbehave
    page.context.close()
    return said, asked, drawn


def test_thousands_of_hostile_fields_run_nothing_and_call_nobody(
    browser, tmp_path, spied
):
    spy, calls_heard = spied
    assert FIELDS_EACH * PAGES >= 4_000  # in a whole run
    drawn = []
    for at, programme in enumerate(hostile_pages(spy)):
        path = tmp_path / f"{at}.html"
        html = interactive_map(programme, at=DAY)
        path.write_text(html, encoding="utf-8", newline="\n")
        said, asked, nodes = visit(browser, path, hover=True)
        assert said == []
        assert asked == []
        drawn.append(nodes)
    assert drawn == [FACTORS] * (PAGES if WHOLE else USUAL)
    assert calls_heard == []


@pytest.mark.parametrize(
    "with_policy",
    [
        True,
        pytest.param(
            False,
            marks=sizes.whole(
                "with the policy, which stops more, the control fails too"
            ),
        ),
    ],
    ids=["policy kept", "no policy"],
)
def test_the_controls_without_escaping_fail(
    browser, tmp_path, spied, monkeypatch, with_policy
):
    """Both layers are needed: without escaping, the policy stops scripts but not every call."""
    spy, calls_heard = spied
    careless = Environment(
        loader=PackageLoader("systemmap.drawing", "web"),
        autoescape=False,  # noqa: S701 - the control that must fail
    ).get_template("page.html.j2")
    monkeypatch.setattr(interactive, "_template", lambda: careless)
    monkeypatch.setattr(interactive, "island", json.dumps)
    ran, asked = 0, 0
    for at, programme in zip(
        range(3 if WHOLE else 1), hostile_pages(spy), strict=False
    ):
        html = interactive_map(programme, at=DAY)
        if not with_policy:
            html = re.sub(r"<meta http-equiv=\"Content-Security-Policy\".*?>", "", html)
        path = tmp_path / f"{at}.html"
        path.write_text(html, encoding="utf-8", newline="\n")
        said, calls, _ = visit(browser, path, hover=False)
        ran += sum(text == "RAN" for text in said)
        asked += len(calls)
    assert (ran > 0) is not with_policy
    assert asked + len(calls_heard) > 0


def test_the_story_is_told_step_by_step_on_the_page(browser, tmp_path):
    path = tmp_path / "story.html"
    html = interactive_map(example(), at=date(2026, 11, 21))
    path.write_text(html, encoding="utf-8", newline="\n")
    page = browser.new_page()
    page.goto(path.as_uri())
    until(page, "document.querySelector('#map').dataset.ready === 'true'")
    page.get_by_role("button", name="Tell it step by step").click()
    said = page.locator("#said")
    assert said.inner_text() == "Step 1 of 3: Start with stress."
    chosen = "document.querySelector('#map').systemMap.state"
    assert page.evaluate(f"{chosen}.selected") == "stress"
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    assert page.evaluate(f"{chosen}.faded.size") == 0
    assert page.evaluate(f"{chosen}.layers.gaps")
    page.get_by_role("button", name="End the story").click()
    assert page.locator(".story h3:visible").count() == 0  # the map comes first
    page.close()


ROUTES = f"Object.fromEntries([...{API}.state.lines.keys()].map((key) => [key, {API}.route(key)]))"


def test_the_canvas_draws_links_the_way_that_python_found(browser, tmp_path):
    page = opened(browser, tmp_path, interactive_map(example(), at=DAY))
    scene = programme_scene(example())
    routes, _ = placed_on(scene).line_data()
    drawn = page.evaluate(ROUTES)
    keys = [f"{line.source}/{line.target}" for line in scene.lines]
    assert drawn == dict(zip(keys, routes, strict=True))
    boxes = {box.id: box for box in scene.boxes}
    spots = np.array([(box.x, box.y) for box in scene.boxes])
    half = np.array([(box.width, box.height) for box in scene.boxes]) / 2
    order = {box.id: at for at, box in enumerate(scene.boxes)}
    ends = [(order[line.source], order[line.target]) for line in scene.lines]
    pieces = [list(zip(r[::2], r[1::2], strict=True)) for r in drawn.values()]
    assert links_behind_boxes(pieces, ends, spots, half) <= 0.05 * len(ends)
    page.evaluate(f"{API}.network.moveNode('stress', {boxes['stress'].x + 150}, 0)")
    page.evaluate(f"{API}.nudge('stress', 'ArrowUp')")
    moved = page.evaluate(ROUTES)
    changed = {key for key in moved if moved[key] != drawn[key]}
    assert changed == {key for key in keys if "stress" in key.split("/")}
    page.context.close()


def test_a_line_is_pointed_at_where_it_runs(browser, tmp_path):
    page = opened(browser, tmp_path, interactive_map(example(), at=DAY))
    found = page.evaluate(
        f"""() => {{
            const map = {API};
            return [...map.state.lines.keys()].map((key) => {{
                const route = map.route(key);
                const middle = 4 * Math.floor((route.length - 2) / 8) + 2;
                const at = map.network.canvasToDOM({{ x: route[middle + 2], y: route[middle + 3] }});
                return map.network.getNodeAt(at) !== undefined || map.network.getEdgeAt(at) !== undefined;
            }});
        }}"""
    )
    assert sum(found) >= 0.97 * len(found)
    page.context.close()


def test_on_a_small_screen_every_box_of_the_example_is_readable_and_apart(
    browser, tmp_path
):
    path = tmp_path / "whole.html"
    html = interactive_map(example(), at=date(2026, 11, 21))
    path.write_text(html, encoding="utf-8", newline="\n")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    until(page, "document.querySelector('#map').dataset.ready === 'true'")
    apart = page.evaluate(
        """() => {
            const map = document.querySelector('#map').systemMap;
            const boxes = [...map.state.boxes.values()];
            const over = boxes.flatMap((one, at) => boxes.slice(at + 1).filter((other) =>
                Math.abs(one.x - other.x) < (one.width + other.width) / 2 &&
                Math.abs(one.y - other.y) < (one.height + other.height) / 2));
            return { scale: map.network.getScale(), over: over.length };
        }"""
    )
    assert apart["over"] == 0
    assert apart["scale"] > 0.7  # names of 8 pixels
    page.close()


def test_in_a_frame_of_another_page_the_same_file_shows_less_around_itself(
    browser, tmp_path
):
    town = programme_of(map_from("stress -> snacking +"))
    (tmp_path / "map.html").write_text(interactive_map(town, at=DAY), newline="\n")
    (tmp_path / "council.html").write_text(
        "<h1>Our page</h1><iframe src='map.html' title='Map' width='100%' height='900'></iframe>"
    )
    page = browser.new_page()
    page.goto((tmp_path / "council.html").as_uri())
    frame = page.frames[1]
    frame.locator("html.embed").wait_for()
    assert not frame.locator("nav").is_visible()
    frame.locator(".sm-list [role=option]").first.wait_for(state="attached")
    page.close()
