"""An upload is read within a budget of time and memory, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import threading
from dataclasses import fields
from pathlib import Path

import pytest

from systemmap.bundled.examples import example
from systemmap.errors import ReadError, UnknownItem
from systemmap.formats import FORMATS, Sighting, read, read_within, write
from systemmap.formats.import_mapping import ImportMapping
from systemmap.formats.worker import bounded, hanging, standing
from systemmap.formats.worker.bounded import _environment, _is_harmless
from systemmap.formats.worker.messages import carried, heard
from systemmap.model.rows import data_from
from tests.analysis.drawn_maps import keep_causes
from tests.sizes import WHOLE

GOLDEN = Path(__file__).parents[1] / "golden" / "data"
HEAVY = '{"format": "systemmap", "factors": [' + "[1]," * 300_000 + "[1]]}"


ROUND = sorted(key for key, fmt in FORMATS.items() if fmt.write and fmt.read)
KEPT = sorted(path.name for path in GOLDEN.iterdir() if path.suffix != ".toml")


BEFORE: set[str] = set()


@pytest.fixture(autouse=True)
def _other_children():
    """Leave aside what other tests keep running, a database server for instance."""
    BEFORE.clear()
    BEFORE.update(children())


def children():
    """Return the processes this test has started and not yet buried."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    running = " ".join(task.read_text() for task in tasks).split()
    return [process for process in running if process not in BEFORE]


def instead(monkeypatch, program):
    """Let the interpreter run another program in the worker's place."""
    real = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda c, **how: real([c[0], "-c", program], **how)
    )


def the_same(one, other):
    for field in fields(one):
        if field.name not in ("records", "summary"):
            assert getattr(one, field.name) == getattr(other, field.name)
    assert dict(one.summary) == dict(other.summary)
    assert [type(r) for r in one.records] == [type(r) for r in other.records]
    assert [data_from(r) for r in one.records] == [data_from(r) for r in other.records]


@pytest.mark.parametrize("key", ROUND)
def test_a_reading_of_what_we_wrote_crosses_the_border_whole(key):
    name = f"sampleshire{FORMATS[key].suffixes[0]}"
    programme = example()
    if not WHOLE:
        keep_causes(programme, 12)
    reading = read(write(programme, key).data, name, key)
    the_same(heard(carried(reading)).reading(), reading)


@pytest.mark.parametrize("name", KEPT)
def test_a_reading_of_a_kept_file_crosses_the_border_whole(name):
    reading = read((GOLDEN / name).read_bytes(), name)
    the_same(heard(carried(reading)).reading(), reading)


def test_a_worker_reads_what_this_process_would_read():
    data = write(example(), "native_json").data
    the_same(read_within(data, "x.json"), read(data, "x.json"))
    assert children() == []


def test_a_worker_stays_for_a_file_that_is_corrected_and_then_goes():
    data = (GOLDEN / "sampleshire_yed.graphml").read_bytes()
    first = read_within(data, "x.graphml", again=True)
    (worker,) = children()
    said = ImportMapping(format="graphml", columns={"links.sign": "leave out"})
    again = read_within(data, "x.graphml", mapping=said, again=True)
    assert children() == [worker]
    the_same(again, read(data, "x.graphml", mapping=said))
    the_same(first, read(data, "x.graphml"))
    with pytest.raises(ReadError):
        read_within(b"PK\x03\x04 broken", "x.xlsx", again=True)
    standing.dismiss_all()
    assert children() == []


def test_a_worker_that_was_ended_is_followed_by_another(monkeypatch):
    data = (GOLDEN / "sampleshire_yed.graphml").read_bytes()
    read_within(data, "x.graphml", again=True)
    ((worker, _),) = standing._IDLE.values()
    worker.kill()
    worker.wait()
    assert read_within(data, "x.graphml", again=True).format == "graphml"
    standing.dismiss_all()
    instead(monkeypatch, "print('A map', flush=True); import time; time.sleep(600)")
    monkeypatch.setattr(hanging, "STILL", 0.5)
    with pytest.raises(ReadError, match=r"as A map came to a standstill"):
        read_within(data, "y.graphml", seconds=0.7, again=True)
    assert children() == []


