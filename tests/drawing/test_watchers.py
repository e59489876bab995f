"""Whoever waits for a long layout is told how far it is, and may stop it."""

import io

import pytest
from streamlit.testing.v1 import AppTest

from app import layout_wait
from app.commands import shared
from systemmap.drawing.layout import arrangement, place
from systemmap.drawing.watchers import told, watched
from systemmap.editing.positions import give_places
from systemmap.store import Actor, MemoryStore
from systemmap.testing import programme_of
from tests.analysis.drawn_maps import generated_map
from tests.sizes import WHOLE

EDITOR = Actor("Facilitator", "facilitator")
# so many that they are polished in one go: in an ordinary run as told
MANY = generated_map(240, 500) if WHOLE else generated_map(72, 200)


@pytest.fixture(autouse=True)
def _many_are_many(monkeypatch):
    monkeypatch.setattr(
        arrangement, "MANY", min(arrangement.MANY, len(MANY.factors) // 2)
    )


def test_a_large_map_tells_how_far_it_is_from_nothing_to_nearly_all():
    heard = []
    with watched(heard.append):
        place(MANY)
    assert heard[0] == 0
    assert heard == sorted(heard)
    assert heard[-1] > 0.75
    assert len(heard) > 8


def test_nobody_is_told_once_the_block_has_ended():
    heard = []
    with watched(heard.append):
        told(0.5)
    told(0.7)
    assert heard == [0.5]


class _StoppedError(BaseException):
    """What Streamlit's own end of a script is, and Ctrl-C: no ordinary error."""


def test_a_layout_that_is_stopped_leaves_the_programme_as_it_was():
    store = MemoryStore()
    store.create(programme_of(MANY), actor=EDITOR)
    before = store.load("testtown")

    def stop(share):
        if share > 0.5:
            raise _StoppedError

    with (
        pytest.raises(_StoppedError),
        watched(stop),
        store.editing("testtown", actor=EDITOR, label="Lay out") as draft,
    ):
        give_places(draft)
    assert store.load("testtown") == before
    assert store.revision("testtown") == before.revision
    store.close()


def test_a_command_says_each_tenth_and_how_to_stop_but_not_of_a_short_wait(monkeypatch):
    said = io.StringIO()
    shares = [n / 40 for n in range(40)]
    tell = shared.layout_told(said)
    for share in shares:
        tell(share)
    assert said.getvalue() == ""
    monkeypatch.setattr(shared, "PATIENCE", 0.0)
    for share in shares:
        tell(share)
    lines = said.getvalue().splitlines()
    assert len(lines) == 10
    assert lines[5] == (
        "Placing the causes on the map: 50%. Ctrl-C stops it, and nothing is saved."
    )


def _waiting():
    import streamlit as st

    from app.layout_wait import layout_shown
    from systemmap.drawing.watchers import told

    with layout_shown():
        told(0.0)
        told(0.4)
        if st.session_state.get("stays"):
            st.stop()


@pytest.mark.parametrize("patience", [0.0, 600.0])
def test_a_screen_shows_a_long_wait_with_a_button_and_no_short_one(
    monkeypatch, patience
):
    monkeypatch.setattr(layout_wait, "PATIENCE", patience)
    at = AppTest.from_function(_waiting, default_timeout=120)
    at.session_state["stays"] = True
    at.run()
    buttons = [button.label for button in at.button]
    if patience:
        assert buttons == []
        return
    assert buttons == ["Stop, and leave everything as it was"]
    at.session_state["stays"] = False
    at.run()
    assert not at.exception
    assert len(at.button) == 0
