"""The one run that tries every promise: what it says, what it writes, when it fails."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.command import app
from app.commands import every_promise
from systemmap.faults import FAULT_TESTS, PROMISES, FaultTest, Result
from systemmap.faults import edits as edits_module
from systemmap.faults import inert_tables as cells_module
from systemmap.faults import texts as texts_module

ROOT = Path(__file__).resolve().parents[2]


def result(**given):
    counted = {"runs": 3, "acknowledged": 3, "lost": 0, "wrong": 0, "seconds": 0.1}
    return Result(promise="p", **{**counted, **given})


def test_each_promise_has_a_proof_that_exists():
    keys = [promise.key for promise in PROMISES]
    assert len(set(keys)) == len(keys)
    wanted = [*(f"R{n}" for n in range(1, 15)), *(f"S{n}" for n in range(1, 12))]
    assert {*wanted, "A1", "A2", "P1", "P2"} <= set(keys)
    for promise in PROMISES:
        assert promise.faults or promise.tests, promise.key
        for key, full, trial in promise.faults:
            assert key in FAULT_TESTS, key
            assert full >= trial >= 1
        for word in promise.tests:
            file, _, name = word.partition("::")
            if word.startswith("tests/"):
                assert (ROOT / file).exists(), word
            if name:
                assert f"def {name}(" in (ROOT / file).read_text(), word


def test_every_fault_test_proves_some_promise():
    tried = {key for promise in PROMISES for key, *_ in promise.faults}
    assert set(FAULT_TESTS) - tried == set()


@pytest.mark.parametrize("lost", [0, 2])
def test_a_run_says_how_far_it_is_and_writes_the_page(tmp_path, monkeypatch, lost):
    fake = FaultTest(key="edits", promise="p", run=lambda _runs: result(lost=lost))
    monkeypatch.setitem(FAULT_TESTS, "edits", fake)
    page = tmp_path / "page.md"
    page.write_text("# Page\n\nBy hand.\n")
    words = ["faults", "all", "--quick", "--only", "R7", "--page", str(page)]
    for _ in range(2):  # the second takes the first one's place
        done = CliRunner().invoke(app, words)
        assert done.exit_code == (1 if lost else 0)
    assert "0 of 1" in done.output
    text = page.read_text()
    assert text.startswith("# Page\n\nBy hand.\n")
    assert text.count("| R7 |") == 1
    assert ("**no**" in text) is bool(lost)
    assert "the trial size" in text
    assert "Python 3" in text
    assert "| S1 | A hostile label never runs or phones home | | not tried" in text
    monkeypatch.setitem(FAULT_TESTS, "flip", fake)
    CliRunner().invoke(app, [*words[:4], "R5", "--page", str(page)])
    text = page.read_text()
    assert (text.count("| R7 |"), text.count("| R5 |")) == (1, 1)  # R7's of before
    assert text.index("| R5 |") < text.index("| R7 |")


def test_tests_that_fail_are_a_promise_broken(monkeypatch, tmp_path):
    from systemmap.faults import _promises

    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_x.py").write_text(
        "def test_a(): pass\ndef test_b(): assert 0\n"
    )
    monkeypatch.setattr(_promises, "CLONE", tmp_path)
    promise = _promises.Promise("X", "Words", tests=("tests",))
    found = every_promise.Tried(promise, "pytest tests", _promises.by_tests(promise))
    assert found.kept is False
    assert (found.result.runs, found.result.wrong) == (2, 1)
    monkeypatch.setattr(_promises, "CLONE", tmp_path / "none")
    nothing = every_promise.Tried(promise, "pytest tests", _promises.by_tests(promise))
    assert nothing.kept is None
    assert "not tried" in nothing.words


def test_edits_are_never_lost_and_a_store_that_looks_away_is_found_out(monkeypatch):
    honest = edits_module.edits(3)
    assert (honest.lost, honest.acknowledged) == (0, 24)
    race = edits_module._Race.run
    monkeypatch.setattr(
        edits_module._Race,
        "run",
        lambda self: (setattr(self, "blind", True), race(self))[1],
    )
    assert edits_module.edits(3).lost > 0


def test_a_table_in_which_a_formula_lives_is_found_out(monkeypatch):
    from systemmap.formats.maps import _table_csv

    assert cells_module.cells(8).wrong == 0
    monkeypatch.setattr(_table_csv, "guarded", str)
    assert cells_module.cells(8).wrong > 0


def test_odd_texts_go_through_every_writer_and_a_careless_one_is_found_out(
    monkeypatch,
):
    small = {
        key: texts_module.FORMATS[key]
        for key in ("native_json", "project_file", "graphml", "workbook", "plan_word")
    }
    monkeypatch.setattr(texts_module, "FORMATS", small)
    found = texts_module.texts(40, seed=1)
    assert (found.lost, found.wrong, found.acknowledged) == (0, 0, 40)
    native = small["native_json"]

    def forgetful(programme, map_id):
        found = native.write(programme, map_id)
        return replace(found, data=found.data.replace("🍎".encode(), b"?"))

    small["native_json"] = replace(native, write=forgetful)
    small["graphml"] = replace(small["graphml"], write=lambda *_: 1 / 0)
    careless = texts_module.texts(20, seed=1)
    assert careless.lost > 0
    assert careless.wrong == 1
