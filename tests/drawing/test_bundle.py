"""The canvas's scripts: who may need whom, and how the exported page carries them."""

import re
from collections import Counter
from posixpath import dirname, join, normpath

from systemmap.drawing.web_files import PAGE_SCRIPTS, web_names, web_text

_NAMES = re.compile(
    r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE
)
_IMPORTED = re.compile(r'^import [^;]+ from "([^"]+)";', re.MULTILINE)
FOLDERS = ("map", "tools", "editing", "live", "")  # a folder needs those before it
SCRIPTS = [name for name in web_names() if name.endswith(".js")]


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
