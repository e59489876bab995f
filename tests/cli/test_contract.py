"""The JSON shapes and the exit codes: a contract, only ever extended."""

import json
import shutil

import pytest

from systemmap.bundled.examples import example
from systemmap.formats import write
from systemmap.store import Actor, open_store
from systemmap.version import __version__
from tests.analysis.counted_calls import ONCE, counted
from tests.cli.files import LINKS
from tests.council_papers import PLAN


@pytest.fixture(scope="session")
def kept_sampleshire(tmp_path_factory):
    """A database with the example, made once: copying it is quicker than filling it."""
    place = tmp_path_factory.mktemp("kept") / "systemmap.db"
    store = open_store(str(place))
    store.create(example(), actor=Actor("test", "admin"), label="Open the example")
    store.close()
    return place


@pytest.fixture
def sampleshire(run, data, kept_sampleshire):
    data.parent.mkdir()
    shutil.copyfile(kept_sampleshire, data)
    return run


def test_the_version_is_said_and_nothing_is_begun(run, data):
    assert run("--version").out.strip() == f"systemmap {__version__}"
    assert not data.exists()


def test_inspect_counts_a_map(run):
    found = run("inspect", LINKS, "--json").json
    assert found["factors"] == 108
    assert found["links"] == {"total": 296, "same": 198, "opposite": 98, "unknown": 0}
    assert set(found) >= {
        "format",
        "themes",
        "workstreams",
        "phases",
        "actions",
        "assets",
        "read",
        "skipped",
        "guessed",
        "problems",
    }


def test_inspect_counts_a_plan_and_lists_its_problems(run):
    found = run("inspect", PLAN, "--json").json
    assert (found["workstreams"], found["actions"], found["phases"]) == (2, 6, 6)
    assert found["guessed"] == 4
    assert all(problem["where"] and problem["what"] for problem in found["problems"])


def test_inspect_saves_nothing(run, data):
    run("inspect", PLAN)
    assert not data.exists()


def test_loops_of_a_file_have_the_known_answer(run):
    found = run("loops", LINKS, "--max-length", 6, "--json").json
    counted = (
        found["total"],
        found["reinforcing"],
        found["balancing"],
        found["undetermined"],
    )
    assert counted == (193, 115, 78, 0)
    assert (found["max_length"], found["capped"]) == (6, False)
    first = found["loops"][0]
    assert set(first) >= {"factors", "kind", "sentence"}
    assert first["kind"] in "RB?"


def test_gaps_say_why_and_what_to_build_on(sampleshire):
    found = sampleshire("gaps", "Sampleshire", "--json").json
    assert found["programme"] == "Sampleshire"
    assert found["denominator"].startswith("47 causes on this map")
    assert found["run_at"]
    stress = next(gap for gap in found["gaps"] if gap["factor"] == "stress")
    assert set(stress) >= {"factor", "importance", "rung", "reasons", "suggestions"}
    assert (stress["importance"], stress["rung"]) == ("high", 0)
    assert "No action listed for “Stress”." in stress["reasons"]
    assert stress["suggestions"]


@pytest.mark.parametrize("command", ["gaps", "loops"])
def test_what_came_with_the_template_is_counted_apart(run, command):
    run("new", "Elmtown")
    found = run(command, "Elmtown", "--json").json
    assert found["from_template"]["causes"] > 30
    assert found["from_template"]["links"] > 60
    assert found["note"].startswith("This map came with the template; nobody here")
    assert found["note"] in run(command, "Elmtown").out
    assert run("loops", LINKS, "--json").json["from_template"]["causes"] == 0


@pytest.mark.parametrize("asked", [["health"], ["measure"], ["importance"]])
def test_no_number_of_a_map_is_called_evidence(run, asked):
    command, *more = [*asked, *(["outputs"] if asked == ["measure"] else [])]
    said = run(command, LINKS, *more).out
    assert said.rstrip().endswith(
        "It is not evidence that acting here will change obesity."
    )
    if command != "health":  # whose answer is a list of questions for each check
        assert run(command, LINKS, *more, "--json").json["note"] in said


