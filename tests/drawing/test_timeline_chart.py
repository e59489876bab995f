"""The timeline's picture: names stay readable, wide and on a phone."""

from __future__ import annotations

import re
from datetime import date

import pytest

from systemmap.drawing.timeline_chart import ChartBar, ChartPoint, timeline_svg

TODAY = date(2026, 11, 30)
ROWS = (
    ChartBar(
        name="Set-up", first=date(2026, 3, 1), last=date(2026, 4, 30), state="done"
    ),
    ChartPoint("Board", TODAY),
)


def drawn(*, narrow, today=TODAY):
    span = (date(2026, 3, 1), today)
    return timeline_svg(ROWS, span=span, today=today, title="Two rows", narrow=narrow)


def test_on_a_phone_it_is_no_wider_and_its_letters_are_as_large():
    wide, phone = drawn(narrow=False), drawn(narrow=True)
    assert ' width="288"' in phone
    assert ' font-size="14"' in wide
    assert ' font-size="14"' in phone
    for name in ("Set-up", "Board", "today"):
        assert f">{name}</text>" in phone


@pytest.mark.parametrize("today", [date(2026, 3, 1), TODAY])
def test_today_is_whole_at_either_edge_of_a_phone(today):
    (x,) = re.findall(r'x="([\d.]+)"[^>]*>today<', drawn(narrow=True, today=today))
    assert 18 <= float(x) <= 270


def test_a_name_stands_over_its_bar_where_it_has_no_room_beside_it():
    svg = drawn(narrow=True)
    (name,) = re.findall(r'y="([\d.]+)"[^>]*>Set-up<', svg)
    (bar,) = re.findall(r'<rect x="[\d.]+" y="([\d.]+)" [^>]*rx="2"', svg)
    assert float(name) < float(bar)
