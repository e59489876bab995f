"""`systemmap demo` in a real browser: on the example, away from one's own programmes."""

import re
from functools import partial

import pytest
from typer.testing import CliRunner

from app.command import app
from tests.app.forks import Fork, own_port
from tests.app.live_server import running


@pytest.fixture
def own(tmp_path):
    """One's own programme, in the place that the environment names."""
    place = tmp_path / "kept" / "systemmap.db"
    begun = CliRunner().invoke(app, ["new", "Northby", "--data", str(place)])
    assert begun.exit_code == 0
    return place


def test_the_demo_opens_on_the_example_leaves_ones_own_alone_and_keeps_changes(
    browser, tmp_path, own
):
    before = own.read_bytes()
    demo = ("-m", "systemmap", "--no-browser", "demo", "--port", "PORT")
    with running(tmp_path, *demo) as address:
        page = browser.new_page()
        said = (tmp_path / "server.log").read_text()
        (told,) = re.findall(r"systemmap is at (\S+)", said)
        assert told == f"{address}/?programme=sampleshire"
        page.goto(told)
        page.get_by_text("5 of 41 causes have no action listed").first.wait_for()
        assert page.get_by_text("Northby").count() == 0
        page.get_by_role("link", name="Share").wait_for()
        page.close()
    assert "This is Sampleshire, an invented council." in said
    kept = tmp_path / "home/systemmap/demo/systemmap.db"
    assert f"Your programmes are kept in {kept}" in said
    assert kept.exists()
    assert own.read_bytes() == before
    assert not (tmp_path / "home/systemmap/systemmap.db").exists()

    # what was changed in the demo is there next time
    tied = CliRunner().invoke(
        app,
        [
            *("tie", "a001", "stress", "--reason", "Calm.", "--in", "sampleshire"),
            *("--data", str(kept)),
        ],
    )
    assert tied.exit_code == 0, tied.output
    port = own_port()
    other_order = ("-m", "systemmap", "demo", "--no-browser", "--port", "PORT")
    again = partial(Fork, port=port)
    with running(tmp_path, *other_order, port=port, start=again) as address:
        page = browser.new_page()
        page.goto(f"{address}/?programme=sampleshire")
        page.get_by_text("4 of 41 causes have no action listed").first.wait_for()
        page.close()
