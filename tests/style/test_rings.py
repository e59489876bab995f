"""What import-linter cannot say: plug-ins are strangers to their siblings."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [
    "systemmap/analysis/measures",
    "systemmap/analysis/checks",
    "systemmap/gaps/rules",
    "systemmap/formats/figures",
    "systemmap/formats/lists",
    "systemmap/formats/maps",
    "systemmap/formats/pictures",
    "systemmap/formats/plans",
    "systemmap/formats/whole",
    "systemmap/reports",
    "systemmap/faults",
    "app/screens",
    "app/rooms",
]


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_plug_in_never_imports_a_plug_in_of_its_own_folder(folder):
    package = folder.replace("/", ".")
    plug_ins = {path.stem for path in (ROOT / folder).glob("[!_]*.py")}
    assert plug_ins
    for name in sorted(plug_ins):
        siblings = {f"{package}.{other}" for other in plug_ins - {name}}
        assert not siblings & set(imported(ROOT / folder / f"{name}.py")), name


def test_the_app_never_imports_a_private_module_of_the_library():
    for path in sorted((ROOT / "app").rglob("*.py")):
        private = [
            m for m in imported(path) if m.startswith("systemmap.") and "._" in m
        ]
        typing_only = set(under_type_checking(path))
        assert not set(private) - typing_only, path.name


def under_type_checking(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            for inner in ast.walk(node):
                if isinstance(inner, ast.ImportFrom) and inner.module:
                    yield inner.module
                    yield from (f"{inner.module}.{alias.name}" for alias in inner.names)
