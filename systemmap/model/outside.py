"""What a programme and a map can show of themselves, answered further out.

The model is plain records and stands on nothing; a notebook asks it for frames
and pictures all the same. The few verbs below are looked up by name when they
are asked for, so that no heavy library is loaded and no arrow points outward.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

_HOMES = {
    "frames_of": "systemmap.analyst.pandas_frames",
    "html_of": "systemmap.analyst.notebook",
}


def from_outside(verb: str) -> Callable[[object], object]:
    """Return one of the analyst's verbs, loaded now."""
    found = getattr(import_module(_HOMES[verb]), verb)
    return cast("Callable[[object], object]", found)
