"""Map the local system behind obesity together, see where nobody acts, and report it.

The records below are loaded at once and load nothing heavy. The verbs are
loaded when they are first used:

>>> import systemmap
>>> from datetime import date
>>> programme = systemmap.example()
>>> systemmap.find_gaps(programme, today=date(2026, 11, 21)).headline
'5 of 12 high-importance causes that can be changed here have live work, nothing missing on paper.'
>>> len(systemmap.find_loops(programme.system_map(), 4))
26

What else can be asked is in the modules named in ``docs/architecture.md``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from systemmap.errors import Problem, ReadError, StoreError, SystemMapError
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.people import Place, Population, Stakeholder
from systemmap.model.plan import Phase, ProgrammeInfo, Workstream
from systemmap.model.programme import Programme
from systemmap.model.response import Action, ActionFactor, Asset, AssetFactor
from systemmap.model.system_map import SystemMap
from systemmap.model.values import Confidence, Due, Polarity, Strength
from systemmap.version import __version__ as __version__

if TYPE_CHECKING:
    from systemmap.analysis.importance import find_importance
    from systemmap.analysis.loops import find_loops
    from systemmap.analyst.graphs import from_networkx, to_networkx
    from systemmap.analyst.notebook import show
    from systemmap.analyst.pandas_frames import from_frames
    from systemmap.bundled.examples import example
    from systemmap.comparing.groups import compare_groups
    from systemmap.comparing.versions import compare_versions
    from systemmap.coverage.cover import find_coverage
    from systemmap.drawing.interactive import to_pyvis
    from systemmap.formats import write
    from systemmap.formats.drawn_maps import map_pdf, map_svg
    from systemmap.formats.opening import open_file
    from systemmap.gaps import find_gaps
    from systemmap.store import open_store
    from systemmap.testing import map_from

__all__ = [
    "Action",
    "ActionFactor",
    "Asset",
    "AssetFactor",
    "Confidence",
    "Due",
    "Factor",
    "Link",
    "MapVersion",
    "Phase",
    "Place",
    "Polarity",
    "Population",
    "Problem",
    "Programme",
    "ProgrammeInfo",
    "ReadError",
    "Stakeholder",
    "StoreError",
    "Strength",
    "SystemMap",
    "SystemMapError",
    "Workstream",
    "compare_groups",
    "compare_versions",
    "example",
    "find_coverage",
    "find_gaps",
    "find_importance",
    "find_loops",
    "from_frames",
    "from_networkx",
    "map_from",
    "map_pdf",
    "map_svg",
    "open_file",
    "open_store",
    "show",
    "to_networkx",
    "to_pyvis",
    "write",
]

_VERBS = {
    "compare_groups": "systemmap.comparing.groups",
    "compare_versions": "systemmap.comparing.versions",
    "example": "systemmap.bundled.examples",
    "find_coverage": "systemmap.coverage.cover",
    "find_gaps": "systemmap.gaps",
    "find_importance": "systemmap.analysis.importance",
    "find_loops": "systemmap.analysis.loops",
    "from_frames": "systemmap.analyst.pandas_frames",
    "from_networkx": "systemmap.analyst.graphs",
    "map_from": "systemmap.testing",
    "map_pdf": "systemmap.formats.drawn_maps",
    "map_svg": "systemmap.formats.drawn_maps",
    "open_file": "systemmap.formats.opening",
    "open_store": "systemmap.store",
    "show": "systemmap.analyst.notebook",
    "to_networkx": "systemmap.analyst.graphs",
    "to_pyvis": "systemmap.drawing.interactive",
    "write": "systemmap.formats",
}


def __getattr__(name: str) -> object:
    """Load a verb when it is first asked for."""
    if name not in _VERBS:
        msg = f"module 'systemmap' has no attribute {name!r}"
        raise AttributeError(msg)
    found = getattr(import_module(_VERBS[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
