"""Hostile and damaged plans are refused in a sentence, at once."""

import pytest

from systemmap.errors import ReadError
from systemmap.formats.plans import plan_html, plan_text
from systemmap.formats.sighting import Sighting
from systemmap.model.due import read_due

HEAD = "Action\tAims\tResponsible\n1. a\tb\tc\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "\tb\t\n" * 150, "rows that continue one row"),
        (HEAD + '"\t' * 500_000, "columns on one line"),
        (HEAD + "1. a\tb\tc\n" * 5_100, "plan rows"),
        ("Hello there", "No plan table was found"),
    ],
)
def test_a_text_that_is_no_plan_is_refused_with_the_limit(text, said):
    with pytest.raises(ReadError, match=said):
        plan_text.read(Sighting(text.encode(), "plan.txt"))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<table>" + "<div>" * 10_000, "nested more than 500 levels"),
        ("<" * 500_000, "tags"),
        ("<table>" + "<tr><td colspan=60 rowspan=9999>x" * 10_000, "table rows"),
    ],
)
def test_a_page_made_to_harm_is_refused_with_the_limit(page, said):
    with pytest.raises(ReadError, match=said):
        plan_html.read(Sighting(page.encode(), "plan.html"))


def test_a_story_in_the_due_date_is_kept_as_words():
    due = read_due("jan 22 " * 5_000)
    assert due.start is None
    assert due.raw.startswith("jan 22 jan 22")
