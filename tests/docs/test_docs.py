"""Nothing undocumented: reference pages are current, commands in words work."""

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("docs_make", ROOT / "docs/make.py")
MAKE = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(MAKE)


@pytest.mark.parametrize("name", list(MAKE.pages()))
def test_a_reference_page_is_current(name):
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert text == MAKE.pages()[name], "run: uv run python docs/make.py"


@pytest.mark.parametrize(
    "path",
    sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]),
    ids=lambda path: path.name,
)
def test_every_link_in_a_page_leads_to_a_file(path):
    for target in re.findall(
        r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")
    ):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("docs/*.md")), ids=lambda path: path.name
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


def test_the_tutorial_runs_as_written(tmp_path):
    """Each line of the README's tutorial, in order, against one new database."""
    (block,) = re.findall(
        r"```console\n(.*?)```",
        (ROOT / "README.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
    lines = [line for line in block.splitlines() if line.startswith("systemmap ")]
    assert len(lines) == 7
    command = Path(sys.executable).parent / "systemmap"
    for line in lines:
        words = shlex.split(line.replace(" map.html", f" {tmp_path}/map.html"))[1:]
        done = subprocess.run(
            [command, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
            env={"PATH": "/usr/bin:/bin", "SYSTEMMAP_DATA": str(tmp_path / "try.db"), "HOME": str(tmp_path)},
        )  # fmt: skip
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "Open Government Licence" in page
