"""What looks like a personal detail is found; what people say about a place is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from systemmap.language.personal_details import (
    find_personal_details,
    is_nhs_number,
    why_held,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to anna.smith@rutland.gov.uk", "e-mail address"),
        ("A.B+c@example.co.uk!", "e-mail address"),
        ("call 01709 382121", "telephone number"),
        ("07700 900123 any time", "telephone number"),
        ("+44 7700 900 123", "telephone number"),
        ("+44 (0)20 7946 0018", "telephone number"),
        ("(020) 7946-0018", "telephone number"),
        ("lives at S60 1AE", "postcode"),
        ("le15 6hp", "postcode"),
        ("EC1A 1BB", "postcode"),
        ("number 943 476 5919", "NHS number"),
        ("9434765919", "NHS number"),
    ],
)
def test_a_personal_detail_is_found(text, kind):
    assert kind in {detail.kind for detail in find_personal_details(text)}
    assert kind in why_held(text)


@pytest.mark.parametrize(
    "text",
    [
        "5 takeaways within 400 m of 3 schools",
        "the 1950s houses have no gardens",
        "£1,250 a month in rent since 2019",
        "bus 32 stops at 18:00",
        "12,345 people in 2021",
        "A5 paper and B12 tablets",
        "25% of children in year 6, 2022/23",
        "9434765918",
        "Cllr Smith blocks it",
        "@ the park",
    ],
)
def test_what_people_say_about_a_place_is_let_through(text):
    assert find_personal_details(text) == ()


@given(st.integers(min_value=100_000_000, max_value=999_999_999))
def test_one_check_digit_at_most_makes_an_nhs_number(start):
    if len(set(str(start))) == 1:
        return
    found = [digit for digit in range(10) if is_nhs_number(f"{start}{digit}")]
    weighted = sum(
        int(d) * w for d, w in zip(str(start), range(10, 1, -1), strict=True)
    )
    expected = (11 - weighted % 11) % 11
    assert found == ([] if expected == 10 else [expected])


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text):
    for detail in find_personal_details(text):
        assert 0 <= detail.start < detail.end <= len(text)
