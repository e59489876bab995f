"""Every regular expression of the program takes linear time on its worst strings."""

import re
from functools import cache
from typing import TYPE_CHECKING

from tests.linear import worst
from tests.linear.regexes import ROOT, collected
from tests.linear.within import overspent

if TYPE_CHECKING:
    from pathlib import Path

HOW = "run tests/linear/find_worst.py (it says how) and look at what it writes"
collected_once = cache(collected)  # only when it is asked: it reads every module


def test_every_pattern_has_a_row_and_every_row_a_pattern():
    rows, found = worst.rows(), collected_once()
    assert sorted(found.keys() - rows) == [], f"new or changed: {HOW}"
    assert sorted(rows.keys() - found) == [], f"no longer there: {HOW}"


def test_every_row_holds_strings_and_a_shorter_limit_its_reason():
    for key, row in worst.rows().items():
        assert row["worst"], key
        assert ("limit" in row) == bool(row.get("because")), key
        assert row.get("limit", 0) < worst.LENGTH, key


def test_no_pattern_takes_more_than_linear_time():
    found = collected_once()
    pieces = [
        [regex.pattern, regex.flags, method, recipe, row.get("limit", worst.LENGTH)]
        for key, row in worst.rows().items()
        if (regex := found.get(key))
        for method in worst.methods(regex.used)
        for recipe in row["worst"]
    ]
    slow = overspent("tests.linear.worst", pieces, worst.BUDGET)
    assert [(piece[0], piece[2], piece[3]) for piece in slow] == []


def test_patterns_are_made_in_one_way_that_can_be_collected():
    sources: list[Path] = [*ROOT.glob("systemmap/**/*.py"), *ROOT.glob("app/**/*.py")]
    other = re.compile(
        r"^\s*(?:from re import|import re as|import regex|import re2)", re.M
    )
    scripts = [*ROOT.glob("systemmap/**/*.js"), *ROOT.glob("app/**/*.js")]
    assert [p for p in sources if other.search(p.read_text("utf-8"))] == []
    assert [p for p in scripts if "RegExp(" in p.read_text("utf-8")] == []


def test_work_that_grows_with_its_square_is_stopped_and_named():
    quick = ["a+", "", "search", ["", "a", ""], worst.LENGTH]
    slow = ["a+b", "", "search", ["", "a", ""], worst.LENGTH]
    pieces = [quick, slow, quick]
    assert overspent("tests.linear.worst", pieces, worst.BUDGET) == [slow]
