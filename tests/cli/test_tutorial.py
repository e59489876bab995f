"""The README's tutorial as written: a council's plan and the Foresight map, to gaps and a page."""

import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.command import app
from tests.app.forks import Fork
from tests.cli.files import FACTORS, LINKS
from tests.council_papers import PLAN
from tests.sizes import PATIENCE


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """The database after the tutorial's first four lines: made once, copied by each test."""
    place = tmp_path_factory.mktemp("tutorial") / "systemmap.db"
    lines = [
        ("new", "Aldermere", "--template", "empty"),
        *(
            ("import", str(file), "--into", "Aldermere")
            for file in (PLAN, FACTORS, LINKS)
        ),
    ]
    for line in lines:
        done = CliRunner(env={"SYSTEMMAP_DATA": str(place)}).invoke(app, line)
        assert done.exit_code == 0, done.output
    return place


@pytest.fixture
def aldermere(run, data, imported):
    shutil.copytree(imported.parent, data.parent)
    return run


def test_the_plan_and_the_map_come_in_and_the_gaps_are_named(aldermere, tmp_path):
    tied = aldermere(
        "tie",
        "Leisure centres and parks open for free evening sessions.",
        "Stress",
        "--in",
        "Aldermere",
        "--reason",
        "An evening outdoors eases the day's pressure.",
    )
    assert tied.out == (
        "“Leisure centres and parks open for free evening sessions.” now acts on “Stress”.\n"
    )
    gaps = aldermere("gaps", "Aldermere").out
    assert gaps.startswith("107 of 108 causes have no action listed.")
    assert "No action listed for “Acculturation”." in gaps

    page = tmp_path / "map.html"
    assert aldermere("export", "Aldermere", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert "<title>" in text
    assert "Portion Size" in text


def test_every_step_is_one_change_that_can_be_undone(aldermere):
    labels = [
        change["label"] for change in aldermere("history", "Aldermere", "--json").json
    ]
    assert labels == [
        "Import foresight_links.csv",
        "Import foresight_factors.csv",
        "Import aldermere_plan.txt",
        "Begin Aldermere",
    ]
    assert (
        aldermere("undo", "Aldermere", 4).out
        == "Change 4 was undone; that is change 5.\n"
    )
    loops = aldermere("loops", "Aldermere", "--json").json
    assert loops["total"] == 0
    assert aldermere("undo", "Aldermere", 5).code == 0  # redo
    assert aldermere("loops", "Aldermere", "--json").json["total"] == 193


def test_the_same_file_twice_adds_nothing(aldermere):
    again = aldermere("import", PLAN, "--into", "Aldermere")
    assert "all 14 are here already" in again.out
    assert len(aldermere("history", "Aldermere", "--json").json) == 4


def test_the_command_works_in_a_process_of_its_own(data, tmp_path):
    words, said = (
        ("-m", "systemmap", "inspect", str(LINKS), "--json"),
        tmp_path / "said",
    )
    process = Fork(words, cwd=Path.cwd(), env=os.environ, log=said)
    assert process.wait(PATIENCE) == 0, said.read_text()
    assert '"same": 198' in said.read_text()
