"""How long a screen takes to be drawn again, on the example and on a large map.

Each figure stands beside a bare Streamlit script in the same run: the rest is
ours. Run with ``python -m benchmarks.screens``.
"""

from __future__ import annotations

import logging
import random
import time
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from app.screens import SCREENS
from app.workspace import FACILITATOR
from systemmap.bundled.examples import example
from systemmap.store import MemoryStore
from systemmap.testing import map_from, programme_of

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

FACTORS, LINKS = 1_000, 3_000


def main() -> None:
    logging.disable(logging.CRITICAL)
    bare = AppTest.from_function(_nothing, default_timeout=120)
    bare.run()
    rival = _again(bare)
    print(f"bare Streamlit script: {rival * 1000:6.0f} ms")
    for name, programme in (
        ("47 causes", example()),
        (f"{FACTORS} causes", sized(FACTORS, LINKS)),
    ):
        print(f"\n{name:26}  first      again   against bare")
        for key in SCREENS:
            at = opened(key, programme)
            start = time.perf_counter()
            at.run()
            first, again = time.perf_counter() - start, _again(at)
            print(f"{key:26} {first:6.2f} s   {again:6.2f} s   {again / rival:6.0f} x")


def _again(at: AppTest) -> float:
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        at.run()
        taken.append(time.perf_counter() - start)
    return min(taken)


def sized(factors: int, links: int) -> Programme:
    """Return a programme with a map of about so many links, drawn by seeded chance."""
    chance = random.Random(7)  # noqa: S311 - a fixed map, not a secret
    names = [f"factor-{i}" for i in range(factors)]
    pairs = {tuple(chance.sample(names, 2)) for _ in range(links)}
    signs = [f"{a} -> {b} {chance.choice('+-')}" for a, b in sorted(pairs)]
    return programme_of(map_from("\n".join([*names, *signs])))


def opened(key: str, programme: Programme) -> AppTest:
    """Return a screen about to be drawn for the first time, with nothing kept."""
    st.cache_resource.clear()
    store = MemoryStore()
    store.create(programme, actor=FACILITATOR, label="Begin")
    components = BidiComponentManager()
    components.discover_and_register_components(start_file_watching=False)
    at = AppTest.from_function(_screen, default_timeout=120)
    at._bidi_component_manager = components  # noqa: SLF001 - looked for once
    at.session_state["workspace.store"] = store
    at.session_state["workspace.programme"] = programme.id
    at.session_state["benchmark.screen"] = key
    return at


def _nothing() -> None:
    import streamlit as st

    st.title("Nothing")


def _screen() -> None:
    import streamlit as st

    from app.frame import draw
    from app.screens import SCREENS

    draw(SCREENS[st.session_state["benchmark.screen"]])


if __name__ == "__main__":
    main()
