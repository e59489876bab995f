"""Every reader of a stranger's text is in the worker, or takes linear time."""

from __future__ import annotations

import ast
import subprocess
from typing import TYPE_CHECKING

import pytest

from app.rooms import ROOMS
from benchmarks._hostile_texts import aimed
from systemmap.editing.canvas_acts import ACTS
from systemmap.errors import ReadError
from systemmap.formats import FORMATS, read_within
from systemmap.formats.worker import bounded
from tests.linear.readers import ROOT, WORDS
from tests.linear.within import overspent
from tests.sizes import WHOLE, spread

if TYPE_CHECKING:
    from pathlib import Path

MODULE = "tests.linear.readers"
READABLE = sorted(key for key, fmt in FORMATS.items() if fmt.read)
TYPED = (
    "marks",
    *map(
        repr,
        (" ", "a", "“", '"', "\n", "\t", "(", "07700 900", "a@b.", "0", "1. ", "and "),
    ),
)


# the same lines, parted in another way
ALSO_SO = ("plan_text: headings of one name in tabs",)


def test_no_reader_of_files_takes_more_than_linear_time():
    texts = [each for each in aimed() if WHOLE or each.name not in ALSO_SO]
    pieces = [["file", reader, each.name] for each in texts for reader in each.readers]
    pieces += [["file", "recognise", each.name] for each in spread(texts, 6)]
    assert overspent(MODULE, pieces) == []


def test_no_room_takes_more_than_linear_time():
    pieces = [["room", room, name] for room in ROOMS for name in spread(TYPED[:5], 2)]
    assert overspent(MODULE, pieces) == []


def test_no_act_of_a_canvas_takes_more_than_linear_time():
    pieces = [
        ["act", act, name] for act in (*ACTS, "undo") for name in spread(TYPED[:5], 3)
    ]
    assert overspent(MODULE, pieces) == []


def test_no_reader_of_words_takes_more_than_linear_time():
    pieces = [["words", reader, name] for reader in WORDS for name in spread(TYPED, 5)]
    assert overspent(MODULE, pieces) == []


def test_readers_that_need_no_worker_are_among_those_tried():
    tried = {reader for hostile in aimed() for reader in hostile.readers}
    assert tried >= bounded._LINEAR
    assert set(FORMATS) >= bounded._LINEAR


@pytest.mark.parametrize("key", READABLE)
@pytest.mark.parametrize("size", [10, bounded._SMALL + 1])
def test_a_reader_is_run_in_the_worker_or_is_one_of_the_linear(monkeypatch, key, size):
    real = subprocess.Popen
    program = 'print(\'{"refused": "here is the worker", "problems": []}\')'
    monkeypatch.setattr(
        subprocess, "Popen", lambda c, **how: real([c[0], "-c", program], **how)
    )
    try:
        read_within(b"a " * (size // 2 + 1), "text", key)
        where = "here"
    except ReadError as refusal:
        where = "worker" if "here is the worker" in str(refusal) else "here"
    assert (where == "here") == (key in bounded._LINEAR and size < bounded._SMALL)


def test_nobody_reads_a_file_but_the_worker():
    """`read_within` is the one door: no other module calls a reader itself.

    A command recognises in the process of whoever typed it, which serves nobody.
    """
    own = {
        "systemmap/formats/__init__.py",
        "systemmap/formats/worker/bounded.py",
        "systemmap/formats/worker/process.py",
        "app/commands/files.py",
        "systemmap/faults/damaged_files.py",  # a fault test, in a process of its own
    }
    named = ("systemmap.formats", "FORMAT", "fmt")  # whatever reads says one of them
    paths = [
        path
        for folder in ("systemmap", "app")
        for path in (ROOT / folder).rglob("*.py")
        if any(name in path.read_text(encoding="utf-8") for name in named)
    ]
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in paths
        if str(path.relative_to(ROOT)) not in own
        for line in _readings(path)
    ]
    assert found == []


def _readings(path: Path) -> list[int]:
    """Return the lines that import a reader, or take one off a format."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(
            "systemmap.formats"
        ):
            taken = {alias.name for alias in node.names} & {"read", "recognise"}
            found += [node.lineno] * len(taken)
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("read", "recognise")
            and _is_format(node.func.value)
        ):
            found.append(node.lineno)
    return found


def _is_format(node: ast.expr) -> bool:
    """Say whether this is `FORMATS[…]`, or a variable for one of them."""
    held = node.value if isinstance(node, ast.Subscript) else node
    return isinstance(held, ast.Name) and held.id in ("FORMATS", "fmt", "FORMAT")
