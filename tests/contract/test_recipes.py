"""Each recipe of CONTRIBUTING, followed to the letter in a copy of the project.

One new file, a heading made by docs/make.py, and the tests that the registry
asks of every entry pass: nothing else needs editing.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sizes import WHOLE

ROOT = Path(__file__).resolve().parents[2]
KEY = "made_for_the_recipe"
FILES = Path(__file__).with_name("recipes")
NEW = {
    "a measure": ("measure.txt", "tests/contract/test_measures.py"),
    "a gap rule": ("gap_rule.txt", "tests/contract/test_gap_rules.py"),
    "a file format": ("format.txt", "tests/contract/test_formats.py"),
    "a screen": ("screen.txt", "tests/app/test_screens.py"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The project as git knows it, with the four recipes followed."""
    top = tmp_path_factory.mktemp("copy")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for name in listed:
        if (ROOT / name).is_file():
            (top / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, top / name)  # with its time: see below
    for folder in {Path(name).parent for name in listed}:
        if (compiled := ROOT / folder / "__pycache__").is_dir():
            shutil.copytree(compiled, top / folder / "__pycache__")
    recipes = (top / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for what, (file, _) in NEW.items():
        row = re.search(rf"^\| {what} \| `([^`]+)`", recipes, re.MULTILINE)
        assert row, f"CONTRIBUTING has no recipe for {what}"
        path = top / row[1].replace("x.py", f"{KEY}.py")
        assert path.parent.is_dir(), row[1]
        shutil.copyfile(FILES / file, path)
    (top / "made_first.py").write_text(MADE_FIRST, encoding="utf-8")
    return top


# One process: what brings in the registries, twice over, is much of the time.
# An ordinary run makes the pages that gather the words of what is new, as docs/make.py
# makes them; a whole run makes all, the table of roles too, which tries everything out.
MADE_FIRST = f"""
import runpy
from pathlib import Path

WHOLE = {WHOLE}

def pytest_collection_finish():
    made = runpy.run_path("docs/make.py", run_name="__main__" if WHOLE else "made")
    for name in ("measures.md", "gaps.md", "formats.md"):
        if not WHOLE:
            Path("docs", name).write_text(made["PAGES"][name](), encoding="utf-8")
"""


def ran(top, *words):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "made_first", *words],
        cwd=top,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(top), "HOME": str(top)},
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.slow
def test_each_recipe_is_one_file_and_nothing_else_needs_editing(copy):
    tests = sorted({test for _, test in NEW.values()})
    told = ran(
        copy,
        "-q",
        "-p",
        "no:cacheprovider",
        *tests,
        # that all pages are current asks tests/docs of the project itself
        *(["tests/docs/test_docs.py"] if WHOLE else []),
        "-k",
        f"{KEY} or current",
    )
    assert "passed" in told
    assert told.count("passed") == 1
    for page in ("measures", "gaps", "formats"):
        assert KEY in (copy / "docs" / f"{page}.md").read_text(encoding="utf-8")
