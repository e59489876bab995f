"""The wall's map between two pictures: what stays, what glides, what comes in."""

from pathlib import Path

import app.rooms

SCRIPT = Path(app.rooms.__file__).parent / "static" / "map_glide.js"
PLAYED = """([before, after]) => {
  const played = [];
  Element.prototype.animate = function (frames) {
    played.push([this.dataset.box || this.dataset.line, frames[0]]);
  };
  const part = document.createElement("div");
  const draw = ([boxes, lines]) => {
    const stands = Object.entries(boxes).map(
      ([id, at]) => `<g data-box="${id}" data-at="${at}"></g>`);
    const runs = lines.map((ends) => `<g data-line="${ends}"></g>`);
    const inside = stands.concat(runs).join("");
    part.innerHTML = `<p class="picture"><svg viewBox="0 0 9 9">${inside}</svg></p>`;
  };
  draw(before);
  const seen = mapGlide.seen(part);
  draw(after);
  mapGlide.leadOver(part, seen);
  const fresh = [...part.querySelectorAll(".fresh")].map((box) => box.dataset.box);
  return { played, fresh };
}"""
BEFORE = [{"stress": "0 0", "sleep": "50 0", "buses": "90 40"}, ["stress/sleep"]]
AFTER = [
    {"stress": "0 0", "sleep": "50 0", "buses": "80 70", "shifts": "55 30"},
    ["stress/sleep", "shifts/sleep"],
]


def test_what_stood_stays_what_moved_glides_and_what_is_new_comes_in(browser):
    with browser.new_context() as context:
        page = context.new_page()
        page.add_script_tag(path=SCRIPT)
        seen = page.evaluate(PLAYED, [BEFORE, AFTER])
        assert seen["fresh"] == ["shifts"]
        assert dict(seen["played"]) == {
            "buses": {"transform": "translate(10px, -30px)"},  # from where it stood
            "shifts": {"opacity": 0},
            "shifts/sleep": {"opacity": 0},
        }
        page.emulate_media(reduced_motion="reduce")
        calm = page.evaluate(PLAYED, [BEFORE, AFTER])
    assert calm == {"played": [], "fresh": ["shifts"]}
