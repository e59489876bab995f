"""People's words are cleaned once, on the way in, and never lose their meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from systemmap.errors import InvalidValue
from systemmap.model.text import check_id, clean, clean_label, folded, slug


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("line\x0bbreak from a slide", "line\nbreak from a slide"),
        ("a\x00b\x08c\ufffed", "abcd"),
        ("cafe\u0301", "caf\u00e9"),
        ("tab\tstays", "tab\tstays"),
        ("lone \ud83d surrogate", "lone  surrogate"),
        ("😀 stays", "😀 stays"),
    ],
)
def test_a_note_keeps_its_words_and_loses_control_signs(typed, kept):
    assert clean(typed) == kept


def test_a_label_is_one_line_without_direction_overrides():
    assert clean_label(" Cost\u202e of\n healthy   food ") == "Cost of healthy food"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)
    assert clean_label(clean_label(text)) == clean_label(text)


@given(st.text(), st.sets(st.text(), max_size=3))
def test_a_slug_is_always_a_usable_id_of_its_own(label, taken):
    made = slug(label, taken)
    check_id(made, "Factor")
    assert made not in taken


def test_labels_meet_across_case_dashes_and_quotes():
    assert folded("Parents\u2019  \u2013 Time") == folded("parents' - time")


def test_an_unusable_id_is_refused_with_an_example():
    with pytest.raises(InvalidValue, match="for example 'portion-size'"):
        check_id("Portion Size", "Factor")
