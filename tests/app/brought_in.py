"""What every server brings in sooner or later; its forks have it from the start."""

import gc
import importlib
import pkgutil
import tempfile

import app
import systemmap
from systemmap.store import open_store

NEEDS_A_SERVER = ("app.main", "systemmap.__main__")


def _bring_in(package):
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.startswith(NEEDS_A_SERVER):
            importlib.import_module(found.name)


importlib.import_module("tests.app.worker_forks")
_bring_in(systemmap)
_bring_in(app)
with tempfile.TemporaryDirectory() as folder:  # what making a file brings in
    open_store(f"{folder}/none.db").close()
gc.collect()
gc.freeze()
