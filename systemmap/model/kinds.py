"""Every kind of record a programme holds: its key, and what it refers to.

This one table serves the aggregate, the store's tables and foreign keys, the
change log and the native file. Order matters: a kind comes after those it
refers to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.evidence import Indicator, IndicatorTags, Observation
from systemmap.model.meetings import Board, DecisionTie, Event, EventPoint
from systemmap.model.people import Place, Population, Stakeholder
from systemmap.model.plan import (
    Decision,
    ImportRecord,
    LocalTerm,
    Phase,
    PhaseUpdate,
    ProgrammeInfo,
    Review,
    SavedView,
    Step,
    Workstream,
)
from systemmap.model.response import (
    Action,
    ActionFactor,
    ActionLink,
    Asset,
    AssetFactor,
    GapDecision,
    GapRun,
    Update,
)
from systemmap.model.workshop import (
    Contribution,
    LinkStatement,
    NotePicture,
    Proposal,
    Vote,
    VoteRound,
    Workshop,
    WorkshopTable,
)

Record: TypeAlias = (
    ProgrammeInfo
    | Workstream
    | Phase
    | PhaseUpdate
    | Step
    | Review
    | Decision
    | LocalTerm
    | SavedView
    | ImportRecord
    | MapVersion
    | Factor
    | Link
    | Action
    | ActionFactor
    | ActionLink
    | Update
    | Asset
    | AssetFactor
    | GapDecision
    | GapRun
    | Stakeholder
    | Population
    | Place
    | Indicator
    | IndicatorTags
    | Board
    | Event
    | EventPoint
    | DecisionTie
    | Observation
    | Workshop
    | WorkshopTable
    | Contribution
    | NotePicture
    | LinkStatement
    | VoteRound
    | Vote
    | Proposal
)


@dataclass(frozen=True, slots=True)
class Reference:
    """Fields of a record that name another record; None in any field = none named."""

    fields: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: its noun, its class, its key fields, its references."""

    name: str
    record: type[Record]
    key: tuple[str, ...] = ("id",)
    references: tuple[Reference, ...] = ()
    noun: str = ""

    def key_of(self, record: Record) -> str:
        """Return the record's key as text, for instance ``main/stress``."""
        return "/".join(str(getattr(record, name)) for name in self.key)

    def referred(self, record: Record) -> list[tuple[str, str]]:
        """Return (kind, key) of every record that this one names."""
        found = []
        for reference in self.references:
            values = [getattr(record, name) for name in reference.fields]
            if all(value is not None for value in values):
                found.append((reference.kind, "/".join(values)))
        return found


def _one(field: str, kind: str) -> Reference:
    return Reference((field,), kind)


_FACTOR = Reference(("map_id", "factor_id"), "factor")

_ALL = (
    Kind("programme", ProgrammeInfo, noun="programme"),
    Kind("local_term", LocalTerm, ("vocabulary", "key"), noun="term"),
    Kind("workstream", Workstream, noun="workstream"),
    Kind(
        "phase", Phase, references=(_one("workstream_id", "workstream"),), noun="phase"
    ),
    Kind(
        "phase_update",
        PhaseUpdate,
        references=(_one("phase_id", "phase"),),
        noun="update",
    ),
    Kind("step", Step, references=(_one("phase_id", "phase"),), noun="step"),
    Kind("review", Review, noun="review"),
    Kind("decision", Decision, noun="decision"),
    Kind("import", ImportRecord, noun="import"),
    Kind("stakeholder", Stakeholder, noun="stakeholder"),
    Kind("population", Population, noun="population"),
    Kind("place", Place, noun="place"),
    Kind("indicator", Indicator, noun="indicator"),
    Kind(
        "observation",
        Observation,
        references=(_one("indicator_id", "indicator"),),
        noun="observation",
    ),
    Kind(
        "indicator_tags",
        IndicatorTags,
        ("indicator_id",),
        (_one("indicator_id", "indicator"),),
        "indicator's frameworks",
    ),
    Kind("workshop", Workshop, noun="workshop"),
    Kind("board", Board, noun="board or group"),
    Kind(
        "event",
        Event,
        references=(
            _one("board_id", "board"),
            _one("workstream_id", "workstream"),
            _one("workshop_id", "workshop"),
        ),
        noun="event",
    ),
    Kind("point", EventPoint, references=(_one("event_id", "event"),), noun="point"),
    Kind(
        "decision_tie",
        DecisionTie,
        ("decision_id",),
        (_one("decision_id", "decision"), _one("event_id", "event")),
        "decision's ties",
    ),
    Kind("map", MapVersion, references=(_one("workshop_id", "workshop"),), noun="map"),
    Kind(
        "table",
        WorkshopTable,
        references=(_one("workshop_id", "workshop"), _one("map_id", "map")),
        noun="table",
    ),
    Kind("factor", Factor, ("map_id", "id"), (_one("map_id", "map"),), "factor"),
    Kind(
        "link",
        Link,
        ("map_id", "source", "target"),
        (
            _one("map_id", "map"),
            Reference(("map_id", "source"), "factor"),
            Reference(("map_id", "target"), "factor"),
        ),
        "link",
    ),
    Kind(
        "action",
        Action,
        references=(
            _one("workstream_id", "workstream"),
            _one("workshop_id", "workshop"),
        ),
        noun="action",
    ),
    Kind(
        "action_factor",
        ActionFactor,
        ("action_id", "map_id", "factor_id"),
        (_one("action_id", "action"), _FACTOR),
        "tie",
    ),
    Kind(
        "action_link",
        ActionLink,
        ("action_id", "other_id"),
        (_one("action_id", "action"), _one("other_id", "action")),
        "tie between actions",
    ),
    Kind("update", Update, references=(_one("action_id", "action"),), noun="update"),
    Kind("asset", Asset, noun="asset"),
    Kind(
        "asset_factor",
        AssetFactor,
        ("asset_id", "map_id", "factor_id"),
        (_one("asset_id", "asset"), _FACTOR),
        "tie",
    ),
    Kind(
        "gap_decision",
        GapDecision,
        references=(_one("action_id", "action"),),
        noun="gap decision",
    ),
    Kind("gap_run", GapRun, noun="gap run"),
    Kind("view", SavedView, noun="view"),
    Kind(
        "contribution",
        Contribution,
        references=(
            _one("workshop_id", "workshop"),
            _one("table_id", "table"),
            _FACTOR,
        ),
        noun="note",
    ),
    Kind(
        "note_picture",
        NotePicture,
        references=(
            _one("workshop_id", "workshop"),
            _one("table_id", "table"),
            _one("note_id", "contribution"),
        ),
        noun="note picture",
    ),
    Kind(
        "statement",
        LinkStatement,
        references=(
            _one("workshop_id", "workshop"),
            _one("table_id", "table"),
            Reference(("map_id", "source"), "factor"),
            Reference(("map_id", "target"), "factor"),
        ),
        noun="statement",
    ),
    Kind(
        "vote_round",
        VoteRound,
        references=(_one("workshop_id", "workshop"),),
        noun="vote",
    ),
    Kind("vote", Vote, references=(_one("round_id", "vote_round"),), noun="dot"),
    Kind(
        "proposal",
        Proposal,
        references=(
            _one("workshop_id", "workshop"),
            _one("table_id", "table"),
            _one("action_id", "action"),
        ),
        noun="proposal",
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
KIND_OF: Mapping[type, Kind] = MappingProxyType({kind.record: kind for kind in _ALL})
