"""The native document and the project file lose nothing, and refuse in words."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings

from systemmap.errors import ReadError
from systemmap.formats import FORMATS, read
from systemmap.formats.sighting import Sighting
from systemmap.formats.whole import native_json, project_file
from systemmap.formats.whole._native import programme_from
from systemmap.model.evidence import Indicator
from systemmap.model.plan import Review
from systemmap.testing import map_from, programme_of
from tests.sizes import WHOLE
from tests.strategies import programmes

OURS = [native_json.FORMAT, project_file.FORMAT]
SMALL = programme_of(map_from("stress -> snacking +\n snacking -> weight ?"))


@pytest.mark.parametrize("fmt", OURS, ids=lambda f: f.key)
@settings(
    max_examples=25 if WHOLE else 8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(programme=programmes())
def test_our_own_files_lose_nothing(fmt, programme):
    written = fmt.write(programme, "main")
    again = programme_from(fmt.read(Sighting(written.data, "x")))
    assert again == programme
    assert fmt.write(again, "main").data == written.data


def changed(**fields):
    document = json.loads(native_json.write(SMALL).data)
    return json.dumps({**document, **fields}).encode()


def test_what_a_newer_program_added_is_kept_and_written_back():
    document = json.loads(native_json.write(SMALL).data)
    document["format_version"] = 2
    document["weather"] = [{"sun": True}]
    document["factors"][0]["shine"] = "bright"
    document["reviews"] = [
        {"id": "r", "on": "2026-01-02", "title": "", "narrative": "", "since": None}
    ]
    document["reviews"][0]["mood"] = {"good": 1}
    document["links"][0]["claims"] = [
        {"polarity": "+", "table": "", "workshop": "", "count": 1, "voice": "low"}
        | {"reason": "", "source_raw": "", "target_raw": ""}
    ]
    programme = programme_from(read(json.dumps(document).encode(), "a.json"))
    again = json.loads(native_json.write(programme).data)
    assert again == document | {"format_version": 1}
    assert programme.find(Review, "r").title == ""


def test_a_file_of_a_newer_program_is_refused_in_words():
    with pytest.raises(
        ReadError,
        match=r"newer systemmap \(file version 4; this program reads up to 1\)",
    ):
        read(changed(format_version=4, min_reader=4), "x.systemmap.json")


def test_a_reference_to_nothing_refuses_the_file_and_names_its_path():
    document = json.loads(native_json.write(SMALL).data)
    document["links"][0]["target"] = "gone"
    data = json.dumps(document).encode()
    with pytest.raises(
        ReadError, match=r"links\[0\].*'main/gone', which is not in the file"
    ):
        read(data, "x")
    rest = native_json.open_what_can_be_read(Sighting(data, "x"))
    assert rest.skipped == 1
    assert rest.read == len(rest.records)
    assert len(programme_from(rest).system_map().links) == 1


def test_only_the_first_twenty_of_many_broken_records_are_listed():
    document = json.loads(native_json.write(SMALL).data)
    document["factors"] = [{"id": f"n{n}", "label": ""} for n in range(50)]
    with pytest.raises(ReadError, match="52 records") as refused:
        read(json.dumps(document).encode(), "x")
    assert len(refused.value.problems) == 21
    assert "and 32 more" in str(refused.value)


@pytest.mark.parametrize(
    "fields",
    [
        {"factors": {}},
        {"factors": [1]},
        {"project": []},
        {"project": 3},
        {"format_version": "1"},
        {"format_version": True},
        {"links": [{"source": "stress", "target": "stress"}]},
        {"actions": [{"id": 4, "title": None, "extra": None, "new": 1}]},
    ],
    ids=str,
)
def test_a_value_of_the_wrong_kind_is_refused(fields):
    if fields == {"project": []}:
        assert programme_from(read(changed(**fields), "x")).id == "recovered"
    else:
        with pytest.raises(ReadError):
            read(changed(**fields), "x")


def rezipped(data, **parts):
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.split(".")[0], old.read(name)))
    return buffer.getvalue()


def test_an_altered_part_of_a_project_file_is_noticed():
    data = project_file.write(SMALL).data
    altered = rezipped(data, map=b'{"format": "systemmap"}')
    with pytest.raises(ReadError, match=r"map\.json is not as it was written"):
        read(altered, "x.systemmap")


def test_a_project_file_of_a_newer_program_is_refused_in_words():
    data = project_file.write(SMALL).data
    manifest = b'{"format": "systemmap-project", "schema": 9, "min_reader": 7}'
    with pytest.raises(ReadError, match="newer systemmap"):
        read(rezipped(data, manifest=manifest), "x.systemmap")


def test_the_history_travels_in_the_project_file():
    log = [{"revision": 1, "label": "Add stress"}, {"revision": 2, "label": "Ein Gruß"}]
    written = project_file.write_with_history(SMALL, log, chain_head="abc")
    assert project_file.read_history(written.data) == log
    assert read(written.data, "x").summary["chain_head"] == "abc"


def test_a_lone_surrogate_survives_as_json():
    programme = programme_of()
    programme.add(Indicator(id="i", name="odd \ud800 sign"))
    again = programme_from(read(native_json.write(programme).data, "x"))
    assert again == programme


def test_our_own_files_are_recognised_whatever_they_are_called():
    for fmt in OURS:
        assert read(fmt.write(SMALL, "main").data, "photo.png").format == fmt.key
    assert {"native_json", "project_file"} <= set(FORMATS)
