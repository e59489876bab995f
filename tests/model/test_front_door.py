"""`import systemmap` gives about twenty sorted names and loads no heavy library."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

import systemmap

HEAVY = [
    "networkx",
    "numpy",
    "scipy",
    "pandas",
    "pyvis",
    "sqlalchemy",
    "alembic",
    "streamlit",
    "openpyxl",
    "docx",
]


def test_the_public_names_are_sorted_and_exist():
    assert sorted(systemmap.__all__) == systemmap.__all__
    assert all(hasattr(systemmap, name) for name in systemmap.__all__)


def test_the_first_example_an_analyst_reads_is_true():
    assert doctest.testmod(systemmap).failed == 0


def test_the_page_for_notebooks_runs_from_top_to_bottom(tmp_path, monkeypatch):
    page = Path(__file__).resolve().parents[2] / "docs" / "python.md"
    links = page.parents[1] / "data" / "reference" / "foresight_links.csv"
    (tmp_path / "links.csv").write_bytes(links.read_bytes())
    monkeypatch.chdir(tmp_path)
    code = re.sub(r"```(python)?", "", page.read_text(encoding="utf-8"))
    parsed = doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), 0)
    assert parsed.examples
    assert doctest.DocTestRunner().run(parsed).failed == 0


def test_a_verb_that_does_not_exist_is_said_to_be_missing():
    with pytest.raises(AttributeError, match="find_gap'"):
        systemmap.find_gap  # noqa: B018 - asking is the test


def test_importing_the_library_loads_no_heavy_library():
    code = f"import sys, systemmap; print([n for n in {HEAVY} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_version_is_the_one_that_is_installed():
    from importlib.metadata import version

    assert systemmap.__version__ == version("systemmap")
