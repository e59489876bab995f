"""Nothing undocumented: reference pages are current, commands in words work."""

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from app.command import app
from benchmarks.speed import QUESTIONS, with_table
from tests.sizes import WHOLE

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("docs_make", ROOT / "docs/make.py")
MAKE = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(MAKE)


# tests/contract/test_roles.py tries out what stands in the one left out
@pytest.mark.parametrize("name", [name for name in MAKE.PAGES if name != "roles.md"])
def test_a_reference_page_is_current(name):
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert text == MAKE.PAGES[name](), "run: uv run python docs/make.py"


@pytest.mark.parametrize(
    "path",
    sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]),
    ids=lambda path: path.name,
)
def test_every_link_in_a_page_leads_to_a_file(path):
    for target in re.findall(
        r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")
    ):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("docs/**/*.md")), ids=lambda path: path.name
)
def test_every_file_a_page_names_exists(path):
    for name in re.findall(
        r"`((?:systemmap|app|tests|docs|data)/[\w./-]+\.\w+)`",
        path.read_text(encoding="utf-8"),
    ):
        assert (ROOT / name).exists(), name


def test_the_readme_names_the_command_that_decides():
    command = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()[-1]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"| `{command}` |" in readme


def commands_of(heading):
    """Return the commands that the README gives below a heading, as words."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (below,) = re.findall(
        rf"^## {heading}\n(.*?)^## ", readme, re.DOTALL | re.MULTILINE
    )
    (block,) = re.findall(r"```console\n(.*?)```", below, re.DOTALL)
    lines = [shlex.split(line) for line in block.splitlines()]
    assert {words[0] for words in lines} == {"systemmap"}
    return [words[1:] for words in lines]


def test_a_board_paper_comes_from_nothing_as_written(tmp_path, monkeypatch):
    """In an empty folder with an empty home, the first line in a process of its own.

    In a whole run each line is; else the others find here what it left there.
    """
    command = Path(sys.executable).parent / "systemmap"
    first, *then = commands_of("From nothing to a board paper")
    for words in (first, *then) if WHOLE else (first,):
        done = subprocess.run(
            [command, *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        )
        assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.chdir(tmp_path)
    for words in () if WHOLE else then:
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, f"{words}\n{done.output}"
    paper = docx.Document(str(tmp_path / "board-paper.docx"))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "Sampleshire" in text
    assert "The board is asked to" in text
    assert "14 September 2026" in text


def test_the_tutorial_runs_as_written(tmp_path, monkeypatch):
    """Each line, in order, against one new database; only the page goes elsewhere."""
    monkeypatch.setenv("SYSTEMMAP_DATA", str(tmp_path / "try.db"))
    monkeypatch.chdir(ROOT)
    lines = commands_of("Fifteen minutes with a council's plan")
    assert len(lines) == 7
    for words in lines:
        elsewhere = [word.replace("map.html", f"{tmp_path}/map.html") for word in words]
        done = CliRunner().invoke(app, elsewhere)
        assert done.exit_code == 0, f"{words}\n{done.output}"
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "Open Government Licence" in page


def test_the_readme_shows_the_last_run_of_the_benchmarks_and_takes_the_next():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(r"^Measured on \d+ \w+ \d{4} with Python 3", readme, re.MULTILINE)
    assert all(f"| {question} |" in readme for question in QUESTIONS)
    again = with_table(readme, "| new |")
    assert again.count("| new |") == 1
    assert "Measured on" not in again
    assert with_table(again, "| new |") == again
