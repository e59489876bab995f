"""Notes are kept as typed; the same sending is the same notes."""

import pytest

from systemmap.errors import InvalidValue
from systemmap.model.workshop import Workshop
from systemmap.workshops.notes import lines_from, notes_from

WORKSHOP = Workshop(id="w", title="W")


def test_the_same_sending_makes_the_same_ids_at_any_time():
    one, again = (notes_from(WORKSHOP, ["Stress", "Sleep"], key="k") for _ in range(2))
    assert [n.id for n in one] == [n.id for n in again]
    assert len({n.id for n in one}) == 2
    (other,) = notes_from(WORKSHOP, ["Stress"], key="other")
    assert other.id not in {n.id for n in one}


def test_words_are_kept_as_typed_but_for_control_signs():
    (note,) = notes_from(WORKSHOP, ["  Żabka — “cheap”\x00 food\r\nhere "], key="k")
    assert note.text == "Żabka — “cheap” food\nhere"


@pytest.mark.parametrize(
    ("pasted", "lines"),
    [
        ("- one\n– two\n3) three\n4. four", ["one", "two", "three", "four"]),
        ("one\r\n\r\n\u2028two", ["one", "two"]),
        ("2 of 5 parks\n-5 degrees", ["2 of 5 parks", "-5 degrees"]),
        ("   \n", []),
    ],
)
def test_a_pasted_list_loses_its_bullets_and_nothing_else(pasted, lines):
    assert lines_from(pasted) == lines


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["", "  "], "The note is empty"),
        (["x" * 1001], "has 1,001 characters"),
        (["x"] * 201, "has 201 lines"),
    ],
)
def test_what_cannot_be_kept_says_why(texts, words):
    with pytest.raises(InvalidValue, match=words):
        notes_from(WORKSHOP, texts, key="k")
