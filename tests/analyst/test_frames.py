"""Frames in and out: what a programme holds, and a map from links and factors."""

from datetime import date

import pandas as pd
import pytest

import systemmap as sm
from systemmap.errors import ReadError
from systemmap.model.kinds import KINDS
from systemmap.testing import map_from

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def sampleshire():
    return sm.example()


@pytest.fixture(scope="module")
def frames(sampleshire):
    return sampleshire.frames()


def test_there_is_a_frame_for_every_kind_of_record(frames, sampleshire):
    assert list(frames) == list(KINDS)
    for name, frame in frames.items():
        assert len(frame) == len(sampleshire.all(KINDS[name].record)), name


def test_a_column_keeps_its_type_even_without_a_row():
    empty = sm.Programme(sm.ProgrammeInfo(id="town", name="Town")).frames()
    assert str(empty["link"].dtypes["polarity"]) == "string"
    assert str(empty["factor"].dtypes["priority"]) == "Int64"


def test_what_was_not_said_is_missing_and_not_zero(frames, sampleshire):
    never = [
        f.id for f in sampleshire.system_map().factors.values() if f.priority is None
    ]
    factors = frames["factor"].query("map_id == 'main'").set_index("id")
    assert never
    assert factors.loc[never, "priority"].isna().all()


def test_a_due_date_is_the_words_as_typed(frames, sampleshire):
    typed = {a.id: a.due.raw for a in sampleshire.actions.values() if a.due}
    actions = frames["action"].set_index("id")
    assert typed
    assert {key: actions.loc[key, "due"] for key in typed} == typed


def of_main(frames, kind):
    frame = frames[kind]
    return frame[frame["map_id"] == "main"]


def test_a_map_comes_back_from_its_own_frames(frames, sampleshire):
    again = sm.from_frames(of_main(frames, "link"), of_main(frames, "factor"))
    before = sampleshire.system_map()
    assert set(again.factors) == set(before.factors)
    for key in (
        "label",
        "theme",
        "layer",
        "influence",
        "in_scope",
        "priority",
        "x",
        "y",
        "pinned",
        "tags",
        "mentions",
    ):
        assert {f.id: getattr(f, key) for f in again.factors.values()} == {
            f.id: getattr(f, key) for f in before.factors.values()
        }, key
    assert set(again.links) == set(before.links)
    for key in ("polarity", "delay", "strength", "confidence", "directed", "reason"):
        assert {p: getattr(link, key) for p, link in again.links.items()} == {
            p: getattr(link, key) for p, link in before.links.items()
        }, key


def test_frames_of_several_maps_are_refused_with_what_to_do(frames):
    with pytest.raises(ReadError, match=r"3 maps: main, table-ash, .*Choose one"):
        sm.from_frames(frames["link"])


@pytest.mark.parametrize(
    "columns",
    [
        ("from", "to", "sign"),
        ("Source", "Target", "Polarity"),
        ("cause", "effect", "type"),
    ],
)
def test_usual_column_names_are_understood(columns):
    links = pd.DataFrame(
        [["Stress", "Sleep", "-"], ["Sleep", "Weight", None]], columns=columns
    )
    found = sm.from_frames(links)
    assert {link.id: link.polarity.value for link in found.links.values()} == {
        "stress -> sleep": "-",
        "sleep -> weight": "?",
    }


def test_numbers_and_missing_values_are_read_as_what_they_are():
    links = pd.DataFrame(
        {"from": ["a", "b"], "to": ["b", "c"], "weight": [-1.0, float("nan")]}
    )
    assert [link.polarity.value for link in sm.from_frames(links).links.values()] == [
        "-",
        "?",
    ]


def test_factors_alone_make_a_map_without_links():
    found = sm.from_frames(
        factors=pd.DataFrame({"label": ["Stress", "Sleep"], "x": [1, None]})
    )
    assert [f.label for f in found.factors.values()] == ["Stress", "Sleep"]
    assert [f.x for f in found.factors.values()] == [1.0, None]


def test_a_row_that_cannot_be_read_is_refused_by_name():
    links = pd.DataFrame({"from": ["Stress", None], "to": ["Sleep", "Weight"]})
    with pytest.raises(
        ReadError, match="Links, row 2: A link needs a factor at both ends"
    ):
        sm.from_frames(links)
    assert len(sm.from_frames(links, strict=False).links) == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"links": pd.DataFrame({"a": ["x"], "b": ["y"]})}, "no columns for both ends"),
        ({"factors": pd.DataFrame({"a": ["x"]})}, "no column for their names"),
    ],
)
def test_a_frame_without_the_columns_it_needs_is_refused(given, words):
    with pytest.raises(ReadError, match=words):
        sm.from_frames(**given)


# -- answers as frames ------------------------------------------------------------


def test_gaps_as_a_frame_say_what_the_report_says(sampleshire):
    report = sm.find_gaps(sampleshire, today=DAY)
    frame = report.frame()
    assert len(frame) == len(report.gaps)
    still = frame[(frame["state"] == "open") & ~frame["positive"]]
    assert list(still["name"]) == [gap.name for gap in report.open]
    assert list(still["rung"].dropna()) == [
        int(g.rung) for g in report.open if g.rung is not None
    ]


def test_loops_as_a_frame_count_what_the_loops_count(sampleshire):
    loops = sm.find_loops(sampleshire.system_map(), 4)
    frame = loops.frame()
    assert list(frame["loop"]) == [loop.key for loop in loops]
    assert list(frame["length"]) == [len(loop) for loop in loops]
    assert (
        frame.explode("factors")["factors"].value_counts().to_dict() == loops.counts()
    )


def test_importance_as_a_frame_gives_class_and_lenses(sampleshire):
    found = sm.find_importance(sampleshire.system_map())
    frame = found.frame().set_index("factor")
    assert frame["importance"].to_dict() == {
        k: v.value for k, v in found.classes.items()
    }
    passed = frame[["effect", "loops", "links_out"]].sum(axis=1)
    assert (passed[frame["importance"] == "high"] >= 2).all()
    assert (passed[frame["importance"] == "lower"] == 0).all()


def test_coverage_as_a_frame_adds_up_to_every_factor(sampleshire):
    cover = sm.find_coverage(sampleshire, today=DAY)
    frame = cover.frame()
    assert list(frame["factor"]) == list(cover.factors)
    counted = frame.set_index("factor").loc["stress"]
    assert counted["live"] == len(cover.factors["stress"].live)


def test_a_comparison_as_a_frame_has_a_row_a_change():
    before = map_from("stress -> snacking +")
    after = map_from("stress -> snacking +\n stress -> sleep -")
    frame = sm.compare_versions(before, after, since="March").frame()
    assert frame.groupby("change").size().to_dict() == {"links_new": 1, "new": 1}


def test_every_column_says_what_it_holds():
    from systemmap.analysis.importance import IMPORTANCE_COLUMNS
    from systemmap.analysis.loops import LOOP_COLUMNS
    from systemmap.comparing.versions import CHANGE_COLUMNS
    from systemmap.coverage.cover import COVERAGE_COLUMNS
    from systemmap.gaps.gap_report import GAP_COLUMNS

    for columns in (
        COVERAGE_COLUMNS,
        GAP_COLUMNS,
        IMPORTANCE_COLUMNS,
        LOOP_COLUMNS,
        CHANGE_COLUMNS,
    ):
        assert all(column.words.endswith((".", "…")) for column in columns)
