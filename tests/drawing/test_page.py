"""The exported page: one file, its own policy, only the tested engine."""

import hashlib
import json
import re
from datetime import date
from importlib.metadata import distribution

import pytest

from systemmap.drawing.engine import (
    ENGINE_PATH,
    ENGINE_SHA256,
    EngineChanged,
    checked,
    engine_script,
)
from systemmap.drawing.web_files import hashed, island, policy
from systemmap.formats.drawn_maps import interactive_map
from systemmap.model.elements import Factor
from systemmap.testing import map_from, programme_of
from tests.drawing.coarse import _maps_are_coarse_and_painted_once  # noqa: F401
from tests.drawing.foresight import foresight

DAY = date(2026, 11, 21)


def page(notation="stress -> snacking +"):
    return interactive_map(programme_of(map_from(notation)), at=DAY)


def test_the_engine_is_the_one_that_was_tested():
    data = distribution("pyvis").locate_file(ENGINE_PATH).read_bytes()
    assert hashlib.sha256(data).hexdigest() == ENGINE_SHA256
    script = engine_script()
    assert "sourceMappingURL" not in script
    assert "</script" not in script.lower()
    assert "\r" not in script
    assert "MIT License" in script


def test_a_changed_engine_writes_no_page():
    with pytest.raises(EngineChanged, match=r"Install pyvis 0\.3\.2 again"):
        checked(b"alert(1)")


def test_the_foresight_page_is_below_one_megabyte():
    assert len(interactive_map(foresight(), at=DAY).encode()) < 1_000_000


def test_the_policy_allows_exactly_the_two_scripts_of_the_page():
    html = page()
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(scripts) == 2
    assert policy(*scripts).replace("'", "&#39;") in html
    assert all(hashed(script).strip("'") in html for script in scripts)


def test_the_page_names_no_other_host():
    outside = re.sub(r"<script>.*?</script>", "", page(), flags=re.DOTALL)
    found = set(re.findall(r"https?://[^\s\"'<)]+", outside))
    assert found <= {"http://www.w3.org/2000/svg"}


def test_data_cannot_end_the_element_it_stands_in():
    hostile = {"a": "</script><script>alert(1)</script>&\u2028\u2029"}
    text = island(hostile)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == hostile


def test_people_s_text_is_escaped_everywhere_in_the_page():
    system_map = map_from("a -> b +")
    system_map.replace_factor(Factor(id="a", label="<img src=x onerror=alert(1)>"))
    html = interactive_map(programme_of(system_map), at=DAY)
    assert "<img" not in html


def test_the_page_says_as_at_version_rule_and_notice():
    html = interactive_map(foresight(), at=DAY)
    for words in (
        "as at 21 November 2026",
        "version 0",
        "It is not evidence that acting here will change obesity.",
        "Open Government Licence v3.0",
        '<html lang="en-GB">',
    ):
        assert words in html


def test_an_empty_map_still_makes_a_page():
    html = interactive_map(programme_of(), at=DAY)
    assert "Nothing has been drawn on this map yet." in html
