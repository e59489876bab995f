"""The packaged data, and the Foresight map with its published figures."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from systemmap.analysis.graph import to_digraph
from systemmap.bundled.bundled_files import (
    data_file,
    foresight_map,
    foresight_terms,
    packaged_files,
    source_of,
)
from systemmap.errors import UnknownItem
from systemmap.model.values import MapKind

ROOT = Path(__file__).parents[2]


def test_the_foresight_map_has_its_published_size_and_signs():
    system_map = foresight_map()
    signs = Counter(link.polarity.value for link in system_map.links.values())
    assert len(system_map.factors) == 108
    assert signs == {"+": 198, "-": 98}
    graph = to_digraph(system_map)
    assert min(degree for _, degree in graph.degree()) > 0
    assert min(degree for _, degree in graph.out_degree()) > 0
    inputs, outputs = dict(graph.in_degree()), dict(graph.out_degree())
    assert inputs["force-of-dietary-habits"] == 11
    assert outputs["perceived-lack-of-time"] == 9
    assert len([k for k, n in inputs.items() if n == 0]) == 8


def test_the_foresight_map_is_a_placed_reference_with_its_notice():
    system_map = foresight_map()
    assert system_map.version.kind is MapKind.REFERENCE
    assert "Open Government Licence v3.0" in system_map.version.notice
    assert system_map.outcome == "strength-of-lock-in-to-accumulate-energy"
    places = {(f.x, f.y) for f in system_map.factors.values()}
    assert len(places) == 108
    themes = Counter(f.theme for f in system_map.factors.values())
    assert themes["physiology"] == 19
    assert set(themes) == {term.key for term in foresight_terms()}


def test_a_reader_of_the_map_cannot_change_the_packaged_one():
    foresight_map().remove_factor("stress")
    assert "stress" in foresight_map().factors


def test_every_reference_file_and_the_plan_say_where_they_come_from():
    tables = [n for n in packaged_files("data/reference/") if n.endswith(".csv")]
    assert len(tables) >= 2
    for name in (*tables, "data/examples/aldermere_plan.txt"):
        needed = {
            "title",
            "producer",
            "citation",
            "url",
            "accessed",
            "licence",
            "changes",
        }
        assert needed <= set(source_of(name))


@pytest.mark.parametrize(
    "name", ["data/none.csv", "data/../LICENSE", "app/x.py", "data//x", ""]
)
def test_no_other_file_can_be_asked_for(name):
    with pytest.raises(UnknownItem, match="packaged file"):
        data_file(name)


def test_an_installed_copy_finds_its_data_inside_the_package(tmp_path):
    with zipfile.ZipFile(tmp_path / "wheel.zip", "w") as wheel:  # as hatch lays it out
        for path in sorted((ROOT / "systemmap").rglob("*")):
            if path.suffix in (".py", ".csv") and path.is_file():
                wheel.write(path, path.relative_to(ROOT))
        for path in sorted((ROOT / "data").rglob("*")):
            if path.is_file():
                wheel.write(path, Path("systemmap/_packaged") / path.relative_to(ROOT))
    with zipfile.ZipFile(tmp_path / "wheel.zip") as wheel:
        wheel.extractall(tmp_path / "site")
    code = "import systemmap.bundled.bundled_files as p; print(p.__file__, len(p.foresight_map().links))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / "site",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [
        str(tmp_path / "site/systemmap/bundled/bundled_files.py"),
        "296",
    ]
