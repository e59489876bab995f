"""On the command line a file that may be several things is refused with the way to choose."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from systemmap.model.elements import Link
from systemmap.store import open_store

CASES = Path(__file__).parents[1] / "intake" / "cases"
PAIRS = CASES / "b04_headerless.csv"


@pytest.mark.parametrize("command", ["inspect", "import"])
def test_the_choices_are_listed_with_their_options_and_nothing_is_saved(
    run, data, command
):
    run("new", "Sampleton")
    into = ["--into", "Sampleton"] if command == "import" else []
    answer = run(command, PAIRS, *into)
    assert answer.code == 2
    assert "'b04_headerless.csv' could be more than one thing." in answer.err
    assert "--as links_csv  CSV tables of factors and links (likely:" in answer.err
    assert "--as cause_list  List of causes (possible:" in answer.err
    with closing(open_store(data)) as store:
        assert store.revision("sampleton") == 1


def test_the_option_that_was_offered_brings_the_file_in(run, data):
    run("new", "Sampleton")
    answer = run("import", PAIRS, "--into", "Sampleton", "--as", "links_csv")
    assert answer.code == 0
    assert "There is no heading row." in answer.out
    with closing(open_store(data)) as store:
        links = store.load("sampleton").all(Link)
    assert {"main/stress/sleep", "main/snacking/weight"} <= set(links)


def test_a_program_gets_the_choices_as_data(run):
    answer = run("inspect", PAIRS, "--json")
    assert answer.code == 2
    assert [c["key"] for c in answer.json["choices"]] == ["links_csv", "cause_list"]
    assert answer.json["choices"][0]["certainty"] == "likely"
