"""Small towns, each with one map that no other test has touched, on one server."""

import os
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from systemmap.model.elements import Factor
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.response import Action, Asset
from systemmap.store import Actor, open_store
from systemmap.testing import map_from
from tests.app.forks import Fork
from tests.browser.conftest import arrive, until
from tests.browser.hand import API, HOST, READY

ROOT = Path(__file__).resolve().parents[2]
PLACES = {
    "stress": (0, 0),
    "snacking": (260, 0),
    "weight": (260, 170),
    "sleep": (0, 170),
}
# Two inline scripts of Streamlit's own page are blocked by our policy; and on a
# screen's own address it first looks for its health page in the wrong place.
DATA = {}  # the file behind each server
HARMLESS = ("Executing inline script violates",)


def small():
    """A map whose factors stand far enough apart to drag between."""
    system_map = map_from("stress -> snacking +\n snacking -> weight +\n sleep")
    for name, (x, y) in PLACES.items():
        label = system_map.factor(name).label
        system_map.replace_factor(Factor(id=name, label=label, x=x, y=y))
    return system_map


def serve_towns(folder):
    """Serve all towns; yield their addresses one by one, each of an untouched map."""
    data = folder / "towns.db"
    made = open_store(data)
    names = [f"town-{number}" for number in range(60)]
    for name in names:
        town = Programme(ProgrammeInfo(id=name, name=name.title()))
        town.put_map(small())
        town.add(
            Action(id="walk", title="Walking groups"), Asset(id="park", name="Park")
        )
        made.create(town, actor=Actor("x", "admin"))
    made.close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ("tests/browser/canvas_server.py", str(port), str(data))
    server = Fork(words, cwd=ROOT, env=os.environ, log=folder / "server.log")
    DATA[f"http://127.0.0.1:{port}"] = data
    try:
        _wait_for(port, server)
        yield (f"http://127.0.0.1:{port}/?town={name}" for name in names)
    finally:
        server.kill()
        server.wait()


def programme_at(address):
    """The programme behind a town's address, as it is on disk."""
    host, _, name = address.partition("/?town=")
    held = open_store(DATA[host])
    try:
        return held.load(name)
    finally:
        held.close()


def _wait_for(port, server):
    for _ in range(400):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health"):
                return
        except (urllib.error.URLError, ConnectionError):
            if server.poll() is not None:
                break
            server_wait(server)
    pytest.fail("the canvas's server did not start")


def server_wait(server):
    try:
        server.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return


# A canvas fits its map once more when it learns how wide it is, and boxes glide.
STEADY = f"""(() => {{
  const {{ scale, position }} = {API}.view();
  const seen = [scale, position.x, position.y, {API}.state.gliding].join();
  if (window.steady?.seen !== seen) window.steady = {{ seen, since: performance.now() }};
  return performance.now() - window.steady.since > 120;
}})()"""
STANDING = {}  # pages on a town that nobody uses any more, by how they were opened


def opened(browser, address, *, anew=False, **context):
    """Return a page on a town: if there is one, a page that a test before has left.

    `anew` = one that was opened for it, with no other beside it, where the page's own
    workings are the subject: pages of one site share the process that draws them.
    """
    while anew and any(STANDING.values()):
        max(STANDING.values(), key=len).pop().leave()
    host = address.partition("/?")[0]
    kept = STANDING.setdefault(repr((host, sorted(context.items()))), [])
    if kept:
        page = kept.pop()
        page.said.clear()
        page.asked.clear()
        page.evaluate(f"window.left = {HOST}; window.steady = null")
        arrive(page, address)
        until(page, f"!window.left.isConnected && {READY}")
    else:
        page = _new(browser, context)
        page.goto(address)
        _left_standing(page, kept)
        until(page, READY)
    until(page, STEADY)
    return page


def _left_standing(page, kept):
    """Have its test's end leave it for the next; `leave` gives its window back."""
    context = page.context
    close = context.close

    def leave():
        context.close = close  # whoever is lent the window next closes it
        close()

    page.leave = leave
    context.close = lambda: page in kept or kept.append(page)


def _new(browser, context):
    page = browser.new_context(**context).new_page()
    page.said, page.asked = [], []
    page.on(
        "console", lambda m: m.text.startswith(HARMLESS) or page.said.append(m.text)
    )
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    return page
