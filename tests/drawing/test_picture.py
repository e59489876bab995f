"""The map on paper: whole, captioned, readable without sight, with its text."""

import io
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import tostring

import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image, ImageChops

from systemmap.drawing.picture import PAPERS, font_files, png_from
from systemmap.drawing.view import Choice, picture_of, view_of
from systemmap.errors import InvalidValue
from systemmap.formats.drawn_maps import map_svg
from systemmap.model.elements import Factor
from systemmap.model.response import Action, ActionFactor
from systemmap.testing import map_from, programme_of
from tests.drawing.coarse import _maps_are_coarse_and_painted_once  # noqa: F401
from tests.drawing.foresight import of_foresight
from tests.sizes import WHOLE

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2026, 11, 21)
SMALL = "stress -> snacking + (delay)\n snacking -> weight -\n weight -> stress ?"


def small():
    return programme_of(
        map_from(SMALL),
        Action(id="walks", title="Health walks", status="ongoing"),
        ActionFactor(action_id="walks", factor_id="stress"),
    )


def texts(svg):
    return [item.text for item in fromstring(svg).iter(f"{SVG}text")]


def test_the_title_is_the_finding_and_the_footer_says_as_at_version_and_rule():
    said = " ".join(texts(map_svg(small(), at=DAY)))
    assert said.startswith("2 of 3 causes have no action listed.")
    assert "version 0, as at 21 November 2026" in said
    assert "It is not evidence that acting here will change obesity." in said


def test_a_screen_reader_gets_role_title_and_description():
    root = fromstring(map_svg(small(), at=DAY))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert "3 causes and 3 links" in description.text
    assert "1 whose direction is not agreed" in description.text


def test_a_borrowed_map_carries_its_notice_and_every_label():
    said = texts(map_svg(of_foresight(), at=DAY, paper="A1"))
    flat = " ".join(said)
    assert "Open Government Licence v3.0" in flat
    unbroken = "".join(flat.split())  # lines break after a hyphen
    for factor in of_foresight().system_map().factors.values():
        assert "".join(factor.label.split()) in unbroken


@pytest.mark.parametrize("paper", PAPERS)
def test_each_paper_has_its_true_size_and_nothing_falls_off_it(paper):
    programme = of_foresight() if WHOLE or paper == "A4" else small()
    root = fromstring(map_svg(programme, at=DAY, paper=paper))
    wide, high = PAPERS[paper]
    assert (root.get("width"), root.get("height")) == (f"{wide}mm", f"{high}mm")
    _, _, width, height = map(float, root.get("viewBox").split())
    assert width / height == pytest.approx(wide / high, rel=1e-3)


def test_an_unknown_paper_is_refused_with_those_that_exist():
    with pytest.raises(InvalidValue, match="A4, A3, A2, A1"):
        map_svg(small(), at=DAY, paper="B5")


def test_text_really_appears_in_the_picture():
    svg = map_svg(small(), at=DAY)
    bare = tostring(_without_text(svg), encoding="unicode")
    with_text, without = (
        Image.open(io.BytesIO(png_from(one, width=900))).convert("L")
        for one in (svg, bare)
    )
    changed = ImageChops.difference(with_text, without)
    assert sum(changed.histogram()[64:]) > 2_000  # dark pixels that only text makes
    assert with_text.size == (900, 637)


def test_the_fonts_that_travel_with_the_program_are_found():
    assert len(font_files()) == 2
    assert all(path.endswith(".ttf") for path in font_files())


def test_hostile_labels_stay_text():
    system_map = map_from("a -> b +")
    hostile = "</text><script>alert(1)</script><image href='http://x.test/y'/>&\"'"
    system_map.replace_factor(Factor(id="a", label=hostile))
    root = fromstring(map_svg(programme_of(system_map), at=DAY))
    kinds = {item.tag.removeprefix(SVG) for item in root.iter()}
    assert kinds <= {
        "svg",
        "title",
        "desc",
        "g",
        "rect",
        "text",
        "path",
        "polygon",
        "polyline",
    }
    assert not any("href" in name for item in root.iter() for name in item.attrib)


def test_an_empty_map_is_a_page_that_says_so():
    said = texts(map_svg(programme_of(), at=DAY))
    assert said[0] == "Nothing has been drawn on this map yet."


def _without_text(svg):
    root = fromstring(svg)
    for parent in list(root.iter()):
        for item in [child for child in parent if child.tag == f"{SVG}text"]:
            parent.remove(item)
    return root


def test_home_draws_a_map_as_its_place_shows_it():
    tall = of_foresight().system_map()
    for factor in list(tall.factors.values()):
        tall.replace_factor(replace(factor, x=factor.y, y=factor.x))
    view = view_of(programme_of(tall), Choice(), at=DAY, notices=())
    left, top, right, bottom = view.scene.bounds
    assert right - left < bottom - top
    _, _, width, height = fromstring(picture_of(view).svg).get("viewBox").split()
    assert float(width) > 1.5 * float(height)
