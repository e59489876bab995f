"""The frame: nothing without the shield, errors in words, ten places in the menu."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app.frame import REFUSAL
from app.places import PLACES
from app.screens import SCREENS
from app.settings import BOOT_TOKEN, SCRIPT
from app.workspace import FACILITATOR
from systemmap.bundled.examples import example
from tests.late import late_today

ROOT = Path(__file__).parents[2]


@pytest.fixture
def opened(store, components):
    """Draw the whole app as a visitor sees it, menu included."""

    def run(programme=None):
        if programme is not None:
            store.create(programme, actor=FACILITATOR, label="Begin")
        at = AppTest.from_file(str(SCRIPT), default_timeout=120)
        at._bidi_component_manager = components
        at.session_state["workspace.store"] = store
        return at.run()

    return run


@pytest.fixture
def shielded(monkeypatch):
    """Stand in for the shield: AppTest sends no headers of its own."""
    light = type("Theme", (), {"type": "light"})()
    told = {"url": "", "headers": {"X-Shield": BOOT_TOKEN}, "theme": light}
    headers = type("Headers", (), told)()
    monkeypatch.setattr(st, "context", headers)


@pytest.fixture
def menu(monkeypatch):
    """The names in the menu, as Streamlit was last asked to draw it."""
    names, draws = [], st.navigation

    def drawn(pages, **options):
        names[:] = [page.title for page in pages if page.visibility == "visible"]
        return draws(pages, **options)

    monkeypatch.setattr(st, "navigation", drawn)
    return names


def test_without_the_shield_there_is_only_the_refusal(opened):
    at = opened(example())
    assert [e.value for e in at.error] == [REFUSAL]
    assert [*at.title, *at.markdown, *at.button, *at.sidebar.markdown] == []


def test_a_guessed_token_is_refused(opened, monkeypatch):
    guess = type("Headers", (), {"headers": {"X-Shield": "guess"}})()
    monkeypatch.setattr(st, "context", guess)
    assert [e.value for e in opened(example()).error] == [REFUSAL]


@pytest.mark.usefixtures("shielded")
def test_the_first_start_offers_four_ways_to_begin(opened, menu):
    at = opened()
    assert at.title[0].value.startswith("Map what shapes healthier weight here")
    assert [b.label for b in at.button] == [
        "Open the Sampleshire example",
        "Start from the template",
        "Start empty",
        "Import a file",
    ]
    assert menu == ["Home", "Share"]


@pytest.mark.usefixtures("shielded")
def test_the_example_opens_from_the_first_start(opened, store):
    at = opened()
    at.button(key="begin.example").click().run()
    assert not at.exception
    assert at.title[0].value.startswith("5 of 41 causes have no action listed")
    assert [summary.name for summary in store.programmes()] == ["Sampleshire"]


@pytest.mark.usefixtures("shielded")
def test_a_place_begins_from_the_template(opened, store):
    at = opened()
    at.text_input(key="begin.name").set_value("Rutland")
    at.button[1].click().run()
    assert not at.exception
    (summary,) = store.programmes()
    assert summary.name == "Rutland"
    assert summary.counts["factor"] >= 30


@pytest.mark.usefixtures("shielded")
def test_a_place_needs_a_name(opened, store):
    at = opened()
    at.button[2].click().run()
    assert "Give the place's name first" in at.error[0].value
    assert store.programmes() == []


@pytest.mark.usefixtures("shielded")
def test_the_menu_has_ten_places_with_what_they_count(opened, menu):
    opened(example())
    assert menu == [
        "Home",
        "Plan",
        "Place",
        "Workshop",
        "Map",
        "Gaps (5)",
        f"Actions ({late_today()} overdue)",
        "Changes",
        "Share",
        "Settings",
    ]


def test_each_screen_stands_in_a_place_and_each_place_has_one():
    assert {screen.place for screen in SCREENS.values()} == set(PLACES)
    assert len(PLACES) == 10


@pytest.mark.usefixtures("shielded")
def test_an_address_of_a_programme_that_is_not_here_says_so(opened, monkeypatch):
    at = opened(example())
    at.query_params["programme"] = "nowhere"
    del at.session_state["workspace.seen"]
    at.run()
    assert at.warning[0].value.startswith("There is no programme “nowhere” here")
    assert "This is Sampleshire" in at.warning[0].value
    at.run()  # a phone is drawn again once it has told how narrow it is
    assert at.warning[0].value.startswith("There is no programme “nowhere” here")


def test_an_error_is_shown_in_words_in_place_of_the_screen(open_screen):
    at = open_screen("home")
    at.session_state["workspace.programme"] = "gone"
    at.run()
    assert not at.exception
    assert "gone" in at.error[0].value
