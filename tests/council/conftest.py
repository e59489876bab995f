"""One Aldermere for all rows: brought in once by command, then looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from app.workspace import FACILITATOR
from systemmap.reports import REPORTS
from systemmap.reports.parts.document import Order, Since
from systemmap.store import MemoryStore
from systemmap.store.database import DatabaseStore
from tests.council.aldermere import NAME, bring_in
from tests.council.seen import plain, words_of

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

TODAY = date(2026, 11, 28)


@dataclass
class Aldermere:
    """The programme, the command that goes on with it, its screens and documents."""

    data: Any
    command: Any
    sheet: Any
    components: Any
    drawn: dict[str, str] = field(default_factory=dict)

    @cached_property
    def programme(self) -> Programme:
        """The programme as it is once everything was brought in."""
        store = DatabaseStore(self.data)
        found = store.load("aldermere")
        store.close()
        return found

    def rows(self, which: str) -> str:
        """Return what the command shows of a table."""
        if f"rows {which}" not in self.drawn:
            self.drawn[f"rows {which}"] = self.command("rows", NAME, which)
        return self.drawn[f"rows {which}"]

    def screen(self, key: str, tab: str = "", **state: Any) -> str:
        """Return all words a screen shows; each is drawn once."""
        name = f"{key} {tab} {sorted(state.items())}"
        if name not in self.drawn:
            at = self.opened(key, tab, **state)
            assert not at.exception
            self.drawn[name] = words_of(at)
        return self.drawn[name]

    def opened(self, key: str, tab: str = "", **state: Any) -> AppTest:
        """Draw a screen on a copy in memory."""
        store = MemoryStore()
        store.create(self.programme.copy(), actor=FACILITATOR, label="Begin")
        at = AppTest.from_function(_screen, default_timeout=60)
        at._bidi_component_manager = self.components
        at.session_state["workspace.store"] = store
        at.session_state["workspace.programme"] = self.programme.id
        at.session_state["test.screen"] = key
        if tab:
            at.session_state[f"{key}.tab"] = tab
        for held, value in state.items():
            at.session_state[held.replace("__", ".")] = value
        return at.run()

    def document(self, key: str, *, since: date | None = None) -> str:
        """Return a document's words, made once."""
        name = f"document {key} {since}"
        if name not in self.drawn:
            earlier = Since(programme=self.programme, words="September", on=since)
            order = Order(at=TODAY, since=earlier if since else None)
            page = REPORTS[key].build(self.programme, order, ".html").data.decode()
            self.drawn[name] = plain(page)
        return self.drawn[name]


@pytest.fixture(scope="session")
def aldermere(tmp_path_factory) -> Aldermere:
    place = tmp_path_factory.mktemp("aldermere")
    command, sheet = bring_in(place / "kept.db", place)
    components = BidiComponentManager()
    components.discover_and_register_components(start_file_watching=False)
    return Aldermere(place / "kept.db", command, sheet, components)


def _screen() -> None:
    import streamlit as st

    from app.frame import draw
    from app.screens import SCREENS

    draw(SCREENS[st.session_state["test.screen"]])
