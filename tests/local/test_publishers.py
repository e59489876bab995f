"""Files of the three publishers in their present shapes: their own figure is our headline.

The samples are made by hand; counts and rates of the Fingertips file fit together as
the publisher's do.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from systemmap.editing.local_figures import choose_area, tie_indicator
from systemmap.errors import UnknownItem
from systemmap.formats import accept, read, read_as
from systemmap.formats.figures import deprivation, fingertips_csv
from systemmap.formats.import_mapping import ImportMapping
from systemmap.formats.sighting import Sighting
from systemmap.gaps import find_gaps
from systemmap.model.evidence import IndicatorTags, Observation
from systemmap.overview.council_area import council_area, plain_name
from systemmap.overview.figures import figures, range_words, value_words
from systemmap.overview.profiles import (
    EVERYONE,
    area_table,
    framework_indicators,
    population_profile,
    trend_table,
)
from systemmap.testing import map_from, programme_of

FILES = Path(__file__).parent / "publishers"
DISTRICT = "E06000099"


def programme(*names, area="", code=""):
    draft = programme_of(map_from("snacking -> healthy-weight -"))
    draft.replace(replace(draft.info, name="Our work", area_name=area, area_code=code))
    for name in names or [p.name for p in sorted(FILES.iterdir())]:
        accept(draft, read((FILES / name).read_bytes(), name))
    return draft


def by_name(draft):
    return {figure.name: figure for figure in figures(draft)}


def test_headlines_are_the_publishers_own_for_the_district():
    found = {
        name: value_words(figure.latest, figure.indicator)
        for name, figure in by_name(
            programme(code=DISTRICT, area="Sampleshire")
        ).items()
        if figure.latest
    }
    assert found == {
        "Year 6 prevalence of overweight (including obesity)": "38.9%",
        "Density of fast food outlets, per 100,000 population": "131.4 per 100,000",
        "Breast cancer screening coverage, aged 53 to 70 (Female)": "69.9%",
        # 2 of 4 small areas; (62.5·1500 + 48·2000 + 21.4·1750 + 9.1·1250) / 6500
        "Index of Multiple Deprivation 2025: small areas in the most deprived tenth": "50.0%",
        "Index of Multiple Deprivation 2025: average score": "36.7",
        "Food outlets: Takeaways and sandwich shops": "3 outlets",
        "Food outlets: Restaurants, cafes and canteens": "1 outlet",
        "Food outlets: Supermarkets and hypermarkets": "1 outlet",
        "Food outlets: Pubs, bars and nightclubs": "1 outlet",
    }


def test_every_headline_says_period_source_and_how_it_was_added_up():
    for figure in figures(programme(code=DISTRICT, area="Sampleshire")):
        assert figure.indicator.source
        if figure.latest:
            assert figure.latest.period, figure.name
    share = by_name(programme(code=DISTRICT))[
        "Index of Multiple Deprivation 2025: small areas in the most deprived tenth"
    ]
    assert share.how == "2 of 4 small areas"
    assert "ministry's own summary for districts" in share.indicator.note


def test_a_small_area_is_never_the_council():
    draft = programme("iod2025_file_7.csv", code=DISTRICT)
    score = by_name(draft)["Index of Multiple Deprivation 2025: score"]
    assert score.latest is None
    assert len(score.areas) == 4  # the neighbour's is not ours
    assert (
        score.sentence
        == "Index of Multiple Deprivation 2025: score: no figure for the council; the source has 4 smaller areas."
    )
    assert area_table(score)["Area"].tolist()[0] == "Sampleshire 001A"


def test_the_area_is_asked_for_once_and_remembered():
    draft = programme(area="Elsewhere")
    assert not council_area(draft).own
    assert all(figure.latest is None for figure in figures(draft))
    offered = [area.words for area in council_area(draft).choices]
    assert offered == ["Neighbourshire (E06000098)", "Sampleshire (E06000099)"]
    choose_area(draft, DISTRICT, "Sampleshire")
    assert {a.code for a in council_area(draft).own} == {DISTRICT, ""}
    neighbour = programme(area="Neighbourshire")
    year6 = by_name(neighbour)["Year 6 prevalence of overweight (including obesity)"]
    assert value_words(year6.latest, year6.indicator) == "32.7%"


def test_a_county_and_a_city_of_one_name_are_asked_about():
    draft = programme("fingertips.csv", area="Sampleshire")
    one = next(iter(draft.all(Observation).values()))
    draft.add(replace(one, id="x", area_code="E10000001", area_name="Sampleshire"))
    assert not council_area(draft).own
    assert plain_name("Sampleshire County Council") == "sampleshire"


def test_ours_stands_beside_england_and_region_of_the_same_period():
    year6 = by_name(programme("fingertips.csv", code=DISTRICT))[
        "Year 6 prevalence of overweight (including obesity)"
    ]
    assert (
        year6.sentence
        == "Year 6 prevalence of overweight (including obesity): 38.9% (Sampleshire, 2023/24); "
        "England 35.8%, East Midlands region 36.1%."
    )
    assert range_words(year6.latest, year6.indicator) == "37.3 to 40.5%"
    trend = trend_table(year6)
    assert trend.index.tolist() == ["2021/22", "2022/23", "2023/24"]
    assert trend.loc["2022/23", "Ours"].startswith("no figure (Value suppressed")
    assert trend.loc["2022/23", "England"] == "36.6%"


def test_profiles_by_group_keep_what_is_not_published_apart_from_nought():
    draft = programme("fingertips.csv", code=DISTRICT)
    draft.add(
        IndicatorTags(
            indicator_id="fingertips-20602", frameworks=("core20plus5_adults.core20",)
        )
    )
    assert framework_indicators(draft, "core20plus5_adults") == ["fingertips-20602"]
    profile = population_profile(draft, ["fingertips-20602", "fingertips-94124"])
    assert (profile.area, profile.groups) == ("Sampleshire", ("Female",))
    assert profile.table["Female"].tolist() == ["no figure", "36.2%, 2023/24"]
    assert profile.table[EVERYONE].tolist() == [
        "131.4 per 100,000, 2024",
        "38.9%, 2023/24",
    ]


def test_groups_that_only_england_publishes_say_so():
    draft = programme("fingertips.csv", code=DISTRICT)
    for key, o in list(draft.all(Observation).items()):
        if o.group == "Female" and o.indicator_id == "fingertips-20602":
            draft.remove(Observation, key)
    profile = population_profile(draft, ["fingertips-20602"])
    assert profile.area == "England"
    assert profile.table.iloc[0].tolist() == ["35.8%, 2023/24", "43.9%, 2023/24"]


def test_an_indicator_tied_to_a_cause_closes_its_gap_and_opens_it_again():
    draft = programme("fingertips.csv", code=DISTRICT)

    def gaps():
        found = find_gaps(draft, today=date(2026, 11, 28)).gaps
        return {gap.subject for gap in found if gap.rule == "g9_no_indicator"}

    assert "factor:snacking" in gaps()
    tie_indicator(draft, "fingertips-20602", ["snacking"])
    assert "factor:snacking" not in gaps()
    tie_indicator(draft, "fingertips-20602", [])
    assert "factor:snacking" in gaps()
    with pytest.raises(UnknownItem):
        tie_indicator(draft, "fingertips-20602", ["no-such-cause"])


@pytest.mark.parametrize("name", ["fingertips.csv", "iod2025_file_7.csv"])
def test_the_areas_of_a_large_file_are_chosen_by_name(name, monkeypatch):
    for module in (fingertips_csv, deprivation):
        monkeypatch.setattr(module, "KEPT_WITHOUT_CHOICE", 3)
    sighting = Sighting((FILES / name).read_bytes(), name)
    found = read(sighting.data, name)
    assert found.asks == (
        "It holds 2 areas, more than are kept without being asked. Which are yours?",
    )
    ours = "Sampleshire (E06000099)"
    assert ours in [part for part, *_ in found.seen["parts"]]
    said = ImportMapping(format=found.format, parts=(ours,))
    kept = read_as(sighting, mapping=said)
    assert not kept.asks
    codes = {r.area_code for r in kept.records if isinstance(r, Observation)}
    assert DISTRICT in codes
    assert "E06000098" not in codes
    if name == "fingertips.csv":
        assert {"E92000001", "E12000004"} <= codes
    assert kept.items == kept.read + kept.skipped + kept.blank


def test_a_unit_the_numbers_do_not_bear_out_is_not_given():
    data = (FILES / "fingertips.csv").read_text().replace("38.87283237", "41.2")
    lines = [
        line
        for line in data.splitlines()
        if "England value" in line or ",41.2," in line
    ]
    renamed = "\n".join(lines).replace("prevalence of ", "").encode()
    reading = fingertips_csv.read(Sighting(renamed, "f.csv"))
    assert reading.records[0].unit == ""
