"""`import systemmap` gives about twenty sorted names and loads no heavy library."""

import subprocess
import sys

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


def test_importing_the_library_loads_no_heavy_library():
    code = f"import sys, systemmap; print([n for n in {HEAVY} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_version_is_the_one_that_is_installed():
    from importlib.metadata import version

    assert systemmap.__version__ == version("systemmap")
