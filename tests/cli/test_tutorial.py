"""The README's tutorial as written: a real plan and the Foresight map, to gaps and a page."""

import subprocess
import sys

import pytest

from tests.cli.files import FACTORS, LINKS, PLAN


@pytest.fixture
def rutland(run):
    assert run("new", "Rutland", "--template", "empty").code == 0
    for file in (PLAN, FACTORS, LINKS):
        done = run("import", file, "--into", "Rutland")
        assert done.code == 0, done.err
    return run


def test_the_plan_and_the_map_come_in_and_the_gaps_are_named(rutland, tmp_path):
    tied = rutland(
        "tie",
        "Partners to start implementing actions into their services.",
        "Stress",
        "--in",
        "Rutland",
        "--reason",
        "Services see the pressure people are under.",
    )
    assert tied.out == (
        "“Partners to start implementing actions into their services.” now acts on “Stress”.\n"
    )
    gaps = rutland("gaps", "Rutland").out
    assert gaps.startswith("107 of 108 causes have no action listed.")
    assert "No action listed for “Acculturation”." in gaps

    page = tmp_path / "map.html"
    assert rutland("export", "Rutland", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert "<title>" in text
    assert "Portion Size" in text


def test_every_step_is_one_change_that_can_be_undone(rutland):
    labels = [
        change["label"] for change in rutland("history", "Rutland", "--json").json
    ]
    assert labels == [
        "Import foresight_links.csv",
        "Import foresight_factors.csv",
        "Import rutland_plan.txt",
        "Begin Rutland",
    ]
    assert (
        rutland("undo", "Rutland", 4).out == "Change 4 was undone; that is change 5.\n"
    )
    loops = rutland("loops", "Rutland", "--json").json
    assert loops["total"] == 0
    assert rutland("undo", "Rutland", 5).code == 0  # redo
    assert rutland("loops", "Rutland", "--json").json["total"] == 193


def test_the_same_file_twice_adds_nothing(rutland):
    again = rutland("import", PLAN, "--into", "Rutland")
    assert "all 14 are here already" in again.out
    assert len(rutland("history", "Rutland", "--json").json) == 4


def test_the_command_works_in_a_process_of_its_own(data):
    answer = subprocess.run(
        [sys.executable, "-m", "systemmap", "inspect", str(LINKS), "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert answer.returncode == 0, answer.stderr
    assert '"same": 198' in answer.stdout