def test_a_refusal_keeps_its_words_and_every_problem():
    broken = write(example(), "native_json").data.replace(
        b'"source": "', b'"source": "x'
    )
    with pytest.raises(ReadError) as here:
        read(broken, "x.json")
    with pytest.raises(ReadError) as apart:
        read_within(broken, "x.json", seconds=120)
    assert str(apart.value) == str(here.value)
    assert apart.value.problems == here.value.problems != ()


def test_a_file_that_takes_too_long_is_stopped_and_named():
    data = write(example(), "native_json").data
    with pytest.raises(ReadError, match=r"still being read .* after 0\.05 seconds"):
        read_within(data, "x.json", seconds=0.05)
    assert children() == []


def test_what_was_being_read_is_said_and_the_worker_killed(monkeypatch):
    instead(monkeypatch, "print('A map', flush=True); import time; time.sleep(600)")
    monkeypatch.setattr(hanging, "STILL", 0.5)
    with pytest.raises(ReadError, match=r"as A map came to a standstill"):
        read_within(b"PK\x03\x04 and more", "x.xlsx", seconds=0.7)
    assert children() == []


class Looked:
    """A worker of which each look says what it is doing; killed = it was ended."""

    pid = 1

    def __init__(self, looks):
        self.looks = iter(looks)
        self.seen = threading.Event()

    def work_of(self, process):
        try:
            return next(self.looks)
        except StopIteration:
            self.seen.set()
            return True, 0

    def kill(self):
        self.killed = True
        self.seen.set()

    killed = False


@pytest.mark.parametrize(
    ("looks", "hangs"),
    [
        ([(False, n) for n in range(40)], False),  # a little work each time
        ([(True, 7)] * 40, False),  # it waits its turn on a busy computer
        ([(False, 7)] * 400, True),
    ],
)
def test_a_worker_hangs_where_its_work_stands_still(monkeypatch, looks, hangs):
    worker = Looked(looks)
    monkeypatch.setattr(hanging, "work_of", worker.work_of)
    monkeypatch.setattr(hanging, "STILL", 0.02)
    with hanging.Watch(worker, 0.04) as watch:
        assert worker.seen.wait(60)
    assert worker.killed is watch.ended is hangs


def test_a_system_that_cannot_tell_work_goes_by_the_clock(monkeypatch):
    instead(monkeypatch, "import time; time.sleep(600)")
    monkeypatch.setattr(hanging, "work_of", lambda process: None)
    monkeypatch.setattr(bounded, "_PATIENCE", 2)
    with pytest.raises(ReadError, match="came to a standstill"):
        read_within(b"PK\x03\x04 and more", "x.xlsx", seconds=0.2)


def test_a_good_file_is_read_however_long_the_computer_is_busy(monkeypatch):
    late = "import sys, time; time.sleep(1); from systemmap.formats.worker.process import main; sys.exit(main())"
    instead(monkeypatch, late)
    data = (GOLDEN / "sampleshire_yed.graphml").read_bytes()
    reading = read_within(data, "x.graphml", seconds=0.9)
    assert reading.format == "graphml"


def test_a_file_that_takes_too_much_memory_is_stopped():
    with pytest.raises(ReadError, match="more than 10 MB of memory"):
        read_within(HEAVY.encode(), "x.json", "native_json", memory=10_000_000)
    assert children() == []


def test_a_worker_that_breaks_off_is_a_refusal(monkeypatch, caplog):
    instead(monkeypatch, "raise SystemExit('gone')")
    with pytest.raises(ReadError, match="broke off"):
        read_within(b"PK\x03\x04 and more", "x.xlsx")
    assert "gone" in caplog.text


def test_an_unknown_format_is_refused_before_anything_starts():
    with pytest.raises(UnknownItem):
        read_within(b"A -> B +", "x.txt", "no_such_format")


def test_a_worker_is_given_no_secret(monkeypatch):
    monkeypatch.setenv("SYSTEMMAP_DATA", "postgresql://me:secret@host/db")
    assert "secret" not in str(_environment())


@pytest.mark.parametrize(
    ("data", "harmless"),
    [
        (b"Stress -> Snacking +", True),
        ("Überernährung -> Café –".encode(), True),
        (b"PK\x03\x04", False),
        (b"  <graphml/>", False),
        (("\u4321\u5678" * 100).encode(), False),
        (b"a -> b +\n" * 30_000, False),
        (b"\x00\x01", False),
    ],
)
def test_only_short_plain_text_is_read_here_and_now(data, harmless):
    assert _is_harmless(Sighting(data)) is harmless
