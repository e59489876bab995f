"""A sheet of figures from any publisher comes in, long or wide, with its marks kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from systemmap.errors import Undecided
from systemmap.formats import accept, read
from systemmap.formats.import_mapping import ImportMapping
from systemmap.formats.mapping_words import with_column, with_fixed, with_parts
from systemmap.model.evidence import Indicator, Observation
from systemmap.testing import programme_of
from tests.intake.made_files import of, workbook

SAMPLES = Path(__file__).parent / "samples"
BY_TABLE = ImportMapping(format="figures_table")


def sample(name):
    return (SAMPLES / name).read_bytes()


def figures(reading):
    """Return area, period and value of every figure, by its indicator's name."""
    names = {r.id: r.name for r in reading.records if isinstance(r, Indicator)}
    return [
        (o.area_name, names[o.indicator_id], o.period, o.value)
        for o in reading.records
        if isinstance(o, Observation)
    ]


def balances(reading):
    assert reading.items == reading.read + reading.skipped + reading.blank
    return reading.read, reading.skipped, reading.blank


def test_a_table_of_figures_is_asked_about_and_never_a_list_of_causes():
    with pytest.raises(Undecided) as asked:
        read(sample("ward_figures.csv"), "w.csv")
    assert [choice.key for choice in asked.value.choices] == ["figures_table"]


def test_year_6_heads_figures_and_not_a_column_of_years():
    """The commonest figure of all; its heading row was taken for a row of figures."""
    table = b"Ward,Ward code,Year 6 obese (%)\nNorth,E05001001,41.2\nQuay,E05001002,*\n"
    reading = read(table, "w.csv", "data")
    assert figures(reading) == [
        ("North", "Year 6 obese (%)", "", 41.2),
        ("Quay", "Year 6 obese (%)", "", None),
    ]
    assert [r.unit for r in reading.records if isinstance(r, Indicator)] == ["%"]
    years = read(table.replace(b"Year 6 obese (%)", b"Year,Obese").replace(b",41", b",2024,41").replace(b",*", b",2024,*"), "w.csv", "data")  # fmt: skip
    assert figures(years)[0] == ("North", "Obese", "2024", 41.2)


def test_figures_below_titles_are_read_with_limits_and_suppressed_ones_kept():
    reading = read(sample("ward_figures.csv"), "w.csv", "data")
    found = [r for r in reading.records if isinstance(r, Observation)]
    obese = [o for o in found if o.indicator_id == "percentage-obese"]
    assert [(o.value, o.lower, o.upper) for o in obese] == [
        (23.4, 20.1, 26.0),
        (None, None, None),
        (19.8, 15.0, 22.0),
    ]
    assert obese[1].value_note == "suppressed ('*')"
    assert obese[0].area_code == "E05001001"
    assert balances(reading) == (3, 1, 1)
    measured = [o for o in found if o.indicator_id == "number-measured"]
    assert [(o.value, o.lower) for o in measured] == [
        (1200, None),
        (12, None),
        (800, None),
    ]


def test_years_across_the_top_are_periods_and_a_blank_cell_is_no_figure():
    reading = read(sample("wide_figures.csv"), "w.csv", "data")
    assert figures(reading) == [
        ("Sampleshire", "Year 6 obesity", "2021/22", 20.1),
        ("Sampleshire", "Year 6 obesity", "2022/23", 21.3),
        ("Sampleshire", "Year 6 obesity", "2023/24", 22.0),
        ("Sampleshire", "Reception obesity", "2021/22", 9.1),
        ("Sampleshire", "Reception obesity", "2022/23", None),
        ("Sampleshire", "Reception obesity", "2023/24", 10.2),
        ("Elsewhere", "Year 6 obesity", "2021/22", 18.1),
        ("Elsewhere", "Year 6 obesity", "2023/24", 19.0),
    ]
    assert balances(reading) == (3, 0, 0)


def test_what_no_column_says_is_asked_and_said_once_for_every_row():
    data = b"Ward,Rate\nNorth,3.4\nSouth,2.1\n"
    reading = read(data, "w.csv", "data")
    assert reading.asks == ("Which period are the figures for?",)
    said = with_fixed(BY_TABLE, "period=2024/25", reading)
    said = with_fixed(said, "unit=per 1,000", reading)
    reading = read(data, "w.csv", mapping=said)
    assert reading.asks == ()
    assert figures(reading)[0] == ("North", "Rate", "2024/25", 3.4)
    (indicator,) = [r for r in reading.records if isinstance(r, Indicator)]
    assert (indicator.unit, indicator.source) == ("per 1,000", "w")


