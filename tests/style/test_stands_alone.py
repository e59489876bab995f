"""A clone needs nothing beside it: no file of it reads or names a neighbour folder."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEPT_HIDDEN = {".ci", ".gitignore", ".streamlit"}
MADE = {"__pycache__", "build", "dist", "node_modules"}
NEIGHBOUR = "shared"  # the folder whose papers tests once read
NAMED = re.compile(rf"\.\./{NEIGHBOUR}\b|/\s*[\"']{NEIGHBOUR}\b[^.]")
CLIMBED = re.compile(r"__file__\)[^\n]*?parents\[(\d+)\]")
STEPPED = re.compile(r"__file__\)[^\n]*?((?:\.parent\b)+)")
HERE = "__file__"  # put in where the lines below must not be found themselves
ABOVE_ROOT = re.compile(r"\b_?ROOT\.parent\b")


def files_of(folder=ROOT):
    for path in sorted(folder.iterdir()):
        if path.name in MADE or (path.name[0] == "." and path.name not in KEPT_HIDDEN):
            continue
        if path.is_dir():
            yield from files_of(path)
        else:
            yield path


def outside(text, depth):
    """Name what leads out of the clone in a file that many folders deep."""
    found = [match[0] for match in NAMED.finditer(text)]
    found += [m[0] for m in CLIMBED.finditer(text) if int(m[1]) > depth]
    found += [m[0] for m in STEPPED.finditer(text) if m[1].count(".parent") > depth + 1]
    return found + ABOVE_ROOT.findall(text)


def test_nothing_in_the_clone_leads_out_of_it():
    looked_at, found = 0, {}
    for path in files_of():
        text = path.read_text(encoding="utf-8", errors="ignore")
        inside = path.relative_to(ROOT)
        looked_at += 1
        if leads := outside(text, len(inside.parts) - 1):
            found[str(inside)] = leads
    assert found == {}
    assert looked_at > 400


@pytest.mark.parametrize(
    "line",
    [
        f"systemmap import ../{NEIGHBOUR}/plan.txt",
        f'PLAN = _ROOT.up / "{NEIGHBOUR}" / "plan.txt"',
        f"PLAN = base /'{NEIGHBOUR}'",
        f"PLAN = Path({HERE}).resolve().parents[3] / 'plan.txt'",
        f"PLAN = Path({HERE}).parent.parent.parent.parent / 'plan.txt'",
        "PLAN = ROOT" + ".parent / 'plan.txt'",
    ],
)
def test_the_scan_finds_what_it_is_for(line):
    assert outside(line, depth=2)


def test_the_scan_lets_the_root_itself_be_named():
    assert not outside("ROOT = Path(__file__).resolve().parents[2]", depth=2)
    assert not outside("ROOT = Path(__file__).parent.parent.parent", depth=2)
    assert not outside(f"from app.commands.{NEIGHBOUR} import opened", depth=2)
