"""Bars: the number is written at each, a missing figure has words and no bar."""

import re

from systemmap.drawing.bars import Bar, bars_svg


def test_the_longest_bar_is_twice_as_long_as_one_of_half_its_value():
    svg = bars_svg(
        [("Castle", [Bar(24.0, "24 %")]), ("Northfield", [Bar(48.0, "48 %")])],
        title="T",
    )
    half, full = (
        float(width) for width in re.findall(r'<rect[^>]* width="([\d.]+)"', svg)
    )
    assert full == 2 * half


def test_a_missing_figure_has_words_and_no_bar():
    svg = bars_svg([("The villages", [Bar(None, "no figure")])], title="T")
    assert "no figure" in svg
    assert "<rect" not in svg


def test_zero_is_drawn_as_zero_and_not_left_out():
    assert "<rect" in bars_svg([("A", [Bar(0.0, "0 %")])], title="T")


def test_names_are_escaped_and_the_picture_has_a_title():
    svg = bars_svg([("<b>", [Bar(1.0, "1")])], title="A & B", series=["One", "Two"])
    assert "<b>" not in svg
    assert "<title>A &amp; B</title>" in svg
