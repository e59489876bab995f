"""What a map says, from the command line: known answers, and shapes that only grow."""

import pytest

from systemmap.bundled.bundled_files import foresight_map
from systemmap.bundled.examples import example
from systemmap.bundled.first_start import EARLIER
from systemmap.formats import write
from systemmap.testing import programme_of
from tests.cli.conftest import filled_once

OUTCOME = "strength-of-lock-in-to-accumulate-energy"


@pytest.fixture
def foresight(tmp_path):
    programme = programme_of()
    main = programme.system_map().version
    reference = foresight_map()
    from dataclasses import replace

    programme.put_map(reference.copy(replace(main, outcome=OUTCOME)))
    return saved(programme, tmp_path / "foresight.systemmap.json")


@pytest.fixture
def sampleshire(tmp_path, run, data):
    """A town into which a file with Sampleshire was brought."""

    def begin():
        path = saved(example(), tmp_path / "sampleshire.systemmap.json")
        assert run("new", "Town", "--template", "empty").code == 0
        assert run("import", path, "--into", "Town").code == 0

    filled_once("Sampleshire in Town", data, begin)
    return "Town"


def saved(programme, path):
    path.write_bytes(write(programme, "native_json").data)
    return path


def test_importance_gives_the_classes_of_k8(run, foresight):
    answer = run("importance", foresight, "--json").json
    classes = [each["importance"] for each in answer["factors"]]
    assert abs(classes.count("high") - 27) <= 1
    assert abs(classes.count("medium") - 19) <= 1
    described = {"from_template", "note"}
    assert set(answer) == {"outcome", "rests_on", "factors", *described}
    assert set(answer["factors"][0]) == {
        "factor",
        "importance",
        "band",
        "box",
        "reasons",
        "direction_unclear",
    }


def test_following_two_starts_gives_the_sets_of_k10(run, foresight):
    both = run(
        "follow",
        foresight,
        "Stress",
        "Media Consumption",
        "--combine",
        "intersection",
        "--json",
    ).json
    either = run("follow", foresight, "Stress", "Media Consumption", "--json").json
    assert (len(both["found"]), len(either["found"])) == (6, 46)
    assert (
        len(
            run("follow", foresight, OUTCOME, "--show", "upstream", "--json").json[
                "found"
            ]
        )
        == 39
    )


def test_many_routes_are_said_to_be_more_than_fifty(run, foresight):
    answer = run("paths", foresight, "Stress", "Physical Activity", "--json").json
    assert set(answer) == {"sentence", "more", "direction", "routes"}
    assert all(2 <= len(route["factors"]) <= 6 for route in answer["routes"])


def test_a_push_is_told_for_every_other_factor(run, foresight):
    answer = run("what-if", foresight, "--more", "Stress", "--json").json
    assert len(answer["effects"]) == 107
    assert {each["draws"] for each in answer["effects"]} == {500}


def test_the_reach_planner_needs_factors_people_can_influence(
    run, foresight, sampleshire
):
    refused = run("reach", foresight)
    assert refused.code == 2
    assert "No cause is marked yet as one that can be changed here" in refused.err
    plan = run("reach", sampleshire, "--json").json
    assert plan["exact"]
    assert plan["chosen"]


def test_effort_shows_layers_depth_and_groups(run, sampleshire):
    answer = run("effort", sampleshire, "--json").json
    assert [row["layer"] for row in answer["layers"]] == [
        "individual",
        "social",
        "living_working",
        "wider",
        "",
    ]
    assert sum(answer["scales"].values()) == sum(
        row["actions"] for row in answer["layers"]
    )
    assert {group["kind"] for group in answer["groups"]} == {"population", "place"}


def test_choosing_the_outcome_is_one_change_that_can_be_undone(run, sampleshire):
    assert run("outcome", "Stress", "--in", sampleshire).code == 0
    history = run("history", sampleshire, "--json").json
    assert history[0]["label"] == "Set “Stress” as the outcome"
    assert run("undo", sampleshire, history[0]["change"]).code == 0
    assert (
        run("importance", sampleshire, "--json").json["outcome"] == "healthier-weight"
    )


def test_two_tables_maps_name_their_disagreement(run, sampleshire):
    answer = run("compare-maps", sampleshire, "table-ash", "table-rowan", "--json").json
    assert [(d["source"], d["target"]) for d in answer["disagreements"]] == [
        ("Mental wellbeing", "Healthier weight")
    ]


def test_a_measure_comes_with_its_words(run, foresight):
    answer = run("measure", foresight, "outputs", "--json").json
    assert answer["question"]
    assert answer["caution"]
    assert answer["reference"]
    assert answer["values"]["perceived-lack-of-time"] == 9


def test_an_unknown_measure_or_cause_is_refused_with_the_nearest(run, foresight):
    assert "Did you mean 'outputs'" in run("measure", foresight, "output").err
    refused = run("follow", foresight, "Stres")
    assert refused.code == 2
    assert (
        "Did you mean 'Stress'" in refused.err or "Did you mean 'stress'" in refused.err
    )


def test_health_asks_questions_and_never_scolds(run, foresight):
    answer = run("health", foresight, "--json").json
    assert all(
        question.endswith("?") or "?" in question
        for questions in answer.values()
        for question in questions
    )


def test_a_gap_that_got_an_action_is_closed_beside_the_kept_list(run, sampleshire):
    assert "No gap list has been kept yet" in run("gap-runs", sampleshire).err
    assert run("gap-runs", sampleshire, "--keep", "--json").json["same"] > 0
    assert (
        run(
            "tie",
            "School Streets",
            "Stress",
            "--in",
            sampleshire,
            "--reason",
            "Calmer mornings.",
        ).code
        == 0
    )
    answer = run("gap-runs", sampleshire, "--json").json
    assert ("g1_no_action", "Stress") in {
        (each["rule"], each["name"]) for each in answer["closed"]
    }


def test_two_dates_are_told_in_words_with_what_followed(run, town):
    found = run("compare", "Sampleshire", EARLIER, 2, "--json").json
    assert found["sentence"].startswith(f"Since “{EARLIER}”: 4 causes new")
    told = {section["key"]: section["sentences"] for section in found["map"]}
    assert "New: “Trust in local services”." in told["new"]
    follows = {section["key"] for section in found["consequences"]}
    assert {"loops_gained", "importance", "cover"} <= follows
    said = run("compare", "Sampleshire", EARLIER, 2).out
    assert "4 causes new:\n  New: “Healthier food at work”." in said
    assert "Gained, reinforcing: Quality of sleep → Stress" in said
    back = run("compare", "Sampleshire", 2, 1, "--json").json
    assert {s["key"] for s in back["map"]} >= {"gone", "links_gone"}
    assert run("compare", "Sampleshire", 0, 2, "--json").json["map"] == []
