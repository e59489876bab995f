"""The four-box chart: equal factors are stacked and counted, the median parts the boxes."""

import re

from systemmap.analysis.four_boxes import four_boxes
from systemmap.bundled.bundled_files import foresight_map
from systemmap.drawing.boxes_chart import four_box_svg
from systemmap.testing import map_from


def numbers(svg):
    return [
        int(n) for n in re.findall(r"<text[^>]*fill=\"#FFFFFF\"[^>]*>(\d+)</text>", svg)
    ]


def test_every_factor_is_counted_once_in_the_discs():
    boxes = four_boxes(foresight_map())
    svg = four_box_svg(boxes, title="T")
    assert sum(numbers(svg)) == 108
    assert len(numbers(svg)) == len(boxes.cells)


def test_the_same_place_is_one_disc():
    svg = four_box_svg(four_boxes(map_from("a -> c +\n b -> c +")), title="T")
    assert sorted(numbers(svg)) == [1, 2]


def test_a_map_without_links_still_has_a_chart():
    assert numbers(four_box_svg(four_boxes(map_from("a\n b")), title="T")) == [2]
