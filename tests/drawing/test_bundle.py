"""The canvas's scripts: who may need whom, and how the exported page carries them."""

import re
from collections import Counter
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from systemmap.drawing.web_files import PAGE_SCRIPTS, web_names, web_text

_NAMES = re.compile(
    r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE
)
_IMPORTED = re.compile(r'^import [^;]+ from "([^"]+)";', re.MULTILINE)
FOLDERS = (
    "map",
    "tools",
    "editing",
    "live",
    "page",
    "",
)  # a folder needs those before it
SCRIPTS = [name for name in web_names() if name.endswith(".js")]


MOST_LINES = 300
ROOT = Path(__file__).resolve().parents[2]
OURS = [
    *ROOT.glob("systemmap/drawing/web/**/*.js"),
    *ROOT.glob("app/rooms/static/*.js"),
]


def needed_by(name):
    """Return the paths of what a script imports."""
    return [
        normpath(join(dirname(name), found))
        for found in _IMPORTED.findall(web_text(name))
    ]


def test_no_two_modules_of_the_exported_page_use_one_name():
    names = Counter(
        name
        for module in PAGE_SCRIPTS
        for name in _NAMES.findall(web_text(f"{module}.js"))
    )
    assert len(names) > 30
    assert [name for name, count in names.items() if count > 1] == []


def test_the_exported_page_carries_each_module_after_those_it_needs():
    carried = [f"{module}.js" for module in PAGE_SCRIPTS]
    for at, name in enumerate(carried):
        assert set(needed_by(name)) <= set(carried[:at]), name


def test_a_script_needs_its_own_folder_or_an_earlier_one():
    for name in SCRIPTS:
        for other in needed_by(name):
            assert other in SCRIPTS, f"{name} imports {other}"
            order = [FOLDERS.index(dirname(path)) for path in (other, name)]
            assert order == sorted(order), f"{name} imports {other}"


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_script_is_short_and_its_types_are_checked(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "// @ts-check"
    assert len(lines) <= MOST_LINES
    assert "@ts-ignore" not in "".join(lines)
    assert "@ts-nocheck" not in "".join(lines)
