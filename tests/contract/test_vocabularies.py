"""Promises that every vocabulary keeps."""

import re

import pytest

from systemmap.errors import UnknownItem
from systemmap.model.response import Action
from systemmap.model.values import Confidence, Influence, Strength
from systemmap.vocab import label, terms, vocabularies


@pytest.mark.parametrize("vocabulary", vocabularies())
def test_every_row_has_a_key_a_label_a_sentence_and_a_source(vocabulary):
    assert terms(vocabulary)
    # a dot parts a framework's own list from its name: "core20plus5_adults.core20"
    for key, term in terms(vocabulary).items():
        assert re.fullmatch(r"[a-z0-9]+([_.][a-z0-9]+)*", key)
        assert term.label
        assert term.label == term.label.strip()
        assert re.match(r"[A-Z].*\.\Z", term.description), key
        assert term.source


def test_row_order_is_menu_order():
    assert list(terms("action_scales")) == ["events", "structures", "goals", "beliefs"]
    assert len(terms("phases")) == 6
    assert next(iter(terms("phases"))) == "set_up"


def test_every_step_belongs_to_a_phase():
    assert {key.rsplit("_", 1)[0] for key in terms("steps")} == set(terms("phases"))


def test_every_status_is_one_the_model_takes():
    for status in terms("statuses"):
        assert Action(id="a", title="A", status=status).group


@pytest.mark.parametrize(
    ("vocabulary", "words"),
    [("strengths", Strength), ("confidences", Confidence), ("influences", Influence)],
)
def test_words_the_code_branches_on_have_their_terms(vocabulary, words):
    assert set(terms(vocabulary)) == {word.value for word in words}


def test_an_unknown_vocabulary_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownItem, match="Did you mean 'themes'"):
        terms("theme")


def test_a_key_without_a_term_comes_back_as_typed():
    assert label("themes", "schools") == "Schools and early years"
    assert label("themes", "allotments") == "allotments"