@pytest.mark.parametrize("command", ["gaps", "importance"])
def test_a_question_builds_the_graph_and_the_loops_once(sampleshire, command):
    with counted() as calls:
        assert sampleshire(command, "Sampleshire", "--json").code == 0
    assert calls == ONCE


def test_gaps_beside_single_causes_are_told_too(sampleshire):
    found = sampleshire("gaps", "Sampleshire", "--json").json
    rules = {other["rule"] for other in found["others"]}
    assert {"loop_gap", "orphan_action", "unlinked_asset", "unused_asset"} <= rules
    assert all(other["reasons"] and other["denominator"] for other in found["others"])
    (left,) = found["left_on_purpose"]
    assert left["rule"] == "g1_no_action"
    said = sampleshire("gaps", "Sampleshire").out
    assert "Beside single causes:" in said
    assert "Left on purpose:" in said


def test_loops_name_the_actions_that_touch_them(sampleshire):
    found = sampleshire("loops", "Sampleshire", "--json").json
    touched = [loop for loop in found["loops"] if loop["actions"]]
    assert 0 < len(touched) < len(found["loops"])


def test_importance_names_the_box_of_each_cause(sampleshire):
    found = sampleshire("importance", "Sampleshire", "--json").json
    assert {each["box"] for each in found["factors"]} == {
        "driver",
        "hub",
        "result",
        "quiet",
    }


def test_a_decision_to_leave_a_gap_takes_it_out_of_the_list(sampleshire, data):
    from datetime import date

    from systemmap.gaps.decisions import decide

    before = sampleshire("gaps", "Sampleshire", "--json").json["gaps"]
    stress = next(gap for gap in before if gap["factor"] == "stress")
    store = open_store(str(data))
    with store.editing("sampleshire", actor=Actor("test"), label="Leave") as draft:
        for rule in stress["rules"]:
            decide(
                draft,
                (rule, "factor:stress"),
                "accepted",
                on=date(2026, 11, 21),
                reason="Later.",
                role="Public Health",
            )
    store.close()
    after = sampleshire("gaps", "Sampleshire", "--json").json["gaps"]
    assert "stress" not in {gap["factor"] for gap in after}


def test_programmes_and_history_answer_in_json(sampleshire):
    (only,) = sampleshire("programmes", "--json").json
    assert (only["id"], only["name"], only["revision"]) == (
        "sampleshire",
        "Sampleshire",
        1,
    )
    (change,) = sampleshire("history", "Sampleshire", "--json").json
    assert (change["change"], change["label"], change["undoes"]) == (
        1,
        "Open the example",
        None,
    )


def test_compare_names_what_differs(sampleshire):
    sampleshire(
        "tie", "a001", "stress", "--in", "sampleshire", "--reason", "Meals bring calm."
    )
    found = sampleshire("compare", "Sampleshire", 1, 2, "--json").json
    assert (found["from"], found["to"]) == (1, 2)
    (tie,) = found["differences"]
    assert (tie["kind"], tie["change"]) == ("action_factor", "added")
    assert tie["fields"]["reason"] == [None, "Meals bring calm."]


def test_verify_says_that_all_is_true(sampleshire):
    found = sampleshire("verify", "--json")
    assert found.code == 0
    assert (
        found.json["programmes"],
        found.json["transactions"],
        found.json["problems"],
    ) == (1, 1, [])


def test_verify_finds_what_was_altered_behind_its_back(sampleshire, data):
    import sqlite3

    connection = sqlite3.connect(data)
    connection.execute("UPDATE factor SET label = 'Altered' WHERE id = 'stress'")
    connection.commit()
    connection.close()
    found = sampleshire("verify", "--json")
    assert found.code == 1
    assert found.json["problems"]


def test_backup_and_restore_bring_everything_back(sampleshire, tmp_path):
    copy = tmp_path / "copy.db"
    assert sampleshire("backup", copy).code == 0
    sampleshire("tie", "a001", "stress", "--in", "sampleshire", "--reason", "Calm.")
    assert sampleshire("restore", copy).code == 0
    restored, made = sampleshire("history", "Sampleshire", "--json").json
    assert restored["label"] == "Put back the backup copy.db"
    assert (restored["change"], made["change"]) == (3, 1)  # 2 was another change once


