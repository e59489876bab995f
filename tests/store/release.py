"""Keep what this release writes: ``uv run python tests/store/release.py``, once a release.

It makes `tests/store/released/<version>.*`: a data file, a server's dump, a project
file and the native JSON of a programme that has every kind of record and a
history. They are never changed once the release is tagged; every later version
must open them (`tests/store/test_released.py`).
"""

from __future__ import annotations

import gzip
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from systemmap.formats.project_handover import project_file
from systemmap.formats.whole import native_json
from systemmap.model.changes import append, put
from systemmap.model.elements import Factor
from systemmap.store import Actor, open_store
from systemmap.version import __version__
from tests.store import everything
from tests.store.cluster import cluster, server_programs

FOLDER = Path(__file__).with_name("released")
LEAD, TOWN = Actor("Public health", "admin"), everything.TOWN


def fill(store) -> None:
    """Make a programme with every kind of record, and a history of every kind of change."""
    store.create(everything.programme(), actor=LEAD, label="Begin")
    third = Factor(id="three", label="Sleep", map_id=TOWN)
    store.apply(TOWN, [append(third)], actor=LEAD, label="Add Sleep", key="k1")
    store.name_version(TOWN, "Before the workshop", actor=LEAD)
    for words in ("Sleeping well", "Sleep"):
        changed = replace(third, label=words)
        store.apply(TOWN, [put(changed)], actor=LEAD, label=f"Call it {words}")
    store.undo(TOWN, store.revision(TOWN), actor=LEAD)
    store.redact(
        TOWN, "factor", f"{TOWN}/two", ["note"], actor=LEAD, reason="on request"
    )
    store.secret()


def main() -> None:
    """Write the four files of this version."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, cluster() as server:
        file, address = Path(folder, "x.db"), server.new_database()
        for place in (file, address):
            store = open_store(place, backups=folder)
            fill(store)
            native = native_json.write(store.load(TOWN)).data
            project = project_file(store, TOWN).data
            store.close()
        dump = subprocess.run(
            [f"{server_programs()}/pg_dump", "--no-owner", "--inserts", address],
            check=True,
            capture_output=True,
        ).stdout
        kept = {
            "db.gz": file.read_bytes(),
            "sql.gz": dump,
            "json.gz": native,
            "project": project,
        }
    for ending, content in kept.items():
        packed = gzip.compress(content, mtime=0) if ending.endswith("gz") else content
        FOLDER.joinpath(f"{__version__}.{ending}").write_bytes(packed)


if __name__ == "__main__":
    main()
