"""What a hand does on a canvas: point, drag, tap, add; and what the canvas says of itself."""

import pytest

from tests.browser.conftest import until

HOST = """(() => {
  const open = [document];
  for (const part of open) for (const item of part.querySelectorAll('*')) {
    if (item.classList.contains('sm-host')) return item;
    if (item.shadowRoot) open.push(item.shadowRoot);
  }
  return null;
})()"""
API = f"{HOST}.systemMap"
READY = f"{HOST}?.dataset.ready === 'true' && !!{HOST}.dataset.revision"


def spot(page, factor):
    """Where a factor stands on the page."""
    at = page.evaluate(f"{API}.spot('{factor}')")
    return at["x"], at["y"]


def saved(page):
    """Wait until nothing is on its way any more."""
    until(page, f"{HOST}.dataset.waiting === '0'")


def clicked(*targets):
    """Click one after the other; return how many clicks that took."""
    for target in targets:
        target.click()
    return len(targets)


def drag(page, source, target, steps=6):
    """Drag by mouse from one point to another."""
    (x, y), (to_x, to_y) = source, target
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to_x) / 2, (y + to_y) / 2, steps=steps)
    page.mouse.move(to_x, to_y, steps=steps)
    page.mouse.up()


def touch_drag(page, source, target):
    """Drag by finger from one point to another."""
    (x, y), (to_x, to_y) = source, target
    touch = page.context.new_cdp_session(page)
    for kind, at in (
        ("touchStart", (x, y)),
        ("touchMove", ((x + to_x) / 2, (y + to_y) / 2)),
        ("touchMove", (to_x, to_y)),
        ("touchEnd", None),
    ):
        points = [{"x": at[0], "y": at[1]}] if at else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.detach()


def tap(page, button, done):
    """Tap, as a finger does: again when a busy browser made no click of the touch."""
    for _ in range(5):
        button.tap()
        try:
            return until(page, done, seconds=2)
        except pytest.fail.Exception:
            continue
    return until(page, done)


def add(page, label):
    """Add a factor by its form."""
    page.get_by_role("button", name="Add cause").click()
    form = page.get_by_role("dialog", name="Add a cause")
    form.get_by_label("Name").fill(label)
    form.get_by_role("button", name="Add", exact=True).click()


def walk_to(page, factor):
    """Stand on a factor in the list that mirrors the map."""
    page.locator(".sm-list").focus()
    page.evaluate(f"{API}.activate('{factor}')")


def link_by_keys(page, source, target, words):
    """Draw a link with keys: L, walk, Enter, the answer."""
    walk_to(page, source)
    page.keyboard.press("l")
    page.evaluate(f"{API}.activate('{target}')")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=words).press("Enter")


def rename(page, factor, label):
    """Open a factor's form and write another name; `press` "Save" keeps it."""
    page.evaluate(f"{API}.select('{factor}')")
    page.get_by_role("button", name="Edit", exact=True).click()
    page.locator(".sm-ask").get_by_label("Name").fill(label)


def shown(page):
    """Everything a canvas shows, as plain data: names, stored places, links with their style."""
    return page.evaluate(
        f"""(() => {{
            const {{ scene, boxes, lines }} = {API}.state;
            const stored = new Map(scene.boxes.map((box) => [box.id, [box.x, box.y]]));
            return {{
                boxes: Object.fromEntries([...boxes.values()].map((b) => [b.id, [b.label, ...stored.get(b.id)]])),
                lines: Object.fromEntries([...lines.values()].map((l) => [`${{l.source}}/${{l.target}}`, l.style])),
                drawn: [{API}.network.body.data.nodes.length, {API}.network.body.data.edges.length],
                list: [...{API}.parts.list.children].map((item) => item.textContent),
            }};
        }})()"""
    )