def test_faults_count_what_was_lost(run):
    found = run("faults", "undo", "--runs", 1, "--json")
    assert found.code == 0
    assert set(found.json) == {
        "promise",
        "runs",
        "acknowledged",
        "lost",
        "wrong",
        "seconds",
        "figures",
    }
    assert (found.json["lost"], found.json["wrong"]) == (0, 0)


def test_the_old_name_of_faults_is_understood_and_not_offered(run):
    assert run("torture", "list").out == run("faults", "list").out
    assert "torture" not in run("--help").out


def test_a_broken_promise_ends_with_exit_code_1(run, monkeypatch):
    from systemmap.faults import FAULT_TESTS, FaultTest, Result

    broken = Result(
        promise="Kept", runs=1, acknowledged=5, lost=1, wrong=0, seconds=0.1
    )
    monkeypatch.setitem(
        FAULT_TESTS,
        "broken",
        FaultTest(key="broken", promise="Kept", run=lambda _: broken),
    )
    assert run("faults", "broken", "--json").code == 1


def test_convert_writes_what_the_other_tool_opens(run, tmp_path):
    out = tmp_path / "foresight.systemmap.json"
    assert run("convert", LINKS, out).code == 0
    assert run("inspect", out, "--json").json["links"]["total"] == 296


@pytest.mark.parametrize(
    "suffix", ["html", "svg", "png", "xlsx", "docx", "csv", "systemmap"]
)
def test_export_goes_by_the_ending(sampleshire, tmp_path, suffix):
    out = tmp_path / f"out.{suffix}"
    done = sampleshire("export", "Sampleshire", out)
    assert done.code == 0, done.err
    assert out.stat().st_size > 1_000


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["gaps", "Nowhere"],
            "No programme is called 'Nowhere'. There are: Sampleshire.",
        ),
        (
            ["inspect", "missing.csv"],
            "'missing.csv' could not be opened: no such file or directory.",
        ),
        (
            ["export", "Sampleshire", "out.xyz"],
            "Nothing is written as '.xyz'. It can end in: .blueprint.json, .csv, ",
        ),
        (
            ["export", "Sampleshire", "no/such/folder.svg"],
            "could not be written: no such file or directory.",
        ),
        (
            ["tie", "nothing", "stress", "--in", "Sampleshire"],
            "No action with id 'nothing'.",
        ),
        (["tie", "a001", "stress", "--in", "Sampleshire"], "Say in one line why"),
        (["tie", "a001", "stres", "--in", "Sampleshire"], "Did you mean 'stress'?"),
        (["undo", "Sampleshire", "1"], ""),
        (
            ["compare", "Sampleshire", "1", "spring"],
            "No change or named version with id 'spring'.",
        ),
        (["new", "Sampleshire"], "There already is a programme called 'Sampleshire'."),
        (["new", "Town", "--template", "none"], "No template with id 'none'."),
        (["faults", "fire"], "No fault test with id 'fire'."),
        (
            ["import", PLAN, "--into", "Sampleshire", "--as", "song"],
            "'song' is not a way to read a file.",
        ),
        (["import", PLAN, "--into", "Sampleshire", "--as", "assets"], ""),
    ],
)
def test_a_refusal_says_what_happened_and_changes_nothing(sampleshire, words, said):
    done = sampleshire(*words)
    assert done.code == 2
    assert said in done.err
    assert done.err.strip()
    assert "Traceback" not in done.err
    assert len(sampleshire("history", "Sampleshire", "--json").json) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("cut.xlsx", write(example(), ".xlsx").data[:3_000]),
        ("picture.png", b"\x89PNG\r\n\x1a\n"),
        ("cut.json", b'{"half": '),
        ("noise.bin", bytes(range(256)) * 40),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(run, tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    done = run("inspect", file, "--json")
    assert done.code == 2
    assert json.loads(done.out)["error"].endswith(".")
    assert "Traceback" not in done.err


def test_data_may_be_said_before_or_after_the_command(run, tmp_path):
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    run("--data", one, "new", "Town")
    run("new", "Village", "--data", other)
    assert [p["name"] for p in run("programmes", "--data", one, "--json").json] == [
        "Town"
    ]
    assert [p["name"] for p in run("--data", other, "programmes", "--json").json] == [
        "Village"
    ]
