"""Fingertips files: matched by name, missing stays missing (formats guide, 19.1)."""

import pytest

from systemmap.errors import ReadError
from systemmap.formats import recognise
from systemmap.formats.figures import fingertips_csv
from systemmap.formats.figures.fingertips_csv import read_areas
from systemmap.formats.sighting import Sighting
from systemmap.model.evidence import Indicator, Observation

HEAD = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,"
    "Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,"
    "Value note,Recent Trend,Compared to England value or percentiles,Compared to Region value or percentiles,"
    "Time period Sortable,New data,Compared to goal"
)
AREA = "E06000099"


def read(data, name):
    return fingertips_csv.read(Sighting(data, name))


def row(
    area=AREA,
    name="Sampleshire",
    sex="Persons",
    age="10-11 yrs",
    kind="",
    category="",
    period="2022/23",
    value="36.5",
    note="",
    order="20220000",
    count="1,230",
):
    return f'20602,"Year 6, overweight",E12,Region,{area},{name},UA,{sex},{age},{kind},{category},{period},{value},35.1,37.9,,,"{count}",3370,{note},No significant change,Similar,Better,{order},,'


def file_of(*rows, head=HEAD):
    return "\n".join([head, *rows, ""]).encode()


def figures(data, *areas):
    reading = (
        read_areas(data, "f.csv", frozenset(areas)) if areas else read(data, "f.csv")
    )
    return [r for r in reading.records if isinstance(r, Observation)]


def test_a_row_gives_a_figure_with_its_limits_and_words():
    (one,) = figures(file_of(row()))
    assert (one.value, one.lower, one.upper, one.count, one.denominator) == (
        36.5,
        35.1,
        37.9,
        1230,
        3370,
    )
    assert (one.group, one.period, one.period_order) == ("", "2022/23", 20220000)
    assert (one.trend, one.compared) == ("No significant change", "Similar")
    assert one.extra["Compared to Region value or percentiles"] == "Better"


@pytest.mark.parametrize("typed", ["", "*", "x", "-", "n/a"])
def test_a_suppressed_figure_is_missing_with_its_note_and_never_zero(typed):
    (one,) = figures(file_of(row(value=typed, note="Value suppressed", count=typed)))
    assert one.value is None
    assert one.count is None
    assert one.value_note.startswith("Value suppressed")


def test_zero_and_negative_figures_are_figures():
    assert [
        o.value
        for o in figures(file_of(row(value="0"), row(value="-1.5", period="2021/22")))
    ] == [0.0, -1.5]


def test_headings_without_spaces_gender_and_any_order_are_the_same_columns():
    names = HEAD.replace(" ", "").replace("Sex", "Gender").split(",")
    cells = (
        row(name="Sampleshire")
        .replace('"Year 6, overweight"', "Year 6")
        .replace('"1,230"', "1230")
        .split(",")
    )
    order = list(reversed(range(len(names))))
    head, line = (",".join(some[i] for i in order) for some in (names, cells))
    (one,) = figures(f"{head}\n{line}\n".encode())
    assert (one.value, one.group, one.area_code) == (36.5, "", AREA)


def test_the_second_comparison_may_be_named_after_the_parent():
    head = HEAD.replace(
        "Compared to Region value or percentiles",
        "Compared to East Midlands value or percentiles",
    )
    (one,) = figures(file_of(row(), head=head))
    assert one.extra["Compared to East Midlands value or percentiles"] == "Better"


def test_splits_by_sex_and_deprivation_are_no_headline():
    kind = "LSOA11 deprivation quintiles in England (IMD2019)"
    groups = [
        o.group
        for o in figures(
            file_of(
                row(),
                row(sex="Female"),
                row(kind=kind, category="Most deprived quintile"),
            )
        )
    ]
    assert groups == ["", "Female", f"{kind}: Most deprived quintile"]


def test_ages_tell_figures_apart_that_would_be_one():
    assert [o.group for o in figures(file_of(row(), row(age="4-5 yrs")))] == [
        "10-11 yrs",
        "4-5 yrs",
    ]


def test_rows_of_other_areas_are_counted_and_not_kept():
    data = file_of(
        row(),
        row(area="E07000001", name="Elsewhere"),
        row(area="E92000001", name="England"),
    )
    reading = read_areas(data, "f.csv", frozenset({AREA, "E92000001"}))
    assert {o.area_code for o in figures(data, AREA, "E92000001")} == {
        AREA,
        "E92000001",
    }
    assert reading.summary["rows for other areas, counted and not kept"] == 1
    assert reading.items == reading.read + reading.skipped + reading.blank == 2


def test_a_file_without_the_chosen_area_says_what_it_holds():
    with pytest.raises(
        ReadError,
        match=r"No rows for E06000098 in this file. It holds 1 area, for example Sampleshire \(E06000099\)",
    ):
        read_areas(file_of(row()), "f.csv", frozenset({"E06000098"}))


def test_the_same_row_twice_is_one_and_another_value_is_a_conflict():
    same = read(file_of(row(), row()), "f.csv")
    assert sum(isinstance(r, Observation) for r in same.records) == 1
    other = read(file_of(row(), row(value="40")), "f.csv")
    assert [p.kind for p in other.problems] == ["conflict"]
    assert len([r for r in other.records if isinstance(r, Observation)]) == 2


def test_periods_that_excel_turned_into_dates_are_flagged_and_kept():
    reading = read(file_of(row(period="Oct-11")), "f.csv")
    assert any("Excel does that" in p.what for p in reading.problems)
    assert [o.period for o in reading.records if isinstance(o, Observation)] == [
        "Oct-11"
    ]


def test_a_total_row_is_skipped_and_named():
    reading = read(file_of(row(), "Total" + "," * 25), "f.csv")
    assert [(p.where, p.kind) for p in reading.problems] == [("line 3", "skipped")]
    assert reading.items == reading.read + reading.skipped + reading.blank == 2


def test_the_latest_period_is_the_greatest_sortable_one():
    reading = read(file_of(row(period="2023/24", order="20230000"), row()), "f.csv")
    assert reading.summary["latest period"] == "2023/24"


def test_indicators_keep_their_number_and_licence():
    reading = read(file_of(row()), "f.csv")
    (indicator,) = [r for r in reading.records if isinstance(r, Indicator)]
    assert (indicator.name, indicator.source_id) == ("Year 6, overweight", "20602")
    assert "Open Government Licence" in reading.notice


def test_a_large_file_keeps_england_until_areas_are_chosen(monkeypatch):
    monkeypatch.setattr(fingertips_csv, "KEPT_WITHOUT_CHOICE", 3)
    data = file_of(row(area="E92000001"), *(row(area=f"E0700000{n}") for n in range(6)))
    assert [o.area_code for o in figures(data)] == ["E92000001"]
    assert len(figures(data, "E07000003")) == 1


def test_it_is_recognised_with_title_lines_and_byte_order_mark():
    data = b"\xef\xbb\xbfDownloaded by someone\n\n" + file_of(row())
    assert recognise(data, "x.txt").key == "fingertips_csv"
    assert len(figures(data)) == 1
