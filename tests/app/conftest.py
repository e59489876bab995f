"""Helpers of the app's tests: one screen drawn on one programme, one store each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest
import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.runtime.state.common import is_element_id
from streamlit.runtime.state.session_state import SessionState, _is_internal_key
from streamlit.testing.v1 import AppTest

from app.workspace import FACILITATOR
from systemmap.store import MemoryStore
from tests.app.plan_grid import town
from tests.drawing.coarse import _maps_are_coarse_and_painted_once  # noqa: F401

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.model.programme import Programme


class Looked(Mapping):
    """The state that screens see, each value looked up when it is asked for."""

    def __init__(self, state):
        self._state = state

    def __getitem__(self, key):
        if is_element_id(key) or _is_internal_key(key):
            raise KeyError(key)
        return self._state[key]

    def __iter__(self):
        return iter(GATHERED(self._state))

    def __len__(self):
        return len(GATHERED(self._state))


GATHERED = SessionState.filtered_state.fget


@pytest.fixture(autouse=True, scope="session")
def _widgets_look_up_one_value():
    """A widget asks for its own value alone; Streamlit gathers those of all, for each."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SessionState, "filtered_state", property(Looked))
        yield


@pytest.fixture(autouse=True)
def _fresh_caches():
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture(scope="session")
def components() -> BidiComponentManager:
    """The installed components, looked for once: every AppTest would look again."""
    found = BidiComponentManager()
    found.discover_and_register_components(start_file_watching=False)
    return found


@pytest.fixture
def open_screen(
    store: MemoryStore, components: BidiComponentManager
) -> Callable[..., AppTest]:
    """Draw one screen on a programme kept in memory; None = no programme at all."""

    def opened(
        key: str,
        programme: Programme | None = None,
        *,
        stored: bool = False,
        kept: Mapping[str, object] | None = None,
    ) -> AppTest:
        if programme is not None and not stored:
            store.create(programme, actor=FACILITATOR, label="Begin")
        at = AppTest.from_function(_screen, default_timeout=120)
        at._bidi_component_manager = components
        at.session_state["workspace.store"] = store
        at.session_state["workspace.programme"] = programme.id if programme else ""
        at.session_state["test.screen"] = key
        for name, value in (kept or {}).items():  # what this tab remembers
            at.session_state[f"workspace.kept.{name}"] = value
        return at.run()

    return opened


@pytest.fixture
def plan(
    open_screen: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> AppTest:
    """The plan table of a small town; there is no browser to wait for."""
    monkeypatch.setattr("app.components.edit_grid.SETTLES", 0)
    return open_screen("programme", town(), kept={"programme.tab": "Plan table"})


def _screen() -> None:
    import streamlit as st

    from app.frame import draw
    from app.screens import SCREENS

    draw(SCREENS[st.session_state["test.screen"]])
