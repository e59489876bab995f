"""A successor opens the folder that was handed over, and has the past as well."""

import io
import json
import zipfile

import pytest

from systemmap.bundled.first_start import EARLIER
from systemmap.formats.whole import project_file as container

SAVED = {}  # the town's project file: bytes, written once


@pytest.fixture
def saved(run, town, tmp_path):
    if not SAVED:
        run("export", "Sampleshire", tmp_path / "once.systemmap")
        SAVED["file"] = (tmp_path / "once.systemmap").read_bytes()
    return SAVED["file"]


def rewritten(data, **parts):
    """Write a project file again with other parts and a manifest that vouches for them."""
    old = zipfile.ZipFile(io.BytesIO(data))
    kept = {
        name: parts.get(name.split(".")[0], old.read(name)) for name in old.namelist()
    }
    manifest = json.loads(kept["manifest.json"])
    manifest["sha256"] = {
        name: container.hashlib.sha256(kept[name]).hexdigest()
        for name in manifest["sha256"]
    }
    kept["manifest.json"] = json.dumps(manifest).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in kept.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def test_a_project_file_brings_the_history_to_another_machine(run, town, tmp_path):
    file, there = tmp_path / "s.systemmap", tmp_path / "there.db"
    run("undo", "Sampleshire", 2)
    assert run("export", "Sampleshire", file).code == 0
    answer = run("import", file, "--data", there)
    assert answer.code == 0, answer.err
    assert "with its history of 3 changes" in answer.out
    here = run("history", "Sampleshire", "--json").json
    moved = run("history", "Sampleshire", "--json", "--data", there).json
    assert moved[1:] == here
    assert moved[0]["label"] == "Bring in s.systemmap with its history"
    assert run("verify", "--data", there).code == 0
    assert run("undo", "Sampleshire", 3, "--data", there).code == 0
    since = ("compare", "Sampleshire", EARLIER, 2, "--json")
    assert run(*since, "--data", there).json == run(*since).json


def test_the_same_programme_gives_the_same_file(run, town, tmp_path):
    for name in ("one", "two"):
        run("export", "Sampleshire", tmp_path / f"{name}.systemmap")
    assert (tmp_path / "one.systemmap").read_bytes() == (
        tmp_path / "two.systemmap"
    ).read_bytes()


def test_the_handover_folder_holds_the_history(run, town, tmp_path):
    folder, there = tmp_path / "all.zip", tmp_path / "there.db"
    assert run("document", "Sampleshire", "handover", folder).code == 0
    with zipfile.ZipFile(folder) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith(".systemmap")]
        readme = archive.read(archive.namelist()[0]).decode()
        (tmp_path / "s.systemmap").write_bytes(archive.read(name))
    assert "with its history: who changed what, and when" in readme
    assert "history of 2 changes" in (
        run("import", tmp_path / "s.systemmap", "--data", there).out
    )


def test_a_programme_that_is_there_already_is_left_alone(run, town, tmp_path):
    file = tmp_path / "s.systemmap"
    run("export", "Sampleshire", file)
    answer = run("import", file)
    assert answer.code == 2
    assert "There already is a programme" in answer.err
    assert len(run("history", "Sampleshire", "--json").json) == 2


def test_a_native_file_comes_in_without_a_history_and_says_so(run, town, tmp_path):
    file, there = tmp_path / "s.systemmap.json", tmp_path / "there.db"
    run("export", "Sampleshire", file)
    answer = run("import", file, "--data", there)
    assert "The file carries no history" in answer.out
    assert len(run("history", "Sampleshire", "--json", "--data", there).json) == 1


def test_a_map_without_a_programme_to_go_into_is_refused(run, tmp_path):
    file = tmp_path / "links.txt"
    file.write_text("stress -> snacking +\n")
    answer = run("import", file)
    assert answer.code == 2
    assert "--into NAME" in answer.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"Public health", b"Somebody else", "was altered after it was saved"),
        (b'"revision": 2', b'"revision": 9', "was altered after it was saved"),
        (b"Open the Sampleshire", b"Shut the Sampleshire", "another label"),
        (b'"rows": [[', b'"rows": [[[', "Not valid JSON"),
        (b'{"actor"', b'["actor"', "Not valid JSON"),
        (b"\n", b"\n[]\n", "not a list of changes"),
        (b"\n", b"\n\xff\n", "not UTF-8"),
    ],
)
def test_a_history_that_somebody_rewrote_is_refused_in_words(
    run, saved, tmp_path, old, new, said
):
    file, there = tmp_path / "s.systemmap", tmp_path / "there.db"
    log = zipfile.ZipFile(io.BytesIO(saved)).read("log.ndjson")
    assert old in log
    file.write_bytes(rewritten(saved, log=log.replace(old, new, 1)))
    answer = run("import", file, "--data", there)
    assert answer.code == 2
    assert said in answer.err
    assert "Traceback" not in answer.err
    assert run("programmes", "--json", "--data", there).json == []
