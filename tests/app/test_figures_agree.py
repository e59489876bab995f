"""One figure is one figure: documents, screens and --json on the same day."""

import json
import re

import pytest
from typer.testing import CliRunner

from app.command import app
from systemmap.bundled.examples import example
from systemmap.formats import write
from systemmap.model.values import now
from systemmap.reports import REPORTS, Order, build
from tests.reports.conftest import words_of


@pytest.fixture(scope="module")
def day():
    return now().astimezone().date()


@pytest.fixture(scope="module")
def by_command(tmp_path_factory):
    """Count in what the command gives programs, not in its words."""
    path = tmp_path_factory.mktemp("figures") / "sampleshire.systemmap.json"
    path.write_bytes(write(example(), "native_json").data)
    done = CliRunner().invoke(app, ["gaps", str(path), "--json"])
    gaps = json.loads(done.stdout)
    whole, changed = map(int, re.findall(r"\d+", gaps["denominator"])[:2])
    rungs = [gap["rung"] for gap in gaps["gaps"]]
    return {
        "causes": whole,
        "changeable": changed,
        "no action": rungs.count(0),
        "actions": len(example().actions),
    }


SAYS = {
    "no action": r"(\d+) of \d+ causes have no action listed",
    "changeable": r"\d+ of (\d+) causes have no action listed",
    "actions": r"(\d+) actions(?: listed| led)",
    "overdue": r"\b(\d{1,3}) (?:actions are |actions )?overdue",
    "causes": r"(\d+) causes on this map",
    "open": r"(\d+) causes with an open gap",
    "live or planned": r"(\d+) of \d+ causes have live or planned work",
}


def figures_in(words):
    words = " ".join(words.split())
    return {
        name: {int(n) for n in re.findall(pattern, words)}
        for name, pattern in SAYS.items()
    }


def test_figures_are_equal_wherever_they_stand(by_command, open_screen, day):
    found = {}
    for key, suffix in (
        ("board_paper", ".html"),
        ("coverage_heat", ".html"),
        ("gap_table", ".xlsx"),
        ("map_in_words", ".html"),
        ("map_slide", ".pptx"),
        ("phase_report", ".html"),
    ):
        data = build(example(), key, Order(at=day), suffix).data
        found[key] = figures_in(words_of(data, suffix))
    register = REPORTS["register_by_owner"].paper(example(), Order(at=day))
    found["register_by_owner"] = figures_in(register.title)
    assert found["register_by_owner"]["actions"] == {by_command["actions"]}
    for screen in ("home", "gaps", "actions", "documents"):
        at = open_screen(screen, example(), stored="home" in found)
        found[screen] = figures_in(
            " ".join(w.value for w in (*at.title, *at.markdown, *at.header))
        )
    assert found["board_paper"]["actions"] == {by_command["actions"]}
    for name in SAYS:
        every = set().union(*(where[name] for where in found.values()))
        assert len(every) == 1, (name, {k: v[name] for k, v in found.items()})
        if name in by_command:
            assert every == {by_command[name]}
        said = [where for where, figures in found.items() if figures[name]]
        assert len(said) > 1, f"{name} stands in one place only: {said}"
