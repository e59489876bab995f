"""Screens while the data is locked: forms stay with their words, saving says "Not saved yet"."""

import sqlite3
from contextlib import contextmanager

import pytest

from app.screens import SCREENS
from app.workspace import FACILITATOR
from systemmap.model.plan import Phase
from systemmap.model.workshop import Workshop
from systemmap.store.database import DatabaseStore
from systemmap.store.sql import sqlite
from systemmap.testing import map_from, programme_of
from tests.app.shown import on_tab
from tests.sizes import WHOLE, spread

TYPED = "Kept words"
WRITE = {
    "actions",
    "assets",
    "gaps",
    "history",
    "map",
    "opportunities",
    "programme",
    "settings",
    "stakeholders",
    "workshops",
    "write_up",
}
"""The screens on which something of this town can be saved."""
KEPT = {"gaps": {"gaps.card": ("factor:stress",)}}  # its list saves nothing
TAB = {"history": "Named versions"}
"""Where a screen's first tab saves nothing of this town, the tab that does."""


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "BUSY_MS", 20)
    store = DatabaseStore(tmp_path / "town.db")
    yield store
    store.close()


@contextmanager
def locked(tmp_path, how):
    other = sqlite3.connect(tmp_path / "town.db", isolation_level=None)
    other.execute(f"BEGIN {how}")
    try:
        yield
    finally:
        other.close()


def town():
    programme = programme_of(map_from("stress -> snacking +\n snacking -> stress +"))
    programme.add(
        Phase(id="p1", number=1, name="Set-up"),
        Workshop(id="w1", title="Mapping workshop"),
    )
    return programme


def fields(at):
    found = [f for f in (*at.text_input, *at.text_area) if not f.disabled]
    return {field.key: field for field in found}


def buttons(at):
    return {button.key: button for button in at.button if not button.disabled}


# what all have in common is asked of a few of those that save nothing, too
LOCKED = [key for key in SCREENS if key in WRITE or key in spread(SCREENS, 12)]


@pytest.mark.parametrize("key", LOCKED)
def test_a_screen_keeps_its_forms_and_their_words_while_the_data_is_locked(
    open_screen, store, tmp_path, key
):
    at = open_screen(key, town(), kept=KEPT.get(key))
    if key in TAB:
        on_tab(at, TAB[key])
    there = (fields(at).keys(), buttons(at).keys(), len(at.main.children))
    with locked(tmp_path, "EXCLUSIVE"):
        at.run()
        assert not at.exception
        assert "cannot be reached just now" in at.warning[0].value
        # one more child would move what is below, and browsers would begin it anew
        now = (fields(at).keys(), buttons(at).keys(), len(at.main.children))
        assert now == there
    at.run()
    assert not any("cannot be reached" in warning.value for warning in at.warning)
    if key not in WRITE and not WHOLE:
        return  # nothing of this town can be saved there: what is pressed saves nothing
    refused = []
    with locked(tmp_path, "IMMEDIATE"):
        # forms first: other buttons may lead away from them
        for name in sorted(
            buttons(at), key=lambda key: not buttons(at)[key].proto.form_id
        ):
            if name in buttons(at):  # else another one took it away
                refused += [name] if pressed(at, name) else []
    assert store.revision("testtown") == 1
    assert refused or key not in WRITE


def pressed(at, name):
    """Fill in every field and press a button; say whether it could not save."""
    for field in fields(at).values():
        field.set_value(TYPED)
    form = buttons(at)[name].proto.form_id
    buttons(at)[name].click().run()
    assert not at.exception, name
    if not any("Not saved yet" in error.value for error in at.error):
        return False
    within = {k: f.value for k, f in fields(at).items() if f.proto.form_id == form}
    assert set(within.values()) <= {TYPED}, name
    return True


def test_a_form_outlives_a_database_server_that_restarts(open_screen, postgres, store):
    served = DatabaseStore(postgres.new_database())
    served.create(town(), actor=FACILITATOR)
    at = open_screen("assets")
    at.session_state["workspace.store"] = served
    at.session_state["workspace.programme"] = "testtown"
    at.run()
    save = "assets.add.send"
    postgres.stop()
    try:
        assert pressed(at, save)
        assert "cannot be reached just now" in at.warning[0].value
    finally:
        postgres.start()
    assert not pressed(at, save)
    assert [asset.name for asset in served.load("testtown").assets.values()] == [TYPED]
    served.close()
