"""One figure is one figure: documents, screens and --json on the same day."""

import io
import json
import re
import zipfile

import pytest
from typer.testing import CliRunner

from app.command import app
from systemmap.bundled.examples import example
from systemmap.coverage.rungs import Rung
from systemmap.formats import write
from systemmap.model.values import now
from systemmap.reports import REPORTS, Order, build
from systemmap.reports.parts.words_paper import LOOP_LENGTH
from tests.reports.conftest import words_of


@pytest.fixture(scope="module")
def day():
    return now().astimezone().date()


@pytest.fixture(scope="module")
def by_command(tmp_path_factory):
    """Count in what the command gives programs, not in its words."""
    path = tmp_path_factory.mktemp("figures") / "sampleshire.systemmap.json"
    path.write_bytes(write(example(), "native_json").data)

    def answer(command, *options):
        done = CliRunner().invoke(app, [command, str(path), *options, "--json"])
        return json.loads(done.stdout)

    gaps, file = answer("gaps"), answer("inspect")
    whole, changed = map(int, re.findall(r"\d+", gaps["denominator"])[:2])
    rungs = [gap["rung"] for gap in gaps["gaps"]]
    matters, effort = answer("importance"), answer("effort")["denominator"]
    causes, links = map(int, re.findall(r"\d+", matters["rests_on"]))
    assert causes == whole
    standing = [factor["importance"] for factor in matters["factors"]]
    return {
        "links": links,
        "standing out": standing.count("high"),
        "in scope": int(re.match(r"(\d+) causes in scope", effort)[1]),
        "current": int(re.search(r"(\d+) current actions", effort)[1]),
        "longer loops": answer("loops")["total"],
        "causes": whole,
        "changeable": changed,
        "no action": rungs.count(0),
        "live or planned": sum(rung >= Rung.LIVE_BUT_THIN for rung in rungs),
        "loops": answer("loops", "--max-length", str(LOOP_LENGTH))["total"],
        "actions": file["actions"],
        "workstreams": file["workstreams"],
        "phases": file["phases"],
    }


SAYS = {
    "no action": r"(\d+) of \d+ causes (?:that can be changed here )?have no action listed",
    "changeable": r"\d+ of (\d+) causes (?:that can be changed here )?have no action listed",
    "actions": r"(\d+) actions(?: listed| led| carry)",
    "overdue": r"\b(\d{1,3}) (?:actions are |actions )?overdue",
    "causes": r"(\d+) causes (?:on this map|and \d+ links)",
    "links": r"\d+ causes and (\d+) links",
    "standing out": r"(\d+) causes of \d+ stand out",
    "in scope": r"(\d+) causes in scope",
    "current": r"(\d+) current actions,",
    "longer loops": r"(\d+) loops of up to 6 causes",
    "open": r"(\d+) causes with an open gap",
    "loops": r"(\d+) loops of up to 4 causes",
    "workstreams": r"(\d+) workstreams",
    "phases": r"(\d+) phases(?! and)",
    "live or planned": r"(\d+) of \d+ causes have live or planned work",
}


def figures_in(words):
    words = " ".join(words.split())
    return {
        name: {int(n) for n in re.findall(pattern, words)}
        for name, pattern in SAYS.items()
    }


def pages_of(folder):
    """Return the words of every page in a handover folder, the drawn map's too."""
    with zipfile.ZipFile(io.BytesIO(folder)) as archive:
        pages = [name for name in archive.namelist() if name.endswith(".html")]
        assert len(pages) >= 4
        return " ".join(words_of(archive.read(name), ".html") for name in pages)


def test_figures_are_equal_wherever_they_stand(by_command, open_screen, day):
    found = {}
    for key, suffix in (
        ("board_paper", ".html"),
        ("coverage_heat", ".html"),
        ("gap_table", ".xlsx"),
        ("map_in_words", ".html"),
        ("map_slide", ".pptx"),
        ("phase_report", ".html"),
        ("programme_record", ".html"),
        ("write_up", ".html"),
        ("map_poster", ".svg"),
    ):
        data = build(example(), key, Order(at=day), suffix).data
        found[key] = figures_in(words_of(data, suffix))
    folder = build(example(), "handover", Order(at=day)).data
    found["handover"] = figures_in(pages_of(folder))
    register = REPORTS["register_by_owner"].paper(example(), Order(at=day))
    found["register_by_owner"] = figures_in(register.title)
    assert found["register_by_owner"]["actions"] == {by_command["actions"]}
    assert found.keys() == REPORTS.keys()  # a new document joins the list above
    silent = [key for key, figures in found.items() if not any(figures.values())]
    assert silent == []
    for screen in (
        *("home", "gaps", "actions", "documents", "map", "importance"),
        *("loops", "effort", "health"),
    ):
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
        places = len(said) + (name in by_command)
        assert places > 1, f"{name} stands in one place only: {said}"
