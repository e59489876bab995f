"""Maps laid out coarsely, once each, and painted once: where neither is the subject.

How well a map is untangled is asked in tests/analysis and tests/drawing, of layouts in
full; a document is as true, and takes a tenth of the time, round a coarse one.
"""

from __future__ import annotations

import pickle
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock
from unittest.mock import patch

import pytest
import resvg_py

from systemmap.drawing.layout import arrangement, place
from tests.sizes import WHOLE

IN_FULL = arrangement.arranged
PAINT = resvg_py.svg_to_bytes
COARSE = {
    "UNTANGLE": replace(arrangement.UNTANGLE, rounds=1, swaps=0),
    "DRAW_IN": replace(arrangement.DRAW_IN, rounds=1, swaps=0),
    "CLEAR_LABELS": (),
}
ONE_BY_ONE = Lock()  # screens arrange maps in threads of their own
SMALL = 300  # pixels across, of 2,400
ARRANGED, PAINTED = {}, {}  # for each worker


def arranged_coarsely(picture, *, starts, seed):
    """Arrange a map in one try and one round; the same map once."""
    with ONE_BY_ONE, patch.multiple(arrangement, **COARSE):
        return arranged_once(picture, starts=1, seed=seed)


def arranged_once(picture, *, starts, seed):
    """Arrange a map with all care; the same map once."""
    key = pickle.dumps((picture, starts, seed, arrangement.UNTANGLE))
    if key not in ARRANGED:
        ARRANGED[key] = IN_FULL(picture, starts=starts, seed=seed)
    return ARRANGED[key].copy()


def placed_coarsely(system_map, **how):
    """Place a map's factors, each clear of the others, without much untangling."""
    with patch.object(arrangement, "arranged", arranged_coarsely):
        return place(system_map, **how)


def painted_once(**how):
    """Paint a drawing; the same drawing once."""
    key = repr(sorted(how.items()))
    if key not in PAINTED:
        PAINTED[key] = PAINT(**how)
    return PAINTED[key]


@contextmanager
def coarse_and_small():
    """Have maps laid out coarsely and painted small, until the block ends."""

    def painted_small(*, width, **how):
        return PAINT(width=min(width, SMALL), **how)

    with (
        patch.object(arrangement, "arranged", arranged_coarsely),
        patch.object(resvg_py, "svg_to_bytes", painted_small),
    ):
        yield


@pytest.fixture(autouse=True)
def _maps_are_coarse_and_painted_once(monkeypatch):
    """Import it into a folder's conftest.py, or into a file, and it is so there."""
    if not WHOLE:
        monkeypatch.setattr(arrangement, "arranged", arranged_coarsely)
        monkeypatch.setattr(resvg_py, "svg_to_bytes", painted_once)
