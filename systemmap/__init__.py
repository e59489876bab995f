"""Map the local system behind obesity together, see where nobody acts, and report it.

The names below are the library's front door; they load nothing but the model.
What asks questions of a map lives in modules of its own, for instance
``systemmap.loops.find_loops``, ``systemmap.gaps.find_gaps``,
``systemmap.formats.read`` and ``systemmap.store.open_store``.
"""

from systemmap.errors import Problem, ReadError, StoreError, SystemMapError
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.people import Place, Population, Stakeholder
from systemmap.model.plan import Phase, ProgrammeInfo, Workstream
from systemmap.model.programme import Programme
from systemmap.model.response import Action, ActionFactor, Asset, AssetFactor
from systemmap.model.system_map import SystemMap
from systemmap.model.values import Confidence, Due, Polarity, Strength

__version__ = "0.1.0"

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
]
