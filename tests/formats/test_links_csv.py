"""Tables of links as people and programs really write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from systemmap.errors import ReadError
from systemmap.formats import accept, read, write
from systemmap.formats.maps._table_csv import guarded, unguarded
from systemmap.formats.maps.links_csv import read_pair
from systemmap.model.elements import Factor, Link
from systemmap.model.values import Confidence, Polarity, Strength
from systemmap.testing import map_from, programme_of


def links(data, name="a.csv"):
    reading = read(data if isinstance(data, bytes) else data.encode(), name)
    found = [r for r in reading.records if isinstance(r, Link)]
    return {(k.source, k.target): k for k in found}, reading


def signs(data):
    return {pair: link.polarity.value for pair, link in links(data)[0].items()}


def test_semicolons_a_mark_and_a_title_line_do_not_hide_the_table():
    data = b"\xef\xbb\xbfsep=;\r\nOur map;;\r\nFrom;To;Polarity\r\nStress;Sleep;\xe2\x88\x92\r\n"
    assert signs(data) == {("stress", "sleep"): "-"}


@pytest.mark.parametrize(
    ("raws", "expected"),
    [
        (["+", "–", "−", "－", "Positive", " o "], "+---+-"),
        (["1", "2.5"], "??"),
        (["1", "-2.5"], "+-"),
        (["++", "--"], "+-"),
        (["+-", "--"], "-+"),
        (["▲", "▼", "promotes", "inhibits"], "+-+-"),
        (["", "Flow"], "??"),
    ],
)
def test_a_column_of_signs_is_read_as_a_whole(raws, expected):
    rows = "".join(f"a{n},b{n},{raw}\n" for n, raw in enumerate(raws))
    assert "".join(signs(f"From,To,Type\n{rows}").values()) == expected


def test_a_positive_number_is_a_sign_only_under_a_heading_that_says_so():
    assert signs("From,To,Polarity\nA,B,1\n") == {("a", "b"): "+"}
    assert signs("From,To,Weight\nA,B,1\n") == {("a", "b"): "?"}


def test_a_zero_is_listed_but_makes_no_link():
    found, reading = links("From,To,Sign\nA,B,0\nA,C,+\n,,\n")
    assert set(found) == {("a", "c")}
    assert (reading.items, reading.read, reading.skipped, reading.blank) == (3, 1, 1, 1)


def test_a_pair_with_both_signs_survives_as_two_rows_and_shows_once_as_disputed():
    found, reading = links("From,To,Sign,Note\nA,B,+,x\nA,B,-,\nA,B,+,\n")
    (link,) = found.values()
    assert link.confidence is Confidence.DISPUTED
    assert (link.polarity, link.mentions) == (Polarity.UNKNOWN, 3)
    assert [p.kind for p in reading.problems] == ["conflict"]
    draft = programme_of()
    accept(draft, reading)
    again = read(write(draft, "links_csv").data, "a")
    (kept,) = [r for r in again.records if isinstance(r, Link)]
    assert kept.confidence is Confidence.DISPUTED
    assert again.items == 4


def test_a_self_link_is_left_out_and_explained():
    found, reading = links("From,To\nA,A\n")
    assert not found
    assert "leads to itself" in reading.problems[0].what


def test_a_row_with_more_values_than_headings_is_read_and_flagged():
    _, reading = links("From,To,Sign\nA,B,+,,\nA,C,+,x,y\n")
    assert [str(p) for p in reading.problems] == [
        "Line 3: It has 5 values but the heading has 3. The first 3 were read; check for a missing quote mark."
    ]


def test_strength_delay_direction_and_own_columns_are_kept():
    data = "From,To,Sign,Strength,Delay,Direction,Source\nA,B,+,strong,yes,undirected,Survey\n"
    found, reading = links(data)
    (link,) = found.values()
    assert (link.strength, link.delay, link.directed) == (Strength.STRONG, True, False)
    draft = programme_of()
    accept(draft, reading)
    again, _ = links(write(draft, "links_csv").data)
    assert again["a", "b"].extra == {"columns": {"Source": "Survey"}}


def test_a_two_headed_link_stays_one_row():
    found, reading = links("From,To,Sign,Direction\nA,B,+,mutual\n")
    assert set(found) == {("a", "b"), ("b", "a")}
    draft = programme_of()
    accept(draft, reading)
    again = read(write(draft, "links_csv").data, "a")
    assert again.items == 3


def test_a_square_of_signs_reads_rows_as_causes():
    found, reading = links(",Stress,Sleep\nStress,,-\nSleep,+,0\n")
    assert {pair: k.polarity.value for pair, k in found.items()} == {
        ("stress", "sleep"): "-",
        ("sleep", "stress"): "+",
    }
    assert "'Stress' acts on 'Sleep'" in reading.problems[-1].what


def test_a_table_without_headings_is_refused_in_words():
    with pytest.raises(ReadError, match="No headings were found"):
        read(b"a,b,c\n1,2,3\n", "a.csv", as_="links_csv")


def test_a_windows_file_is_read_as_a_guess_with_a_sample():
    _, reading = links("From,To\nCafé,B\n".encode("cp1252"))
    assert reading.guessed == 1
    assert "Caf\u00e9" in {r.label for r in reading.records if isinstance(r, Factor)}


@given(st.text(alphabet="=+-@'\t\r＝１1a. ", max_size=6))
def test_the_formula_guard_is_undone_exactly(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "@", "\t", "\r", "+a", "-@"))


def test_a_label_that_looks_like_a_formula_is_inert_in_the_file_and_whole_after():
    system_map = map_from("stress -> sleep +")
    system_map.replace_factor(Factor(id="stress", label="=HYPERLINK(1)"))
    data = write(programme_of(system_map), "links_csv").data
    labels = {r.label for r in read(data, "a").records if isinstance(r, Factor)}
    assert labels == {"=HYPERLINK(1)", "Sleep"}


def test_the_reference_pair_reads_together():
    factors = b"key,label,cluster\ncar-use,Car use,Transport\nwalking-out,Walking,\n"
    reading = read_pair(factors, b"source,target,polarity\ncar-use,walking-out,-\n")
    assert (reading.items, reading.skipped) == (3, 0)
    assert reading.own_ids


PRSM = (
    b"whatever,stands,here,is,ignored\nStress,Snacking,1,2,7\nSnacking,Weight,2,,3\n\n"
)


def test_a_prsm_csv_is_known_by_its_style_numbers_and_gives_no_sign():
    reading = read(PRSM, "map.csv")
    assert (reading.format, reading.dialect) == ("links_csv", "PRSM CSV")
    links = [r for r in reading.records if isinstance(r, Link)]
    assert [(x.source, x.target, x.polarity) for x in links] == [
        ("stress", "snacking", Polarity.UNKNOWN),
        ("snacking", "weight", Polarity.UNKNOWN),
    ]
    (guess,) = [p for p in reading.problems if p.kind == "guessed"]
    assert guess.where == "Line 1"
    assert guess.raw == "whatever,stands,here,is,ignored"
    assert reading.items == reading.read + reading.skipped + reading.blank


def test_five_columns_that_hold_more_than_style_numbers_are_no_prsm_csv():
    for row in (
        b"Stress,Snacking,1,2,often",
        b"1,2,3,4,5",
        b"Stress,Snacking,,,",
        b"a,b,1,2",
    ):
        with pytest.raises(ReadError):
            read(b"one,two,three,four,five\n" + row, "x.csv", "links_csv")


def test_pairs_of_signs_are_read_as_kumu_defines_them_and_said_once():
    rows = b"from,to,sign\na x,b x,--\nb x,c x,+-\nc x,a x,+\n"
    reading = read(rows, "map.csv")
    signs = [r.polarity for r in reading.records if isinstance(r, Link)]
    assert signs == [Polarity.SAME, Polarity.OPPOSITE, Polarity.SAME]
    asked = [p for p in reading.problems if "come in pairs" in p.what]
    assert [p.kind for p in asked] == ["guessed"]
    assert "+- (1), -- (1)" in asked[0].what


def test_double_signs_without_mixed_pairs_are_strong_and_asked_about_once():
    reading = read(b"from,to,sign\na x,b x,--\nb x,c x,++\n", "map.csv")
    signs = [r.polarity for r in reading.records if isinstance(r, Link)]
    assert signs == [Polarity.OPPOSITE, Polarity.SAME]
    asked = [p for p in reading.problems if p.kind == "guessed"]
    assert ["were read as strong signs" in p.what for p in asked] == [True]
