"""A programme's own words stand in the menus, beside those that came with it."""

import pytest

from systemmap.editing.local_terms import add_term
from systemmap.errors import InvalidValue
from systemmap.language.menu_words import term_name, words_of
from systemmap.model.plan import LocalTerm
from systemmap.testing import programme_of
from systemmap.vocab import terms
from tests.app.shown import on_tab


def test_a_word_is_added_after_the_shipped_ones():
    programme = programme_of()
    made = add_term(programme, "themes", "Rural life", "Villages and farms.")
    assert made.key == "rural_life"
    assert list(words_of(programme, "themes")) == [*terms("themes"), "rural_life"]
    assert term_name(programme, "themes", "rural_life") == "Rural life"


@pytest.mark.parametrize(
    ("word", "said"), [("", "Give the word"), ("workplaces", "in the list already")]
)
def test_a_blank_or_known_word_is_refused(word, said):
    programme = programme_of()
    with pytest.raises(InvalidValue, match=said):
        add_term(programme, "themes", word)
    assert not programme.all(LocalTerm)


def test_a_word_added_in_settings_is_offered_where_it_is_needed(open_screen, store):
    programme = programme_of()
    at = on_tab(open_screen("settings", programme), "Words of our own")
    at.selectbox(key="settings.words.menu").select("sectors")
    at.text_input(key="settings.words.label").input("Farming")
    at.button(key="settings.words.add").click().run()
    assert not at.exception
    assert [t.label for t in store.load(programme.id).all(LocalTerm).values()] == [
        "Farming"
    ]
    at.session_state["test.screen"] = "stakeholders"
    at.run()
    assert "Farming" in at.selectbox(key="stakeholders.add.sector").options