def test_a_column_holds_what_a_person_says():
    data = b"Ward,When,Adults,Rate\nNorth,spring,120,3.4\nSouth,spring,90,2.1\n"
    reading = read(data, "w.csv", "data")
    said = with_column(BY_TABLE, "When=period", reading)
    said = with_column(said, "Adults=denominator", reading)
    reading = read(data, "w.csv", mapping=said)
    assert reading.asks == ()
    found = [r for r in reading.records if isinstance(r, Observation)]
    assert [(o.period, o.value, o.denominator) for o in found] == [
        ("spring", 3.4, 120.0),
        ("spring", 2.1, 90.0),
    ]


def test_only_the_areas_asked_for_are_kept_and_the_rest_is_counted():
    reading = read(sample("wide_figures.csv"), "w.csv", "data")
    said = with_parts(BY_TABLE, ["Elsewhere"], reading)
    reading = read(sample("wide_figures.csv"), "w.csv", mapping=said)
    assert {area for area, *_ in figures(reading)} == {"Elsewhere"}
    assert balances(reading) == (1, 2, 0)


def test_the_same_figures_twice_add_nothing_and_two_values_are_both_kept():
    data = b"Area,Indicator,Year,Value\nNorth,Rate,2024,1\nNorth,Rate,2024,1\nNorth,Rate,2024,2\n"
    reading = read(data, "w.csv")
    assert [value for *_, value in figures(reading)] == [1, 2]
    assert any(p.kind == "conflict" for p in reading.problems)
    draft = programme_of()
    accept(draft, reading, file_name="w.csv", data=data)
    again = accept(draft, read(data, "w.csv"), file_name="w.csv", data=data)
    assert (again.new, again.changed) == (0, 0)


def seen(found):
    return [(o.area_name, o.value, o.value_note) for o in of(Observation, found)]


def test_a_column_of_sorts_of_area_names_no_area():
    text = "Code,Name,Geography,All ages\nE07000999,Northvale,District,98021\nE07000998,Eastvale,District,51234\n"
    found = read(text.encode(), "people.csv", "figures_table")
    assert [o[:2] for o in seen(found)] == [
        ("Northvale", 98021.0),
        ("Eastvale", 51234.0),
    ]
    typed = text.replace("Geography", "Area type")
    again = read(typed.encode(), "people.csv", "figures_table")
    assert seen(again) == seen(found)


def test_groups_over_columns_are_part_of_what_they_count():
    data = workbook(
        ("Year 6 children, by local authority",),
        (),
        ("ONS code", "Local authority", "Underweight", None, "Obese", None),
        (None, None, "Number", "Prevalence %", "Number", "Prevalence %"),
        ("E07000999", "Northvale", "*", "*", 260, "22.9"),
        ("E07000998", "Eastvale", 10, "1.5", 150, "22.0"),
        merges=("C3:D3", "E3:F3"),
    )
    found = read(data, "ncmp.xlsx", "figures_table")
    assert [(o.indicator_id, o.value) for o in of(Observation, found)][:4] == [
        ("underweight-number", None),
        ("underweight-prevalence", None),
        ("obese-number", 260.0),
        ("obese-prevalence", 22.9),
    ]
    assert not [p for p in found.problems if p.kind == "conflict"]
    above = workbook(
        (None, None, "Underweight", None, "Obese", None),
        ("ONS code", "Local authority", *("Number", "Prevalence %") * 2),
        ("E07000999", "Northvale", 8, "1.1", 260, "22.9"),
    )
    names = [i.name for i in of(Indicator, read(above, "n.xlsx", "figures_table"))]
    assert names == [
        f"{group}: {what}"
        for group in ("Underweight", "Obese")
        for what in ("Number", "Prevalence %")
    ]


def test_a_margin_beside_a_share_is_no_figure_and_its_mark_is_one_for_none():
    text = '"district","mnemonic","numerator","denominator","percent","conf"\n"Northvale","E07000999","45,100","58,000","77.8","4.9"\n"Eastvale","E07000998","!","30,200","!","-"\n'
    found = read(text.encode(), "nomis.csv", "figures_table")
    assert seen(found) == [
        ("Northvale", 77.8, ""),
        ("Eastvale", None, "no figure ('!')"),
    ]
    assert [o.extra for o in of(Observation, found)] == [{"conf": "4.9"}, {"conf": "-"}]
    assert "What do the figures count?" in found.asks


def test_a_year_without_a_figure_is_one_that_is_missing():
    text = "Area,Indicator,2019/20,2020/21\nNorthvale,Outdoor space,17.9,..\nNorthvale,Reception,23.0,*\n"
    found = read(text.encode(), "wide.csv", "figures_table")
    assert [(o.period, o.value) for o in of(Observation, found)] == [
        ("2019/20", 17.9),
        ("2020/21", None),
        ("2019/20", 23.0),
        ("2020/21", None),
    ]
