"""One file, one capability: dropping the file in registers it, a bad one is named."""

import importlib

import pytest

from systemmap.analysis.measures import Measure
from systemmap.registry import discover, left_out
from systemmap.testing import map_from

MEASURE = """
from systemmap.analysis.measures import Measure

MEASURE = Measure(
    key="label_length",
    title="Length of the name",
    question="Which names are long?",
    caution="Says nothing about the factor itself.",
    reference="Made up for this test",
    compute=lambda analysis: {
        f.id: len(f.label) for f in analysis.system_map.factors.values()
    },
    says=("{n} letter", "{n} letters"),
)
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    names = iter(range(100))

    def made(**files):
        name = f"extra_{next(names)}_{tmp_path.name.replace('-', '_')}"
        folder = tmp_path / name
        folder.mkdir()
        (folder / "__init__.py").touch()
        for module, text in files.items():
            (folder / f"{module}.py").write_text(text, encoding="utf-8")
        return importlib.import_module(name)

    return made


def test_a_measure_dropped_in_as_one_file_is_found_and_works(package):
    found = discover(package(label_length=MEASURE), "MEASURE", Measure)
    assert found["label_length"].values(map_from("stress")) == {"stress": 6}
    assert found["label_length"].in_words(6) == "6 letters"


def test_entries_come_in_file_name_order_and_private_files_are_left_out(package):
    second = MEASURE.replace('"label_length"', '"another"')
    found = discover(package(b=MEASURE, a=second, _helper="x = 1"), "MEASURE", Measure)
    assert list(found) == ["another", "label_length"]


def test_several_folders_make_one_list_in_file_name_order(package):
    one, other = package(b=MEASURE), package(a=MEASURE.replace('"label_length"', '"x"'))
    assert list(discover(one, "MEASURE", Measure, other)) == ["x", "label_length"]


def test_a_folder_within_the_folder_is_left_out(package, tmp_path):
    found = package(a=MEASURE)
    (tmp_path / found.__name__ / "parts").mkdir()
    (tmp_path / found.__name__ / "parts" / "__init__.py").touch()
    assert list(discover(found, "MEASURE", Measure)) == ["label_length"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x = 1", "it must define MEASURE, a Measure with a key of its own."),
        ("MEASURE = 7", "it must define MEASURE, a Measure with a key of its own."),
        ("1 / 0", "it could not be loaded (division by zero)."),
        ("import nowhere_at_all", "No module named 'nowhere_at_all'"),
        (MEASURE.replace('"Made up for this test"', '" "'), "has no reference"),
    ],
)
def test_a_file_that_breaks_is_named_and_the_others_work_on(package, text, why, caplog):
    made = package(a=text, b=MEASURE)
    found = discover(made, "MEASURE", Measure)
    assert list(found) == ["label_length"]
    (told,) = [entry for entry in left_out() if entry.module == f"{made.__name__}.a"]
    assert why in told.why
    assert f"{made.__name__}.a" in caplog.text


def test_of_two_entries_with_one_key_the_first_stays(package):
    made = package(a=MEASURE, b=MEASURE.replace("Length of", "Size of"))
    found = discover(made, "MEASURE", Measure)
    assert found["label_length"].title == "Length of the name"
    assert f"{made.__name__}.b" in {entry.module for entry in left_out()}


def test_no_file_of_ours_is_left_out():
    import systemmap.faults
    import systemmap.formats
    import systemmap.gaps
    import systemmap.reports  # noqa: F401 - loading them is the test

    ours = [e for e in left_out() if e.module.startswith(("systemmap.", "app."))]
    assert ours == []
