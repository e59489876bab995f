"""Indices of Deprivation: direction and geography (formats guide, 19.2)."""

import io

import pytest
import xlsxwriter

from systemmap.errors import ReadError
from systemmap.formats import accept, recognise
from systemmap.formats.figures import deprivation
from systemmap.formats.figures.deprivation import read_districts
from systemmap.formats.sighting import Sighting
from systemmap.model.evidence import Indicator, Observation
from systemmap.model.people import Place
from systemmap.testing import programme_of

IMD = "Index of Multiple Deprivation (IMD)"
BARE = "Living Environment Decile (where 1 is most deprived 10% of LSOAs)"


def read(data, name):
    return deprivation.read(Sighting(data, name))


def head(lsoa="2011", district="2019"):
    return [
        f"LSOA code ({lsoa})",
        f"LSOA name ({lsoa})",
        f"Local Authority District code ({district})",
        f"Local Authority District name ({district})",
        BARE,
        f"{IMD} Score",
        f"{IMD} Rank (where 1 is most deprived)",
        f"{IMD} Decile (where 1 is most deprived 10% of LSOAs)",
        "Total population: mid 2015 (excluding prisoners)",
    ]


ROWS = [
    [
        "E01000001",
        "Town 001A",
        "E06000099",
        "Sampleshire",
        "9",
        "45.2",
        "1,234",
        "1",
        "1,500",
    ],
    [
        "E01000002",
        "Town 001B",
        "E06000099",
        "Sampleshire",
        "8",
        "5.5",
        "30,000",
        "10",
        "1,600",
    ],
    ["E01000003", "Other 001A", "E07000001", "Elsewhere", "7", "", "*", "x", ""],
]


def csv_of(headings, rows=ROWS):
    return "\n".join(
        ",".join(f'"{c}"' for c in cells) for cells in [headings, *rows]
    ).encode()


def places(reading):
    return [r for r in reading.records if isinstance(r, Place)]


def test_decile_is_that_of_the_whole_index_and_says_its_direction():
    reading = read(csv_of(head()), "f.csv")
    assert [p.decile for p in places(reading)] == [1, 10, None]
    assert [p.population for p in places(reading)] == [1500, 1600, None]
    assert "Decile 1 and rank 1 are the most deprived" in reading.summary["direction"]
    indicators = [r for r in reading.records if isinstance(r, Indicator)]
    assert {indicator.direction for indicator in indicators} == {"worse"}


def test_a_missing_score_is_no_zero():
    values = [
        r.value
        for r in read(csv_of(head()), "f.csv").records
        if isinstance(r, Observation) and r.area_code.startswith("E01")
    ]
    assert values == [45.2, 5.5, None]


def test_2011_and_2021_areas_are_never_joined_even_with_one_code():
    old, new = (
        read(csv_of(head()), "a.csv"),
        read(csv_of(head("2021", "2024")), "b.csv"),
    )
    draft = programme_of()
    accept(draft, old)
    accept(draft, new)
    found = sorted((p.code, p.level) for p in draft.all(Place).values())
    assert found[:2] == [("E01000001", "lsoa-2011"), ("E01000001", "lsoa-2021")]
    assert len(found) == 6
    assert {o.period for o in draft.all(Observation).values()} == {"2019", "2025"}


def test_both_geographies_in_one_file_are_refused():
    headings = [*head(), "LSOA code (2021)"]
    with pytest.raises(ReadError, match="2011 and of 2021 side by side"):
        read(csv_of(headings, [[*r, "E01000009"] for r in ROWS]), "f.csv")


def test_other_districts_are_counted_and_an_unknown_one_is_named():
    reading = read_districts(csv_of(head()), "f.csv", frozenset({"E06000099"}))
    assert [p.code for p in places(reading)] == ["E01000001", "E01000002"]
    assert reading.summary["rows for other districts, counted and not kept"] == 1
    with pytest.raises(
        ReadError, match="It holds 2 districts, for example Sampleshire"
    ):
        read_districts(csv_of(head()), "f.csv", frozenset({"E07000150"}))


def test_a_workbook_reads_the_same_as_a_csv():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.add_worksheet("Notes").write_string(0, 0, "About")
    page = book.add_worksheet("IoD2025 Scores")
    for r, cells in enumerate([head("2021", "2024"), *ROWS]):
        for c, cell in enumerate(cells):
            plain = cell.replace(",", "")
            page.write(
                r, c, float(plain) if r and plain.replace(".", "").isdigit() else cell
            )
    book.close()
    data = stream.getvalue()
    assert recognise(data, "x.xlsx").key == "deprivation"
    assert places(read(data, "x.xlsx")) == places(
        read(csv_of(head("2021", "2024")), "x.csv")
    )


def test_what_is_no_small_area_is_skipped():
    reading = read(
        csv_of(head(), [*ROWS, ["Total", "", "", "", "", "", "", "", "99"]]), "f.csv"
    )
    assert [p.kind for p in reading.problems if p.where == "line 5"] == ["skipped"]
    assert reading.items == reading.read + reading.skipped + reading.blank == 4
